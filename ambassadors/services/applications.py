"""Applications as the applicant has them: begin, save, submit, accept an offer, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambassadors import questions, scoring
from ambassadors.models import Ambassador, Application, Campaign
from ambassadors.queries import applications as queries
from ambassadors.queries import campaigns, merits
from ambassadors.services import application_telling, moves, seats
from community import activity
from community.models import Member, Role, RoleGrant
from community.refusals import Refusal

State = Application.State


class Closed(Refusal):
    """The campaign takes no applications now."""

    code = "campaign_closed"
    message = _("This campaign takes no applications at the moment.")


class AlreadyAmbassador(Refusal):
    """Who is one need not become one."""

    code = "already_ambassador"
    message = _("You are an ambassador already.")


class AlreadyApplied(Refusal):
    """It was sent; from then on it is read and not written."""

    code = "already_applied"
    message = _("Your application has been sent. You can follow it, or withdraw it.")


class Conflict(Refusal):
    """Another tab saved answers of its own meanwhile."""

    code = "draft_conflict"
    message = _("These answers were changed in another tab or on another device. Send them again to keep these.")


class BadAnswers(Refusal):
    """Something stands where no such answer can stand."""

    code = "bad_answers"
    message = _("Some answers do not fit their questions.")
    status = 422

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__()


class Incomplete(BadAnswers):
    """What has to be answered is not."""

    code = "answers_missing"
    message = _("Some questions still need an answer.")


class NotMet(Refusal):
    """Something without which nobody applies."""

    code = "criteria_not_met"
    message = _("One of the things that this campaign needs is still missing. Your draft is kept.")


@transaction.atomic
def begin(*, campaign: Campaign, member: Member, at: datetime) -> Application:
    """The member's open application to ``campaign``; a draft where there is none.

    Raises ``Closed`` and ``AlreadyAmbassador``.
    """
    begun = queries.open_of(member, campaign)
    if begun is not None:
        return begun
    if not campaign.takes_applications(at):
        raise Closed
    # Whoever rests, learns or leaves has no role at the moment, and a place all the same.
    has_place = Ambassador.objects.filter(member=member).exclude(state=Ambassador.State.ALUMNI).exists()
    if has_place or RoleGrant.objects.filter(member=member, role=Role.AMBASSADOR).exists():
        raise AlreadyAmbassador
    try:
        with transaction.atomic():
            return Application.objects.create(campaign=campaign, member=member, saved_at=at, moved_at=at)
    except IntegrityError:
        # Two tabs began at once: the constraint let one of them.
        return queries.of(member).get(queries.LIVE, campaign=campaign)


@transaction.atomic
def save(*, application: Application, answers: Mapping[str, object], version: int, at: datetime) -> None:
    """Keep the draft's answers, written on top of ``version``.

    Raises ``BadAnswers``, ``AlreadyApplied``, and ``Conflict`` where another tab saved other answers.
    """
    asked = [one.asked for one in campaigns.questions_of(application.campaign)]
    wrong = questions.wrong(asked, answers)
    if wrong:
        raise BadAnswers(wrong)
    draft = Application.objects.filter(pk=application.pk, state=State.DRAFT)
    if not draft.filter(version=version).update(answers=dict(answers), version=F("version") + 1, saved_at=at):
        application.refresh_from_db()
        if application.state != State.DRAFT:
            raise AlreadyApplied
        if application.answers != dict(answers):
            raise Conflict
    application.refresh_from_db()


@transaction.atomic
def submit(*, application: Application, answers: Mapping[str, object], version: int, at: datetime) -> None:
    """Send the application: its answers, the form and the score are kept as they are now.

    Raises what ``save`` raises, ``Closed``, ``Incomplete``, ``NotMet``.
    """
    save(application=application, answers=answers, version=version, at=at)
    campaign, member = application.campaign, application.member
    if not campaign.takes_applications(at):
        raise Closed
    asked = campaigns.questions_of(campaign)
    missing = questions.missing([one.asked for one in asked], answers)
    if missing:
        raise Incomplete(missing)
    terms = merits.terms_for(campaign, member, at)
    if merits.missing(campaign, terms):
        raise NotMet
    move = moves.make(subject=application, to=State.SUBMITTED, by=member, at=at)
    application.form = queries.snapshot(asked)
    application.score, application.terms = scoring.total(terms), [term.kept() for term in terms]
    application.submitted_at = application.moved_at = at
    application.save(update_fields=("form", "score", "terms", "submitted_at", "moved_at"))
    activity.record(
        verb=activity.APPLICATION_SUBMITTED,
        key=_key(application),
        actor=member,
        subject=("application", application.pk),
        at=at,
        facts={"campaign": campaign.pk},
    )
    application_telling.moved(application, move, at=at)


@transaction.atomic
def accept(*, application: Application, at: datetime) -> None:
    """The applicant takes the offer. Raises ``moves.NotPossible`` and ``moves.MovedMeanwhile``."""
    move = moves.make(subject=application, to=State.ACCEPTED, by=application.member, at=at)
    stamp(application, at=at)
    application_telling.moved(application, move, at=at)


@transaction.atomic
def withdraw(*, application: Application, at: datetime, reason: str = "", by: Member | None = None) -> None:
    """The applicant goes another way; a seat is free again. ``by`` is who ended the onboarding for them.

    Raises ``moves.NotPossible`` where it has come to its end, and ``moves.MovedMeanwhile``.
    """
    before, by = application.state, by or application.member
    moves.make(subject=application, to=State.WITHDRAWN, by=by, at=at, reason=reason)
    stamp(application, at=at)
    seats.follow(application, before)
    if before != State.DRAFT:
        activity.undo(key=_key(application), verb=activity.APPLICATION_WITHDRAWN, actor=by, at=at)


@transaction.atomic
def finish(*, ambassador: Ambassador, at: datetime) -> None:
    """Somebody is an ambassador now: the application that led there has reached its end, if there was one."""
    ready = Application.objects.filter(member=ambassador.member_id, state=State.ONBOARDING)
    application = ready.order_by("-id").first()
    if application is not None:
        moves.make(subject=application, to=State.ACTIVE, by=None, at=at)
        stamp(application, at=at)


def stamp(application: Application, *, at: datetime) -> None:
    """Keep when it moved last."""
    application.moved_at = at
    Application.objects.filter(pk=application.pk).update(moved_at=at)


def _key(application: Application) -> str:
    return f"{activity.APPLICATION_SUBMITTED}:{application.pk}"
