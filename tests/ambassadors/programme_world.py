"""The programme for tests: a contract, a module with a test, ambassadors; made by the product's own services."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from ambassadors.models import (
    Agreement,
    AgreementVersion,
    Ambassador,
    TrainingChoice,
    TrainingModule,
    TrainingQuestion,
)
from ambassadors.queries import training as reading
from ambassadors.services import agreements, programme, training
from community.models import Member
from tests import factories

NOW = timezone.now()
DAY = timedelta(days=1)
_numbers = itertools.count(1)


def agreement(kind: str = "contract", *, required: bool = True, words: str = "We agree.") -> AgreementVersion:
    """Return the first version of a new text."""
    number = next(_numbers)
    made = Agreement.objects.create(
        key=f"{kind}-{number}", kind=kind, title_de="Vertrag", title_en="Contract", is_required=required
    )
    version = agreements.publish(agreement=made, bodies={"de": f"Abgemacht. {words}", "en": words}, by=None, at=NOW)
    assert version is not None
    return version


def module(*, required: bool = True, questions: int = 2, **fields: object) -> TrainingModule:
    """Return a lesson whose questions each have one right choice of two, the last one two of three."""
    number = next(_numbers)
    said = {
        "slug": f"module-{number}", "title_de": f"Modul {number}", "title_en": f"Module {number}",
        "body_de": "## Lesen", "body_en": "## Read", "is_required": required, "cooldown_hours": 24, "pass_mark": 80,
    } | fields  # fmt: skip
    made = training.store(module=TrainingModule(**said))
    for position in range(questions):
        question = TrainingQuestion.objects.create(
            module=made, position=position, text_de="Frage?", text_en="Question?", explanation_en="Because."
        )
        for place, right in enumerate((True, False, position == questions - 1)):
            TrainingChoice.objects.create(
                question=question, position=place, text_de=f"Wahl {place}", text_en=f"Choice {place}", is_right=right
            )
    return made


def right_answers(of: TrainingModule) -> Mapping[int, list[int]]:
    """What passes."""
    return {
        question.pk: [choice.pk for choice in question.choices.all() if choice.is_right]
        for question in reading.paper(of)
    }


def wrong_answers(of: TrainingModule) -> Mapping[int, list[int]]:
    """What is answered, and not right."""
    return {
        question.pk: [choice.pk for choice in question.choices.all() if not choice.is_right]
        for question in reading.paper(of)
    }


def onboarding(member: Member | None = None, *, at: datetime = NOW) -> Ambassador:
    """Return somebody whose onboarding has begun."""
    who = member or factories.member(f"Novice {next(_numbers)}")
    return programme.begin(member=who, application=None, by=None, at=at)


def active(member: Member | None = None, *, at: datetime = NOW) -> Ambassador:
    """Return an active ambassador; a contract is made where there is none."""
    made = onboarding(member, at=at)
    version = AgreementVersion.objects.order_by("pk").first() or agreement()
    programme.sign(member=made.member, version=version, language="en", at=at)
    made.refresh_from_db()
    assert made.state == "active"
    return made
