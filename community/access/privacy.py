"""Doors to what is kept about oneself."""

from __future__ import annotations

from community.access.people import NotFound, Person
from community.models import DataExport, Member


def export_for(person: Person, token: str) -> DataExport:
    """The member's own export behind ``token``. Raises ``NotFound``, also for everybody else who has the address."""
    if not isinstance(person, Member):
        raise NotFound
    export = DataExport.objects.filter(member=person, token=token).first()
    if export is None:
        raise NotFound
    return export
