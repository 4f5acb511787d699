"""Reads of effects: whom a member helped in a span of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from community import activity
from community.models import Activity, Answer, Member, MeToo


@dataclass(frozen=True, slots=True)
class Effect:
    """``people`` helped, each counted once; ``accepted`` answers and ``helpful`` votes behind it."""

    people: int
    accepted: int
    helpful: int


def of(member: Member, *, since: datetime, until: datetime) -> Effect:
    """What others had of ``member``'s answers from ``since`` to ``until``, as far as it still stands.

    Who accepted, who voted, and who has a question too that an accepted answer solved.
    """
    deeds = Activity.objects.filter(beneficiary=member, at__gt=since, at__lte=until, undone_by=None)
    deeds = deeds.exclude(actor=member).order_by()
    accepted = set(deeds.filter(verb=activity.ANSWER_ACCEPTED).values_list("actor_id", "subject_id"))
    helpful = deeds.filter(verb=activity.ANSWER_FOUND_HELPFUL).values_list("actor_id", flat=True)
    solved = Answer.objects.visible().filter(pk__in={answer for _actor, answer in accepted}).values("thread_id")
    too = MeToo.objects.filter(thread__in=solved, value=1).exclude(member=member).order_by()
    voters = list(helpful)
    people = {actor for actor, _answer in accepted} | set(voters) | set(too.values_list("member_id", flat=True))
    return Effect(len(people), len(accepted), len(voters))
