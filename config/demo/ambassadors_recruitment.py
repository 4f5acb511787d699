"""The demo's search for ambassadors: a campaign in both languages, its form, and applications at every stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from ambassadors.models import (
    Application,
    Campaign,
    CampaignNote,
    CampaignQuestion,
    Criterion,
    Occasion,
    OccasionRule,
    Voice,
)
from ambassadors.services import applications, campaigns, nominations, pipeline, radar
from community.models import Member, Topic
from config.demo.ambassadors_words import (
    APPLICANTS,
    CAMPAIGN,
    CRITERIA,
    FORM,
    LENA,
    MOMENTS,
    NAMED,
    NOTES,
    RULES,
    VOICES,
    Applicant,
)

DAY = timedelta(days=1)


@transaction.atomic
def play(people: Mapping[str, Member], topics: Mapping[str, Topic], now: datetime) -> None:
    """Open the campaign and let people apply, where that is missing."""
    if Campaign.objects.filter(slug=CAMPAIGN["slug"]).exists():
        return
    opened = now - 20 * DAY
    campaign = campaigns.store(
        campaign=Campaign(**CAMPAIGN, opens_at=opened, closes_at=now + 25 * DAY, seats=6, is_public=True)
    )
    for place, (metric, needed, full_at, weight) in enumerate(CRITERIA):
        Criterion.objects.create(
            campaign=campaign, metric=metric, needed=needed, full_at=full_at, weight=weight, position=place
        )
    for place, note in enumerate(NOTES):
        CampaignNote.objects.create(campaign=campaign, position=place, **note)
    for place, (who, german, english) in enumerate(VOICES):
        Voice.objects.create(campaign=campaign, member=people[who], quote_de=german, quote_en=english, position=place)
    asked = [
        CampaignQuestion.objects.create(campaign=campaign, position=place, **question)
        for place, question in enumerate(FORM)
    ]
    for applicant in APPLICANTS:
        _apply(campaign, asked, applicant, people, now)
    for rule in RULES:
        OccasionRule.objects.create(**rule)
    for who, named, topic, why in NAMED:
        nominations.name(topic=topics[topic], by=people[who], member=people[named], why=why, at=now - 2 * DAY)
    for who, name, facts, days in MOMENTS:
        spoke = OccasionRule.objects.get(name_en=name)
        Occasion.objects.create(rule=spoke, member=people[who], facts=facts, at=now - days * DAY)
    radar.scan(at=now)
    draft = applications.begin(campaign=campaign, member=people["lena"], at=now - DAY)
    applications.save(application=draft, answers=_answers(asked, LENA), version=0, at=now - DAY)


def _apply(
    campaign: Campaign,
    asked: list[CampaignQuestion],
    applicant: Applicant,
    people: Mapping[str, Member],
    now: datetime,
) -> None:
    member, clara = people[applicant.who], people["clara"]
    begun = now - applicant.days * DAY
    application = applications.begin(campaign=campaign, member=member, at=begun)
    answers = _answers(asked, applicant.said)
    applications.submit(application=application, answers=answers, version=0, at=begun)
    for number, (to, reason) in enumerate(applicant.moves, start=1):
        at = begun + number * DAY
        if to == Application.State.ACCEPTED:
            applications.accept(application=application, at=at)
        else:
            pipeline.move(application=application, to=to, by=clara, at=at, reason=reason)


def _answers(asked: list[CampaignQuestion], said: tuple[object, ...]) -> dict[str, object]:
    return {question.name: answer for question, answer in zip(asked, said, strict=True) if answer is not None}
