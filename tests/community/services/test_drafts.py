"""Drafts: saved in versions, in conflict when two tabs write, gone with the post and after 30 days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Draft, Member, Thread
from community.services import answers, drafts, threads
from community.services.revisions import Change
from tests import factories
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)
NEW_THREAD = drafts.Place(Draft.Kind.NEW_THREAD)


def place(thread: Thread) -> drafts.Place:
    return drafts.Place(Draft.Kind.NEW_ANSWER, thread.pk)


def save(member: Member, where: drafts.Place, body: str, base: int = 0) -> int:
    draft = drafts.save(member=member, place=where, content={"body": body}, base=base, at=NOW)
    return draft.version if draft else 0


def kept(member: Member) -> list[str]:
    return [draft.content["body"] for draft in Draft.objects.filter(member=member).order_by("pk")]


def test_each_save_makes_the_next_version(member: Member, thread: Thread) -> None:
    first = save(member, place(thread), "Try")
    second = save(member, place(thread), "Try coarser.\n", first)
    assert (second, kept(member)) == (first + 1, ["Try coarser.\n"])


def test_every_place_and_every_member_has_a_draft_of_its_own(member: Member, thread: Thread) -> None:
    other = factories.member("Priya Nair")
    save(member, place(thread), "An answer")
    save(member, NEW_THREAD, "A question")
    save(other, place(thread), "Another answer")
    assert (kept(member), kept(other)) == (["An answer", "A question"], ["Another answer"])


@pytest.mark.parametrize("known", [0, 1], ids=["none", "the first"])
def test_an_older_tab_gets_a_conflict_with_the_stored_text(member: Member, thread: Thread, known: int) -> None:
    first = save(member, place(thread), "One")
    save(member, place(thread), "One, two", first)
    with refused(drafts.Conflict):
        save(member, place(thread), "One, three", first if known else 0)
    with pytest.raises(drafts.Conflict) as raised:
        save(member, place(thread), "One, three", first if known else 0)
    assert raised.value.stored is not None
    assert (raised.value.stored.version, raised.value.stored.content) == (first + 1, {"body": "One, two"})


def test_the_same_text_again_is_no_conflict(member: Member, thread: Thread) -> None:
    first = save(member, place(thread), "One")
    second = save(member, place(thread), "Two", first)
    assert save(member, place(thread), "Two", first) == second
    assert save(member, place(thread), "Two") == second


def test_a_text_that_was_posted_elsewhere_is_a_conflict_without_a_stored_one(member: Member, thread: Thread) -> None:
    first = save(member, place(thread), "One")
    drafts.discard(member=member, place=place(thread), version=first)
    with pytest.raises(drafts.Conflict) as raised:
        save(member, place(thread), "Two", first)
    assert raised.value.stored is None


def test_an_emptied_text_leaves_nothing(member: Member, thread: Thread) -> None:
    first = save(member, place(thread), "One")
    assert save(member, place(thread), "  \n", first) == 0
    assert kept(member) == []


def test_an_emptied_older_tab_does_not_delete_the_newer_text(member: Member, thread: Thread) -> None:
    first = save(member, place(thread), "One")
    save(member, place(thread), "Two", first)
    with refused(drafts.Conflict):
        save(member, place(thread), "", first)


def test_a_text_beyond_all_measure_is_refused(member: Member, thread: Thread) -> None:
    with refused(drafts.TooLong):
        save(member, place(thread), "x" * 60_001)


def test_only_known_fields_are_kept(member: Member) -> None:
    drafts.save(member=member, place=NEW_THREAD, content={"body": "x", "email": "a@example.com"}, base=0, at=NOW)
    assert Draft.objects.get().content == {"body": "x"}


def test_the_draft_goes_with_the_answer(member: Member, thread: Thread) -> None:
    version = save(member, place(thread), "Coarser.")
    answers.create(thread=thread, author=member, body="Coarser.", draft=version, at=LATER)
    assert kept(member) == []


def test_the_draft_goes_with_the_question_and_with_changes(member: Member) -> None:
    version = save(member, NEW_THREAD, "Details")
    thread = factories.thread(member, draft=version)
    edit = drafts.Place(Draft.Kind.THREAD_EDIT, thread.pk)
    version = save(member, edit, "More details")
    threads.edit(
        thread=thread,
        by=member,
        title=thread.title,
        body="More details",
        phase="before",
        topic=None,
        product=None,
        change=Change(draft=version),
        at=LATER,
    )
    answer = factories.answer(thread, member)
    version = save(member, drafts.Place(Draft.Kind.ANSWER_EDIT, answer.pk), "Better")
    answers.edit(answer=answer, by=member, body="Better", change=Change(draft=version), at=LATER)
    assert kept(member) == []


def test_what_another_tab_goes_on_writing_stays(member: Member, thread: Thread) -> None:
    first = save(member, place(thread), "One")
    save(member, place(thread), "One, and more of it", first)
    answers.create(thread=thread, author=member, body="One", draft=first, at=LATER)
    assert kept(member) == ["One, and more of it"]


def test_what_was_saved_on_the_way_to_the_post_goes_with_it(member: Member, thread: Thread) -> None:
    save(member, place(thread), "One \r\n")
    answers.create(thread=thread, author=member, body="One", draft=0, at=LATER)
    assert kept(member) == []


def test_a_post_by_a_program_leaves_the_draft_alone(member: Member, thread: Thread) -> None:
    save(member, place(thread), "One")
    answers.create(thread=thread, author=member, body="One", at=LATER)
    assert kept(member) == ["One"]


def test_a_refused_post_keeps_its_draft(member: Member, thread: Thread) -> None:
    version = save(member, place(thread), "Too late.")
    threads.delete(thread=thread, by=member, at=NOW)
    with refused(threads.Gone):
        answers.create(thread=thread, author=member, body="Too late.", draft=version, at=LATER)
    assert kept(member) == ["Too late."]


def test_drafts_are_forgotten_after_thirty_days(member: Member, thread: Thread) -> None:
    save(member, place(thread), "Old")
    assert drafts.forget(at=NOW + timedelta(days=30)) == 0
    assert drafts.forget(at=NOW + timedelta(days=30, seconds=1)) == 1
    assert kept(member) == []


def test_of_more_than_a_hundred_the_oldest_is_forgotten(member: Member) -> None:
    for target in range(1, 102):
        place = drafts.Place(Draft.Kind.NEW_ANSWER, target)
        at = NOW + timedelta(seconds=target)
        drafts.save(member=member, place=place, content={"body": "x"}, base=0, at=at)
    assert sorted(Draft.objects.values_list("target", flat=True)) == list(range(2, 102))
