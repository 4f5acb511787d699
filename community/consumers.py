"""``/ws/live/``: the open tab or app of a member. The rows are the truth, the socket says that they changed."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Any

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from channels.auth import get_user
from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.template.loader import render_to_string
from django.utils import timezone, translation

from community import access, live
from community.models import Member, Notification
from community.queries import live as live_queries
from community.registry import registry
from community.services import notifications

NOT_SIGNED_IN = 4401
FLOOD = 4429
TOO_LARGE = 1009
LARGEST = 16 * 1024
#: What a column for ids holds; SQLite refuses to be asked for more.
IDS = range(1, 2**63)
FRAMES_IN_TEN_SECONDS = 60
LAYOUTS = {
    "toast": "notifications/toast.html",
    "dialog": "notifications/dialog.html",
    "none": "notifications/toast.html",
}
WATCHED = 20
#: Seconds in which an app, which has no cookie, must say who it is.
HELLO_WITHIN = 5.0


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """One tab or app.

    In: hello (with the threads it shows; an app's first one with its token), seen, ping.
    Out: notification, unread, thread, pong, error.
    """

    member: Member
    session: SessionBase
    stranger: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Accept everybody, so that a stranger reads the close code; a tab has its cookie, an app says hello."""
        live.adopt(asyncio.get_running_loop())
        self.watched: set[str] = set()
        self.sent: set[int] = set()
        self.arrivals: deque[float] = deque(maxlen=FRAMES_IN_TEN_SECONDS)
        await self.accept()
        if self.scope["user"].is_authenticated:
            await self._enter(self.scope["user"], self.scope["session"])
        elif self.scope["cookies"].get(settings.SESSION_COOKIE_NAME):
            await self.close(NOT_SIGNED_IN)
        else:
            self.stranger = asyncio.create_task(self._close_stranger())

    async def disconnect(self, code: int) -> None:
        """Leave every group."""
        if self.stranger:
            self.stranger.cancel()
        if hasattr(self, "member"):
            for group in (live.member_group(self.member.pk), *self.watched):
                await self.channel_layer.group_discard(group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Answer a damaged frame with an error and live on; close a flood."""
        if self._floods():
            await self.close(FLOOD)
            return
        if len(bytes_data or (text_data or "").encode()) > LARGEST:
            await self.close(TOO_LARGE)
            return
        try:
            content = await self.decode_json(text_data or "")
        except ValueError:
            content = None
        if not isinstance(content, dict):
            await self._refuse("malformed", "A frame is one JSON object.")
            return
        if hasattr(self, "member") or await self._introduced(content):
            await self.receive_json(content)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        """Do what the frame's ``type`` asks for."""
        match content:
            case {"type": "hello", **rest}:
                await self._watch(rest.get("watch", []))
                await self.notifications_changed({})
            case {"type": "seen", "ids": [*ids]} if all(type(pk) is int for pk in ids):
                await database_sync_to_async(notifications.mark_shown)(
                    member=self.member, ids=_possible(ids[:100]), at=timezone.now()
                )
            case {"type": "ping"}:
                await self._pong()
            case _:
                await self._refuse("unknown_frame", "Send hello, seen or ping.")

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Let pass what is meant for other sockets of the member: the group is that of everything they have open."""
        if hasattr(self, get_handler_name(message)):
            await super().dispatch(message)

    async def notifications_changed(self, event: dict[str, Any]) -> None:
        """There is something new in the rows: send what this tab has not got, and the unread count."""
        if not await self._is_signed_in():
            await self.close(NOT_SIGNED_IN)
            return
        frames, unread = await database_sync_to_async(self._news)()
        for frame in frames:
            await self.send_json(frame)
        await self.send_json({"type": "unread", "count": unread})

    async def frame(self, event: dict[str, Any]) -> None:
        """Pass on a frame that was made for everybody who watches."""
        await self.send_json(event["frame"])

    async def session_ended(self, event: dict[str, Any]) -> None:
        """Close the tabs of the session that was signed out, or of every session of an erased member."""
        if event["session"] in (None, self.session.session_key):
            await self.close(NOT_SIGNED_IN)

    async def _introduced(self, content: dict[str, Any]) -> bool:
        """Whether the first frame of an app carries the token of a session; else the socket closes."""
        match content:
            case {"type": "hello", "token": str(token)} if self.stranger:
                found = await database_sync_to_async(authenticate_by_x_session_token)(token)
            case _:
                found = None
        if found is None:
            await self.close(NOT_SIGNED_IN)
            return False
        await self._enter(*found)
        return True

    async def _enter(self, member: Member, session: SessionBase) -> None:
        if self.stranger:
            self.stranger.cancel()
        self.member, self.session = member, session
        await self.channel_layer.group_add(live.member_group(member.pk), self.channel_name)

    async def _close_stranger(self) -> None:
        await asyncio.sleep(HELLO_WITHIN)
        await self.close(NOT_SIGNED_IN)

    def _news(self) -> tuple[list[dict[str, Any]], int]:
        rows = live_queries.unshown(self.member, at=timezone.now(), without=self.sent)
        self.sent.update(pk for row in rows for pk in row.bundle)
        with translation.override(self.member.language):
            return [_frame(row) for row in rows], live_queries.unread_count(self.member)

    async def _watch(self, threads: object) -> None:
        """Follow the threads that this tab shows instead of those before, as far as the member may read them."""
        wanted = _possible(threads)[:WATCHED] if isinstance(threads, list) else []
        readable = await database_sync_to_async(self._readable)(wanted)
        for group in self.watched - {live.thread_group(pk) for pk in readable}:
            self.watched.discard(group)
            await self.channel_layer.group_discard(group, self.channel_name)
        for pk, now in readable.items():
            group = live.thread_group(pk)
            if group not in self.watched:
                self.watched.add(group)
                await self.channel_layer.group_add(group, self.channel_name)
            await self.send_json({"type": "thread", "id": pk, "version": 0, **now})

    def _readable(self, wanted: list[int]) -> dict[int, live_queries.ThreadNow]:
        return live_queries.threads_now(access.threads_for(self.member).filter(pk__in=wanted))

    async def _pong(self) -> None:
        """Answer, unless the session is over in the meantime."""
        if await self._is_signed_in():
            await self.send_json({"type": "pong"})
        else:
            await self.close(NOT_SIGNED_IN)

    async def _is_signed_in(self) -> bool:
        # The session was read when the tab connected; it may have been ended from another device since.
        exists: bool = await database_sync_to_async(self.session.exists)(self.session.session_key)
        return exists and (await get_user({"session": self.session})).is_authenticated

    async def _refuse(self, code: str, detail: str) -> None:
        await self.send_json({"type": "error", "code": code, "detail": detail})

    def _floods(self) -> bool:
        now = time.monotonic()
        full = len(self.arrivals) == self.arrivals.maxlen
        flood = full and now - self.arrivals[0] < 10
        self.arrivals.append(now)
        return flood


def _possible(ids: list[Any]) -> list[int]:
    return [pk for pk in ids if type(pk) is int and pk in IDS]


def _frame(notification: Notification) -> dict[str, Any]:
    kind = registry.notification_kinds[notification.kind]
    return {
        "type": "notification",
        "id": notification.pk,
        "kind": notification.kind,
        "effect": kind.effect,
        "html": render_to_string(kind.template, {"notification": notification, "layout": LAYOUTS[kind.effect]}),
    }
