"""Along every address with a silenced and a suspended member: refused with nothing changed, or open for a reason."""

from __future__ import annotations

import io
import json
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone, translation
from PIL import Image

from chat.models import BotTalk, Conversation, HelpRequest, Participant
from chat.services import conversations, groups, messages
from chat.services import help as helping
from community import limits
from community.models import Draft, Member, Role, Sanction
from community.queries import channels
from community.refusals import Refusal
from community.services import (
    answers,
    blocks,
    comments,
    drafts,
    exports,
    follows,
    idea_comments,
    idea_votes,
    ideas,
    metoos,
    moderation,
    official,
    review_replies,
    review_votes,
    reviews,
    sanctions,
    threads,
    uploads,
    votes,
)
from community.services import channels as channel_services
from gamification.models import Award, Hold
from gamification.services import holds, issuing
from tests import factories
from tests.chat import desks
from tests.chat import world as chat_world
from tests.community.addresses import API, BY_KEY, CHANNELS, PAGES, PICTURE, STORES_NOTHING, Address
from tests.gamification import reward_world
from tests.unchanged import rows

pytestmark = pytest.mark.django_db

ALL = (*PAGES, *(Address(a.method, f"/api/v1/{a.path}", a.body, a.silenced, a.suspended) for a in API))
#: Addresses of packages and of the admin: allauth's concern the account, the admin is the team's.
FOREIGN = ("accounts/", "_allauth/", "admin/", "language/", "media/", "static/")
#: What is not looked for row by row is what no statement touched.
WRITES = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(?:chat|community|gamification)_')
METHODS = ("post", "put", "patch", "delete")


def walked() -> Iterator[tuple[str, str]]:
    """Method and route of every address of ours that takes something."""
    for route, pattern in _patterns(get_resolver()):
        if route.startswith(FOREIGN):
            continue
        view: Any = pattern.callback
        found = {name for name in METHODS if hasattr(view.cls, name)} if hasattr(view, "cls") else _taken(view)
        yield from ((method, route) for method in sorted(found))


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern


def _taken(view: Callable[..., Any]) -> set[str]:
    """What a function takes, as its decorator says when asked by a method that nobody has."""
    try:
        allowed = view(RequestFactory().generic("NOTHING", "/")).headers.get("Allow", "")
    except Exception:  # noqa: BLE001 - without the decorator it was run, and takes whatever comes
        allowed = ""
    return {name for name in METHODS if name.upper() in allowed}


def test_the_walk_knows_every_address() -> None:
    known = {(address.method, resolve(re.sub(r"{.+?}", "1", address.path)).route) for address in ALL}
    assert set(walked()) == known | set(BY_KEY)


