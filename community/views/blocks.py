"""Blocks: hear nothing more from somebody, take it back, look at the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import access, limits
from community.queries import blocks as queries
from community.services import blocks
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther


@require_safe
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """Whom the member blocked."""
    return render(request, "blocks/list.html", {"blocks": queries.of(request.user)})


@require_POST
@members_only
def create(request: MemberRequest, handle: str) -> HttpResponse:
    """Block a member."""
    other, now = access.member_for(request.user, handle), timezone.now()
    limits.spend(limits.BLOCKS, member=request.user, at=now)
    blocks.block(member=request.user, blocked=other, at=now)
    messages.success(request, _("Blocked. What they write folds away for you; they are not told."))
    return SeeOther(other.get_absolute_url())


@require_POST
@members_only
def delete(request: MemberRequest, handle: str) -> HttpResponse:
    """Take a block back."""
    other, now = access.member_for(request.user, handle), timezone.now()
    limits.spend(limits.BLOCKS, member=request.user, at=now)
    blocks.unblock(member=request.user, blocked=other)
    messages.success(request, _("Not blocked any more."))
    return SeeOther(reverse("community:blocks") if request.POST.get("next") == "list" else other.get_absolute_url())
