"""Removals: what a moderator takes away is a decision like one of the queue, with reasons to its author."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Answer, Case, Letter, Member, Notification, Role, Sanction
from community.services import cases, moderation, removals, sanctions
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def clara() -> Member:
    """A moderator."""
    return factories.member("Clara Holm", Role.MODERATOR)


def fresh(answer: Answer) -> Answer:
    return Answer.objects.get(pk=answer.pk)


def test_ones_own_post_is_deleted_and_restored(answer: Answer) -> None:
    removals.remove(post=answer, by=answer.author, at=NOW)
    assert (fresh(answer).deleted_by, fresh(answer).is_hidden, Case.objects.count()) == (answer.author, False, 0)
    removals.restore(post=fresh(answer), by=answer.author, at=NOW)
    assert (fresh(answer).is_visible, Sanction.objects.count()) == (True, 0)


def test_somebody_elses_is_removed_with_the_reasons(answer: Answer, clara: Member) -> None:
    removals.remove(post=answer, by=clara, at=NOW, reason="spam", facts="The same link twelve times.")
    factories.work_off()
    case, sanction = Case.objects.get(), Sanction.objects.get()
    assert (case.source, case.reason, case.outcome, case.decided_by) == ("team", "spam", "removed", clara)
    said = (sanction.member, sanction.facts, sanction.automated)
    assert said == (answer.author, "The same link twelve times.", False)
    assert "No advertising and no spam" in Letter.objects.get().body
    assert Notification.objects.get(member=answer.author, kind="member.sanctioned").facts == {"sanction": sanction.pk}
    assert (fresh(answer).is_hidden, fresh(answer).deleted_at) == (True, None)
    assert differences() == []


def test_without_words_the_post_is_quoted_and_the_rule_named(answer: Answer, clara: Member) -> None:
    removals.remove(post=answer, by=clara, at=NOW)
    sanction = Sanction.objects.get()
    assert ("A little coarser" in sanction.facts, sanction.rule) == (
        True,
        "Posts keep to the rules of this community.",
    )


def test_a_report_that_waits_is_decided_with_it(answer: Answer, clara: Member) -> None:
    moderation.flag(kind="answer", post=answer, member=factories.member(), reason="rude", at=NOW)
    removals.remove(post=answer, by=clara, at=NOW)
    assert list(Case.objects.values_list("source", "reason", "outcome")) == [("flags", "rude", "removed")]


def test_twice_is_once_and_what_its_author_deleted_is_left_alone(answer: Answer, clara: Member) -> None:
    removals.remove(post=answer, by=clara, at=NOW)
    with unchanged():
        removals.remove(post=fresh(answer), by=clara, at=NOW)
    other = factories.answer()
    removals.remove(post=other, by=other.author, at=NOW)
    with unchanged():
        removals.remove(post=fresh(other), by=clara, at=NOW)


def test_a_case_that_somebody_looks_at_is_theirs(answer: Answer, clara: Member) -> None:
    flagged = moderation.flag(kind="answer", post=answer, member=factories.member(), reason="rude", at=NOW)
    cases.claim(case=flagged.case, by=factories.member("Ida", Role.MODERATOR), at=NOW)
    with refused(cases.Claimed):
        removals.remove(post=answer, by=clara, at=NOW)


def test_nobody_removes_what_an_administrator_wrote(clara: Member) -> None:
    answer = factories.answer(author=factories.member("Ada", is_superuser=True))
    with refused(sanctions.AboveYou):
        removals.remove(post=answer, by=clara, at=NOW)


def test_bringing_it_back_undoes_the_decision_and_tells_its_author(answer: Answer, clara: Member) -> None:
    removals.remove(post=answer, by=clara, at=NOW)
    with unchanged():
        removals.restore(post=fresh(answer), by=answer.author, at=NOW)
    removals.restore(post=fresh(answer), by=clara, at=NOW)
    assert (fresh(answer).is_visible, Sanction.objects.get().lifted_by) == (True, clara)
    assert set(Letter.objects.values_list("key", flat=True)) == {
        f"sanction:{Sanction.objects.get().pk}",
        f"sanction:{Sanction.objects.get().pk}:lifted",
    }
    with unchanged():
        removals.restore(post=fresh(answer), by=clara, at=NOW)
    assert differences() == []


def test_what_waits_for_a_look_is_decided_in_the_queue(clara: Member) -> None:
    answer = factories.answer()
    moderation.flag(kind="answer", post=answer, member=clara, reason="rude", at=NOW)
    with unchanged():
        removals.restore(post=fresh(answer), by=clara, at=NOW)


def test_who_has_left_gets_no_letter(answer: Answer, clara: Member) -> None:
    Member.objects.filter(pk=answer.author_id).update(erased_at=NOW)
    removals.remove(post=fresh(answer), by=clara, at=NOW)
    assert (Sanction.objects.count(), Letter.objects.count()) == (1, 0)


def test_every_kind_of_post_can_be_removed(clara: Member) -> None:
    for post in (
        factories.thread(), factories.answer(), factories.comment(), factories.review(), factories.idea()
    ):  # fmt: skip
        removals.remove(post=post, by=clara, at=NOW)
        post.refresh_from_db()
        assert post.is_hidden
        removals.restore(post=post, by=clara, at=NOW)
        post.refresh_from_db()
        assert post.is_visible
    assert differences() == []
