"""The codes in a member's wallet."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from community.models import Member
from gamification import coupon_states as states
from gamification.models import Coupon
from gamification.queries import coupons

USABLE = (*states.USABLE, states.RESERVED)
#: Former codes that the wallet still shows.
FORMER = 12
#: Usable codes that the wallet shows at most.
MOST = 60


def usable(member: Member, *, at: datetime, limit: int = MOST) -> list[Coupon]:
    """Codes that can be used, newest first; one that a basket keeps is still the member's."""
    going = Q(expires_at=None) | Q(expires_at__gt=at) | Q(held__gt=0)
    return list(coupons.coupons_of(member).filter(going, state__in=USABLE)[:limit])


def former(member: Member, *, at: datetime) -> list[tuple[Coupon, str]]:
    """The last codes that were used or have ended, each with its state."""
    over = Q(state__in=USABLE, expires_at__lte=at, held=0) | ~Q(state__in=USABLE)
    found = coupons.coupons_of(member).filter(over)[:FORMER]
    return [(coupon, str(Coupon.State(coupons.state_at(coupon, at)).label)) for coupon in found]
