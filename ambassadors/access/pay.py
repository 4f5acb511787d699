"""Doors to what an ambassador earns: everybody sees their own, and nobody else's."""

from __future__ import annotations

from ambassadors.models import Consultation, Statement
from ambassadors.queries import consultations, statements
from community.access import NotFound, Person, first, roles_of
from community.models import Member, Role


def earner(person: Person) -> Member:
    """Somebody who advises, or did and may be owed something. Raises ``NotFound``."""
    if not isinstance(person, Member):
        raise NotFound
    if Role.AMBASSADOR in roles_of(person) or Consultation.objects.filter(member=person).exists():
        return person
    raise NotFound


def consultation_for(person: Person, pk: int) -> Consultation:
    """One's own talk. Raises ``NotFound``."""
    return first(consultations.of(earner(person)).filter(pk=pk))


def statement_for(person: Person, number: int) -> Statement:
    """One's own statement, by its number. Raises ``NotFound``."""
    return first(statements.of(earner(person)).filter(number=number))
