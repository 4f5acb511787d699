"""How a grade of a badge is drawn: plain data for templates, API and the standing beside a name."""

from __future__ import annotations

from gamification.models import Grade
from gamification.words import in_all_languages


def drawing(grade: Grade) -> dict[str, str]:
    """What a template needs to draw the pin of ``grade`` and name it in both languages."""
    badge = grade.badge
    return {
        "shape": badge.shape,
        "tone": badge.tone,
        "glyph": badge.glyph,
        "tier": grade.tier,
        **in_all_languages(badge, "name"),
    }
