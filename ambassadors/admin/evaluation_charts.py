"""What an evaluation draws: stars and answers as bars, for the admin's own chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.queries.reports import Evaluation, Told
from community.admin import charts


def stars(evaluation: Evaluation) -> dict[str, str]:
    """How many gave how many stars, the best first."""
    rows = [(one, count) for one, count, _share in evaluation.distribution]
    return _bars([(ngettext("%(n)d star", "%(n)d stars", one) % {"n": one}, count) for one, count in rows])


def answers(told: Told) -> dict[str, str] | None:
    """How many chose what; nothing where the answers are words or numbers."""
    rows = [(option, count) for option, count, _share in told.rows]
    return _bars(rows) if rows else None


def anchor(address: str, text: str) -> str:
    """A link as the admin draws them."""
    return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, text)


def listed(rows: Iterable[tuple[object, object]]) -> str:
    """Questions with what was answered."""
    lines = format_html_join("", '<dt class="font-semibold mt-2">{}</dt><dd class="whitespace-pre-line">{}</dd>', rows)
    return format_html("<dl>{}</dl>", lines)


def _bars(rows: Sequence[tuple[str, int]]) -> dict[str, str]:
    labels, counts = [label for label, _count in rows], [count for _label, count in rows]
    shown = [charts.bars(_("Testers"), counts, charts.STRONG)]
    drawn = charts.chart(labels, shown, x=charts.COUNTS, y=charts.NAMES, indexAxis="y")
    return drawn | {"height": str(70 + 36 * len(rows))}
