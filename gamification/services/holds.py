"""Holds: keep suspicious points out of balances, boards and levels, and give them back or let them go.

A hold books the counter-entry of what a deed still pays, its release the counter-entry of that, both on the day of the
deed: so every projection comes out as if nothing had been between. The one who decides is never who placed it, nor
anybody whom the case is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.models import Member
from community.refusals import Refusal
from gamification.models import Decision, Entry, Evaluation, HeldDeed, HeldEntry, Hold, HoldCase
from gamification.queries import suspicions
from gamification.services import adjustments, booking, hold_notices, locks, turns
from gamification.suspicion import Finding


class NothingToHold(Refusal):
    """None of the deeds pays anything, or a person has judged them before."""

    code = "nothing_to_hold"
    message = _("There is nothing left to hold: these deeds pay nothing, or somebody has judged them before.")


class JudgedMeanwhile(Refusal):
    """Another case took one of the deeds at the same moment."""

    code = "judged_meanwhile"
    message = _("Another case has taken some of these deeds in the meantime. Look at it first.")


class SecondPerson(Refusal):
    """Who placed the hold, decided first or is concerned does not decide."""

    code = "second_person"
    message = _("You placed this, decided it first or are part of it. Somebody else has to decide.")
    status = 403


class DecidedAlready(Refusal):
    """Somebody was faster."""

    code = "decided"
    message = _("This was decided in the meantime.")


@transaction.atomic
def open_found(*, finding: Finding, at: datetime) -> HoldCase:
    """Open a case for what the search found, and hold what its deeds pay. Raises as ``open_for``."""
    evidence = {
        "parts": dict(finding.parts),
        "facts": dict(finding.facts),
        "members": list(finding.members),
        "edges": [[giver, receiver, n] for (giver, receiver), n in sorted(finding.edges.items())],
    }
    case = HoldCase(pattern=HoldCase.Pattern(finding.pattern), score=finding.score, evidence=evidence, opened_at=at)
    return open_for(case=case, deeds=finding.deeds, at=at)


@transaction.atomic
def open_manually(
    *, member: Member, since: datetime, note: str, by: Member, at: datetime, giver: Member | None = None
) -> HoldCase:
    """Hold what deeds from ``since`` on pay ``member``, those of ``giver`` alone if one is named.

    Raises ``SecondPerson`` for oneself, and as ``open_for``.
    """
    if by.pk in {member.pk, giver.pk if giver else None}:
        raise SecondPerson
    deeds = list(suspicions.paid_to(member, since=since, giver=giver))
    edges: dict[int, int] = defaultdict(int)
    for deed in deeds:
        if deed.beneficiary_id == member.pk:
            edges[deed.actor_id] += 1
    evidence = {
        "parts": {},
        "facts": {"gifts": len(deeds)},
        "members": [member.pk, *sorted(edges.keys() - {member.pk})],
        "edges": [[actor, member.pk, n] for actor, n in sorted(edges.items())],
    }
    case = HoldCase(
        pattern=HoldCase.Pattern.MANUAL, evidence=evidence, note=words.lines(note), opened_at=at, opened_by=by
    )
    return open_for(case=case, deeds=[deed.pk for deed in deeds], only=member, at=at)


def open_for(*, case: HoldCase, deeds: Collection[int], at: datetime, only: Member | None = None) -> HoldCase:
    """Store ``case`` about ``deeds``, and hold what they still pay, ``only`` one member's share if one is named.

    Raises ``NothingToHold`` and ``JudgedMeanwhile``.
    """
    turns.together()
    paid = Entry.objects.filter(suspicions.PAYS, activity__in=deeds)
    if only:
        paid = paid.filter(member=only)
    people = set(paid.values_list("member_id", flat=True))
    locks.members(people)
    adjustments.catch_up(people, at=at)
    entries: dict[int, list[Entry]] = defaultdict(list)
    # Read again under the lock: an undo may have been evaluated meanwhile.
    for entry in paid.all().order_by("id"):
        entries[entry.member_id].append(entry)
    if not entries:
        raise NothingToHold
    case.waiting = len(entries)
    case.save()
    _accuse(case, deeds)
    for member, own in sorted(entries.items()):
        hold = Hold.objects.create(case=case, member_id=member, placed_at=at)
        counter = [booking.counter_entry(entry, kind=Entry.Kind.HOLD, at=at) for entry in own]
        booking.book(counter, at=at)
        HeldEntry.objects.bulk_create(HeldEntry(hold=hold, entry=entry) for entry in counter)
        _mark(own, Decision.Outcome.HELD, hold)
        _note(hold, activity.POINTS_HELD, hold.case.opened_by, at)
        hold_notices.placed(hold, at=at)
    return case


@transaction.atomic
def decide(
    *, case: HoldCase, release: bool, statement: str, by: Member, at: datetime, members: Collection[int] | None = None
) -> int:
    """Give back what the case holds, or let it go for good; says why to each member. Return how many holds it was.

    Without ``members`` it is about all of its holds that wait, appeals included. Raises ``SecondPerson`` and
    ``DecidedAlready``.
    """
    turns.together()
    case = HoldCase.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    chosen = case.holds.select_related("member").order_by("pk")
    if members is not None:
        chosen = chosen.filter(member__in=members)
    holds = [hold for hold in chosen if hold.waits]
    if not holds:
        raise DecidedAlready
    if any(_is_concerned(by, case, hold) for hold in holds):
        raise SecondPerson
    statement = words.lines(statement)
    people = {hold.member_id for hold in holds}
    locks.members(people)
    adjustments.catch_up(people, at=at)
    for hold in holds:
        if hold.state == Hold.State.HELD:
            _decide_first(hold, release=release, statement=statement, by=by, at=at)
        else:
            _answer(hold, release=release, answer=statement, by=by, at=at)
    HoldCase.objects.filter(pk=case.pk).update(
        waiting=sum(hold.waits for hold in case.holds.all()), claimed_by=None, claimed_until=None
    )
    return len(holds)


def follow(entries: Sequence[Entry], *, at: datetime) -> set[int]:
    """Hold what decisions that waited have just paid for deeds that are held already; return the ids of these entries.

    The members are locked.
    """
    waiting = Hold.objects.exclude(state=Hold.State.RELEASED).select_related("case", "member")
    holds = {
        (deed, hold.member_id): hold
        for hold in waiting.filter(case__deeds__activity__in={entry.activity_id for entry in entries}).distinct()
        for deed in hold.case.deeds.values_list("activity", flat=True)
    }
    caught = [entry for entry in entries if (entry.activity_id, entry.member_id) in holds]
    for entry in caught:
        hold = holds[entry.activity_id, entry.member_id]
        counter = booking.counter_entry(entry, kind=Entry.Kind.HOLD, at=at)
        booking.book([counter], at=at)
        HeldEntry.objects.create(hold=hold, entry=counter)
        _mark([entry], Decision.Outcome.HELD, hold, is_final=hold.state == Hold.State.FINAL)
    return {entry.pk for entry in caught}


def _decide_first(hold: Hold, *, release: bool, statement: str, by: Member, at: datetime) -> None:
    hold.state = Hold.State.RELEASED if release else Hold.State.FINAL
    hold.statement, hold.decided_by, hold.decided_at = statement, by, at
    # What the member said before is answered by the decision itself.
    hold.answered_at = at if hold.appealed_at else None
    hold.save(update_fields=["state", "statement", "decided_by", "decided_at", "answered_at"])
    if release:
        _release(hold, by, at)
    else:
        _mark([row.entry for row in suspicions.entries_of(hold)], Decision.Outcome.HELD, hold, is_final=True)
        _note(hold, activity.HOLD_UPHELD, by, at)
    hold_notices.decided(hold, at=at)


def _answer(hold: Hold, *, release: bool, answer: str, by: Member, at: datetime) -> None:
    hold.state = Hold.State.RELEASED if release else Hold.State.FINAL
    hold.answer, hold.answered_by, hold.answered_at = answer, by, at
    hold.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if release:
        _release(hold, by, at)
    _note(hold, activity.HOLD_ANSWERED, by, at)
    hold_notices.answered(hold, at=at)


def _release(hold: Hold, by: Member, at: datetime) -> None:
    """Book what was held back in, but not what deeds earned that were taken back meanwhile."""
    held = [row.entry for row in suspicions.entries_of(hold).filter(entry__reversed_by=None)]
    undone = set(
        Evaluation.objects.filter(activity__undoes__in={entry.activity_id for entry in held}).values_list(
            "activity__undoes", flat=True
        )
    )
    back = [
        booking.counter_entry(entry, kind=Entry.Kind.RELEASE, at=at)
        for entry in held
        if entry.activity_id not in undone
    ]
    booking.book(back, at=at)
    _mark(back, Decision.Outcome.GRANTED, hold)
    activity.undo(key=_key(hold), verb=activity.POINTS_RELEASED, actor=by, at=at)


def _accuse(case: HoldCase, deeds: Iterable[int]) -> None:
    """Name the deeds of a case; each is accused once for all."""
    try:
        with transaction.atomic():
            HeldDeed.objects.bulk_create(HeldDeed(case=case, activity_id=deed) for deed in sorted(deeds))
    except IntegrityError as error:
        raise JudgedMeanwhile from error


def _mark(entries: Sequence[Entry], outcome: Decision.Outcome, hold: Hold, *, is_final: bool = False) -> None:
    """Say where a member asks why that the rule's decision is held, or that it counts again."""
    about = {(entry.activity_id, entry.rule_version_id) for entry in entries}
    rows = Decision.objects.filter(activity__in={deed for deed, _version in about}, member=hold.member_id)
    decisions = [row for row in rows.order_by("pk") if (row.activity_id, row.rule_version_id) in about]
    for decision in decisions:
        decision.outcome = outcome
        decision.facts = {**decision.facts, "hold": hold.pk, "final": is_final}
    Decision.objects.bulk_update(decisions, ["outcome", "facts"], batch_size=500)


def _is_concerned(by: Member, case: HoldCase, hold: Hold) -> bool:
    return by.pk in {case.opened_by_id, hold.member_id, hold.decided_by_id, *_people(case.evidence)}


def _people(evidence: Mapping[str, list[int]]) -> list[int]:
    return evidence.get("members", [])


def _key(hold: Hold) -> str:
    return f"{activity.POINTS_HELD}:{hold.pk}"


def _note(hold: Hold, verb: str, by: Member | None, at: datetime) -> None:
    """Record it; what the nightly search does is recorded with the member whom it concerns."""
    activity.record(
        verb=verb,
        key=f"{verb}:{hold.pk}",
        actor=by or hold.member,
        beneficiary=hold.member,
        subject=("hold", hold.pk),
        at=at,
        facts={"hold": hold.pk, "case": hold.case_id, "automated": by is None},
    )
