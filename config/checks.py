"""System checks of the wiring."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def demo_password_is_for_debug_only(**kwargs: Any) -> list[Error]:
    """Demo accounts have a published password; production must not load them."""
    if settings.DEBUG:
        return [Error("DEBUG is on: demo accounts can sign in with a published password.", id="kundenkreis.E001")]
    return []
