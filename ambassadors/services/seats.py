"""Seats of a campaign: taken with an offer, given back with what ends it, never more than there are."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Application, Campaign
from community.refusals import Refusal


class NoSeat(Refusal):
    """Every seat is offered or filled."""

    code = "no_seat_left"
    message = _("Every seat of this campaign is offered or filled. Raise the number of seats first.")


def follow(application: Application, before: str) -> None:
    """Take or give back the seat of an application that came here from ``before``. Raises ``NoSeat``."""
    had, has = before in Application.SEATED, application.state in Application.SEATED
    rows = Campaign.objects.filter(pk=application.campaign_id)
    if has and not had and not rows.filter(taken__lt=F("seats")).update(taken=F("taken") + 1):
        raise NoSeat
    if had and not has:
        rows.update(taken=F("taken") - 1)
