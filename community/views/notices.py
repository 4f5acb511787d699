"""Notices of illegal content, with or without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from community import access, limits
from community.forms.safety import NoticeForm
from community.models import Member
from community.refusals import Refusal
from community.services import notices
from community.views.people import address_of, person_of
from community.views.posting import INVALID, explain, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """The form, and after it the receipt."""
    person = person_of(request)
    member = person if isinstance(person, Member) else None
    known = {"url": request.GET.get("url", "")[:500]}
    if member is not None:
        known |= {"name": member.display_name, "email": member.email}
    form = NoticeForm(posted(request), initial=known)
    if not form.is_valid():
        return render(request, "notices/new.html", {"form": form}, status=INVALID if form.is_bound else 200)
    now, said = timezone.now(), form.cleaned_data
    try:
        limits.spend_as(limits.NOTICES, person=person, address=address_of(request), at=now)
        notice = notices.receive(
            kind=said["kind"],
            url=said["url"],
            explanation=said["explanation"],
            name=said["name"],
            email=said["email"],
            language=(translation.get_language() or "de")[:2],
            member=member,
            about=access.post_at(said["url"]),
            at=now,
        )
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "notices/new.html", {"form": form}), refusal)
    return render(request, "notices/received.html", {"notice": notice}, status=201)
