"""Revocations: a manager takes a grade back for a reason that the member reads, or gives it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.models import Activity, Member, Notification
from community.refusals import Refusal
from community.services import notifications
from gamification.drawing import drawing
from gamification.models import Award, Counter, Grade, Revocation
from gamification.rules import METRICS
from gamification.services import adjustments, badges, locks, messages, standing, turns
from gamification.words import in_all_languages

REVOKED = "badge.revoked"
RESTORED = "badge.restored"


class NoReason(Refusal):
    """Nobody loses anything without being told why."""

    code = "no_reason"
    message = _("Say why: the member reads it.")
    field = "reason"
    status = 422


class NotHeld(Refusal):
    """The member does not hold the badge (any more)."""

    code = "not_held"
    message = _("The member does not hold this badge.")


class OwnBadge(Refusal):
    """Nobody decides about themselves."""

    code = "oneself"
    message = _("This is about yourself. Somebody else has to decide.")
    status = 403


def check(*, grade: Grade, member: Member, reason: str, by: Member) -> None:
    """Say whether it can be taken back. Raises ``NoReason``, ``NotHeld`` and ``OwnBadge``."""
    if member.pk == by.pk:
        raise OwnBadge
    if not words.line(reason):
        raise NoReason
    if not Award.objects.filter(grade=grade, member=member).exists():
        raise NotHeld


@transaction.atomic
def revoke(*, grade: Grade, member: Member, reason: str, by: Member, at: datetime) -> Revocation:
    """Take the grade back and tell the member why. It does not come back by itself, whatever the member does.

    Raises ``NoReason``, ``NotHeld`` and ``OwnBadge``.
    """
    turns.together()
    locks.members({member.pk})
    adjustments.catch_up({member.pk}, at=at)
    check(grade=grade, member=member, reason=reason, by=by)
    badges.withdraw({(grade.pk, member.pk)})
    made = Revocation.objects.create(grade=grade, member=member, reason=words.lines(reason).strip(), by=by, at=at)
    standing.refresh({member.pk})
    activity.record(
        verb=activity.BADGE_REVOKED,
        key=_key(made),
        actor=by,
        beneficiary=member,
        subject=("revocation", made.pk),
        at=at,
        facts={"revocation": made.pk, "grade": grade.pk, "badge": grade.badge_id},
    )
    notifications.retract(keys=[messages.badge_key(grade.pk)], member=member)
    notifications.tell([_told(REVOKED, made, at, reason=made.reason)])
    return made


@transaction.atomic
def lift(*, revocation: Revocation, by: Member, at: datetime) -> None:
    """End a revocation: the grade comes back if the deeds still reach it. Twice is once. Raises ``OwnBadge``."""
    if revocation.member_id == by.pk:
        raise OwnBadge
    turns.together()
    locks.members({revocation.member_id})
    adjustments.catch_up({revocation.member_id}, at=at)
    if not Revocation.objects.filter(pk=revocation.pk, lifted_at=None).update(lifted_at=at, lifted_by=by):
        return
    activity.undo(key=_key(revocation), verb=activity.BADGE_RESTORED, actor=by, at=at)
    grade = revocation.grade
    if not _reached(grade, revocation.member_id):
        return
    deed = _last_deed(grade, revocation.member_id)
    badges.bestow([Award(grade=grade, member_id=revocation.member_id, activity=deed, at=at)])
    standing.refresh({revocation.member_id})
    notifications.tell([_told(RESTORED, revocation, at)])


def _reached(grade: Grade, member: int) -> bool:
    return Counter.objects.filter(member=member, metric=grade.badge.metric, value__gte=grade.threshold).exists()


def _last_deed(grade: Grade, member: int) -> Activity:
    verbs = [verb for verb, metric in METRICS.items() if metric == grade.badge.metric]
    # Whether it was taken back does not matter: an undo that waits will withdraw the award.
    return Activity.objects.filter(verb__in=verbs, beneficiary=member).order_by("-id")[:1].get()


def _key(revocation: Revocation) -> str:
    return f"{activity.BADGE_REVOKED}:{revocation.pk}:1"


def _told(kind: str, revocation: Revocation, at: datetime, **facts: str) -> Notification:
    grade = revocation.grade
    return Notification(
        member_id=revocation.member_id,
        kind=kind,
        key=f"{kind}:{revocation.pk}",
        facts={"pin": drawing(grade), **in_all_languages(grade.badge, "name"), **facts},
        created_at=at,
    )
