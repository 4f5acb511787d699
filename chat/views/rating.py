"""Rating a talk by the link of an e-mail: no log-in, the signed address is the proof."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from chat import access
from chat.forms.rating import RatingForm
from chat.models import HelpRequest
from chat.services import ratings
from community import limits
from community.refusals import Refusal
from community.views.posting import INVALID, posted
from community.views.secret_links import by_secret_link


@by_secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the rating, and keep it."""
    asked = access.rated_by_link(token)
    # The form words its labels when it is made.
    with translation.override(asked.language):
        form = RatingForm(posted(request), asked=asked)
        if form.is_valid() and (done := _kept(form, asked)):
            return _page(request, asked, {"done": done})
        return _page(request, asked, {"form": form}, status=INVALID if form.is_bound else 200)


def _kept(form: RatingForm, asked: HelpRequest) -> bool:
    said, at = form.cleaned_data, timezone.now()
    limits.spend_for(limits.CONVERSATIONS, who=f"rating:{asked.pk}", at=at)
    try:
        ratings.rate(
            asked=asked,
            stars=said["stars"],
            text=said["text"],
            word=said.get("word", ""),
            shop_at_fault=said["about"] == "shop",
            at=at,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return False
    return True


def _page(request: HttpRequest, asked: HelpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    helper = asked.responder.member.display_name if asked.responder else ""
    return render(request, "chat/rate.html", {"helper": helper, **context}, status=status)
