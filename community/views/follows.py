"""Following: threads, topics, products and the brand, and the list of what one follows."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community import access, limits
from community.forms.follows import FollowForm
from community.models import Follow
from community.queries import follows as queries
from community.services import follows
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther


@require_safe
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """What the member follows or turned off."""
    page = queries.page(request.user, cursor=request.GET.get("cursor"))
    context = {"page": page, "levels": Follow.Level.choices, "brand_level": queries.level_of(request.user, None)}
    return render(request, "follows.html", context)


@require_POST
@members_only
def thread(request: MemberRequest, pk: int) -> HttpResponse:
    """Hear of a thread as much as the form says."""
    target = access.present_thread_for(request.user, pk)
    return _choose(request, target, target.get_absolute_url())


@require_POST
@members_only
def topic(request: MemberRequest, slug: str) -> HttpResponse:
    """Hear of a topic."""
    target = access.topic_for(request.user, slug)
    return _choose(request, target, target.get_absolute_url())


@require_POST
@members_only
def product(request: MemberRequest, slug: str) -> HttpResponse:
    """Hear of a product."""
    target = access.product_for(request.user, slug)
    return _choose(request, target, target.get_absolute_url())


@require_POST
@members_only
def brand(request: MemberRequest) -> HttpResponse:
    """Hear of the brand's news."""
    return _choose(request, None, reverse("community:follows"))


def _choose(request: MemberRequest, target: queries.Target, address: str) -> HttpResponse:
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A level is all, mine, off or empty.")
    level, now = form.cleaned_data["level"], timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    if level:
        follows.follow(member=request.user, target=target, level=level, at=now)
    else:
        follows.unfollow(member=request.user, target=target)
    return SeeOther(reverse("community:follows") if "listed" in request.POST else address)
