"""The pipeline: the brand moves applications on, one or many, takes a move back, and tells the applicants."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, Application, Move
from ambassadors.services import application_telling, applications, moves, programme, seats
from community import activity
from community.models import Member
from community.refusals import Refusal

State = Application.State
#: Where the brand moves applications; the rest is the applicant's own, or follows from the training.
BY_BRAND = frozenset({State.SCREENED, State.INTERVIEW, State.OFFERED, State.ONBOARDING, State.REJECTED})


class OwnApplication(Refusal):
    """Nobody decides about themselves."""

    code = "own_application"
    message = _("Somebody else has to decide about your own application.")
    status = 403


class AnotherOpen(Refusal):
    """There is one open application of a member to a campaign."""

    code = "another_application_open"
    message = _("They have applied anew meanwhile. Go on with that application.")


@transaction.atomic
def move(*, application: Application, to: str, by: Member, at: datetime, reason: str = "") -> Move:
    """Move an application on for the brand and tell the applicant.

    Whoever begins the onboarding becomes an ambassador to be. Raises ``OwnApplication``, ``moves.NotPossible``,
    ``moves.ReasonMissing``, ``moves.MovedMeanwhile`` and ``seats.NoSeat``.
    """
    if application.member_id == by.pk:
        raise OwnApplication
    if to not in BY_BRAND:
        raise moves.NotPossible
    before = application.state
    made = moves.make(subject=application, to=to, by=by, at=at, reason=reason)
    seats.follow(application, before)
    applications.stamp(application, at=at)
    if to == State.ONBOARDING:
        programme.begin(member=application.member, application=application, by=by, at=at)
    activity.record(
        verb=activity.APPLICATION_DECIDED,
        key=f"{activity.APPLICATION_DECIDED}:{made.pk}",
        actor=by,
        beneficiary=application.member,
        subject=("application", application.pk),
        at=at,
        facts={"campaign": application.campaign_id, "state": to},
    )
    application_telling.moved(application, made, at=at)
    return made


@transaction.atomic
def undo(*, application: Application, by: Member, at: datetime, reason: str) -> Move:
    """Take the brand's last move back and tell the applicant what is true now.

    Raises ``OwnApplication``, ``AnotherOpen``, ``seats.NoSeat`` and what ``moves.undo`` raises.
    """
    if application.member_id == by.pk:
        raise OwnApplication
    before = application.state
    try:
        with transaction.atomic():
            made = moves.undo(subject=application, by=by, at=at, reason=reason)
    except IntegrityError as error:
        raise AnotherOpen from error
    seats.follow(application, before)
    applications.stamp(application, at=at)
    key = f"{activity.APPLICATION_DECIDED}:{made.undoes_id}"
    activity.undo(key=key, verb=activity.APPLICATION_REOPENED, actor=by, at=at)
    application_telling.taken_back(application, made, at=at)
    return made


@transaction.atomic
def withdraw(*, application: Application, at: datetime, reason: str = "") -> None:
    """The applicant goes another way, also out of the onboarding. Raises what ``applications.withdraw`` raises."""
    begun = Ambassador.objects.filter(member=application.member_id, state=Ambassador.State.ONBOARDING).first()
    if application.state == State.ONBOARDING and begun is not None:
        programme.leave(ambassador=begun, by=application.member, at=at, reason=reason)
        application.refresh_from_db()
    else:
        applications.withdraw(application=application, at=at, reason=reason)
