"""Reads of moves: how something came to where it stands, in words, and what happened to a member's things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ambassadors.models import Move
from community.models import Member

#: Who makes a move that nobody makes.
NOBODY = gettext_lazy("automatically")
#: Whose things move, by the way from each kind to its member. Tests and payouts are the brand's own.
OWNERS: Mapping[str, str] = {
    "application": "member",
    "ambassador": "member",
    "tester": "member",
    "shipment": "tester__member",
    "registration": "member",
    "consultation": "member",
}


def history(*subjects: Model) -> list[Move]:
    """How ``subjects`` came to where they stand, the oldest first."""
    whose = Q(pk__in=())
    for subject in subjects:
        whose |= Q(kind=subject._meta.model_name, subject_id=subject.pk)
    return list(Move.objects.filter(whose).select_related("by").order_by("id"))


def with_last(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with the reason, the cause and the person of its last move."""
    last = Move.objects.filter(kind=rows.model._meta.model_name, subject_id=OuterRef("pk")).order_by("-id")
    found: QuerySet[Any] = rows.annotate(
        moved_reason=Subquery(last.values("reason")[:1]),
        moved_cause=Subquery(last.values("cause")[:1]),
        moved_by=Subquery(last.values("by__display_name")[:1]),
    )
    return found


def last_in_words(row: Any) -> tuple[str, str]:
    """Why a row of ``with_last`` came to where it is, and who did it; empty where it never moved."""
    if row.moved_cause is None:
        return "", ""
    return Move(reason=row.moved_reason, cause=row.moved_cause).why, row.moved_by or str(NOBODY)


def state(move: Move, name: str) -> str:
    """A state in words: a move names it as its machine does, and the machine is called like its model."""
    field: Field[Any, Any] = apps.get_model("ambassadors", move.kind)._meta.get_field("state")
    return str(dict(field.flatchoices).get(name, name))


def exported(member: Member) -> Iterator[Mapping[str, object]]:
    """Every move of what is the member's, in the member's language; the team is not named."""
    whose = Q()
    for kind, owner in OWNERS.items():
        things = apps.get_model("ambassadors", kind)._default_manager.filter(**{owner: member.pk})
        whose |= Q(kind=kind, subject_id__in=things.order_by().values("pk"))
    for move in Move.objects.filter(whose).order_by("id").iterator():
        with override(member.language):
            yield {
                "kind": move.kind,
                "number": move.subject_id,
                "from": state(move, move.before),
                "to": state(move, move.after),
                "by": _by(move, member),
                "reason": move.why,
                "at": move.at,
            }


def _by(move: Move, member: Member) -> str:
    if move.by_id is None:
        return str(NOBODY)
    return _("You") if move.by_id == member.pk else _("The team")
