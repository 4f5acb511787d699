"""Moderation: report a post, decide a case of the queue, and undo that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community import access, activity, words
from community.models import Case, Flag, Member, Notice, Reason, Sanction
from community.refusals import Refusal
from community.registry import Flaggable, registry
from community.services import cases, notices, sanctions

#: What a report weighs by the trust of who makes it: eight accounts of the first day count like two regulars.
WEIGHTS = (1, 2, 3, 4, 6)
#: From this weight on a post is hidden until somebody has looked. A moderator's report reaches it alone.
HIDES_AT = 8

#: The rule that each reason points to, as it is told to the author.
RULES: dict[str, str | Promise] = {
    Reason.SPAM: gettext_lazy("No advertising and no spam: links and offers only where they answer the question."),
    Reason.RUDE: gettext_lazy("Be kind to people, however wrong you find what they say."),
    Reason.WRONG_PLACE: gettext_lazy("Posts belong where they help: to the topic, and once."),
    Reason.DANGEROUS: gettext_lazy("No advice that can hurt somebody or damage what they own."),
    Reason.PRIVATE: gettext_lazy("No personal data of others without their consent."),
    Reason.ILLEGAL: gettext_lazy("Nothing that is against the law."),
    Reason.OTHER: gettext_lazy("Posts keep to the rules of this community."),
}


class AlreadyFlagged(Refusal):
    """One report for each member and post."""

    code = "already_flagged"
    message = gettext_lazy("You have reported this already. We will tell you what became of it.")


class NotDecided(Refusal):
    """There is nothing to undo, or it came into the queue anew."""

    code = "not_decided"
    message = gettext_lazy("There is nothing to undo. It waits in the queue.")


class Vanished(Refusal):
    """The post is not there any more."""

    code = "vanished"
    message = gettext_lazy("The post is not there any more.")


@transaction.atomic
def flag(*, kind: str, post: Any, member: Member, reason: str, at: datetime, note: str = "") -> Flag:
    """Report a post; enough weight hides it, unless a moderator found it fine before.

    Raises ``cases.OwnPost`` and ``AlreadyFlagged``.
    """
    if post.author_id == member.pk:
        raise cases.OwnPost
    weight = HIDES_AT if access.moderates(member) else WEIGHTS[member.trust]
    case = cases.open_for(kind=kind, post=post, source=Case.Source.FLAGS, reason=reason, at=at, weight=weight, flags=1)
    flagged, created = Flag.objects.get_or_create(
        member=member,
        kind=kind,
        subject_id=post.pk,
        defaults={"case": case, "reason": reason, "note": words.line(note), "weight": weight, "at": at},
    )
    if not created:
        raise AlreadyFlagged
    activity.record(
        verb=activity.POST_FLAGGED,
        key=f"{activity.POST_FLAGGED}:{flagged.pk}",
        actor=member,
        subject=(kind, post.pk),
        at=at,
        facts={"case": case.pk, "reason": reason, "weight": weight},
    )
    if case.weight >= HIDES_AT and not _found_fine(case):
        registry.flaggables[kind].hide(post, by=member, at=at)
    return flagged


@transaction.atomic
def decide(
    *,
    case: Case,
    by: Member,
    remove: bool,
    at: datetime,
    facts: str = "",
    rule: str = "",
    ground: str = "",
) -> Case:
    """Remove the post of a case, with a statement of reasons to its author, or let everybody see it.

    Raises ``cases.OwnPost``, ``cases.Decided``, ``cases.Claimed`` and ``Vanished``.
    """
    case = cases.lock(case.pk)
    if case.author_id == by.pk:
        raise cases.OwnPost
    if case.outcome:
        raise cases.Decided
    if case.claimed_by_id not in (None, by.pk) and case.claimed_until is not None and case.claimed_until > at:
        raise cases.Claimed
    flaggable, post = _subject(case)
    hidden = bool(post.is_hidden)
    if remove:
        # First the post, then its author: the order in which rows are locked everywhere.
        flaggable.hide(post, by=by, at=at)
        law = case.reason == Reason.ILLEGAL
        sanctions.impose(
            member=case.author,
            grade=Sanction.Grade.REMOVAL,
            facts=facts or told_facts(case, flaggable, post),
            rule=rule or rule_of(case),
            ground=ground or (Sanction.Ground.LAW if law else Sanction.Ground.RULES),
            case=case,
            by=by,
            at=at,
        )
    else:
        flaggable.show(post, by=by, at=at)
    _settle(case, by=by, remove=remove, hidden=hidden, at=at)
    return case


@transaction.atomic
def reopen(*, case: Case, by: Member, at: datetime) -> Case:
    """Undo the last decision: the post is shown or hidden as before, the statement of reasons is withdrawn.

    Raises ``cases.OwnPost``, ``NotDecided`` and ``Vanished``.
    """
    case = cases.lock(case.pk)
    if case.author_id == by.pk:
        raise cases.OwnPost
    waiting = Case.objects.filter(kind=case.kind, subject_id=case.subject_id, outcome=Case.Outcome.OPEN)
    if not case.outcome or waiting.exists():
        raise NotDecided
    flaggable, post = _subject(case)
    (flaggable.hide if case.was_hidden else flaggable.show)(post, by=by, at=at)
    for sanction in case.sanctions.filter(lifted_at=None).order_by("pk"):
        sanctions.lift(sanction=sanction, by=by, at=at)
    notices.reopen(case=case)
    Case.objects.filter(pk=case.pk).update(
        outcome=Case.Outcome.OPEN, decided_by=None, decided_at=None, claimed_by=None, claimed_until=None
    )
    activity.undo(key=_key(case), verb=activity.CASE_REOPENED, actor=by, at=at)
    return cases.lock(case.pk)


@transaction.atomic
def overturn(*, case: Case, by: Member, at: datetime) -> None:
    """Show a removed post again, because an appeal was right. Nothing happens where it was undone before."""
    case = cases.lock(case.pk)
    if case.outcome == Case.Outcome.REMOVED:
        reopened = reopen(case=case, by=by, at=at)
        decide(case=reopened, by=by, remove=False, at=at)


def rule_of(case: Case) -> str:
    """The rule that the reason of ``case`` points to, in the author's language."""
    with translation.override(case.author.language):
        return str(RULES[case.reason])


