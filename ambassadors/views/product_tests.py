"""Product tests: what can be tested, one test with its draw, applying, and answering an invitation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambassadors.access import product_tests as doors
from ambassadors.forms.product_tests import ApplyForm
from ambassadors.models import Draw, Findings, ProductTest, Tester
from ambassadors.queries import draws, eligibility, running_tests
from ambassadors.queries import product_tests as queries
from ambassadors.queries import testers as tester_queries
from ambassadors.services import invitations, testers
from community import limits
from community.access import Person
from community.models import Member
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only, person_of
from community.views.posting import SeeOther, explain, refused

SCRIPT = Path(settings.BASE_DIR) / "docs" / "check_draw.py"
RESULTS = 5
#: In these a form to apply, or to change the application, is shown.
WITH_FORM = ("apply", "applied")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What takes applications, what is under way, what came of earlier ones, and the reader's own."""
    person, now = person_of(request), timezone.now()
    tests, member = doors.tests_for(person), _member(person)
    context = {
        "open": queries.open_tests(tests, at=now),
        "under_way": queries.under_way(tests, at=now),
        "page": queries.closed(tests, cursor=request.GET.get("cursor")),
        "mine": tester_queries.current(member) if member else [],
        **_beside(person, now),
    }
    return render(request, "ambassadors/product_tests/list.html", context)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One test: what it is about, how it runs, where the reader stands, and its draw."""
    person = person_of(request)
    return _page(request, doors.test_for(person, slug), _member(person))


@require_http_methods(["POST"])
@members_only
def apply(request: MemberRequest, slug: str) -> HttpResponse:
    """Apply, or change the application."""
    test, now = doors.test_for(request.user, slug), timezone.now()
    form = ApplyForm(test, data=request.POST)
    if not form.is_valid():
        return _page(request, test, request.user, form=form)
    before = tester_queries.tester_of(request.user, test)
    try:
        limits.spend(limits.TEST_APPLICATIONS, member=request.user, at=now)
        testers.apply(
            test=test,
            member=request.user,
            answers=form.answers(),
            segment=form.cleaned_data.get("segment"),
            pledge=form.cleaned_data["pledge"],
            at=now,
        )
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_page(request, test, request.user, form=form), refusal)
    if before is not None and before.state == Tester.State.APPLIED:
        messages.success(request, _("Your application is changed."))
    else:
        messages.success(request, _("Thank you for applying. We write to you when the seats are drawn."))
    return SeeOther(test.get_absolute_url())


@require_POST
@members_only
def accept(request: MemberRequest, slug: str) -> HttpResponse:
    """Take the seat."""
    tester, now = doors.own_tester_for(request.user, slug), timezone.now()
    limits.spend(limits.TEST_APPLICATIONS, member=request.user, at=now)
    invitations.accept(tester=tester, at=now)
    messages.success(request, _("The seat is yours. Enjoy the test."))
    return SeeOther(tester.test.get_absolute_url())


@require_POST
@members_only
def decline(request: MemberRequest, slug: str) -> HttpResponse:
    """Leave the seat to the next."""
    tester, now = doors.own_tester_for(request.user, slug), timezone.now()
    limits.spend(limits.TEST_WITHDRAWALS, member=request.user, at=now)
    invitations.decline(tester=tester, at=now)
    messages.success(request, _("Thank you for saying so. The seat goes to the next on the waiting list."))
    return SeeOther(tester.test.get_absolute_url())


@require_POST
@members_only
def withdraw(request: MemberRequest, slug: str) -> HttpResponse:
    """Take the application back, or the seat before samples are sent."""
    tester, now = doors.own_tester_for(request.user, slug), timezone.now()
    limits.spend(limits.TEST_WITHDRAWALS, member=request.user, at=now)
    testers.withdraw(tester=tester, at=now)
    messages.success(request, _("Your application is withdrawn."))
    return SeeOther(tester.test.get_absolute_url())


@require_safe
def draw(request: HttpRequest, slug: str) -> HttpResponse:
    """What is published of the draw, for anybody who wants to compute it again."""
    found = doors.draw_for(person_of(request), slug)
    return JsonResponse(draws.published(found), json_dumps_params={"indent": 1})


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The script that checks it."""
    return HttpResponse(SCRIPT.read_text(encoding="utf-8"), content_type="text/x-python; charset=utf-8")


def _page(
    request: HttpRequest, test: ProductTest, member: Member | None, *, form: ApplyForm | None = None, status: int = 422
) -> HttpResponse:
    now = timezone.now()
    tester = tester_queries.tester_of(member, test)
    criteria = eligibility.criteria(test, member, at=now)
    stance = queries.stance(test, tester, member, criteria, at=now)
    draw_ = Draw.objects.filter(test=test).first()
    context = {
        "test": test,
        "tester": tester,
        "stance": stance,
        "criteria": criteria,
        "met": sum(one.met for one in criteria),
        "steps": queries.steps(test),
        "segments": list(test.segments.all()),
        "draw": draw_,
        "findings": Findings.objects.filter(test=test).first(),
        "reason": tester_queries.why_cancelled(test),
        **_beside(member or person_of(request), now),
        "form": form or (ApplyForm(test, tester) if stance in WITH_FORM else None),
    }
    return render(request, "ambassadors/product_tests/detail.html", context, status=status if form else 200)


def _beside(person: Person, now: datetime) -> dict[str, object]:
    """What stands beside every page: the reader's running tests, and what came of others."""
    member = _member(person)
    running = running_tests.running(member, at=now) if member else []
    return {"running": running, "results": running_tests.results(doors.tests_for(person), limit=RESULTS)}


def _member(person: Person) -> Member | None:
    return person if isinstance(person, Member) else None
