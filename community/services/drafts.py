"""Drafts: saved while somebody writes, in conflict when two tabs write, gone with the post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from community import words
from community.models import Draft, Member
from community.refusals import Refusal

KEPT = timedelta(days=30)
#: So many places somebody writes at; of more, those left alone for longest are forgotten.
MOST = 100
#: The fields of the form for a question, and what they may hold; more than a post may, so that nothing is lost.
FIELDS = {"title": 1_000, "body": 60_000, "phase": 20, "topic": 100, "product": 100, "reason": 1_000}
#: Without any of these there is nothing to keep.
TEXTS = ("title", "body")


class Conflict(Refusal):
    """Another tab saved a text of its own meanwhile; ``stored`` is that one, or nothing if it was posted."""

    code = "draft_conflict"
    message = _("This text was changed in another tab or on another device.")

    def __init__(self, stored: Draft | None) -> None:
        self.stored = stored
        super().__init__()


class TooLong(Refusal):
    """More than can be kept."""

    code = "draft_too_long"
    message = _("This text is too long to be kept as a draft. Copy it to a safe place and shorten it.")
    status = 422


@dataclass(frozen=True, slots=True)
class Place:
    """What the text is for: its kind, and the thread that is answered or the post that is changed."""

    kind: Draft.Kind
    target: int = 0


@transaction.atomic
def save(*, member: Member, place: Place, content: Mapping[str, str], base: int, at: datetime) -> Draft | None:
    """Keep ``content``, written on top of version ``base`` (0 for none); nothing is left of an empty one.

    The same content again is no conflict: an answer that got lost is asked for once more. Raises ``Conflict`` and
    ``TooLong``.
    """
    kept = _kept(content)
    rows = _rows(member, place)
    same = rows.filter(version=base)
    if not any(kept.get(name, "").strip() for name in TEXTS):
        if not same.delete()[0] and (stored := rows.first()):
            raise Conflict(stored)
        return None
    if base and same.update(content=kept, version=F("version") + 1, saved_at=at):
        return rows.get()
    if not base and (made := _make(member, place, kept, at)):
        _bound(member)
        return made
    stored = rows.first()
    if stored is None or stored.content != kept:
        raise Conflict(stored)
    return stored


def settle(*, member: Member, place: Place, version: int | None, texts: tuple[str, ...]) -> None:
    """Delete the draft that was posted just now, in the transaction of the post.

    ``version`` is the one that the posted form knew, ``None`` where no form did; ``texts`` is what was posted, a
    title before the body. A draft that another tab goes on writing stays.
    """
    if version is None:
        return
    for draft in _rows(member, place):
        said = tuple(words.lines(draft.content.get(name, "")) for name in TEXTS[-len(texts) :])
        if draft.version == version or said == texts:
            Draft.objects.filter(pk=draft.pk, version=draft.version).delete()


def discard(*, member: Member, place: Place, version: int) -> bool:
    """Delete version ``version`` of a draft; whether it was still there."""
    return bool(_rows(member, place).filter(version=version).delete()[0])


def forget(*, at: datetime) -> int:
    """Delete drafts that nobody went on with for 30 days; returns how many."""
    return Draft.objects.filter(saved_at__lt=at - KEPT).delete()[0]


def _rows(member: Member, place: Place) -> QuerySet[Draft]:
    return Draft.objects.filter(member=member, kind=place.kind, target=place.target).order_by("pk")


def _kept(content: Mapping[str, str]) -> dict[str, str]:
    kept = {name: words.plain(content[name]) for name in FIELDS if content.get(name)}
    if any(len(text) > FIELDS[name] for name, text in kept.items()):
        raise TooLong
    return kept


def _bound(member: Member) -> None:
    stale = Draft.objects.filter(member=member).order_by("-saved_at", "-pk").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(stale)).delete()


def _make(member: Member, place: Place, content: dict[str, str], at: datetime) -> Draft | None:
    try:
        with transaction.atomic():
            return Draft.objects.create(
                member=member,
                kind=place.kind,
                target=place.target,
                content=content,
                version=int(at.timestamp() * 1000),
                saved_at=at,
            )
    except IntegrityError:
        return None