class World:
    """A member of the team with posts of every kind, other people's beside them, and a browser."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.member = factories.member("Priya Nair", Role.MANAGER, Role.AGENT, active_on=timezone.now().date())
        self.clara = factories.member("Clara Holm", Role.MANAGER)
        self.other = factories.member("Jonas Weber")
        self.names: dict[str, object] = {"handle": self.member.handle, "other": self.other.handle}
        factories.product("aurora")
        self.kettle = factories.product("kettle")
        self._questions()
        self._remarks()
        self._ideas()
        self._reviews()
        self._own()
        self._safety()
        self._points()
        self._rewards()
        self._talks()
        self._desk()
        factories.work_off()
        self.client = Client()
        login = {"login": self.member.email, "password": factories.PASSWORD}
        self.client.post("/accounts/login/", login)
        self.client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
        self.client.get("/follows/", headers={"Accept-Language": "en"})
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, address: Address) -> Any:
        """Send the request, and take to the end what it hands over."""
        response = self._send(address)
        if response.streaming:
            list(response)
        return response

    def _send(self, address: Address) -> Any:
        path, body = address.path.format(**self.names), self._filled(address.body)
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        if path.startswith("/api/"):
            if isinstance(body, dict) and "file" in body:
                return self.client.post(path, body)
            return self.client.generic(address.method.upper(), path, json.dumps(body or {}), "application/json")
        return self.client.post(path, body)

    def _filled(self, body: Any) -> Any:
        if body == CHANNELS:
            chosen = {f"channel_{c.group.name}": c.channel for c in channels.of(self.member)}
            return {**chosen, "channel_answers": "weekly"}
        if not isinstance(body, dict):
            return body
        return {name.format(**self.names): self._value(value) for name, value in body.items()}

    def _talks(self) -> None:
        """Talks with a friend, with a stranger who asks, and in a group."""
        member, at = self.member, self.now
        friend, second = factories.member("Ida Berg"), factories.member("Felix Holm")
        talk = chat_world.direct(friend, member)
        chat_world.said(talk, friend)
        chat_world.said(chat_world.direct(member, second), second)
        request = conversations.with_member(by=self.other, to=member, at=at)
        chat_world.said(request, self.other)
        group = groups.begin(by=member, title="Brewers", people=(friend, second), at=at)
        self.name(talk=talk, request=request, group=group, friend_pk=friend, other_friend_pk=second)
        self.names["stranger"] = factories.member("Nora Falk").handle

    def _desk(self) -> None:
        """Her desk with something in every state, and what she has asked herself."""
        own = desks.agent(member=self.member, capacity=9)
        self.name(offer=desks.offered(own))
        own.refresh_from_db()
        helped, over = desks.helped(own), desks.helped(own, desks.asked("And which kettle?"))
        helping.close(asked=over, by=self.member, at=self.now)
        asked = helping.ask(by=self.member, context=helping.Context(), question="Is it loud?", at=self.now)
        BotTalk.objects.create(help=asked, began_at=self.now)
        advised = helping.ask(by=self.member, context=helping.Context(), question="Is it heavy?", at=self.now)
        ben = desks.agent("Ben Okafor", available=False)
        HelpRequest.objects.filter(pk=advised.pk).update(responder=ben)
        place = Participant.objects.create(conversation=advised.conversation, member=ben.member, joined_at=self.now)
        messages.send(participant=place, client_id=uuid.uuid4(), body="Light.", at=self.now)
        Conversation.objects.filter(pk=advised.conversation_id).update(state="closed", closed_at=self.now)
        rows = {
            "waiting": desks.asked("Which beans?", target="agents"),
            "helped": helped,
            "over": over,
            "asked": asked,
            "advised": advised,
        }
        self.names.update({name: row.conversation_id for name, row in rows.items()})

    def _value(self, value: Any) -> Any:
        if value == PICTURE:
            file = io.BytesIO()
            Image.new("RGB", (40, 30), "brown").save(file, "PNG")
            file.name = "cup.png"
            file.seek(0)
            return file
        if isinstance(value, list):
            return [self._value(one) for one in value]
        return value.format(**self.names) if isinstance(value, str) else value

    def name(self, **rows: Any) -> None:
        """Give rows the names that addresses call them by."""
        self.names.update({name: row.pk for name, row in rows.items()})

    def _questions(self) -> None:
        member, at = self.member, self.now
        thread, other = factories.thread(member), factories.thread(self.other)
        reply, answer = factories.answer(thread, self.other), factories.answer(other, member, at=at - timedelta(days=1))
        gone = factories.answer(other, member)
        answers.delete(answer=gone, by=member, at=at)
        answers.edit(answer=answer, by=member, body="Quite another text. " * 20, at=at)
        solved = factories.thread(member)
        accepted, chosen = factories.answer(solved, self.other), factories.answer(solved, self.other)
        answers.accept(answer=accepted, by=member, at=at)
        official.choose(answer=chosen, by=self.clara, at=at)
        votes.cast(answer=chosen, voter=member, value=1, at=at)
        deleted, same = factories.thread(member), factories.thread(self.other)
        threads.delete(thread=deleted, by=member, at=at)
        metoos.say(thread=same, member=member, value=1, at=at)
        self.name(
            thread=thread, other_thread=other, reply=reply, answer=answer, deleted_answer=gone, solved=solved,
            accepted=accepted, official=chosen, deleted_thread=deleted, same_thread=same,
            revision=answer.revisions.order_by("pk")[0],
        )  # fmt: skip

    def _remarks(self) -> None:
        comment, gone = (factories.comment(factories.thread(self.other), self.member) for _ in range(2))
        comments.delete(comment=gone, by=self.member, at=self.now)
        self.name(comment=comment, deleted_comment=gone)

    def _ideas(self) -> None:
        member, at = self.member, self.now
        idea, gone = (factories.idea(member) for _ in range(2))
        other, voted = (factories.idea(self.other) for _ in range(2))
        ideas.delete(idea=gone, by=member, at=at)
        idea_votes.give(idea=voted, voter=member, at=at)
        remark, gone_remark = (idea_comments.create(idea=other, author=member, body="Yes.", at=at) for _ in range(2))
        idea_comments.delete(comment=gone_remark, by=member, at=at)
        contest = factories.contest("jury", host=self.clara)
        contest.jury.add(member)
        self.names["jury"] = contest.slug
        self.name(
            idea=idea, deleted_idea=gone, other_idea=other, voted_idea=voted, idea_comment=remark,
            deleted_idea_comment=gone_remark, entry=factories.idea(self.other, contest=contest),
        )  # fmt: skip

    def _reviews(self) -> None:
        member, at = self.member, self.now
        own, gone = factories.review(None, member), factories.review(None, member)
        reviews.delete(review=gone, by=member, at=at)
        other, replied = factories.review(self.kettle), factories.review(self.kettle)
        review_replies.put(review=replied, by=self.clara, body="Thank you.", at=at)
        review_votes.cast(review=replied, voter=member, helpful=True, at=at)
        picture = uploads.encode(self._value(PICTURE))
        reviews.change_photos(review=own, by=member, new=[picture], at=at)
        self.name(photo=own.photos.get(), review=own, deleted_review=gone, other_review=other, replied_review=replied)

    def _own(self) -> None:
        member, at, blocked = self.member, self.now, factories.member("Blocked")
        blocks.block(member=member, blocked=blocked, at=at)
        place = drafts.Place(Draft.Kind.NEW_ANSWER, int(str(self.names["other_thread"])))
        drafts.save(member=member, place=place, content={"body": "Half a thought"}, base=0, at=at)
        for target in (factories.topic("beans"), self.kettle, None):
            follows.follow(member=member, target=target, at=at)
        factories.topic("water")
        export = exports.ask(member=member, at=at)
        exports.finish_all(at=at)
        self.names |= {
            "blocked": blocked.handle, "export": export.token, "token": channel_services.token(member, "answers"),
        }  # fmt: skip

    def _rewards(self) -> None:
        reward_world.grant(self.member, 10)
        self.name(reward=reward_world.reward(price=1))

    def _points(self) -> None:
        """Thanked for once: a badge, and points that a manager holds."""
        factories.accepted_answer(author=self.member)
        factories.work_off()
        award = Award.objects.select_related("grade__badge").filter(member=self.member).earliest("grade__threshold")
        since = self.now - timedelta(days=1)
        holds.open_manually(member=self.member, since=since, note="Odd.", by=self.clara, at=timezone.now())
        # The key that signs is made at the first badge, and takes long.
        issuing.current(at=self.now)
        self.name(hold=Hold.objects.get(member=self.member))
        self.names["badge"] = award.grade.badge.slug

    def _safety(self) -> None:
        flagged, at = factories.answer(), self.now
        case = moderation.flag(kind="answer", post=flagged, member=self.other, reason="spam", at=at).case
        again = moderation.flag(kind="answer", post=factories.answer(), member=self.other, reason="spam", at=at).case
        moderation.decide(case=again, by=self.clara, remove=True, at=at)
        self.name(case=case, decided_case=again, sanction=impose(self.member, self.clara, "notice"))


def impose(member: Member, by: Member, grade: str) -> Sanction:
    """Decide against the member for a day."""
    now = timezone.now()
    until = None if grade == "notice" else now + timedelta(days=1)
    return sanctions.impose(
        member=member, grade=Sanction.Grade(grade), facts="Links.", rule="No advertising.", until=until, by=by, at=now
    )


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Return all of it, with a key for badges that is made quickly."""
    monkeypatch.setattr(issuing, "BITS", 2048)
    return World()


