"""Training: a manager stores lessons, somebody attempts a test."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import TrainingAttempt, TrainingModule, TrainingQuestion, TrainingRenewal
from ambassadors.queries import training as queries
from ambassadors.services import programme
from community import activity, markdown, words
from community.models import Member
from community.refusals import Refusal


class NoTest(Refusal):
    """The lesson has no question yet."""

    code = "training_without_test"
    message = _("This module has no test yet.")


class Passed(Refusal):
    """Passed is passed, until it has to be renewed."""

    code = "training_passed"
    message = _("You have passed this module already.")


class CoolingDown(Refusal):
    """The last attempt is too fresh."""

    code = "training_cooling_down"
    message = _("Your next attempt is possible a little later. Read the lesson again until then.")


class Unanswered(Refusal):
    """Some questions have no answer; nothing was counted as an attempt."""

    code = "training_unanswered"
    message = _("Answer every question. Nothing has been counted yet.")
    status = 422

    def __init__(self, questions: Collection[int]) -> None:
        self.questions = questions
        super().__init__()


class Judged(TypedDict):
    """What is kept of one question."""

    question: int
    chosen: list[int]
    right: bool


@transaction.atomic
def store(*, module: TrainingModule) -> TrainingModule:
    """Keep a lesson as a manager wrote it; its text is rendered once.

    Where it is valid for good from now on, nobody has to renew what they passed.
    """
    for code, _name in settings.LANGUAGES:
        body = words.lines(getattr(module, f"body_{code}") or "")
        setattr(module, f"body_{code}", body or None)
        setattr(module, f"html_{code}", markdown.render(body) or None)
    module.save()
    if not module.validity_months:
        waiting = TrainingRenewal.objects.filter(attempt__module=module, lapsed_at=None)
        waiting.exclude(queries.passed_again("attempt")).delete()
    return module


@transaction.atomic
def attempt(
    *, module: TrainingModule, member: Member, answers: Mapping[int, Collection[int]], at: datetime
) -> TrainingAttempt:
    """Judge one attempt and keep it. Who passes the last thing that was missing is active from then on.

    Raises ``NoTest``, ``Passed``, ``CoolingDown`` and ``Unanswered``.
    """
    # Two attempts sent at once take turns here.
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    earlier = queries.attempts(member, module)
    paper = queries.paper(module)
    if not paper:
        raise NoTest
    taken = queries.taken(module, earlier)
    if not taken.is_open:
        raise Passed
    again = queries.again_at(taken.last, module)
    if again and at < again:
        raise CoolingDown
    judged = [_judged(question, answers.get(question.pk, ())) for question in paper]
    unanswered = [one["question"] for one in judged if not one["chosen"]]
    if unanswered:
        raise Unanswered(unanswered)
    score = 100 * sum(one["right"] for one in judged) // len(judged)
    made = TrainingAttempt.objects.create(
        module=module,
        member=member,
        number=len(earlier) + 1,
        answers=judged,
        score=score,
        pass_mark=module.pass_mark,
        passed=score >= module.pass_mark,
        at=at,
    )
    if made.passed:
        activity.record(
            verb=activity.TRAINING_PASSED,
            key=f"{activity.TRAINING_PASSED}:{made.pk}",
            actor=member,
            subject=("trainingmodule", module.pk),
            at=at,
            facts={"module": module.pk},
        )
        programme.activate_if_ready(member=member, at=at)
    return made


def _judged(question: TrainingQuestion, chosen: Collection[int]) -> Judged:
    choices = list(question.choices.all())
    known = sorted(choice.pk for choice in choices if choice.pk in set(chosen))
    right = sorted(choice.pk for choice in choices if choice.is_right)
    return {"question": question.pk, "chosen": known, "right": known == right}
