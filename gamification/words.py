"""Words: what the brand calls its currencies, and a stored text in every language of the site."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext

from community.services import brands


def reputation_name() -> str:
    """What the brand calls reputation."""
    return brands.current().reputation_name or gettext("points")


def credits_name() -> str:
    """What the brand calls credits."""
    return brands.current().credits_name or gettext("credits")


def in_all_languages(row: Model, name: str) -> dict[str, str]:
    """The translated field ``name`` of ``row`` as ``name_de``, ``name_en``; where one is missing, the other."""
    return {
        f"{name}_{code}": getattr(row, f"{name}_{code}") or getattr(row, name) for code, _label in settings.LANGUAGES
    }