def along(world: World) -> Iterator[tuple[Address, Any, bool]]:
    """Each address, what it answered, and whether anything changed; the next one finds everything as it was.

    A success that wrote has changed something; what was refused is looked at row by row.
    """
    before = rows()
    for address in ALL:
        with transaction.atomic(), CaptureQueriesContext(connection) as statements:
            response = world.ask(address)
            wrote = any(WRITES.match(statement["sql"]) for statement in statements)
            changed = wrote and (response.status_code < 400 or rows() != before)
            transaction.set_rollback(True)
        yield address, response, changed


def did_it(address: Address, response: Any, changed: bool) -> bool:
    """Whether what was asked for has happened."""
    return response.status_code < 400 and changed is (address.path not in STORES_NOTHING)


def said_no(world: World, response: Any, refusal: type[Refusal]) -> bool:
    """Whether the answer, or the page that it leads to, says so."""
    if response.status_code == 303:
        response = world.client.get(response["Location"])
    elif response.status_code != refusal.status:
        return False
    with translation.override("en"):
        said = str(refusal.message).partition(".")[0]
    return said in response.content.decode()


def test_each_of_them_does_something_for_who_is_free(world: World) -> None:
    idle = {
        f"{address.method} {address.path}: {response.status_code}"
        for address, response, changed in along(world)
        if not did_it(address, response, changed)
    }
    assert idle == set()


@pytest.mark.parametrize(("grade", "refusal"), [("silence", limits.Silenced), ("suspension", limits.Suspended)])
def test_a_sanction_closes_all_but_what_has_a_reason(world: World, grade: str, refusal: type[Refusal]) -> None:
    impose(world.member, world.clara, grade)
    wrong = []
    for address, response, changed in along(world):
        open_for = address.silenced if grade == "silence" else address.suspended
        if not (did_it(address, response, changed) if open_for else said_no(world, response, refusal) and not changed):
            wrong.append(f"{address.method} {address.path}: {response.status_code}, changed: {changed}")

    assert wrong == []


def test_each_of_them_spends_a_limit(world: World) -> None:
    now = timezone.now()
    for limit in (found for found in vars(limits).values() if isinstance(found, limits.Limit)):
        for moment in (now, now + timedelta(seconds=limit.seconds)):  # whichever window the requests fall into
            for _ in range(limit.most):
                limits.spend(limit, member=world.member, at=moment)
    wrong = [
        f"{address.method} {address.path}: {response.status_code}, changed: {changed}"
        for address, response, changed in along(world)
        if not said_no(world, response, limits.TooFast) or changed
    ]

    assert wrong == []
