"""The door to an ambassador's own page."""

from __future__ import annotations

from ambassadors.access import pay
from ambassadors.models import Ambassador
from community.access import Person
from community.models import Member


def own_page_for(person: Person) -> Member:
    """Somebody in the programme, from the onboarding on, or who advises or did. Raises ``NotFound``."""
    if isinstance(person, Member) and Ambassador.objects.filter(member=person).exists():
        return person
    return pay.earner(person)
