"""Training: the modules, a lesson with its test, and the proof of what was passed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ambassadors.access import programme as doors
from ambassadors.forms.programme import TestForm
from ambassadors.models import Ambassador, TrainingModule
from ambassadors.queries import programme, training
from ambassadors.services import training as services
from community import limits
from community.models import Member
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_safe
@never_cache
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """What there is to learn, what is passed, and what still keeps the desk closed."""
    member = doors.trainee(request.user)
    ambassador = programme.ambassador_of(member)
    lessons = training.overview(member)
    context = {
        "ambassador": ambassador,
        "lessons": lessons,
        "passed": sum(lesson.passed is not None for lesson in lessons),
        "minutes": sum(lesson.module.minutes for lesson in lessons if lesson.is_open),
        "next": next((lesson for lesson in lessons if lesson.is_open), None),
        "unsigned": programme.unsigned(member) if ambassador else [],
        "missing": training.missing(member) if ambassador else [],
        "is_new": ambassador is not None and ambassador.state == Ambassador.State.ONBOARDING,
    }
    return render(request, "ambassadors/programme/training.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def module(request: MemberRequest, slug: str) -> HttpResponse:
    """Read the lesson, then take its test; a result stands above the lesson from then on."""
    found, now = doors.module_for(request.user, slug), timezone.now()
    form = TestForm(posted(request), paper=training.paper(found))
    if not form.is_bound:
        return render(request, "ambassadors/programme/module.html", _lesson(found, request.user, form))
    if not form.is_valid():
        return render(request, "ambassadors/programme/module.html", _lesson(found, request.user, form), status=INVALID)
    try:
        limits.spend(limits.TRAINING_ATTEMPTS, member=request.user, at=now)
        services.attempt(module=found, member=request.user, answers=form.answers(), at=now)
    except Refusal as refusal:
        explain(form, refusal)
        if isinstance(refusal, services.Unanswered):
            for question in refusal.questions:
                form.add_error(f"q{question}", _("Choose an answer."))
        context = _lesson(found, request.user, form)
        return refused(render(request, "ambassadors/programme/module.html", context), refusal)
    return SeeOther(f"{found.get_absolute_url()}#result")


@require_safe
@never_cache
@members_only
def proof(request: MemberRequest) -> HttpResponse:
    """What was passed and when, to print or to show."""
    member = doors.trainee(request.user)
    context = {"proofs": training.proof_of(member), "ambassador": programme.ambassador_of(member)}
    return render(request, "ambassadors/programme/proof.html", context)


def _lesson(module: TrainingModule, member: Member, form: TestForm) -> dict[str, object]:
    attempts = training.attempts(member, module)
    taken = training.taken(module, attempts)
    again = training.again_at(taken.last, module) if taken.is_open else None
    shown = taken.last if taken.is_open else taken.passed
    right = {one["question"] for one in shown.answers if one["right"]} if shown else set()
    lessons = training.overview(member)
    rest = [lesson.module for lesson in lessons if lesson.is_open and lesson.module.pk != module.pk]
    return {
        "module": module,
        "form": form,
        "taken": taken,
        "result": shown,
        "again": again if again and again > timezone.now() else None,
        "asked": [(question, question.pk in right) for question in form.paper] if shown else [],
        "right": len(right),
        "next": rest[0] if rest else None,
    }