def told_facts(case: Case, flaggable: Flaggable, post: Any) -> str:
    """What happened, as the author is told where the moderator writes nothing else."""
    with translation.override(case.author.language):
        day = date_format(localtime(post.created_at), "DATE_FORMAT")
        said = words.line(flaggable.text(post))[:300]
        return _("What you wrote on %(day)s: “%(said)s”") % {"day": day, "said": said}


def _settle(case: Case, *, by: Member, remove: bool, hidden: bool, at: datetime) -> None:
    case.outcome = Case.Outcome.REMOVED if remove else Case.Outcome.KEPT
    case.rounds += 1
    Case.objects.filter(pk=case.pk).update(
        outcome=case.outcome,
        decided_by=by,
        decided_at=at,
        claimed_by=None,
        claimed_until=None,
        was_hidden=hidden,
        rounds=F("rounds") + 1,
    )
    activity.record(
        verb=activity.CASE_DECIDED,
        key=_key(case),
        actor=by,
        subject=("case", case.pk),
        at=at,
        facts={"case": case.pk, "kind": case.kind, "post": case.subject_id, "outcome": case.outcome},
    )
    for notice in case.notices.filter(outcome=Notice.Outcome.OPEN).order_by("pk"):
        notices.decide(notice=notice, by=by, removed=remove, answer=_reasons(case, notice), at=at)


def _reasons(case: Case, notice: Notice) -> str:
    with translation.override(notice.language):
        if case.outcome == Case.Outcome.REMOVED:
            return str(RULES[case.reason])
        return _("We looked at it and do not hold it to be illegal, nor against the rules of this community.")


def _subject(case: Case) -> tuple[Flaggable, Any]:
    flaggable = registry.flaggables[case.kind]
    post = flaggable.find(case.subject_id)
    if post is None:
        raise Vanished
    return flaggable, post


def _found_fine(case: Case) -> bool:
    """Whether a person looked at the post before and kept it: then weight alone does not hide it again."""
    fine = Case.objects.filter(kind=case.kind, subject_id=case.subject_id, outcome=Case.Outcome.KEPT)
    return fine.exists()


def _key(case: Case) -> str:
    return f"{activity.CASE_DECIDED}:{case.pk}:{case.rounds}"
