"""The radar: screens everybody at night and keeps who stands out, with the evidence. The method is in docs/radar.md."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ambassadors import scoring
from ambassadors.models import RadarScore
from ambassadors.queries import radar

#: Below this many points nobody stands out; and so many are kept at most.
LEAST, MOST = 10, 500


@transaction.atomic
def scan(*, at: datetime) -> int:
    """Work the findings out anew; returns how many there are."""
    rows = []
    for member, signs in radar.found(at=at).items():
        terms = scoring.terms(radar.WANTED, signs.values)
        score = scoring.total(terms)
        if score >= LEAST:
            kept = [term.kept() | {"about": signs.about.get(term.wanted.name, [])} for term in terms if term.value]
            rows.append(RadarScore(member_id=member, score=score, terms=kept, at=at))
    rows.sort(key=lambda row: (-row.score, row.member_id))
    RadarScore.objects.all().delete()
    RadarScore.objects.bulk_create(rows[:MOST], batch_size=200)
    return min(len(rows), MOST)
