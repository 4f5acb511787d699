"""Naming somebody who knows more: asked of those whose answers helped."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ambassadors.forms.applications import NominationForm
from ambassadors.models import Nomination
from ambassadors.queries import radar
from ambassadors.services import nominations
from community import access, limits
from community.models import Member, Topic
from community.queries import mentions
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused

TEMPLATE = "ambassadors/recruitment/nominations.html"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """Name somebody for a topic; what one said before stands below and can be changed."""
    member, now = request.user, timezone.now()
    topics = Topic.objects.filter(pk__in=radar.topics_known_by(member)).order_by("position", "id")
    form = NominationForm(posted(request), topics=topics)
    made = Nomination.objects.filter(by=member).select_related("topic", "member").order_by("-at", "-id")[:20]
    context = {"form": form, "topics": topics, "made": made}
    if not form.is_valid():
        return render(request, TEMPLATE, context, status=INVALID if form.is_bound else 200)
    said = form.cleaned_data
    try:
        limits.spend(limits.NOMINATIONS, member=member, at=now)
        named = access.member_for(member, said["handle"].lower())
        nominations.name(topic=said["topic"], by=member, member=named, why=said["why"], at=now)
    except access.NotFound:
        form.add_error("handle", _unknown(member, said["handle"]))
        return render(request, TEMPLATE, context, status=INVALID)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, TEMPLATE, context), refusal)
    messages.success(request, _("Thank you. Only the team sees whom you named."))
    return SeeOther(request.path)


def _unknown(member: Member, typed: str) -> str:
    """What is said of a handle that nobody has: who may be meant, as the list below the field would."""
    found = mentions.candidates(writer=member, beginning=typed, thread=None) if typed else []
    if not found:
        return _("Nobody here has this name.")
    return _("Nobody here has this handle. Do you mean %(handles)s?") % {
        "handles": ", ".join(f"@{one.handle}" for one in found)
    }
