"""Contests: set up, scored by the jury, and closed once with a result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import activity, freshness, scoring
from community.models import Ballot, Contest, Idea, JuryScore, Member, Placing
from community.refusals import Refusal
from community.services import ideas
from community.stages import Stage


class NotOrdered(Refusal):
    """The stages do not follow one another."""

    code = "contest_not_ordered"
    message = _("Ideas, votes, jury and end must follow one another in this order.")
    status = 400


class Decided(Refusal):
    """The result is out; nothing about the contest changes any more."""

    code = "contest_decided"
    message = _("The result of this contest is published. Only its texts can still change.")
    status = 409


class BudgetLowered(Refusal):
    """Somebody has given more votes than the new budget allows."""

    code = "budget_lowered"
    message = _("Members have already given more votes than that.")
    field = "vote_budget"
    status = 409


class NotJuryTime(Refusal):
    """The jury does not decide now."""

    code = "contest_not_judging"
    message = _("The jury of this contest does not decide now.")
    status = 409


class OwnEntry(Refusal):
    """No member of the jury scores their own idea."""

    code = "own_entry"
    message = _("This is your own idea. The others in the jury score it.")
    status = 403


#: What decides the result and therefore stays once it is out.
DECIDING = (
    "submit_from", "vote_from", "jury_from", "ends_at", "vote_budget", "blind_votes", "jury_weight", "winner_count",
)  # fmt: skip


@transaction.atomic
def store(*, contest: Contest) -> Contest:
    """Store a contest as a manager filled it in. Raises ``NotOrdered``, ``Decided`` and ``BudgetLowered``."""
    former = check(contest=contest)
    if former is not None:
        contest.idea_count, contest.closed_at = former.idea_count, former.closed_at
    contest.save()
    transaction.on_commit(freshness.changed, robust=True)
    return contest


@transaction.atomic
def check(*, contest: Contest) -> Contest | None:
    """Raise what ``store`` would raise; return the contest as it is stored, if it is."""
    if not contest.timetable.is_ordered:
        raise NotOrdered
    former = None if contest.pk is None else _lock(contest.pk)
    if former is not None and former.closed_at:
        if any(getattr(former, name) != getattr(contest, name) for name in DECIDING):
            raise Decided
    elif former is not None and Ballot.objects.filter(contest=former, spent__gt=contest.vote_budget).exists():
        raise BudgetLowered
    return former


@transaction.atomic
def score(*, idea: Idea, juror: Member, points: int | None, at: datetime) -> None:
    """Set what a member of the jury gives an idea, or nothing; the same again changes nothing.

    The door has seen to it that the person sits in this jury. Raises ``NotJuryTime``, ``OwnEntry``, ``ideas.IdeaGone``.
    """
    idea = ideas.lock_present(idea.pk)
    if idea.contest_id is None:
        raise NotJuryTime
    contest = Contest.objects.get(pk=idea.contest_id)
    if contest.closed_at or contest.stage(at) != Stage.JURY:
        raise NotJuryTime
    if idea.author_id == juror.pk:
        raise OwnEntry
    if points is None:
        JuryScore.objects.filter(idea=idea, juror=juror).delete()
    else:
        JuryScore.objects.update_or_create(idea=idea, juror=juror, defaults={"points": points, "at": at})


def due(*, at: datetime) -> list[int]:
    """The contests that are over and wait for their result."""
    return list(Contest.objects.filter(closed_at=None, ends_at__lte=at).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def close(*, contest_id: int, at: datetime) -> bool:
    """Work out and publish the result, once however often and by how many this is called; return whether it was now.

    The ideas are locked before their votes are read, so a vote that was given in time is in the result.
    """
    if not Contest.objects.filter(pk=contest_id, closed_at=None, ends_at__lte=at).update(closed_at=at):
        return False
    contest = Contest.objects.select_related("host").get(pk=contest_id)
    entries = _entries(contest)
    places = scoring.ranking(entries, jury_weight=_jury_weight(contest), winners=contest.winner_count)
    Placing.objects.bulk_create(_placing(contest, place) for place in places)
    _honour(contest, [place.entry.idea for place in scoring.winners_of(places)], at)
    activity.record(
        verb=activity.CONTEST_CLOSED,
        key=f"{activity.CONTEST_CLOSED}:{contest.pk}",
        actor=contest.host,
        subject=("contest", contest.pk),
        at=at,
        facts={"contest": contest.pk, "ideas": len(places)},
    )
    return True


def _lock(pk: int) -> Contest | None:
    return Contest.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()


def _entries(contest: Contest) -> list[scoring.Entry]:
    rows = Idea.objects.visible().filter(contest=contest, merged_into=None).order_by("pk")
    found = list(rows.select_for_update(of=("self",), no_key=True))
    points: dict[int, list[int]] = defaultdict(list)
    for idea, given in JuryScore.objects.filter(idea__in=found).order_by("pk").values_list("idea_id", "points"):
        points[idea].append(given)
    return [scoring.Entry(idea.pk, idea.created_at, idea.vote_count, tuple(points[idea.pk])) for idea in found]


def _jury_weight(contest: Contest) -> int:
    return contest.jury_weight if contest.jury_from else 0


def _placing(contest: Contest, place: scoring.Place) -> Placing:
    return Placing(
        contest=contest,
        idea_id=place.entry.idea,
        place=place.place,
        votes=place.entry.votes,
        jury_points=_rounded(place.entry.jury_mean, "0.01") if place.entry.jury_points else None,
        score=_rounded(place.score, "0.001"),
        is_winner=place.is_winner,
    )


def _rounded(value: Fraction, step: str) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(step), ROUND_HALF_UP)


def _honour(contest: Contest, winners: Iterable[int], at: datetime) -> None:
    found = Idea.objects.select_related("author").in_bulk(list(winners))
    for place, pk in enumerate(winners, start=1):
        idea = found[pk]
        activity.record(
            verb=activity.IDEA_WON,
            key=f"{activity.IDEA_WON}:{idea.pk}",
            actor=contest.host,
            beneficiary=idea.author,
            subject=("idea", idea.pk),
            at=at,
            facts={**ideas.facts(idea), "place": place},
        )
