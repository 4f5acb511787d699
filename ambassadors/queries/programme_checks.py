"""What follows from somebody's place in the programme, checked against it: role, desk and the tier beside the name."""

from __future__ import annotations

from collections.abc import Iterator

from ambassadors.models import Ambassador
from ambassadors.queries import programme
from chat.models import Responder
from community.models import Role, RoleGrant, Standing
from community.registry import Difference

CHECK = "programme"
State = Ambassador.State
SHOWN = (State.ACTIVE, State.PAUSED, State.LEAVING)


def check() -> Iterator[Difference]:
    """Ambassadors whose role, desk or shown tier is not what their state says."""
    roles = set(RoleGrant.objects.filter(role=Role.AMBASSADOR).values_list("member", flat=True))
    open_desks = set(
        Responder.objects.filter(group=Responder.Group.AMBASSADORS, is_enabled=True).values_list("member", flat=True)
    )
    shown = dict(Standing.objects.filter(member__ambassador__isnull=False).values_list("member", "tier"))
    for ambassador in Ambassador.objects.select_related("tier").order_by("pk"):
        active, member = ambassador.state == State.ACTIVE, ambassador.member_id
        what = f"ambassador {ambassador.pk}"
        # Whoever is in onboarding or was one before may hold the role by another's hand; nobody else may.
        if (member in roles) != active and ambassador.state != State.ONBOARDING:
            yield Difference(CHECK, f"{what}: role", str(active), str(not active))
        if not active and member in open_desks and ambassador.state != State.ONBOARDING:
            yield Difference(CHECK, f"{what}: desk", "closed", "open")
        tier = programme.names(ambassador.tier) if ambassador.state in SHOWN else {}
        if shown.get(member, {}) != tier:
            yield Difference(CHECK, f"{what}: tier", str(tier), str(shown.get(member, {})))
