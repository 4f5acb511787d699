"""What is hidden is nowhere: in no list, count, feed, search, sitemap, e-mail, answer of the API or live frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from community.models import Answer, Comment, Member, Thread
from community.queries import live
from community.registry import registry
from community.services import answers, mailing
from tests import factories
from tests.races.crowd import differences

pytestmark = pytest.mark.django_db
NOW = timezone.now()
#: A word that stands nowhere else.
WORD = "Quittenmus"
#: Comments are not searched.
UNSEARCHED: dict[str, set[str]] = {"thread": set(), "answer": set(), "comment": {f"/search/?q={WORD.lower()}"}}

Made = Thread | Answer | Comment


def make_thread(asker: Member, helper: Member) -> tuple[Thread, Made]:
    thread = factories.thread(
        helper, title=f"{WORD} in the grinder?", body=f"{WORD} everywhere.", product=factories.product("aurora"),
        topic=factories.topic("brewing"),
    )  # fmt: skip
    factories.answer(thread, asker, body="Open it and brush.")
    return thread, thread


def make_answer(asker: Member, helper: Member) -> tuple[Thread, Made]:
    thread = factories.thread(asker, product=factories.product("aurora"))
    answer = factories.answer(thread, helper, body=f"{WORD} helps.")
    answers.accept(answer=answer, by=asker, at=NOW)
    return thread, answer


def make_comment(asker: Member, helper: Member) -> tuple[Thread, Made]:
    thread = factories.thread(asker, product=factories.product("aurora"))
    return thread, factories.comment(thread, helper, body=f"{WORD} helps.")


def pages(thread: Thread, helper: Member) -> list[str]:
    """Every address whose answer could say it; what is searched for is asked in small letters, found in large ones."""
    page, api, who, typed = thread.get_absolute_url(), f"/api/v1/threads/{thread.pk}/", helper.handle, WORD.lower()
    return [
        *("/", "/threads/", "/threads/?sort=active", "/threads/?sort=top", "/threads/?phase=before&state=open"),
        *(page, f"{page}?sort=new", f"/threads/{thread.pk}/accepted/", f"/threads/{thread.pk}/news/?after=0"),
        *("/products/aurora/", f"/search/?q={typed}", f"/search/?q=by:{who}", f"/members/{who}/"),
        *(f"/members/{who}/?tab=questions", f"/threads/similar/?title={typed}+in+the+grinder"),
        *("/feed/", "/sitemap-threads-0.xml", "/notifications/", "/leaderboard/", "/sitemap-pages.xml"),
        *("/api/v1/threads/", api, f"{api}answers/", f"{api}comments/", f"/api/v1/search/?q={typed}"),
        *(f"/api/v1/threads/similar/?title={typed}+in+the+grinder", f"/api/v1/members/{who}/"),
        "/api/v1/notifications/",
    ]


def counts(thread: Thread, helper: Member) -> tuple[object, ...]:
    """Every kept number that could count it."""
    helper.refresh_from_db()
    thread = Thread.objects.select_related("product").get(pk=thread.pk)
    assert thread.product
    return (
        *(thread.answer_count, thread.comment_count, thread.score, thread.product.thread_count),
        *(helper.thread_count, helper.answer_count, helper.accepted_count),
    )


def said(client: Client, thread: Thread, helper: Member) -> set[str]:
    """The addresses where the word is to be read."""
    found = set()
    for address in pages(thread, helper):
        cache.clear()
        if WORD in client.get(address).content.decode():
            found.add(address)
    return found


@pytest.mark.parametrize(
    ("kind", "make"), [("thread", make_thread), ("answer", make_answer), ("comment", make_comment)]
)
def test_is_nowhere_until_it_is_shown_again(
    kind: str,
    make: Callable[[Member, Member], tuple[Thread, Made]],
    member: Member,
    ambassador: Member,
    client_for: Callable[[Member], Client],
) -> None:
    thread, post = make(member, ambassador)
    factories.work_off()
    stranger, reader = Client(), client_for(member)
    before = said(stranger, thread, ambassador)
    numbers, frame = counts(thread, ambassador), live.thread_now(thread.pk)
    assert before >= {thread.get_absolute_url(), f"/search/?q={WORD.lower()}"} - UNSEARCHED[kind]

    registry.flaggables[kind].hide(post, by=factories.member(), at=NOW)
    factories.work_off()
    mail_now()

    assert (said(stranger, thread, ambassador), said(reader, thread, ambassador)) == (set(), set())
    assert not [sent.subject for sent in mail.outbox if WORD in f"{sent.subject}{sent.message()}"]
    assert counts(thread, ambassador) != numbers
    assert differences() == []

    registry.flaggables[kind].show(post, by=factories.member(), at=NOW + timedelta(seconds=1))
    if isinstance(post, Answer):
        answers.accept(answer=post, by=member, at=NOW + timedelta(seconds=2))
    factories.work_off()
    assert (counts(thread, ambassador), live.thread_now(thread.pk)) == (numbers, frame)
    assert said(stranger, thread, ambassador) == before
    assert differences() == []


@pytest.mark.parametrize(
    ("kind", "make"), [("thread", make_thread), ("answer", make_answer), ("comment", make_comment)]
)
def test_its_author_still_sees_it_and_that_it_waits(
    kind: str,
    make: Callable[[Member, Member], tuple[Thread, Made]],
    member: Member,
    ambassador: Member,
    client_for: Callable[[Member], Client],
) -> None:
    thread, post = make(member, ambassador)
    registry.flaggables[kind].hide(post, by=factories.member(), at=NOW)
    body = client_for(ambassador).get(thread.get_absolute_url()).content.decode()
    assert WORD in body
    assert "aits for a look by the team" in body


def mail_now() -> None:
    """Send what is due in two days."""
    at: Any = NOW + timedelta(days=9)
    while mailing.gather(at=at):
        pass
    while mailing.send_next(at=at):
        pass
