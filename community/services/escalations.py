"""The ladder: who is told of a question that nobody answers, step by step, each step once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from community.models import Brand, Escalation, Notification, Thread
from community.queries import follows, waiting
from community.services import brands, notifications, threads

Step = Escalation.Step

#: The kind of notification of each step.
KINDS = {
    Step.FOLLOWERS: "question.waiting",
    Step.EXPERTS: "question.invited",
    Step.AGENTS: "question.escalated",
}
#: So many ambassadors are invited to one question: more would each wait for the others.
EXPERTS = 5
#: So many questions of one step in one go.
BATCH = 100


def climb(*, at: datetime) -> int:
    """Take every step that is due; return how many were taken."""
    taken = 0
    for step, minutes in delays(brands.current()).items():
        if minutes:
            due = waiting.due(step, since=at - timedelta(minutes=minutes), limit=BATCH)
            taken += sum(take(thread=pk, step=step, at=at) is not None for pk in due)
    return taken


def delays(brand: Brand) -> dict[Step, int]:
    """After how many minutes each step is due; 0 is never."""
    return {Step.FOLLOWERS: brand.followers_after, Step.EXPERTS: brand.experts_after, Step.AGENTS: brand.agents_after}


@transaction.atomic
def take(*, thread: int, step: Step, at: datetime) -> Escalation | None:
    """Tell of one question and keep that it was done; nothing where it was answered meanwhile, or the step taken."""
    found = threads.lock(thread)
    if found.state != Thread.State.UNANSWERED or not found.is_visible:
        return None
    escalation, new = Escalation.objects.get_or_create(thread=found, step=step, defaults={"at": at})
    if not new:
        return None
    kind = KINDS[step]
    key = f"{kind}:{found.pk}"
    notifications.tell(
        [
            Notification(member_id=member, kind=kind, key=key, thread=found, facts={"step": step}, created_at=at)
            for member in readers(found, step)
        ]
    )
    escalation.told = Notification.objects.filter(key=key).count()
    escalation.save(update_fields=["told"])
    return escalation


def readers(thread: Thread, step: Step) -> list[int]:
    """Ids of the members whom a step concerns, never of who asked."""
    match step:
        case Step.FOLLOWERS:
            return sorted(follows.followers_of_new(thread))
        case Step.EXPERTS:
            return waiting.experts(thread, count=EXPERTS)
        case Step.AGENTS:
            return [pk for pk in waiting.team() if pk != thread.author_id]
