"""Verdicts: who is told of what moderation decided. Statements of reasons and receipts also go by letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from community.models import Activity, Flag
from community.services.telling import Told


def case_decided(deed: Activity, case: Any) -> Iterator[Told]:
    """Who reported the post hears what became of it (Digital Services Act, article 16, paragraph 5)."""
    reporters = set(Flag.objects.filter(case=deed.subject_id).order_by().values_list("member_id", flat=True))
    yield Told(reporters, facts={"case": deed.subject_id, "outcome": deed.facts["outcome"]})


def about_oneself(deed: Activity, subject: Any) -> Iterator[Told]:
    """A decision about the member: the statement of reasons, or the answer to the appeal."""
    if deed.beneficiary_id is not None:
        yield Told({deed.beneficiary_id}, facts={"sanction": deed.facts["sanction"]})
