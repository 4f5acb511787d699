"""Mentions: a link to the profile, and one telling for each member and post."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Block, Member, Notification, Thread
from community.services import answers, threads
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def priya(db: None) -> Member:
    """Somebody to call."""
    return factories.member("Priya Nair")


def told(member: Member) -> list[tuple[str, str]]:
    factories.work_off()
    rows = Notification.objects.filter(member=member, kind="member.mentioned").order_by("pk")
    return [(row.subject_kind, row.facts["address"]) for row in rows]


def called() -> list[str]:
    return list(Activity.objects.filter(verb="member.mentioned").order_by("pk").values_list("key", flat=True))


def test_it_becomes_a_link_to_the_profile(priya: Member, thread: Thread) -> None:
    answer = factories.answer(thread, body="Ask @priya-nair, not `@priya-nair` or @nobody-here.")
    assert answer.html == (
        '<p>Ask <a href="/members/priya-nair/" rel="nofollow ugc noopener noreferrer">@priya-nair</a>, '
        "not <code>@priya-nair</code> or @nobody-here.</p>\n"
    )


def test_a_question_an_answer_and_a_comment_call(priya: Member) -> None:
    thread = factories.thread(body="@Priya-Nair?")
    answer = factories.answer(thread, body="@priya-nair knows.")
    comment = factories.comment(answer, body="Yes, @priya-nair.")
    assert told(priya) == [
        ("thread", thread.get_absolute_url()),
        ("answer", answer.get_absolute_url()),
        ("comment", f"/comments/{comment.pk}/"),
    ]


def test_once_for_each_post_however_often_it_is_changed(priya: Member, answer: Answer) -> None:
    for number, body in enumerate(["@priya-nair @priya-nair", "Nobody", "@priya-nair again"]):
        answers.edit(answer=answer, by=answer.author, body=body, at=NOW + timedelta(hours=number))
    assert called() == [f"member.mentioned:answer:{answer.pk}:{priya.pk}"]
    assert len(told(priya)) == 1


def test_nobody_calls_themselves(member: Member) -> None:
    factories.thread(member, body=f"I am @{member.handle}.")
    assert called() == []


@pytest.mark.parametrize("who", ["caller", "called"])
def test_who_blocks_the_other_is_neither_called_nor_calls(priya: Member, member: Member, who: str) -> None:
    one, other = (member, priya) if who == "caller" else (priya, member)
    Block.objects.create(member=one, blocked=other, at=NOW)
    factories.thread(member, body="@priya-nair?")
    assert called() == []


def test_nobody_is_told_of_what_was_deleted_or_taken_out_meanwhile(priya: Member, thread: Thread) -> None:
    gone, changed = (factories.answer(thread, body="@priya-nair") for _ in range(2))
    answers.delete(answer=gone, by=gone.author, at=NOW)
    answers.edit(answer=changed, by=changed.author, body="Nobody.", at=NOW)
    assert told(priya) == []


def test_a_text_that_waits_for_a_look_calls_when_it_is_shown(priya: Member, thread: Thread) -> None:
    threads.hide(thread=thread, by=thread.author, at=NOW)
    threads.edit(
        thread=thread, by=thread.author, title=thread.title, body="@priya-nair", phase="before", topic=None,
        product=None, at=NOW,
    )  # fmt: skip
    assert called() == []


def test_a_text_calls_ten_people_at_most(thread: Thread) -> None:
    people = factories.many(factories.member, 11, "Many People")
    answer = factories.answer(thread, body=" ".join(f"@{person.handle}" for person in people))
    assert (len(called()), answer.html.count("<a ")) == (10, 10)
