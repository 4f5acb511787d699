"""Mentions: a link to the profile, and one telling for each member and post."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community import access
from community.models import Activity, Answer, Block, FormerHandle, Member, Notification, Thread, WatchedWord
from community.services import answers, idea_comments, ideas, members, threads
from tests import factories
from tests.unchanged import refused

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


def test_an_idea_a_review_and_a_comment_on_an_idea_call(priya: Member) -> None:
    idea, review = factories.idea(body="@priya-nair?"), factories.review(body="Ask @priya-nair how to descale it.")
    comment = idea_comments.create(idea=idea, author=factories.member(), body="@priya-nair!", at=NOW)
    assert told(priya) == [
        ("idea", idea.get_absolute_url()),
        ("review", review.get_absolute_url()),
        ("idea_comment", comment.get_absolute_url()),
    ]
    client = Client()
    client.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/notifications/").content.decode().count(f"<q>{idea.title}</q>") == 2
    ideas.edit(idea=idea, by=idea.author, title=idea.title, body="@priya-nair.", product=None, topic=None, at=NOW)
    assert len(told(priya)) == 3


def test_an_idea_that_waits_calls_when_it_is_shown(priya: Member) -> None:
    WatchedWord.objects.create(pattern="casino", effect="review")
    idea = factories.idea(body="@priya-nair: a casino!")
    assert called() == []
    ideas.show(idea=idea, by=factories.member(), at=NOW)
    assert len(called()) == 1


class TestFormerHandles:
    def test_old_mentions_lead_on_and_still_call(self, priya: Member, thread: Thread) -> None:
        old = factories.answer(thread, body="Ask @priya-nair.")
        members.edit(member=priya, handle="priya", at=NOW)
        assert '<a href="/members/priya-nair/"' in old.html
        assert Client().get("/members/priya-nair/")["Location"] == "/members/priya/"
        new = factories.answer(thread, body="Again, @priya-nair.")
        assert '<a href="/members/priya/"' in new.html
        assert [kind for kind, _address in told(priya)] == ["answer", "answer"]

    def test_nobody_else_gets_the_handle_for_a_year(self, priya: Member, member: Member) -> None:
        members.edit(member=priya, handle="priya", at=NOW)
        with refused(members.HandleTaken):
            members.edit(member=member, handle="priya-nair", at=NOW + timedelta(days=364))
        assert factories.member("Priya Nair").handle == "priya-nair-2"
        members.edit(member=member, handle="priya-nair", at=NOW + timedelta(days=366))
        assert access.member_for(priya, "priya-nair") == member
        assert not FormerHandle.objects.filter(member=priya).exists()

    def test_its_owner_may_have_it_back(self, priya: Member) -> None:
        members.edit(member=priya, handle="priya", at=NOW)
        members.edit(member=priya, handle="priya-nair", at=NOW)
        assert list(FormerHandle.objects.values_list("handle", flat=True)) == ["priya"]
        assert access.member_for(priya, "priya") == priya


def test_a_text_calls_ten_people_at_most(thread: Thread) -> None:
    people = factories.many(factories.member, 11, "Many People")
    answer = factories.answer(thread, body=" ".join(f"@{person.handle}" for person in people))
    assert (len(called()), answer.html.count("<a ")) == (10, 10)
