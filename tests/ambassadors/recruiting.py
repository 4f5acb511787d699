"""Campaigns and applications for tests, made by the product's own services."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import Application, Campaign, CampaignQuestion, Criterion
from ambassadors.services import applications, campaigns, pipeline
from community.models import Member
from tests import factories

_numbers = itertools.count(1)
DAY = timedelta(days=1)
WHY = "Because I like to explain."


def campaign(*, at: datetime | None = None, **fields: Any) -> Campaign:
    """Return a public campaign that is open, asks one thing in words and lets choose another."""
    at, number = at or timezone.now(), next(_numbers)
    said = {
        "slug": f"campaign-{number}",
        "title_de": "Gesucht",
        "title_en": "Wanted",
        "lead_de": "Erzähl anderen davon.",
        "lead_en": "Tell others about it.",
        "opens_at": at - DAY,
        "closes_at": at + 10 * DAY,
        "seats": 2,
        "is_public": True,
    } | fields
    made = campaigns.store(campaign=Campaign(**said))
    Criterion.objects.create(campaign=made, metric="accepted", needed=1, full_at=2, weight=40, position=1)
    Criterion.objects.create(campaign=made, metric="clear", needed=1, full_at=1, weight=10, position=2)
    CampaignQuestion.objects.create(campaign=made, kind="long", label_de="Warum?", label_en="Why?", position=1)
    CampaignQuestion.objects.create(
        campaign=made, kind="choice", label_de="Sprache", label_en="Language", options_de="Deutsch\nEnglisch",
        options_en="German\nEnglish", required=False, position=2,
    )  # fmt: skip
    return made


def answers(campaign: Campaign, why: str = WHY, choice: int = 1) -> dict[str, object]:
    """Answers to everything that the campaign asks."""
    first, second = campaign.questions.order_by("position")
    return {first.name: why, second.name: choice}


def draft(campaign: Campaign, member: Member | None = None, *, at: datetime | None = None) -> Application:
    """Return what somebody has begun."""
    who = member or factories.member(f"Applicant {next(_numbers)}")
    return applications.begin(campaign=campaign, member=who, at=at or timezone.now())


def submitted(
    campaign: Campaign | None = None, member: Member | None = None, *, at: datetime | None = None
) -> Application:
    """Return an application that was sent."""
    wanted = campaign or globals()["campaign"](at=at)
    begun = draft(wanted, member, at=at)
    applications.submit(application=begun, answers=answers(wanted), version=begun.version, at=at or timezone.now())
    return begun


def moved(application: Application, by: Member, *states: str, reason: str = "We liked it.") -> Application:
    """Move an application through ``states``; the offer is taken by the applicant."""
    for state in states:
        if state == "accepted":
            applications.accept(application=application, at=timezone.now())
        else:
            pipeline.move(application=application, to=state, by=by, at=timezone.now(), reason=reason)
    return application
