"""A member's running test: where the sample goes, that it has arrived, the report; and the results of all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambassadors.access import testing as doors
from ambassadors.forms.testing import AddressForm, ReportForm
from ambassadors.models import Shipment, Tester
from ambassadors.queries import moves
from ambassadors.queries import reports as report_queries
from ambassadors.queries import running_tests as queries
from ambassadors.queries import shipments as parcels
from ambassadors.services import addresses, reports, shipments
from community import limits
from community.access import NotFound
from community.refusals import Refusal
from community.views.people import MemberRequest, asked_in_passing, members_only, person_of
from community.views.posting import INVALID, SeeOther, explain, once, posted, refused

#: So many looks at the address are listed.
LOOKS = 10


@require_safe
@never_cache
@members_only
def show(request: MemberRequest, slug: str) -> HttpResponse:
    """Where one stands in a test, and what comes next."""
    return _page(request, doors.participation_for(request.user, slug))


@require_POST
@members_only
def give_address(request: MemberRequest, slug: str) -> HttpResponse:
    """Say where the sample goes, or that it goes elsewhere while it is being packed."""
    tester, form, now = doors.participation_for(request.user, slug), AddressForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, tester, form=form, status=INVALID)
    try:
        limits.spend(limits.PARCELS, member=request.user, at=now)
        addresses.put(tester=tester, text=form.cleaned_data["address"], at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_page(request, tester, form=form), refusal)
    messages.success(request, _("Thank you. We tell you when the parcel is on its way."))
    return SeeOther(_place(tester))


@require_POST
@members_only
def arrived(request: MemberRequest, slug: str) -> HttpResponse:
    """Say that the sample is there."""
    parcel, now = doors.parcel_for(request.user, slug), timezone.now()
    limits.spend(limits.PARCELS, member=request.user, at=now)
    if parcel.state != Shipment.State.DELIVERED:
        shipments.arrive(shipment=parcel, by=request.user, at=now)
        messages.success(request, _("Enjoy it. You can write your report bit by bit."))
    return SeeOther(_place(parcel.tester))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def report(request: MemberRequest, slug: str) -> HttpResponse:
    """Write the report, go on with it, or hand it in."""
    tester = doors.participation_for(request.user, slug)
    stand = queries.stand(tester, at=timezone.now())
    if stand.is_reported or stand.is_over or not stand.has_sample:
        return SeeOther(_place(tester))
    whole = request.POST.get("deed") != "save"
    form = _form(request, tester, whole=whole)
    if not form.is_valid():
        return _report_page(request, stand, form, status=INVALID if form.is_bound else 200)
    try:
        address = once(request, lambda: _write(request, tester, form, whole=whole))
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_report_page(request, stand, form), refusal)
    said = _("Your report is in. Thank you.") if whole else _("Saved. You can go on whenever you like.")
    messages.success(request, said)
    return SeeOther(address)


@require_POST
@asked_in_passing
@members_only
def keep(request: MemberRequest, slug: str) -> HttpResponse:
    """Keep the report while it is written; answers with its new version and the moment."""
    tester, now = doors.participation_for(request.user, slug), timezone.now()
    form = ReportForm(request.POST, asked=report_queries.questions_of(tester.test), whole=False)
    context: dict[str, Any] = {"now": now}
    if not form.is_valid():
        # Kept as far as it was: what cannot be stored must not make what was stored empty.
        context["refusal"] = {"message": next(iter(form.errors.values()))[0]}
        return render(request, "ambassadors/recruitment/kept.html", context, status=INVALID)
    try:
        limits.spend(limits.DRAFTS, member=request.user, at=now)
        base = form.cleaned_data.get("version", 0)
        saved = reports.save(tester=tester, content=form.content, base=base, at=now)
    except Refusal as refusal:
        return refused(render(request, "ambassadors/recruitment/kept.html", context | {"refusal": refusal}), refusal)
    return render(request, "ambassadors/recruitment/kept.html", context | {"version": saved.version})


@require_safe
@never_cache
@members_only
def photo(request: MemberRequest, pk: int) -> HttpResponse:
    """A photo of a report, for who may see it; one whose file is gone is gone."""
    shown = doors.report_photo_for(request.user, pk)
    try:
        with shown.file.open("rb") as file:
            return HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError as gone:
        raise NotFound from gone


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody found, and what the brand takes from it."""
    found = doors.findings_for(person_of(request), slug)
    context = {
        "findings": found,
        "test": found.test,
        "evaluation": report_queries.evaluation(found.test, only_public=True),
        "reviews": list(report_queries.public_reviews(found.test)),
    }
    return render(request, "ambassadors/testing/results.html", context)


def _write(request: MemberRequest, tester: Tester, form: ReportForm, *, whole: bool) -> str:
    now = timezone.now()
    limits.spend(limits.TEST_REPORTS if whole else limits.DRAFTS, member=request.user, at=now)
    deed = reports.submit if whole else reports.save
    deed(
        tester=tester,
        content=form.content,
        base=form.cleaned_data["version"],
        photos=form.cleaned_data["photos"],
        removed=form.removed,
        at=now,
    )
    return _place(tester) if whole else reverse("ambassadors:test_report", args=[tester.test.slug])


def _form(request: MemberRequest, tester: Tester, *, whole: bool) -> ReportForm:
    return ReportForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        asked=report_queries.questions_of(tester.test),
        report=report_queries.of(tester),
        whole=whole,
    )


def _place(tester: Tester) -> str:
    return reverse("ambassadors:my_test", args=[tester.test.slug])


def _page(
    request: MemberRequest, tester: Tester, *, form: AddressForm | None = None, status: int = 200
) -> HttpResponse:
    stand, address = queries.stand(tester, at=timezone.now()), addresses.own(tester)
    may_change = stand.shipment is None or stand.shipment.state in {Shipment.State.PREPARING, Shipment.State.LOST}
    if form is None and may_change and not stand.is_over and not stand.is_reported:
        form = AddressForm(initial={"address": address})
    context = {
        "stand": stand,
        "test": tester.test,
        "address": address,
        "form": form,
        "looks": parcels.looks(stand.shipment)[:LOOKS] if stand.shipment is not None else [],
        "history": moves.history(tester, *filter(None, [stand.shipment])),
    }
    return render(request, "ambassadors/testing/mine.html", context, status=status)


def _report_page(
    request: MemberRequest, stand: queries.Running, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    context = {"stand": stand, "test": stand.test, "form": form}
    return render(request, "ambassadors/testing/report.html", context, status=status)
