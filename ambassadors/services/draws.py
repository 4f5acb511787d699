"""The draw of a product test: the applications end with a list, the seats are drawn from it.

What a step promises to the public is made in the step itself: the commitment to the seed with the opening, the hash of
the candidates with the end of the applications, the seed and the list with the draw.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors import lottery
from ambassadors.models import Draw, Move, ProductTest, Tester
from ambassadors.queries import draws as queries
from ambassadors.services import draw_telling, invitations, moves, public_chance
from community import activity, freshness, vault
from community.models import Member
from community.refusals import Refusal
from gamification.queries.days import site_day

State = ProductTest.State
DRAWN_AT_ONCE = 20


class NotOver(Refusal):
    """Who was told they have until then has until then."""

    code = "applications_not_over"
    message = _("Applications are open until the time that was published.")


class DrawnAlready(Refusal):
    """A draw happens once."""

    code = "drawn_already"
    message = _("The seats of this test are drawn.")


@transaction.atomic
def close_applications(*, test: ProductTest, by: Member | None, at: datetime) -> Draw:
    """End the applications and publish the hash of who is in the draw.

    Raises ``NotOver``, ``public_chance.KnownAlready`` and ``moves.NotPossible``.
    """
    test = invitations.lock(test)
    if test.state == State.RECRUITING and at < test.apply_until:
        raise NotOver
    moves.make(subject=test, to=State.DRAWING, by=by, at=at)
    draw = Draw.objects.select_for_update(no_key=True).select_related("test").get(test=test)
    public_chance.check_list(draw, at)
    applied = list(Tester.objects.filter(test=test, state=Tester.State.APPLIED).order_by("number"))
    lost = queries.losses(one.member_id for one in applied)
    for tester in applied:
        tester.tickets = lottery.tickets(lost=lost.get(tester.member_id, 0))
    Tester.objects.bulk_update(applied, ["tickets"], batch_size=500)
    draw.candidates = lottery.listed([_candidate(one) for one in applied])
    draw.list_hash = lottery.list_hash(
        draw.candidates, seats=test.seats, quotas=queries.quotas(test), chance=queries.chance(draw)
    )
    draw.listed_at = at
    draw.save(update_fields=["candidates", "list_hash", "listed_at"])
    transaction.on_commit(freshness.changed, robust=True)
    return draw


@transaction.atomic
def draw_seats(*, test: ProductTest, by: Member | None, at: datetime, value: str = "") -> Draw:
    """Draw, publish seed and list, invite the first and put the others on the waiting list.

    ``value`` is the public one that the draw waited for, if it did. Whoever withdrew since the list was closed keeps
    their place in it and is passed over. Raises ``DrawnAlready``, ``moves.NotPossible`` and what
    ``public_chance.take`` raises.
    """
    test = invitations.lock(test)
    if test.state != State.DRAWING:
        raise moves.NotPossible
    draw = Draw.objects.select_for_update(no_key=True).get(test=test)
    if draw.drawn_at is not None:
        raise DrawnAlready
    draw.value = public_chance.take(draw, value, at)
    drum = lottery.drum(bytes.fromhex(vault.unseal(draw.seed)), draw.value)
    draw.ranking = lottery.rank([_listed(row) for row in draw.candidates], drum)
    draw.drawn_at = at
    draw.save(update_fields=["value", "ranking", "drawn_at"])
    waiting = _ranked(test, draw, by, at)
    invitations.fill(test, at=at, by=by, cause=Move.Cause.SEATS_DRAWN)
    left = Tester.objects.filter(pk__in=[one.pk for one in waiting], state=Tester.State.WAITING)
    draw_telling.tell(draw_telling.WAITING, test, left.order_by("pk"), at=at)
    activity.record(
        verb=activity.TEST_DRAWN,
        key=f"{activity.TEST_DRAWN}:{test.pk}:1",
        actor=by or test.host,
        subject=("producttest", test.pk),
        at=at,
        facts={"test": test.pk, "product": test.product_id},
    )
    return draw


def work_off(*, at: datetime) -> None:
    """Do what the clock decides: end applications, draw on the day that was named, end invitations.

    A draw that waits for a public value waits for a person who looks it up.
    """
    over = ProductTest.objects.filter(state=State.RECRUITING, apply_until__lte=at).order_by("pk")
    for test in over[:DRAWN_AT_ONCE]:
        with suppress(moves.NotPossible, NotOver, public_chance.KnownAlready):
            close_applications(test=test, by=None, at=at)
    named = ProductTest.objects.filter(
        state=State.DRAWING,
        draw__drawn_at=None,
        draw__chance_at=None,
        draw__listed_at__lt=at,
        select_on__lte=site_day(at),
    ).order_by("pk")
    for test in named[:DRAWN_AT_ONCE]:
        with suppress(moves.NotPossible, DrawnAlready):
            draw_seats(test=test, by=None, at=at)
    invitations.lapse(at=at)


def _ranked(test: ProductTest, draw: Draw, by: Member | None, at: datetime) -> list[Tester]:
    """Write down each place, and put everybody who still wants a seat on the waiting list."""
    places = {number: place for place, number in enumerate(draw.ranking, start=1)}
    testers = list(Tester.objects.filter(test=test, number__in=places).order_by("pk"))
    for tester in testers:
        tester.rank = places[tester.number]
    Tester.objects.bulk_update(testers, ["rank"], batch_size=500)
    waiting = [tester for tester in testers if tester.state == Tester.State.APPLIED]
    for tester in waiting:
        moves.make(subject=tester, to=Tester.State.WAITING, by=by, at=at)
    return waiting


def _candidate(tester: Tester) -> lottery.Candidate:
    segment = str(tester.segment_id) if tester.segment_id else ""
    return lottery.Candidate(tester.number, tester.tickets or lottery.TICKETS, segment)


def _listed(row: dict[str, object]) -> lottery.Candidate:
    return lottery.Candidate(str(row["number"]), int(str(row["tickets"])), str(row["segment"]))
