"""Looks: which row of a page a person was shown, so that it can be kept that they were."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse


def shown(response: HttpResponse) -> Any:
    """The row that a page of the admin shows, in whichever way its address names it; nothing where it shows none."""
    if not isinstance(response, TemplateResponse) or response.status_code != 200:
        return None
    return (response.context_data or {}).get("original")
