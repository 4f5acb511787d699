"""Moves: take something from one state to the next by its machine, or take the last move back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar, Protocol

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ambassadors import machines
from ambassadors.models import Move
from community import words
from community.models import Member
from community.refusals import Refusal


class Moving(Protocol):
    """A row with a ``state``, whose model has a machine."""

    pk: int
    state: str
    _meta: ClassVar[models.options.Options[Any]]


class NotPossible(Refusal):
    """The machine knows no such move."""

    code = "move_not_possible"
    message = _("That is not possible from where it stands now.")


class MovedMeanwhile(Refusal):
    """Somebody else was faster."""

    code = "moved_meanwhile"
    message = _("Somebody has moved this on in the meantime. Look at it again.")


class ReasonMissing(Refusal):
    """This move is explained to whom it concerns."""

    code = "reason_missing"
    message = _("Say why: the reason is told to whom it concerns.")
    field = "reason"
    status = 422


@transaction.atomic
def make(*, subject: Moving, to: str, by: Member | None, at: datetime, reason: str = "", cause: str = "") -> Move:
    """Move ``subject`` on and keep who did it, when and why; ``by`` is ``None`` where the clock or a rule did.

    Words in ``reason`` go before the machine's ``cause``, which is named where there are several. Raises
    ``NotPossible``, ``ReasonMissing``, and ``MovedMeanwhile`` where it is no longer in the state it was read in.
    """
    machine = machines.MACHINES[_name(subject)]
    reason = words.lines(reason)
    if not machine.allows(subject.state, to):
        raise NotPossible
    return _store(subject, to, by=by, at=at, why=_why(machine, (subject.state, to), reason, cause), undoes=None)


@transaction.atomic
def undo(*, subject: Moving, by: Member, at: datetime, reason: str = "") -> Move:
    """Take the last move of ``subject`` back, with a reason if it had one to give.

    Raises ``NotPossible``, ``ReasonMissing`` and ``MovedMeanwhile``.
    """
    last = latest(subject)
    machine = machines.MACHINES[_name(subject)]
    reason = words.lines(reason)
    if last is None or last.undoes_id is not None or (last.before, last.after) not in machine.undone:
        raise NotPossible
    if (last.before, last.after) in machine.reasoned and not reason:
        raise ReasonMissing
    if last.after != subject.state:
        raise MovedMeanwhile
    why = _why(machine, (last.after, last.before), reason)
    return _store(subject, last.before, by=by, at=at, why=why, undoes=last)


def forget(*, kind: str, ids: Collection[int]) -> None:
    """Delete how these came where they are, together with them: a reason says more of a person than their state."""
    rows = Move.objects.filter(kind=kind, subject_id__in=ids)
    rows.filter(undoes__isnull=False).delete()
    rows.delete()


def latest(subject: Moving) -> Move | None:
    """How ``subject`` came to its present state; ``None`` where it never moved."""
    return Move.objects.filter(kind=_name(subject), subject_id=subject.pk).order_by("-id").first()


def arrival(subject: Moving) -> Move | None:
    """The move that first took ``subject`` to where it is, past what was undone since; ``None`` at the start."""
    there = Move.objects.filter(kind=_name(subject), subject_id=subject.pk, after=subject.state, undoes=None)
    return there.order_by("-id").first()


def _name(subject: Moving) -> str:
    return str(subject._meta.model_name)


def _why(machine: machines.Machine, way: machines.Way, reason: str, cause: str = "") -> dict[str, str]:
    known = {"reason": reason} if reason else {"cause": machine.cause(*way, cause)}
    if not any(known.values()):
        raise ReasonMissing
    return known


def _store(
    subject: Moving, to: str, *, by: Member | None, at: datetime, why: Mapping[str, str], undoes: Move | None
) -> Move:
    rows = apps.get_model("ambassadors", _name(subject))._default_manager
    if not rows.filter(pk=subject.pk, state=subject.state).update(state=to):
        raise MovedMeanwhile
    before, subject.state = subject.state, to
    return Move.objects.create(
        kind=_name(subject),
        subject_id=subject.pk,
        before=before,
        after=to,
        by=by,
        undoes=undoes,
        at=at,
        **why,
    )
