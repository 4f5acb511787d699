"""Reads of applications: one's own, and the board of a campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet

from ambassadors import machines
from ambassadors.models import Application, Campaign, CampaignQuestion, Move
from community.keyset import Page, paginate
from community.models import Member

State = Application.State
ORDER = ("-id",)
#: Columns of the board, in the order in which an application goes through them.
COLUMNS = (
    State.SUBMITTED,
    State.SCREENED,
    State.INTERVIEW,
    State.OFFERED,
    State.ACCEPTED,
    State.ONBOARDING,
    State.REJECTED,
)
#: Cards in one column; the rest is found in the list.
MOST = 50
LIVE = ~Q(state__in=Application.ENDED)


def of(member: Member) -> QuerySet[Application]:
    """What the member applied for."""
    return Application.objects.filter(member=member).select_related("campaign")


def page_of(member: Member, *, cursor: str | None, size: int = 20) -> Page[Application]:
    """One page of the member's applications, the newest first."""
    return paginate(of(member).order_by(*ORDER), order=ORDER, cursor=cursor, size=size)


def open_of(member: Member, campaign: Campaign) -> Application | None:
    """The member's application to ``campaign`` that has still a way to go."""
    return of(member).filter(LIVE, campaign=campaign).first()


def latest_of(member: Member, campaign: Campaign) -> Application | None:
    """The member's application to ``campaign``, open or not."""
    return of(member).filter(campaign=campaign).order_by("-id").first()


def snapshot(questions: Sequence[CampaignQuestion]) -> list[dict[str, Any]]:
    """The questions as they are now, in every language of the site: what an application keeps of them."""
    codes = [code for code, _label in settings.LANGUAGES]
    return [
        {
            "name": one.name,
            "kind": one.kind,
            "label": {code: getattr(one, f"label_{code}") or one.label for code in codes},
            "options": {code: _rows(getattr(one, f"options_{code}") or one.options) for code in codes},
        }
        for one in questions
    ]


def _rows(text: str) -> list[str]:
    return [row.strip() for row in text.splitlines() if row.strip()]


@dataclass(frozen=True, slots=True)
class Said:
    """One question as it was asked, and what was answered, in words."""

    label: str
    words: tuple[str, ...]
    is_yes: bool | None = None


def said(application: Application, language: str) -> list[Said]:
    """The form of a submitted application as somebody with ``language`` reads it."""
    return [_said(asked, application.answers.get(asked["name"]), language) for asked in application.form]


def _said(asked: Mapping[str, Any], answer: Any, language: str) -> Said:
    label, options = _in(asked["label"], language), _in(asked["options"], language)
    if isinstance(answer, bool):
        return Said(label, (), is_yes=answer)
    chosen = answer if isinstance(answer, list) else [answer]
    if asked["kind"] in {"choice", "choices"}:
        places = [place for place in chosen if isinstance(place, int) and place < len(options)]
        return Said(label, tuple(options[place] for place in places))
    return Said(label, tuple(str(one) for one in chosen if one not in (None, "")))


def _in(texts: Mapping[str, Any], language: str) -> Any:
    return texts.get(language) or next(iter(texts.values()))


@dataclass(frozen=True, slots=True)
class Column:
    """One state of the board with its applications, the best score first."""

    state: State
    count: int
    cards: Sequence[Application]

    @property
    def more(self) -> int:
        """How many are in the list only."""
        return self.count - len(self.cards)


def board(campaign: Campaign) -> list[Column]:
    """The board of a campaign: a column for each state on the way, full of those who are there."""
    rows = Application.objects.filter(campaign=campaign)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return [_column(rows, state, counts.get(state, 0)) for state in COLUMNS]


def _column(rows: QuerySet[Application], state: State, count: int) -> Column:
    # An empty column costs no query.
    order = (F("score").desc(nulls_last=True), "submitted_at", "id")
    cards = rows.filter(state=state).select_related("member__standing", "campaign").order_by(*order)[:MOST]
    return Column(state, count, list(cards) if count else [])


def ended(campaign: Campaign) -> dict[str, int]:
    """How many came to which end."""
    rows = Application.objects.filter(campaign=campaign, state__in=Application.ENDED).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def undoable(applications: Sequence[Application]) -> set[int]:
    """Ids of those whose last move may be taken back, in one query."""
    ids = [one.pk for one in applications]
    if not ids:
        return set()
    newest = Move.objects.filter(kind="application", subject_id__in=ids).order_by().values("subject_id")
    last = Move.objects.filter(pk__in=newest.annotate(last=Max("pk")).values("last")).order_by("pk")
    return {move.subject_id for move in last if not move.undoes_id and _may_undo(move)}


def _may_undo(move: Move) -> bool:
    return (move.before, move.after) in machines.APPLICATION.undone
