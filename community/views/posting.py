"""Posting by form: once however often it is sent, and refused without losing the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from community.forms.posting import ChangeForm
from community.limits import TooFast
from community.refusals import Refusal
from community.services import idempotency
from community.services.revisions import Change
from community.views.people import MemberRequest

INVALID = 422
#: What a form sends that is no part of what is said.
UNSAID = {"csrfmiddlewaretoken", "draft"}


class SeeOther(HttpResponseRedirect):
    """After a deed: look there, with GET."""

    status_code = 303


def posted(request: HttpRequest) -> QueryDict | None:
    """The data of a form that was sent, even if empty; nothing where the page is only opened."""
    return request.POST if request.method == "POST" else None


def once(request: MemberRequest, effect: Callable[[], str]) -> str:
    """Run ``effect`` once for this form and text; return the address of what was posted.

    The text belongs to the key: whoever goes back in the browser and sends something else posts something else.
    """
    if not request.POST.get("key"):
        return effect()
    said = sorted((name, values) for name, values in request.POST.lists() if name not in UNSAID)
    digest = hashlib.sha256(json.dumps([request.path, said]).encode()).hexdigest()
    _status, response, _replayed = idempotency.once(
        member=request.user, key=f"form:{digest}", fingerprint=digest, effect=lambda: (303, {"url": effect()})
    )
    return str(response["url"])


def changed(form: ChangeForm) -> Change:
    """What the form of a changed post says beside the text."""
    return Change(reason=form.cleaned_data["reason"], draft=form.cleaned_data["draft"] or 0)


def explain(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal in the form that still holds the text."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


def refused(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    """Give the page that explains ``refusal`` its status."""
    response.status_code = refusal.status
    if isinstance(refusal, TooFast):
        response["Retry-After"] = str(refusal.retry_after)
    return response
