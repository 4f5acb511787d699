"""Sanctions: decide against a member with a statement of reasons, and lift it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from community import activity
from community.models import Case, Member, Sanction
from community.refusals import Refusal
from community.services import letters


class Oneself(Refusal):
    """Nobody decides about themselves."""

    code = "oneself"
    message = _("This is about yourself. Somebody else has to decide.")
    status = 403


class AboveYou(Refusal):
    """Who runs the platform is not sanctioned by who works on it."""

    code = "above_you"
    message = _("Only an administrator decides about administrators.")
    status = 403


class NeedsEnd(Refusal):
    """A restriction of an account ends some day; a decision against a post does not."""

    code = "needs_end"
    message = _("Say until when, with a moment that lies ahead.")
    field = "until"
    status = 422


def check(*, member: Member, grade: str, until: datetime | None, by: Member, at: datetime) -> None:
    """Say whether such a decision is possible. Raises ``Oneself``, ``AboveYou`` and ``NeedsEnd``."""
    if member.pk == by.pk:
        raise Oneself
    if member.is_superuser and not by.is_superuser:
        raise AboveYou
    timed = grade in (Sanction.Grade.SILENCE, Sanction.Grade.SUSPENSION)
    if timed != (until is not None) or (until is not None and until <= at):
        raise NeedsEnd


@transaction.atomic
def impose(
    *,
    member: Member,
    grade: Sanction.Grade,
    facts: str,
    rule: str,
    by: Member,
    at: datetime,
    ground: str = Sanction.Ground.RULES,
    until: datetime | None = None,
    case: Case | None = None,
) -> Sanction:
    """Decide against ``member`` and write to them why. Raises ``Oneself``, ``AboveYou`` and ``NeedsEnd``."""
    check(member=member, grade=grade, until=until, by=by, at=at)
    sanction = Sanction.objects.create(
        member=member,
        grade=grade,
        case=case,
        facts=facts.strip(),
        ground=ground,
        rule=rule.strip(),
        automated=case is not None and case.source in (Case.Source.WORDS, Case.Source.FIRST),
        from_notice=case is not None and case.source == Case.Source.NOTICE,
        until=until,
        by=by,
        at=at,
    )
    _keep(member)
    activity.record(
        verb=activity.MEMBER_SANCTIONED,
        key=_key(sanction),
        actor=by,
        beneficiary=member,
        subject=("sanction", sanction.pk),
        at=at,
        facts={"sanction": sanction.pk, "grade": sanction.grade, "case": case.pk if case else None},
    )
    letters.to_member(
        key=f"sanction:{sanction.pk}", template="sanction", member=member, context={"sanction": sanction}, at=at
    )
    return sanction


@transaction.atomic
def lift(*, sanction: Sanction, by: Member, at: datetime) -> None:
    """End a sanction before its time, and tell the member. Twice is once. Raises ``Oneself``."""
    if sanction.member_id == by.pk:
        raise Oneself
    if not Sanction.objects.filter(pk=sanction.pk, lifted_at=None).update(lifted_at=at, lifted_by=by):
        return
    sanction = Sanction.objects.select_related("member").get(pk=sanction.pk)
    _keep(sanction.member)
    activity.undo(key=_key(sanction), verb=activity.SANCTION_LIFTED, actor=by, at=at)
    letters.to_member(
        key=f"sanction:{sanction.pk}:lifted", template="sanction_lifted", member=sanction.member,
        context={"sanction": sanction}, at=at,
    )  # fmt: skip


def _keep(member: Member) -> None:
    """Repeat at the member until when the sanctions in force last."""
    rows = Sanction.objects.filter(member=member, lifted_at=None).order_by()
    until = {
        name: rows.filter(grade=grade).aggregate(until=Max("until"))["until"]
        for name, grade in (
            ("silenced_until", Sanction.Grade.SILENCE),
            ("suspended_until", Sanction.Grade.SUSPENSION),
        )
    }
    Member.objects.filter(pk=member.pk).update(**until)
    for name, moment in until.items():
        setattr(member, name, moment)


def _key(sanction: Sanction) -> str:
    return f"{activity.MEMBER_SANCTIONED}:{sanction.pk}"
