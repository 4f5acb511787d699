"""Tickets: a short signed code for each registration, which nobody can make without the site's key."""

from __future__ import annotations

import re

from django.utils.crypto import constant_time_compare

from ambassadors.models import BrandEvent, Registration
from community import vault, words

#: Ten signs of the signature: whoever tries them at the door is somebody of the brand.
SIGNS = 10
CODE = re.compile(rf"([0-9]{{1,18}})-([0-9A-F]{{{SIGNS}}})")


def code_of(registration: Registration) -> str:
    """The code of a registration; it stays the same however often the seat is given back."""
    return f"{registration.pk}-{vault.digest(_named(registration.pk))[:SIGNS].upper()}"


def ticket(event: BrandEvent, text: str) -> Registration | None:
    """The registration for ``event`` that a scanned or typed code belongs to."""
    found = CODE.fullmatch(text.strip().upper())
    number = words.number(found[1]) if found else None
    if found is None or number is None:
        return None
    made = (digest[:SIGNS].upper() for digest in vault.digests(_named(number)))
    if not any(constant_time_compare(found[2], signs) for signs in made):
        return None
    return Registration.objects.select_related("member", "event").filter(pk=number, event=event).first()


def _named(pk: int) -> str:
    return f"event-ticket:{pk}"
