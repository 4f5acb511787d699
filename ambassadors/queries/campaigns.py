"""Reads of campaigns: which are open, and everything that the page of one shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ambassadors.models import Campaign, CampaignNote, CampaignQuestion, Voice
from community.keyset import Page, paginate

ORDER = ("closes_at", "id")


@dataclass(frozen=True, slots=True)
class Brochure:
    """What a campaign tells about being an ambassador."""

    benefits: Sequence[CampaignNote]
    questions: Sequence[CampaignNote]
    voices: Sequence[Voice]


def public() -> QuerySet[Campaign]:
    """What everybody may see, whether it is open or over."""
    return Campaign.objects.filter(is_public=True)


def open_at(at: datetime) -> QuerySet[Campaign]:
    """Which take applications at this moment, the one that closes first first."""
    return public().filter(opens_at__lte=at, closes_at__gt=at).order_by(*ORDER)


def page(at: datetime, *, cursor: str | None, size: int = 20) -> Page[Campaign]:
    """One page of the campaigns that take applications."""
    return paginate(open_at(at).prefetch_related("questions"), order=ORDER, cursor=cursor, size=size)


def featured(at: datetime) -> Campaign | None:
    """The campaign that the general page shows: one that is open, else the one that opens next, else the latest."""
    begun = open_at(at).first()
    ahead = public().filter(opens_at__gt=at).order_by("opens_at", "id").first() if begun is None else None
    return begun or ahead or public().order_by("-closes_at", "-id").first()


def brochure(campaign: Campaign) -> Brochure:
    """The notes and voices of the campaign's page, in their order."""
    notes = list(campaign.notes.order_by("position", "id"))
    voices = campaign.voices.filter(member__is_active=True).select_related("member__standing")
    return Brochure(
        benefits=[note for note in notes if note.kind == CampaignNote.Kind.BENEFIT],
        questions=[note for note in notes if note.kind == CampaignNote.Kind.QUESTION],
        voices=list(voices.order_by("position", "id")),
    )


def questions_of(campaign: Campaign) -> list[CampaignQuestion]:
    """What the form asks, in its order."""
    return list(campaign.questions.order_by("position", "id"))
