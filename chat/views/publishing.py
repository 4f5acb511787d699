"""A talk becomes a public question: the helper proposes its words on the desk, the asker decides by a link."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chat import access
from chat.forms.publishing import PublicationForm
from chat.services import publications
from community import limits
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, posted
from community.views.secret_links import by_secret_link


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def propose(request: MemberRequest, pk: int) -> HttpResponse:
    """The words as others would read them, to be edited and sent to the asker."""
    asked, responder = access.advised_by(request.user, pk), access.responder_for(request.user)
    form = PublicationForm(posted(request), initial=asdict(publications.draft_of(asked, responder)))
    if form.is_valid():
        limits.spend(limits.HELPING, member=request.user, at=timezone.now())
        draft = publications.Draft(**form.cleaned_data)
        try:
            publications.propose(asked=asked, by=responder, draft=draft, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            told.success(request, _("Sent. It becomes public when the other one agrees."))
            return SeeOther(reverse("chat:desk_talk", args=[pk]))
    return render(request, "desk/publish.html", {"form": form, "pk": pk}, status=INVALID if form.is_bound else 200)


@by_secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """Show the very words, and publish them or not."""
    publication, refused = access.publication_by_link(token), None
    if request.method == "POST":
        limits.spend_for(limits.CONVERSATIONS, who=f"publication:{publication.pk}", at=timezone.now())
        try:
            publications.decide(publication=publication, agreed="agree" in request.POST, at=timezone.now())
        except Refusal as refusal:
            refused = refusal.message
        publication = access.publication_by_link(token)
    with translation.override(publication.help.language):
        context = {"publication": publication, "refused": refused}
        return render(request, "chat/publish.html", context, status=INVALID if refused else 200)
