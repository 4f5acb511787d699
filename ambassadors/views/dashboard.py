"""An ambassador's own page: the month, the tier, ratings, impact, invitations, training, what is asked now."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ambassadors.access import dashboard as doors
from ambassadors.queries import dashboard as reading
from ambassadors.queries import programme, statements, training
from community.views.people import MemberRequest, members_only


@require_safe
@never_cache
@members_only
def show(request: MemberRequest) -> HttpResponse:
    """Everything in one look, and the way to each part."""
    member, now = doors.own_page_for(request.user), timezone.now()
    ambassador = programme.ambassador_of(member)
    responder = reading.responder_of(member)
    month, before = reading.months(member, now)
    lessons = training.overview(member)
    context = {
        "ambassador": ambassador,
        "progress": programme.tier_progress(ambassador, now) if ambassador else None,
        "responder": responder,
        "until": reading.there_until(responder, member, now),
        "waiting": reading.waiting_now(responder),
        "month": month,
        "before": before,
        "talks_change": month.whole.talks - before.whole.talks,
        "month_rating": reading.rating_of(month),
        "owed": statements.owed(member),
        "spread": reading.spread(responder),
        "quotes": reading.quotes(responder),
        "first_reply": reading.first_reply(responder),
        "impact": reading.impact(member, responder),
        "asked": reading.asked_now(member, responder, now),
        "invitations": reading.invitations(member, now),
        "events": reading.events_for(member, now),
        "lessons": lessons,
        "passed": sum(lesson.passed is not None for lesson in lessons),
        "disputed": reading.disputed(member),
    }
    return render(request, "ambassadors/me/dashboard.html", context)
