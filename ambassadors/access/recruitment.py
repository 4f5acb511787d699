"""Doors to campaigns and applications: a public campaign is everybody's, an application its applicant's alone."""

from __future__ import annotations

from ambassadors.models import Application, Campaign
from ambassadors.queries import applications, campaigns
from community.access import NotFound, Person, first
from community.models import Member


def campaign_for(person: Person, slug: str) -> Campaign:
    """A campaign that is public; before that whoever may change it sees how it will look. Raises ``NotFound``."""
    sees_drafts = isinstance(person, Member) and person.has_perm("ambassadors.change_campaign")
    rows = Campaign.objects.all() if sees_drafts else campaigns.public()
    return first(rows.filter(slug=slug))


def own_application_for(person: Person, pk: int) -> Application:
    """One of the person's own applications. Raises ``NotFound``."""
    found = applications.of(person).filter(pk=pk).first() if isinstance(person, Member) else None
    if found is None:
        raise NotFound
    return found
