"""How members are told of their credits and rewards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from community.models import Channel
from community.registry import NotificationGroup
from gamification.services import expiry, landing, redemptions

GROUP = NotificationGroup(
    "rewards",
    _("Rewards"),
    _("What becomes of yours, and credits and codes that expire"),
    "at_once",
    (Channel.IN_APP, Channel.AT_ONCE, Channel.DAILY, Channel.WEEKLY),
    position=11,
)
KINDS = GROUP.kinds(
    (expiry.EXPIRING, _("Credits expire")),
    (landing.CODE_ENDING, _("A code is about to end")),
    (redemptions.FULFILLED, _("Reward on its way")),
    (redemptions.REFUNDED, _("Reward refunded")),
)
