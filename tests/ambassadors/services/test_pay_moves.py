"""Every way of a consultation and of a payout that is there can be gone, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ambassadors import machines
from ambassadors.models import Consultation, Move, Payout
from ambassadors.services import moves
from tests import factories
from tests.ambassadors import pay_world as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


def consultation() -> Consultation:
    return world.bare(world.ambassador().member)


def payout() -> Payout:
    """Proposed and approved, so that the database lets it into any state."""
    clara, ada, at = world.manager(), factories.member("Ada Admin"), world.NEXT_MONTH
    return Payout.objects.create(
        total=1, currency="EUR", proposed_by=clara, proposed_at=at, approved_by=ada, approved_at=at
    )


@pytest.mark.parametrize("make", [consultation, payout])
def test_every_way_that_is_there_and_no_other(make: Callable[[], Consultation | Payout]) -> None:
    row, clara = make(), world.manager("Clara Hansen")
    machine = machines.MACHINES[str(row._meta.model_name)]
    for before in machine.moves:
        for after in machine.moves:
            type(row).objects.filter(pk=row.pk).update(state=before)
            row.refresh_from_db()
            if not machine.allows(before, after):
                with refused(moves.NotPossible):
                    moves.make(subject=row, to=after, by=clara, at=world.NOW, reason="So it is.")
                continue
            if (before, after) in machine.reasoned:
                with refused(moves.ReasonMissing):
                    moves.make(subject=row, to=after, by=clara, at=world.NOW)
            made = moves.make(subject=row, to=after, by=clara, at=world.NOW, reason="So it is.")
            assert (made.before, made.after, made.by, made.reason) == (before, after, clara, "So it is.")
    assert Move.objects.count() == sum(len(ways) for ways in machine.moves.values())
