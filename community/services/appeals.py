"""Appeals: object to a sanction, and have a second person decide."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.models import Appeal, Member, Sanction
from community.refusals import Refusal
from community.services import letters, moderation, sanctions

#: The Digital Services Act wants six months at least (article 20, paragraph 1).
OPEN_FOR = timedelta(days=184)


class AppealedAlready(Refusal):
    """One appeal for each sanction."""

    code = "appealed_already"
    message = _("You have appealed against this already. Somebody else is looking at it.")


class TooLate(Refusal):
    """The time to appeal is over, or there is nothing left to appeal against."""

    code = "too_late"
    message = _("This decision was lifted or is older than six months, so there is nothing to appeal against.")


class SecondPerson(Refusal):
    """Who decided first, or whom it concerns, does not decide about the appeal."""

    code = "second_person"
    message = _("You decided this first. A second person has to look at the appeal.")
    status = 403


class AppealDecided(Refusal):
    """Somebody was faster."""

    code = "appeal_decided"
    message = _("This appeal was decided in the meantime.")


@transaction.atomic
def file(*, sanction: Sanction, text: str, at: datetime) -> Appeal:
    """Object to a sanction, once. Raises ``AppealedAlready`` and ``TooLate``."""
    if sanction.lifted_at or at > sanction.at + OPEN_FOR:
        raise TooLate
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(sanction=sanction, text=words.lines(text), first_by_id=sanction.by_id, at=at)
    except IntegrityError as error:
        raise AppealedAlready from error
    _note(appeal, activity.SANCTION_APPEALED, sanction.member, at)
    return appeal


@transaction.atomic
def decide(*, appeal: Appeal, by: Member, lift: bool, answer: str, at: datetime) -> None:
    """Let the decision stand or lift it, and write to the member why.

    Raises ``SecondPerson`` and ``AppealDecided``.
    """
    sanction = appeal.sanction
    if by.pk in (appeal.first_by_id, sanction.member_id):
        raise SecondPerson
    outcome = Appeal.Outcome.LIFTED if lift else Appeal.Outcome.STANDS
    waiting = Appeal.objects.filter(pk=appeal.pk, outcome=Appeal.Outcome.OPEN)
    if not waiting.update(outcome=outcome, answer=words.lines(answer), decided_by=by, decided_at=at):
        raise AppealDecided
    appeal.refresh_from_db()
    if lift:
        sanctions.lift(sanction=sanction, by=by, at=at)
        if sanction.case is not None and sanction.grade == Sanction.Grade.REMOVAL:
            moderation.overturn(case=sanction.case, by=by, at=at)
    _note(appeal, activity.APPEAL_DECIDED, by, at)
    letters.to_member(
        key=f"appeal:{appeal.pk}", template="appeal", member=sanction.member,
        context={"appeal": appeal, "sanction": sanction}, at=at,
    )  # fmt: skip


def _note(appeal: Appeal, verb: str, by: Member, at: datetime) -> None:
    activity.record(
        verb=verb,
        key=f"{verb}:{appeal.pk}",
        actor=by,
        beneficiary=appeal.sanction.member,
        subject=("appeal", appeal.pk),
        at=at,
        facts={"appeal": appeal.pk, "sanction": appeal.sanction_id, "outcome": appeal.outcome},
    )
