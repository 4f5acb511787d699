"""Doors to training and to one's own place in the programme."""

from __future__ import annotations

from ambassadors.models import AgreementVersion, Ambassador, TrainingModule
from ambassadors.queries import programme, training
from community.access import NotFound, Person, first
from community.models import Member


def trainee(person: Person) -> Member:
    """Somebody who learns here or has learned here: ambassadors, from the onboarding on, and the team.

    Raises ``NotFound``.
    """
    if isinstance(person, Member) and (programme.ambassador_of(person) or training.is_team(person)):
        return person
    raise NotFound


def module_for(person: Person, slug: str) -> TrainingModule:
    """A lesson that is meant for them. Raises ``NotFound``."""
    return first(training.modules_for(trainee(person)).filter(slug=slug))


def ambassador(person: Person) -> Ambassador:
    """One's own place in the programme, also after it. Raises ``NotFound``."""
    found = programme.ambassador_of(person) if isinstance(person, Member) else None
    if found is None:
        raise NotFound
    return found


def helper(person: Person) -> Ambassador:
    """One's own place, as long as one is in the programme. Raises ``NotFound``."""
    found = ambassador(person)
    if found.state == Ambassador.State.ALUMNI:
        raise NotFound
    return found


def version(pk: int) -> AgreementVersion:
    """The words of an agreement. Raises ``NotFound``."""
    return first(AgreementVersion.objects.select_related("agreement").filter(pk=pk))
