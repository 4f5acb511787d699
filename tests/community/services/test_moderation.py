"""Reports, the queue and its decisions, with every counter in step."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.models import Activity, Answer, Case, Letter, Member, Notification, Role, Sanction, Thread
from community.services import answers, cases, moderation
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
_ticks = itertools.count(1)


def later() -> datetime:
    """A moment after every one before."""
    return NOW + timedelta(seconds=next(_ticks))


def flag(answer: Answer, by: Member | None = None) -> Case:
    by = by or factories.member()
    return moderation.flag(kind="answer", post=answer, member=by, reason="rude", note="Look", at=NOW).case


def trusted(level: int) -> Member:
    return factories.member(trust=level)


def moderator(name: str = "Clara Holm") -> Member:
    return factories.member(name, Role.MODERATOR)


def decide(case: Case, by: Member, *, remove: bool) -> Case:
    return moderation.decide(case=case, by=by, remove=remove, at=later())


def fresh(answer: Answer) -> Answer:
    return Answer.objects.select_related("thread").get(pk=answer.pk)


@pytest.fixture(autouse=True)
def in_step() -> Iterator[None]:
    """Whatever a test does, ``verify`` finds nothing afterwards."""
    yield
    assert differences() == []


class TestFlag:
    def test_opens_one_case_that_weighs_what_the_reporters_weigh(self, answer: Answer) -> None:
        flag(answer, trusted(0))
        case = flag(answer, trusted(3))
        assert (Case.objects.count(), case.weight, case.flag_count, case.author) == (1, 5, 2, answer.author)
        assert fresh(answer).is_visible

    def test_enough_weight_hides(self, answer: Answer) -> None:
        flag(answer, trusted(3))
        flag(answer, trusted(3))
        assert (fresh(answer).is_hidden, fresh(answer).thread.answer_count) == (True, 0)

    def test_eight_accounts_of_the_first_day_are_needed(self, answer: Answer) -> None:
        hidden = [(flag(answer, trusted(0)), fresh(answer).is_hidden)[1] for _ in range(8)]
        assert hidden == [False] * 7 + [True]

    def test_a_moderators_report_hides_alone(self, answer: Answer) -> None:
        flag(answer, moderator())
        assert fresh(answer).is_hidden

    def test_once_for_each_member(self, answer: Answer, member: Member) -> None:
        flag(answer, member)
        with refused(moderation.AlreadyFlagged):
            flag(answer, member)

    def test_nobody_reports_their_own(self, answer: Answer) -> None:
        with refused(cases.OwnPost):
            flag(answer, answer.author)

    def test_what_a_person_found_fine_is_not_hidden_by_weight_again(self, answer: Answer) -> None:
        decide(flag(answer, moderator()), moderator("Ben"), remove=False)
        case = flag(answer, moderator("Mo"))
        assert (fresh(answer).is_visible, case.outcome) == (True, "")


class TestClaim:
    def test_keeps_others_away_for_ten_minutes(self, answer: Answer) -> None:
        case, first, second = flag(answer), moderator(), moderator("Ben")
        cases.claim(case=case, by=first, at=NOW)
        with refused(cases.Claimed):
            cases.claim(case=case, by=second, at=NOW + timedelta(minutes=9))
        with refused(cases.Claimed):
            decide(case, second, remove=True)
        assert cases.claim(case=case, by=second, at=NOW + timedelta(minutes=10)).claimed_by == second

    def test_nobody_claims_their_own(self, answer: Answer) -> None:
        case = flag(answer)
        with refused(cases.OwnPost):
            cases.claim(case=case, by=answer.author, at=NOW)

    def test_given_back_it_is_free(self, answer: Answer) -> None:
        case, first = flag(answer), moderator()
        cases.claim(case=case, by=first, at=NOW)
        cases.release(case=case, by=first)
        assert cases.claim(case=case, by=moderator("Ben"), at=NOW).claimed_by is not None


class TestDecide:
    def test_removing_hides_and_tells_author_and_reporters(self, answer: Answer, member: Member) -> None:
        case, clara = flag(answer, member), moderator()
        decide(case, clara, remove=True)
        factories.work_off()

        sanction = Sanction.objects.get()
        assert (fresh(answer).is_hidden, sanction.member, sanction.grade, sanction.by) == (
            *(True, answer.author),
            *("removal", clara),
        )
        assert "A little coarser" in sanction.facts
        assert [(letter.to, letter.key) for letter in Letter.objects.all()] == [
            (answer.author.email, f"sanction:{sanction.pk}")
        ]
        assert set(Notification.objects.values_list("member", "kind")) >= {
            (member.pk, "case.decided"),
            (answer.author_id, "member.sanctioned"),
        }

    def test_an_accepted_answer_is_unaccepted(self, thread: Thread) -> None:
        answer = factories.accepted_answer(thread)
        decide(flag(answer), moderator(), remove=True)
        found = fresh(answer)
        assert (found.thread.accepted_answer_id, found.thread.state) == (None, "unanswered")

    def test_keeping_shows_again_what_weight_had_hidden(self, answer: Answer) -> None:
        case = flag(answer, moderator())
        decide(case, moderator("Ben"), remove=False)
        assert (fresh(answer).is_visible, Sanction.objects.count(), fresh(answer).thread.answer_count) == (True, 0, 1)

    def test_nobody_decides_about_their_own(self, answer: Answer) -> None:
        case = flag(answer)
        with refused(cases.OwnPost):
            decide(case, answer.author, remove=False)
        with pytest.raises(IntegrityError, match="case_not_ones_own"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(outcome="kept", decided_by=answer.author, decided_at=NOW)

    def test_once(self, answer: Answer) -> None:
        case = flag(answer)
        decide(case, moderator(), remove=True)
        second = moderator("Ben")
        with refused(cases.Decided):
            decide(case, second, remove=False)


class TestReopen:
    def test_undoes_a_removal_with_its_statement(self, answer: Answer) -> None:
        case, clara = flag(answer), moderator()
        decide(case, clara, remove=True)
        factories.work_off()
        reopened = moderation.reopen(case=case, by=clara, at=later())
        factories.work_off()

        assert (fresh(answer).is_visible, reopened.outcome, Sanction.objects.get().lifted_by) == (True, "", clara)
        assert not Notification.objects.filter(kind__in=["case.decided", "member.sanctioned"]).exists()
        verbs = list(Activity.objects.order_by("id").values_list("verb", flat=True))
        assert verbs[-3:] == ["answer.shown", "sanction.lifted", "case.reopened"]

    def test_hides_again_what_was_hidden_before(self, answer: Answer) -> None:
        case = flag(answer, moderator())
        decide(case, moderator("Ben"), remove=False)
        moderation.reopen(case=case, by=moderator("Mo"), at=later())
        assert fresh(answer).is_hidden

    def test_there_and_back_as_often_as_one_likes(self, answer: Answer) -> None:
        case, clara = flag(answer), moderator()
        for remove in (True, False, True):
            decide(case, clara, remove=remove)
            moderation.reopen(case=case, by=clara, at=later())
        assert (fresh(answer).is_visible, Case.objects.get().rounds) == (True, 3)

    def test_of_what_waits_is_refused(self, answer: Answer) -> None:
        case, clara = flag(answer), moderator()
        with refused(moderation.NotDecided):
            moderation.reopen(case=case, by=clara, at=later())


class TestHidingAndDeleting:
    """The two ways to go are independent of each other, and no counter moves twice."""

    def test_in_any_order(self, answer: Answer) -> None:
        clara = moderator()
        answers.hide(answer=answer, by=clara, at=later())
        answers.delete(answer=answer, by=answer.author, at=later())
        answers.show(answer=answer, by=clara, at=later())
        assert fresh(answer).thread.answer_count == 0
        answers.hide(answer=answer, by=clara, at=later())
        answers.restore(answer=answer, by=answer.author, at=later())
        assert (fresh(answer).is_visible, fresh(answer).thread.answer_count) == (False, 0)
        answers.show(answer=answer, by=clara, at=later())
        assert (fresh(answer).is_visible, fresh(answer).thread.answer_count) == (True, 1)
