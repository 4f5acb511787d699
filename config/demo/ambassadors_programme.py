"""The demo's programme: agreements, lessons with tests, and ambassadors on three tiers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from ambassadors.models import (
    Agreement,
    AgreementVersion,
    Ambassador,
    Tier,
    TrainingChoice,
    TrainingModule,
    TrainingQuestion,
)
from ambassadors.queries import training as reading
from ambassadors.services import agreements, programme, tiers, training
from chat.models import Responder
from community.models import Member
from config.demo.ambassadors_agreements import AGREEMENTS
from config.demo.ambassadors_lessons import LESSONS, Lesson
from config.demo.ambassadors_lessons_more import MORE_LESSONS

#: Since how many days, on which tier, and how much of the voluntary training is passed.
AMBASSADORS = {"mara": (410, 2, 1), "aylin": (300, 1, 0), "ingrid": (380, 3, 2), "emil": (150, 1, 0)}
EARLIER = {
    "de": "Deine Beratungen aus der Zeit vor dem Programm zählen mit.",
    "en": "Your consultations from before the programme count as well.",
}
#: What begins a line of its own: a heading, or an item of a list.
NEW_LINE = re.compile(r"#|- |\d+\. ")
#: What the team has learned: the shared lessons, with a second attempt at one.
TEAM = ("ben",)


def play(people: Mapping[str, Member], now: datetime) -> None:
    """Make what is missing; whoever has a place already is left alone."""
    clara, begun = people["clara"], now - timedelta(days=420)
    for text in AGREEMENTS:
        made, _new = Agreement.objects.get_or_create(
            key=text.key,
            defaults={
                "kind": text.kind,
                "position": text.position,
                "title": text.title[0],
                "title_de": text.title[0],
                "title_en": text.title[1],
                "is_required": text.is_required,
            },
        )
        bodies = {"de": _flowing(text.body[0]), "en": _flowing(text.body[1])}
        if not made.versions.exists():
            agreements.publish(agreement=made, bodies=bodies, by=clara, at=begun)
    modules = [_module(lesson, position) for position, lesson in enumerate((*LESSONS, *MORE_LESSONS), 1)]
    for key, (days, tier, extra) in AMBASSADORS.items():
        if not Ambassador.objects.filter(member=people[key]).exists():
            _ambassador(people[key], modules, now - timedelta(days=days), tier, extra, clara, now)
    for key in TEAM:
        _learn(people[key], [module for module in modules if module.for_team], now - timedelta(days=90))


def _ambassador(
    member: Member, modules: list[TrainingModule], at: datetime, tier: int, extra: int, by: Member, now: datetime
) -> None:
    # Whoever was switched on in the chat stays so.
    available = Responder.objects.filter(member=member, available=True).exists()
    made = programme.begin(member=member, application=None, by=by, at=at)
    for version in AgreementVersion.objects.order_by("agreement__position"):
        programme.sign(member=member, version=version, language=member.language, at=at + timedelta(hours=2))
    required = [module for module in modules if module.is_required and module.for_ambassadors]
    voluntary = [module for module in modules if not module.is_required and module.for_ambassadors]
    _learn(member, required + voluntary[:extra], at + timedelta(days=1))
    made.refresh_from_db()
    if tier > 1:
        given = Tier.objects.get(position=tier)
        tiers.put(ambassador=made, tier=given, by=by, at=now - timedelta(days=60), reason=EARLIER[member.language])
    if available:
        Responder.objects.filter(member=member).update(available=True)


def _learn(member: Member, modules: list[TrainingModule], at: datetime) -> None:
    for number, module in enumerate(modules):
        if reading.attempts(member, module):
            continue
        paper = reading.paper(module)
        right = {question.pk: [one.pk for one in question.choices.all() if one.is_right] for question in paper}
        day = at + timedelta(days=number, hours=3)
        if number == 2:
            wrong = {question.pk: [one.pk for one in question.choices.all() if not one.is_right] for question in paper}
            training.attempt(module=module, member=member, answers=wrong, at=day)
            day += timedelta(days=2)
        training.attempt(module=module, member=member, answers=right, at=day)


def _module(lesson: Lesson, position: int) -> TrainingModule:
    found = TrainingModule.objects.filter(slug=lesson.slug).first()
    if found is not None:
        return found
    made = training.store(
        module=TrainingModule(
            slug=lesson.slug,
            position=position * 10,
            title_de=lesson.title[0],
            title_en=lesson.title[1],
            summary_de=lesson.summary[0],
            summary_en=lesson.summary[1],
            body_de=_flowing(lesson.body[0]),
            body_en=_flowing(lesson.body[1]),
            minutes=lesson.minutes,
            for_team=lesson.for_team,
            is_required=lesson.is_required,
        )
    )
    for place, asked in enumerate(lesson.questions):
        question = TrainingQuestion.objects.create(
            module=made,
            position=place,
            text_de=asked.text[0],
            text_en=asked.text[1],
            explanation_de=asked.why[0],
            explanation_en=asked.why[1],
        )
        TrainingChoice.objects.bulk_create(
            TrainingChoice(
                question=question,
                position=(number + place) % len(asked.choices),
                text=german,
                text_de=german,
                text_en=english,
                is_right=right,
            )
            for number, (german, english, right) in enumerate(asked.choices)
        )
    return made


def _flowing(text: str) -> str:
    """Join the lines of a paragraph: here a line ends where the editor ends, in a post where its author wants it."""
    joined: list[str] = []
    for line in text.splitlines():
        if joined and joined[-1] and line and not joined[-1].startswith("#") and not NEW_LINE.match(line):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return "\n".join(joined)
