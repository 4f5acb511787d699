"""One's own consultations, statements and bank account."""

from __future__ import annotations

import dataclasses

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambassadors import chain
from ambassadors.access import pay as doors
from ambassadors.forms.pay import DisputeForm, TaxProfileForm
from ambassadors.models import Consultation
from ambassadors.queries import consultations as talks
from ambassadors.queries import payouts
from ambassadors.queries import statements as reading
from ambassadors.services import consultations, disclosures, tax_profiles
from community import limits
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused

SIZE = 20


@require_safe
@never_cache
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """Every talk that is over, and the month so far."""
    return _consultations(request)


@require_POST
@members_only
def dispute(request: MemberRequest, pk: int) -> HttpResponse:
    """Object to how a talk was judged."""
    consultation, now, form = doors.consultation_for(request.user, pk), timezone.now(), DisputeForm(request.POST)
    if not form.is_valid():
        return _consultations(request, objected=consultation, form=form, status=INVALID)
    try:
        limits.spend(limits.DISPUTES, member=request.user, at=now)
        consultations.dispute(consultation=consultation, by=request.user, at=now, **form.cleaned_data)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_consultations(request, objected=consultation, form=form), refusal)
    messages.success(request, _("Somebody else looks at the talk and tells you what they decide, and why."))
    return SeeOther(f"{reverse('ambassadors:consultations')}#talk-{pk}")


@require_safe
@never_cache
@members_only
def statements(request: MemberRequest) -> HttpResponse:
    """Every statement, and what is still owed."""
    member = doors.earner(request.user)
    context = {
        "page": reading.page(member, cursor=request.GET.get("cursor"), size=SIZE),
        "owed": reading.owed(member),
        "minimum": reading.minimum(),
        "profile": tax_profiles.own(member),
    }
    return render(request, "ambassadors/pay/statements.html", context)


@require_safe
@never_cache
@members_only
def statement(request: MemberRequest, number: int) -> HttpResponse:
    """One statement, to read and to print."""
    found = doors.statement_for(request.user, number)
    context = {
        "statement": found,
        "lines": list(reading.lines_of(found)),
        "profile": tax_profiles.own(request.user),
        "payer": reading.payer(),
    }
    return render(request, "ambassadors/pay/statement.html", context)


@require_safe
@never_cache
@members_only
def statement_file(request: MemberRequest, number: int) -> HttpResponse:
    """The words from which the statement's hash is made, so that anybody can make it again."""
    found = doors.statement_for(request.user, number)
    words = chain.canonical(reading.said(found, reading.lines_of(found)))
    name = f"statement-{number}.json"
    return HttpResponse(
        words, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def account(request: MemberRequest) -> HttpResponse:
    """Where somebody is paid."""
    member, now = doors.earner(request.user), timezone.now()
    known = tax_profiles.own(member)
    form = TaxProfileForm(posted(request), initial=dataclasses.asdict(known) if known else None)
    if form.is_valid():
        try:
            limits.spend(limits.TAX_PROFILES, member=member, at=now)
            tax_profiles.keep(member=member, details=form.details(), at=now)
        except Refusal as refusal:
            explain(form, refusal)
            return refused(_account(request, form, known), refusal)
        messages.success(request, _("Saved. It is kept encrypted."))
        return SeeOther(reverse("ambassadors:statements"))
    return _account(request, form, known, status=INVALID if form.is_bound else 200)


@require_POST
@members_only
def forget_account(request: MemberRequest) -> HttpResponse:
    """Delete where somebody is paid."""
    member = doors.earner(request.user)
    limits.spend(limits.TAX_PROFILES, member=member, at=timezone.now())
    tax_profiles.forget(member=member)
    messages.success(request, _("Deleted. Without an account nothing is transferred."))
    return SeeOther(reverse("ambassadors:statements"))


def _account(
    request: MemberRequest, form: TaxProfileForm, known: tax_profiles.Details | None, *, status: int = 200
) -> HttpResponse:
    looks = payouts.looks_at(request.user, disclosures.TAX_PROFILE)
    context = {"form": form, "known": known, "looks": looks}
    return render(request, "ambassadors/pay/account.html", context, status=status)


def _consultations(
    request: MemberRequest,
    *,
    objected: Consultation | None = None,
    form: DisputeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    member, now = doors.earner(request.user), timezone.now()
    page = talks.page(member, cursor=request.GET.get("cursor"), size=SIZE)
    reasons = talks.reasons(page)
    month = reading.month_of(now)
    context = {
        "page": page,
        "rows": [(row, reasons.get(row.pk), consultations.is_disputable(row, now)) for row in page],
        "objected": objected,
        "form": form or DisputeForm(auto_id=False),
        "month": talks.month(member, month),
        "before": talks.month(member, reading.month_before(month)),
        "owed": reading.owed(member),
    }
    return render(request, "ambassadors/pay/consultations.html", context, status=status)
