"""The readable docs: one page, rendered here from the same document that programs read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.api import handbook


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, examples and refusals. The texts are English, for developers."""
    return render(
        request,
        "api/docs.html",
        {"groups": handbook.groups(), "problems": handbook.problem_codes(), "public_url": settings.PUBLIC_URL},
    )
