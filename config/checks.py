"""System checks of the wiring."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

from gamification.models import Coupon


@register(Tags.security, deploy=True)
def demo_password_is_for_debug_only(**kwargs: Any) -> list[Error]:
    """Demo accounts have a published password; production must not load them."""
    if settings.DEBUG:
        return [Error("DEBUG is on: demo accounts can sign in with a published password.", id="kundenkreis.E001")]
    return []


@register(Tags.database)
def codes_have_keys_of_their_own(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """Once there are coupons, production names the keys that seal their codes. ``migrate`` and ``serve`` ask."""
    if settings.DEBUG or settings.DATA_KEYS:
        return []
    found = any(_has_coupons(alias) for alias in databases or ())
    complaint = "DATA_KEYS must be set: there are coupons, and their codes must not hang on the key of the sessions."
    hint = "Make one with `openssl rand -hex 24`, set it, and run `manage.py rotate_data_keys`."
    return [Error(complaint, hint=hint, id="kundenkreis.E002")] if found else []


def _has_coupons(alias: str) -> bool:
    tables = connections[alias].introspection.table_names()
    return Coupon._meta.db_table in tables and Coupon.objects.using(alias).exists()
