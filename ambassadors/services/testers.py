"""Testers: apply for a product test, change the application, withdraw it, or give a seat back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from ambassadors import questions
from ambassadors.models import ApplyQuestion, Move, ProductTest, Segment, Tester
from ambassadors.queries import eligibility
from ambassadors.services import addresses, invitations, moves
from community import activity, words
from community.models import Member
from community.refusals import Refusal

State = Tester.State
#: So many characters has the number in the draw.
NUMBER_BYTES = 8


class NotOpen(Refusal):
    """Applications are over, or have not begun."""

    code = "test_not_open"
    message = _("This product test takes no applications now.")


class NotEligible(Refusal):
    """The rule of the test is for others."""

    code = "test_not_for_you"
    message = _("You do not meet what this test asks for yet.")
    status = 403


class PledgeMissing(Refusal):
    """Whoever tests says in public what they found."""

    code = "pledge_missing"
    message = _("Say that you will publish an honest review: that is what the test is for.")
    field = "pledge"
    status = 422


class SegmentMissing(Refusal):
    """The question that the seats are divided by has no answer, or one of another test."""

    code = "segment_missing"
    message = _("Choose one of the answers.")
    field = "segment"
    status = 422


class AnswersWrong(Refusal):
    """Something is missing, or is no answer to what was asked."""

    code = "answers_wrong"
    message = _("Answer all the questions that have to be answered.")
    field = "answers"
    status = 422


class TooLateToLeave(Refusal):
    """The samples are on their way."""

    code = "test_begun"
    message = _("Samples are being sent already. Write to us if you cannot take part.")


@transaction.atomic
def apply(
    *,
    test: ProductTest,
    member: Member,
    answers: Mapping[str, object],
    segment: int | None,
    pledge: bool,
    at: datetime,
) -> Tester:
    """Apply, or change the application while it can be changed; whoever withdrew may come back.

    Raises ``NotOpen``, ``NotEligible``, ``PledgeMissing``, ``SegmentMissing`` and ``AnswersWrong``.
    """
    test = invitations.lock(test)
    if test.state != ProductTest.State.RECRUITING or at >= test.apply_until:
        raise NotOpen
    if not eligibility.may_apply(test, member, at=at):
        raise NotEligible
    if not pledge:
        raise PledgeMissing
    said = {"answers": _checked(test, answers), "segment": _segment(test, segment)}
    tester = Tester.objects.select_related("member").filter(test=test, member=member).first()
    if tester is None:
        number = secrets.token_hex(NUMBER_BYTES)
        tester = Tester.objects.create(test=test, member=member, number=number, applied_at=at, **said)
    elif tester.state == State.APPLIED:
        Tester.objects.filter(pk=tester.pk).update(**said)
        tester.refresh_from_db()
        return tester
    else:
        moves.make(subject=tester, to=State.APPLIED, by=member, at=at)
        Tester.objects.filter(pk=tester.pk).update(applied_at=at, **said)
        tester.refresh_from_db()
    ProductTest.objects.filter(pk=test.pk).update(applied=F("applied") + 1)
    activity.record(
        verb=activity.TEST_APPLIED,
        key=_key(activity.TEST_APPLIED, tester),
        actor=member,
        subject=("tester", tester.pk),
        at=at,
        facts={"test": test.pk, "product": test.product_id},
    )
    return tester


@transaction.atomic
def withdraw(*, tester: Tester, at: datetime, cause: str = Move.Cause.TESTER_LEFT) -> Tester:
    """Take the application back, or the seat before anything is sent; the next one gets it in the same transaction.

    Raises ``TooLateToLeave`` and ``moves.NotPossible``.
    """
    test = invitations.lock(tester.test)
    tester = Tester.objects.select_related("member").get(pk=tester.pk)
    if tester.state == State.WITHDRAWN:
        return tester
    had_seat = tester.state == State.ACCEPTED
    if had_seat and test.state != ProductTest.State.DRAWING:
        raise TooLateToLeave
    _undo(tester, at, had_seat=had_seat)
    addresses.drop(tester=tester)
    moves.make(subject=tester, to=State.WITHDRAWN, by=tester.member, at=at, cause=cause)
    ProductTest.objects.filter(pk=test.pk).update(applied=F("applied") - 1, taken=F("taken") - int(had_seat))
    if had_seat:
        invitations.fill(test, at=at)
    return tester


def forget(member: Member, at: datetime) -> None:
    """Whoever is erased leaves open applications and seats to others; what they answered goes."""
    rows = Tester.objects.select_related("test", "member").filter(member=member).order_by("test_id")
    for tester in rows:
        _leave(tester, at)
    Tester.objects.filter(member=member).update(answers={})


def forget_answers(rows: QuerySet[Tester]) -> None:
    """Forget what was answered in applications whose time is over; who applied and was drawn stays."""
    rows.update(answers={})


def _leave(tester: Tester, at: datetime) -> None:
    if tester.state == State.INVITED and tester.answer_by and at <= tester.answer_by:
        invitations.decline(tester=tester, at=at, cause=Move.Cause.ACCOUNT_DELETED)
    elif tester.state in (State.APPLIED, State.WAITING) or (
        tester.state == State.ACCEPTED and tester.test.state == ProductTest.State.DRAWING
    ):
        withdraw(tester=tester, at=at, cause=Move.Cause.ACCOUNT_DELETED)


def _segment(test: ProductTest, pk: int | None) -> Segment | None:
    segments = {one.pk: one for one in test.segments.all()}
    if not segments:
        return None
    if pk not in segments:
        raise SegmentMissing
    return segments[pk]


def _checked(test: ProductTest, answers: Mapping[str, object]) -> dict[str, object]:
    asked = [question.asked for question in ApplyQuestion.objects.filter(test=test)]
    given = {name: words.lines(one) if isinstance(one, str) else one for name, one in answers.items()}
    if questions.wrong(asked, given) or questions.missing(asked, given):
        raise AnswersWrong
    return {name: one for name, one in given.items() if questions.said(one)}


def _undo(tester: Tester, at: datetime, *, had_seat: bool) -> None:
    """Take back the deeds of whoever leaves: the seat, and the application."""
    if had_seat and (move := moves.arrival(tester)):
        key = f"{activity.TEST_JOINED}:{tester.pk}:{move.pk}"
        activity.undo(key=key, verb=activity.TEST_LEFT, actor=tester.member, at=at)
    key = _key(activity.TEST_APPLIED, tester)
    if activity.recorded(key):
        activity.undo(key=key, verb=activity.TEST_APPLICATION_WITHDRAWN, actor=tester.member, at=at)


def _key(verb: str, tester: Tester) -> str:
    return f"{verb}:{tester.pk}:{tester.applied_at.timestamp():.6f}"
