"""Product tests: set up, opened with a commitment, sent, tested, evaluated. In between seats are drawn (``draws``)."""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors import lottery
from ambassadors.models import Draw, ProductTest, Tester
from ambassadors.services import draw_telling, invitations, moves, public_chance, shipments
from community import activity, freshness, vault
from community.models import Member
from community.refusals import Refusal
from gamification.services import budgets

State = ProductTest.State
#: What a budget calls the samples of a test.
KIND = "product_test"
#: What applicants were promised and therefore stays once it is open.
PROMISED = (
    "slug", "product_id", "seats", "audience", "least_level", "least_days", "least_answers", "answer_days", "keeps",
    "disclosure", "budget_id", "worth", "chance_de", "chance_en", "chance_at",
)  # fmt: skip


class NotReady(Refusal):
    """Something is missing that applicants have to know."""

    code = "test_not_ready"
    message = _("The time for applications has to end in the future.")
    status = 422


class SeatsDoNotAddUp(Refusal):
    """The segments have other seats than the test."""

    code = "segments_do_not_add_up"
    message = _("The seats of the segments have to add up to the seats of the test, and need a question.")
    field = "seats"
    status = 422


class Promised(Refusal):
    """Applicants rely on it."""

    code = "test_is_open"
    message = _("This test is open: what applicants were promised stays as it is.")


class Undrawn(Refusal):
    """The seats are not drawn yet, or not all invitations are answered."""

    code = "invitations_open"
    message = _("First draw the seats and wait until each invitation is answered or has run out.")


@transaction.atomic
def store(*, test: ProductTest) -> ProductTest:
    """Store a test as a manager filled it in. Raises ``Promised`` where an open one would break its word."""
    check(test=test)
    test.save()
    transaction.on_commit(freshness.changed, robust=True)
    return test


@transaction.atomic
def check(*, test: ProductTest) -> None:
    """Raise what ``store`` would raise. Applications may only be open for longer than was said."""
    former = ProductTest.objects.select_for_update(no_key=True).filter(pk=test.pk).first()
    if former is None:
        return
    test.state, test.applied, test.taken = former.state, former.applied, former.taken
    test.announced_to, test.announced_at = former.announced_to, former.announced_at
    if former.state == State.DRAFT:
        return
    kept = all(getattr(test, name) == getattr(former, name) for name in PROMISED)
    longer = former.state == State.RECRUITING and test.apply_until >= former.apply_until
    if not kept or not (longer or test.apply_until == former.apply_until):
        raise Promised


@transaction.atomic
def open_(*, test: ProductTest, by: Member, at: datetime) -> Draw:
    """Let members apply, and publish the commitment to a seed that nobody can choose any more.

    Raises ``moves.NotPossible``, ``NotReady``, ``SeatsDoNotAddUp``, ``public_chance.HalfNamed`` and
    ``budgets.BudgetUsedUp``.
    """
    test = invitations.lock(test)
    if test.apply_until <= at:
        raise NotReady
    segments = list(test.segments.all())
    if segments and (sum(one.seats for one in segments) != test.seats or not test.quota_question):
        raise SeatsDoNotAddUp
    public_chance.check(test)
    moves.make(subject=test, to=State.RECRUITING, by=by, at=at)
    seed = secrets.token_bytes(lottery.SEED_BYTES)
    draw = Draw.objects.create(
        test=test,
        seed=vault.seal(seed.hex()),
        commitment=lottery.commitment(seed),
        committed_at=at,
        chance_at=test.chance_at,
    )
    if test.budget is not None:
        budgets.reserve(budget=test.budget, kind=KIND, subject=test.pk, amount=_cost(test, test.seats), at=at)
    activity.record(
        verb=activity.TEST_OPENED,
        key=f"{activity.TEST_OPENED}:{test.pk}:1",
        actor=test.host,
        subject=("producttest", test.pk),
        at=at,
        facts={"test": test.pk, "product": test.product_id},
    )
    return draw


@transaction.atomic
def ship(*, test: ProductTest, by: Member, at: datetime) -> ProductTest:
    """Begin to send: who is in is in, the waiting list ends, and what the samples cost is spent.

    Raises ``Undrawn`` and ``moves.NotPossible``.
    """
    test = invitations.lock(test)
    rows = Tester.objects.filter(test=test)
    if test.state == State.DRAWING and (
        not Draw.objects.filter(test=test, drawn_at__isnull=False).exists()
        or rows.filter(state=Tester.State.INVITED).exists()
    ):
        raise Undrawn
    moves.make(subject=test, to=State.SHIPPING, by=by, at=at)
    lost = list(rows.filter(state=Tester.State.WAITING).order_by("pk"))
    for tester in lost:
        moves.make(subject=tester, to=Tester.State.LOST, by=by, at=at)
    draw_telling.tell(draw_telling.NOT_DRAWN, test, lost, at=at)
    if test.budget is not None:
        held = budgets.promised(budget=test.budget, kind=KIND, subject=test.pk)
        budgets.settle(budget=test.budget, kind=KIND, subject=test.pk, held=held, amount=_cost(test, test.taken), at=at)
    return _changed(test)


@transaction.atomic
def advance(*, test: ProductTest, to: str, by: Member | None, at: datetime) -> ProductTest:
    """Go on where nothing but the time decides: testing, evaluating, closed. Raises ``moves.NotPossible``."""
    test = invitations.lock(test)
    if to not in (State.TESTING, State.EVALUATING, State.CLOSED):
        raise moves.NotPossible
    moves.make(subject=test, to=to, by=by, at=at)
    if to == State.CLOSED:
        shipments.end(test=test, by=by, at=at)
    return _changed(test)


@transaction.atomic
def cancel(*, test: ProductTest, by: Member, reason: str, at: datetime) -> ProductTest:
    """End a test that does not take place, and tell everybody who applied why.

    Raises ``moves.NotPossible`` and ``moves.ReasonMissing``.
    """
    test = invitations.lock(test)
    move = moves.make(subject=test, to=State.CANCELLED, by=by, at=at, reason=reason)
    if test.budget is not None and (held := budgets.promised(budget=test.budget, kind=KIND, subject=test.pk)):
        budgets.release(budget=test.budget, kind=KIND, subject=test.pk, amount=held, at=at)
    shipments.end(test=test, by=by, reason=move.reason, at=at)
    concerned = Tester.objects.filter(
        test=test,
        state__in=(Tester.State.APPLIED, Tester.State.WAITING, Tester.State.INVITED, Tester.State.ACCEPTED),
    )
    draw_telling.tell(draw_telling.CANCELLED, test, concerned.order_by("pk"), at=at, words=move.reason)
    return _changed(test)


def _cost(test: ProductTest, samples: int) -> Decimal:
    return (test.worth or Decimal(0)) * samples


def _changed(test: ProductTest) -> ProductTest:
    transaction.on_commit(freshness.changed, robust=True)
    return test
