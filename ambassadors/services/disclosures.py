"""Disclosures: who looked at data of a member that few may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Disclosed
from community.models import Member

APPLICATION, TEST_APPLICATION, ADDRESS, TAX_PROFILE = "application", "test application", "address", "tax profile"
#: What is looked at, in words.
WORDS: Mapping[str, str | Promise] = {
    APPLICATION: _("application"),
    TEST_APPLICATION: _("application for a product test"),
    ADDRESS: _("address"),
    TAX_PROFILE: _("tax profile"),
}


def note(*, member: Member, what: str, subject: tuple[str, int], by: Member, at: datetime) -> Disclosed | None:
    """Keep that ``by`` was shown ``what`` of ``member``; looking at one's own is nobody's business."""
    if member.pk == by.pk:
        return None
    return _keep(member, what, subject, by, at)


def note_export(*, member: Member, what: str, subject: tuple[str, int], at: datetime) -> Disclosed:
    """Keep that ``what`` was written into a file for its own member: a file may be read by others, unlike a page."""
    return _keep(member, what, subject, member, at)


def _keep(member: Member, what: str, subject: tuple[str, int], by: Member, at: datetime) -> Disclosed:
    kind, pk = subject
    return Disclosed.objects.create(member=member, what=what, kind=kind, subject_id=pk, by=by, at=at)
