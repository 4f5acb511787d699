"""Invitations to a product test: who is next, until when, accepted once, and whose time ran out.

Every deed takes the test's row first, so the seats are handed on in turns. Whoever gives one back hands it to the next
of the waiting list in the same transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Move, ProductTest, Tester
from ambassadors.services import draw_telling, moves
from community import activity, freshness
from community.models import Member
from community.refusals import Refusal

State = Tester.State
#: These hold a seat, or have one offered.
HOLDING = (State.INVITED, State.ACCEPTED, State.REPORTED)
LAPSED_AT_ONCE = 200


class NotInvited(Refusal):
    """There is no invitation to answer."""

    code = "not_invited"
    message = _("There is no open invitation to answer.")


class TooLate(Refusal):
    """The invitation's time is over; the seat is somebody else's."""

    code = "invitation_lapsed"
    message = _("The time to answer is over. The seat goes to the next on the waiting list.")


class NoSeatLeft(Refusal):
    """All seats are taken."""

    code = "no_seat_left"
    message = _("All seats are taken.")


@transaction.atomic
def accept(*, tester: Tester, at: datetime) -> Tester:
    """Take the seat. Whoever has it keeps it. Raises ``NotInvited``, ``TooLate`` and ``NoSeatLeft``."""
    test = lock(tester.test)
    tester = _fresh(tester)
    if tester.state == State.ACCEPTED:
        return tester
    _check(tester, test, at)
    if not ProductTest.objects.filter(pk=test.pk, taken__lt=F("seats")).update(taken=F("taken") + 1):
        raise NoSeatLeft
    move = moves.make(subject=tester, to=State.ACCEPTED, by=tester.member, at=at)
    _answered(tester, at)
    activity.record(
        verb=activity.TEST_JOINED,
        key=f"{activity.TEST_JOINED}:{tester.pk}:{move.pk}",
        actor=tester.member,
        subject=("tester", tester.pk),
        at=at,
        facts={"test": test.pk, "product": test.product_id},
    )
    return tester


@transaction.atomic
def decline(*, tester: Tester, at: datetime, cause: str = Move.Cause.SEAT_LEFT) -> Tester:
    """Leave the seat to the next. Whoever declined has declined. Raises ``NotInvited`` and ``TooLate``."""
    test = lock(tester.test)
    tester = _fresh(tester)
    if tester.state == State.DECLINED:
        return tester
    _check(tester, test, at)
    moves.make(subject=tester, to=State.DECLINED, by=tester.member, at=at, cause=cause)
    _answered(tester, at)
    fill(test, at=at)
    return tester


def lapse(*, at: datetime) -> int:
    """End the invitations that were not answered in time, and hand their seats on; returns how many."""
    late = Tester.objects.filter(state=State.INVITED, answer_by__lt=at).order_by("test_id", "pk")
    ended = 0
    for pk, test in list(late.values_list("pk", "test_id")[:LAPSED_AT_ONCE]):
        ended += _lapse(pk, test, at)
    return ended


@transaction.atomic
def _lapse(pk: int, test_id: int, at: datetime) -> int:
    test = lock(ProductTest(pk=test_id))
    tester = Tester.objects.filter(pk=pk, state=State.INVITED, answer_by__lt=at).first()
    if tester is None:
        return 0
    moves.make(subject=tester, to=State.LAPSED, by=None, at=at)
    draw_telling.tell(draw_telling.LAPSED, test, [tester], at=at)
    fill(test, at=at)
    return 1


def fill(test: ProductTest, *, at: datetime, by: Member | None = None, cause: str = Move.Cause.SEAT_CAME_FREE) -> int:
    """Invite the next while seats of ``test``, which is locked, are neither taken nor offered; returns how many.

    Who fills up the quota of their segment goes first, in the order of the draw; then whoever is next.
    """
    if test.state != ProductTest.State.DRAWING:
        return 0
    rows = Tester.objects.filter(test=test)
    held = Counter(rows.filter(state__in=HOLDING).order_by().values_list("segment_id", flat=True))
    left = {one.pk: one.seats - held[one.pk] for one in test.segments.all()}
    free = test.seats - held.total()
    waiting = list(rows.filter(state=State.WAITING, rank__isnull=False).order_by("rank", "pk")) if free > 0 else []
    invited = _next(waiting, left, free)
    invite(test, invited, by=by, at=at, cause=cause)
    return len(invited)


def invite(test: ProductTest, testers: Iterable[Tester], *, by: Member | None, at: datetime, cause: str) -> None:
    """Offer a seat to each of ``testers``."""
    invited = list(testers)
    for tester in invited:
        # The row says until when before it says that it is invited: the database holds it to that.
        tester.invited_at, tester.answer_by = at, at + timedelta(days=test.answer_days)
        Tester.objects.filter(pk=tester.pk).update(invited_at=tester.invited_at, answer_by=tester.answer_by)
        moves.make(subject=tester, to=State.INVITED, by=by, at=at, cause=cause)
    draw_telling.tell(draw_telling.INVITED, test, invited, at=at)


def lock(test: ProductTest) -> ProductTest:
    """The test as it is now, this transaction's until it commits."""
    return ProductTest.objects.select_for_update(of=("self",), no_key=True).get(pk=test.pk)


def _next(waiting: list[Tester], left: dict[int, int], free: int) -> list[Tester]:
    first = []
    for tester in waiting:
        if left.get(tester.segment_id or 0, 0) > 0:
            left[tester.segment_id or 0] -= 1
            first.append(tester)
    taken = {tester.pk for tester in first}
    others = [tester for tester in waiting if tester.pk not in taken]
    return (first + others)[:free]


def _check(tester: Tester, test: ProductTest, at: datetime) -> None:
    if tester.state != State.INVITED or test.state == ProductTest.State.CANCELLED:
        raise NotInvited
    if tester.answer_by is None or at > tester.answer_by:
        raise TooLate


def _answered(tester: Tester, at: datetime) -> None:
    tester.answered_at = at
    Tester.objects.filter(pk=tester.pk).update(answered_at=at)
    transaction.on_commit(freshness.changed, robust=True)


def _fresh(tester: Tester) -> Tester:
    return Tester.objects.select_related("member", "test").get(pk=tester.pk)
