"""One socket of the chat: who is behind it, what comes in, what goes out."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
import uuid
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from chat import frames, hub, presence, wire
from chat.consumers import deeds, guests, sweep
from chat.consumers.guests import Guest
from chat.consumers.outbox import Outbox
from chat.consumers.pace import Pace
from chat.consumers.threads import run
from community import live
from community.access import NotFound
from community.refusals import Refusal

logger = logging.getLogger("kundenkreis.chat")

NOT_SIGNED_IN, TOO_SLOW, FLOOD, TOO_LARGE = 4401, 4408, 4429, 1009
LARGEST = 16 * 1024
#: Seconds: for the first frame of somebody without a cookie, before a frame that came too soon, between typing signs.
HELLO_WITHIN = 5.0
SLOWED = 0.25
TYPING_EVERY = 3.0
#: What a column for numbers holds; SQLite refuses to be asked for more.
MOST = 2**63 - 1
NUMBER = re.compile(r"[0-9]{1,18}")
CONVERSATIONS = 200
WATCHED = 50

Frame = dict[str, Any]


class ChatConsumer(AsyncWebsocketConsumer):
    """In: hello, send, resume, typing, read, ping. Out: what ``chat.frames`` makes, pong and error.

    It has no membership in the channel layer: the hub hears for all sockets of the process.
    """

    channel_layer_alias = ""
    guest: Guest | None = None
    stranger: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Accept everybody, so that a stranger reads the close code; a tab has its cookie, others say hello."""
        live.adopt(asyncio.get_running_loop())
        self.hub, self.pace = hub.here(), Pace()
        self.outbox = Outbox(self.send, self._overflow, at_once=wire.writer(self.scope))
        self.watched: dict[str, Frame] = {}
        self.told: dict[str, str] = {}
        self.typed: dict[int, float] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.is_over = self.is_introduced = False
        await self.accept()
        found = await run(guests.of_cookie, self.scope["user"], self.scope["session"])
        if found:
            await self._enter(found)
        else:
            self.stranger = asyncio.create_task(self._close_stranger())

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Handle an event of the server; the threads that touch the database look after their connections."""
        await getattr(self, get_handler_name(message))(message)

    async def disconnect(self, code: int) -> None:
        """Leave; for others the person is here for another minute."""
        if self.stranger:
            self.stranger.cancel()
        try:
            if self.guest:
                await run(presence.note, self.guest.name, idle=True, at=timezone.now())
        finally:
            self._part()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Answer a damaged or refused frame with an error and live on; slow down and then close a flood."""
        if self.pace.is_fast(time.monotonic()):
            if self.pace.is_flood:
                await self.end(FLOOD)
                return
            await asyncio.sleep(SLOWED)
        if len(bytes_data or (text_data or "").encode()) > LARGEST:
            await self.end(TOO_LARGE)
            return
        try:
            content = json.loads(text_data or "")
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            await self._refuse("malformed", "A frame is one JSON object.")
        elif guest := await self._introduced(content):
            await self._answer(guest, content)

    def push(self, frame: wire.Encoded) -> None:
        """Write a frame that the hub has encoded."""
        self.outbox.put(frame)

    def hear(self, hint: Mapping[str, Any]) -> None:
        """Close with the session; hear a conversation that the person came into, and no longer one that they left."""
        match hint:
            case {"type": "session.ended", "session": session} if self.guest and session in (None, self.guest.session):
                self._begin(self.end(NOT_SIGNED_IN))
            case {"type": "chat.place", "conversation": conversation} if self.guest:
                self._begin(self._place(self.guest, conversation))

    async def end(self, code: int) -> None:
        """Close, once."""
        if not self.is_over:
            self._part()
            await self.close(code)

    async def hear_places(self, places: Mapping[int, int]) -> None:
        """Hear these conversations, whose logs have come as far as told; too late where the socket is gone."""
        if self.is_over:
            return
        for conversation, seq in places.items():
            self.hub.heads.setdefault(frames.group(conversation), seq)
        await self.hub.join(self, *(frames.group(conversation) for conversation in places))

    async def _answer(self, guest: Guest, content: Frame) -> None:
        """Do what a frame asks for, or say why not."""
        try:
            await self._do(guest, content)
        except NotFound:
            await self._refuse("not_found", _("This conversation is not there, or not for you."), content)
        except Refusal as refusal:
            await self._refuse(refusal.code, refusal.message, content)
        except DatabaseError:
            logger.exception("frame not handled")
            await self._refuse("unavailable", _("That did not work on our side. Try again in a moment."), content)

    async def _do(self, guest: Guest, content: Frame) -> None:
        match content:
            case {"type": "hello", **rest}:
                await self._write(await run(deeds.hello, guest, _seen(rest.get("seen"))))
            case {"type": "send", "conversation": to, "client_id": client_id, "body": str(body)} if _is_number(to) and (
                name := _uuid(client_id)
            ):
                stored = await run(deeds.send, guest, to, name, body, at=timezone.now())
                await self._write([stored])
                if frames.group(to) not in self.hub.groups_of(self):
                    await self.hear_places({to: stored["seq"]})
            case {"type": "resume", "conversation": to, "after": after} if _is_number(to) and _is_number(after):
                await self._resume(guest, to, after)
            case {"type": "typing", "conversation": to} if _is_number(to):
                now = time.monotonic()
                if now - self.typed.get(to, -TYPING_EVERY) >= TYPING_EVERY:
                    lately = {one: at for one, at in self.typed.items() if now - at < TYPING_EVERY}
                    self.typed = lately | {to: now}
                    await run(deeds.typing, guest, to)
            case {"type": "read", "conversation": to, "seq": seq} if _is_number(to) and _is_number(seq):
                await run(deeds.read, guest, to, seq, at=timezone.now())
            case {"type": "ping", **rest}:
                await run(presence.note, guest.name, idle=rest.get("idle") is True, at=timezone.now())
                await self._write([{"type": "pong"}])
            case _:
                await self._refuse("unknown_frame", "Send hello, send, resume, typing, read or ping.", content)

    async def _resume(self, guest: Guest, conversation: int, after: int) -> None:
        """Hear first, read then: so no message falls between the two."""
        last = await run(deeds.is_in, guest, conversation)
        if last is None:
            raise NotFound
        await self.hear_places({conversation: last})
        view = await run(deeds.resume, guest, conversation, after)
        self.watched = dict([*self.watched.items(), *view.watched.items()][-WATCHED:])
        self.told |= {
            frames.named_in(frame["who"]): frame["state"] for frame in view.frames if frame["type"] == "presence"
        }
        await self._write(view.frames)

    async def _introduced(self, content: Frame) -> Guest | None:
        """Who talks: by the token of the first frame, else by the cookie; the socket of a stranger closes."""
        first, self.is_introduced = not self.is_introduced, True
        match content:
            case {"type": "hello", "token": token} if first:
                found = await run(guests.of_token, token, at=timezone.now()) if isinstance(token, str) else None
                if found and self.guest:
                    self.hub.part(self)
                if found:
                    await self._enter(found)
                self.guest = found
        if self.guest is None:
            await self.end(NOT_SIGNED_IN)
        return self.guest

    async def _enter(self, guest: Guest) -> None:
        if self.stranger:
            self.stranger.cancel()
        self.guest = guest
        places = (await run(deeds.places, [guest], at=timezone.now()))[guest.name]
        self.hub.sockets.add(self)
        await self.hub.join(self, frames.own_group(guest.person))
        await self.hear_places(places)
        sweep.ensure(self.hub)
        await run(presence.note, guest.name, idle=False, at=timezone.now())

    async def _place(self, guest: Guest, conversation: int) -> None:
        """Somebody says that the person's place there has changed."""
        last = await run(deeds.is_in, guest, conversation)
        if last is None:
            self.hub.leave(self, frames.group(conversation))
            return
        if frames.group(conversation) not in self.hub.groups_of(self):
            await self.hear_places({conversation: last})
            await self._write((await run(deeds.resume, guest, conversation, last)).frames[:1])

    async def _write(self, answer: Iterable[Frame]) -> None:
        for frame in answer:
            if not self.is_over:
                await self.send(wire.encode(frame).text)

    async def _refuse(self, code: str, detail: object, content: Frame | None = None) -> None:
        language = self.guest.language if self.guest else settings.LANGUAGE_CODE
        with translation.override(language):
            frame = {"type": "error", "code": code, "detail": str(detail)}
        named = {key: (content or {}).get(key) for key in ("client_id", "conversation")}
        await self._write([{**frame, **{key: value for key, value in named.items() if isinstance(value, str | int)}}])

    async def _overflow(self) -> None:
        await self.end(TOO_SLOW)

    async def _close_stranger(self) -> None:
        await asyncio.sleep(HELLO_WITHIN)
        await self.end(NOT_SIGNED_IN)

    def _part(self) -> None:
        self.is_over = True
        self.outbox.close()
        self.hub.part(self)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def _seen(seen: object) -> dict[int, int]:
    """Conversations with the number of the last message that a client has, as far as they make sense."""
    if not isinstance(seen, dict):
        return {}
    pairs = ((int(key), seq) for key, seq in seen.items() if NUMBER.fullmatch(key) and _is_number(seq))
    return dict(list(pairs)[:CONVERSATIONS])


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST


def _uuid(value: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
