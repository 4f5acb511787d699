"""Rating a talk by the link of an e-mail: no log-in, the signed address is the proof."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from chat import access
from chat.forms.rating import RatingForm
from chat.models import HelpRequest
from chat.services import ratings
from community import limits
from community.refusals import Refusal
from community.views.posting import INVALID, posted


@csrf_exempt  # it needs no cookie, as it comes from a mail; the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the rating, and keep it."""
    asked = access.rated_by_link(token)
    form = RatingForm(posted(request))
    if form.is_valid() and (done := _kept(form, asked)):
        return _page(request, asked, {"done": done})
    return _page(request, asked, {"form": form}, status=INVALID if form.is_bound else 200)


def _kept(form: RatingForm, asked: HelpRequest) -> bool:
    said, at = form.cleaned_data, timezone.now()
    limits.spend_for(limits.CONVERSATIONS, who=f"rating:{asked.pk}", at=at)
    try:
        ratings.rate(asked=asked, stars=said["stars"], text=said["text"], shop_at_fault=said["about"] == "shop", at=at)
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return False
    return True


def _page(request: HttpRequest, asked: HelpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    helper = asked.responder.member.display_name if asked.responder else ""
    with translation.override(asked.language):
        response = render(request, "chat/rate.html", {"helper": helper, **context}, status=status)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
