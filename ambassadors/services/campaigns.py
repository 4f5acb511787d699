"""Campaigns: store one as the back office left it, invite somebody to apply."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Campaign, CampaignInvite
from ambassadors.services import application_telling
from ambassadors.services.applications import Closed
from community import freshness, words
from community.models import Member
from community.refusals import Refusal

#: Names that other pages beside the campaigns have.
RESERVED = frozenset({"applications", "training", "me", "nominations"})


class ReservedSlug(Refusal):
    """Another page stands at this address."""

    code = "slug_reserved"
    message = _("Another page has this address.")
    field = "slug"
    status = 422


class TooFewSeats(Refusal):
    """What is promised stays promised."""

    code = "too_few_seats"
    message = _("More seats than that are offered or filled already.")
    field = "seats"
    status = 422


class InvitedAlready(Refusal):
    """One invitation is enough."""

    code = "already_invited"
    message = _("They were invited to this campaign already.")


def check(*, campaign: Campaign) -> None:
    """Raise ``ReservedSlug`` and ``TooFewSeats``."""
    if campaign.slug in RESERVED:
        raise ReservedSlug
    if campaign.seats < campaign.taken:
        raise TooFewSeats


@transaction.atomic
def store(*, campaign: Campaign) -> Campaign:
    """Store what managers changed; visitors see it with their next page. Raises what ``check`` raises."""
    check(campaign=campaign)
    if campaign.pk:
        fields = [field.name for field in campaign._meta.fields if field.name not in {"id", "taken"}]
        campaign.save(update_fields=fields)
    else:
        campaign.save()
    refresh()
    return campaign


def refresh() -> None:
    """Let visitors see what stands beside a campaign now."""
    transaction.on_commit(freshness.changed)


@transaction.atomic
def invite(*, campaign: Campaign, member: Member, by: Member, at: datetime, note: str = "") -> CampaignInvite:
    """Ask a member to apply, once for each campaign. Raises ``Closed`` and ``InvitedAlready``."""
    if not campaign.takes_applications(at):
        raise Closed
    try:
        with transaction.atomic():
            made = CampaignInvite.objects.create(campaign=campaign, member=member, by=by, note=words.lines(note), at=at)
    except IntegrityError as error:
        raise InvitedAlready from error
    application_telling.invited(made, at=at)
    return made
