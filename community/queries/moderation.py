"""Reads of moderation: the queue, what was decided lately, and what concerns one member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from community import keyset
from community.models import Answer, Appeal, Case, Flag, Member, Notice, Sanction
from community.registry import registry

ORDER = ("-weight", "id")
SIZE = 30
RECENT = 10


def queue(moderator: Member, *, at: datetime, cursor: str | None, size: int = SIZE) -> keyset.Page[Case]:
    """One page of what waits, the gravest first, without the moderator's own posts.

    Each case carries ``post``, ``text``, ``url``, ``label``, its ``reports``, ``taken``: claimed by somebody else, and
    ``doubted``: an answer that more members found not helpful than helpful.
    """
    rows = Case.objects.filter(outcome=Case.Outcome.OPEN).exclude(author=moderator)
    page = keyset.paginate(rows.select_related("author__standing", "claimed_by"), order=ORDER, cursor=cursor, size=size)
    dress(page, moderator, at=at)
    return page


def decided(*, count: int = RECENT) -> QuerySet[Case]:
    """What was decided last, to look at and to undo."""
    rows = Case.objects.exclude(outcome=Case.Outcome.OPEN)
    return rows.select_related("author", "decided_by").order_by("-decided_at", "-id")[:count]


def waiting() -> int:
    """How many cases wait, counted up to 100."""
    return Case.objects.filter(outcome=Case.Outcome.OPEN).order_by()[:100].count()


def appeals_waiting() -> int:
    """How many appeals wait, counted up to 100."""
    return Appeal.objects.filter(outcome=Appeal.Outcome.OPEN).order_by()[:100].count()


def notices_waiting() -> int:
    """How many notices wait, counted up to 100."""
    return Notice.objects.filter(outcome=Notice.Outcome.OPEN).order_by()[:100].count()


def dress(cases: Iterable[Case], moderator: Member, *, at: datetime) -> None:
    """Attach to each case what its row shows, with one query for each kind of post and one for the reports."""
    cases = list(cases)
    posts = _posts(cases)
    reports: dict[int, list[Flag]] = defaultdict(list)
    flags = Flag.objects.filter(case__in=[case.pk for case in cases]).select_related("member").order_by("id")
    for flag in flags:
        reports[flag.case_id].append(flag)
    for case in cases:
        flaggable, post = registry.flaggables.get(case.kind), posts.get((case.kind, case.subject_id))
        shown = flaggable is not None and post is not None
        taken = case.claimed_by_id not in (None, moderator.pk) and bool(case.claimed_until and case.claimed_until > at)
        mine = case.claimed_by_id == moderator.pk and bool(case.claimed_until and case.claimed_until > at)
        vars(case).update(
            post=post,
            label=flaggable.label if flaggable else case.kind,
            text=flaggable.text(post) if flaggable and shown else "",
            url=flaggable.url(post) if flaggable and shown else "",
            reports=reports[case.pk],
            taken=taken,
            mine=mine,
            doubted=isinstance(post, Answer) and post.score < 0,
        )


def sanctions_of(member: Member) -> QuerySet[Sanction]:
    """The decisions about a member, newest first."""
    return Sanction.objects.filter(member=member).select_related("appeal").order_by("-at", "-id")[:50]


def reports_of(member: Member) -> QuerySet[Flag]:
    """What a member reported and what became of it, newest first."""
    return Flag.objects.filter(member=member).select_related("case").order_by("-at", "-id")[:50]


def judge(kind: str, posts: Iterable[Any]) -> None:
    """Attach to hidden posts whether they were removed (``removed``) or wait; costs nothing where none is hidden."""
    hidden = {post.pk: post for post in posts if post.is_hidden}
    if not hidden:
        return
    removed = Case.objects.filter(kind=kind, subject_id__in=hidden, outcome=Case.Outcome.REMOVED).order_by()
    gone = set(removed.values_list("subject_id", flat=True))
    for pk, post in hidden.items():
        vars(post)["removed"] = pk in gone


def _posts(cases: list[Case]) -> dict[tuple[str, int], Any]:
    ids: dict[str, list[int]] = defaultdict(list)
    for case in cases:
        ids[case.kind].append(case.subject_id)
    found: dict[tuple[str, int], Any] = {}
    for kind, wanted in sorted(ids.items()):
        flaggable = registry.flaggables.get(kind)
        rows = flaggable.model._default_manager.filter(pk__in=wanted) if flaggable else None
        if rows is None:
            continue
        related = {"comment": ("thread",), "answer": ("thread",)}.get(kind, ())
        for post in rows.select_related(*related) if related else rows:
            found[kind, post.pk] = post
    return found
