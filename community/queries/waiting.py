"""Questions without an answer: the queue for everybody, what the ladder owes them, and who could know."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Count, Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from community import keyset
from community.models import Answer, Block, Escalation, Member, Role, SearchMiss, Thread
from community.queries.threads import with_bylines

ORDER = ("-urgency", "-id")
#: The order of the queue stands still for so long, so that its pages fit together.
STILL = timedelta(minutes=15)
#: What is older is found in the queue; the ladder does not run after the past.
REACH = timedelta(days=14)

#: What fewer looked for could be a name, and is left to the team.
OFTEN = 3


class Seconds(Func):
    """A moment as seconds since 1970, computed by the database itself."""

    output_field = FloatField()

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def] # Django's own signature
        return self.as_sql(
            compiler, connection, template="((julianday(%(expressions)s) - 2440587.5) * 86400)", **context
        )

    def as_postgresql(self, compiler, connection, **context):  # type: ignore[no-untyped-def] # as above
        return self.as_sql(compiler, connection, template="extract(epoch from %(expressions)s)", **context)


def page(
    threads: QuerySet[Thread],
    *,
    at: datetime,
    phase: str = "",
    topic: str = "",
    product: str = "",
    cursor: str | None = None,
    size: int = 20,
) -> keyset.Page[Thread]:
    """One page of the questions that need an answer most: minutes of waiting times views."""
    chosen = {"phase": phase, "topic__slug": topic, "product__slug": product}
    kept = {name: value.replace("\0", "") for name, value in chosen.items()}
    rows = most_urgent(threads, at=at).filter(**{name: value for name, value in kept.items() if value})
    return keyset.paginate(with_bylines(rows).defer("body", "html"), order=ORDER, cursor=cursor, size=size)


def most_urgent(threads: QuerySet[Thread], *, at: datetime) -> QuerySet[Thread]:
    """Questions without an answer with their ``urgency``, the greatest first."""
    still = at.timestamp() // STILL.total_seconds() * STILL.total_seconds()
    minutes = Cast((Value(still, FloatField()) - Seconds(F("created_at"))) / 60.0, BigIntegerField())
    rows = threads.filter(state=Thread.State.UNANSWERED).annotate(urgency=minutes * (F("view_count") + 1))
    return rows.order_by(*ORDER)


def in_vain(count: int = 10) -> list[SearchMiss]:
    """What was looked for most often and not found, as long as nobody has said that it leads somewhere now."""
    rows = SearchMiss.objects.filter(done_at=None, count__gte=OFTEN)
    return list(rows.order_by("-count", "-id")[:count])


def due(step: str, *, since: datetime, limit: int) -> list[int]:
    """Ids of questions asked before ``since`` that still wait and have not taken ``step``, the oldest first."""
    taken = Escalation.objects.filter(thread=OuterRef("pk"), step=step)
    rows = Thread.objects.visible().filter(
        ~Exists(taken), state=Thread.State.UNANSWERED, created_at__range=(since - REACH, since)
    )
    return list(rows.order_by("created_at", "id").values_list("pk", flat=True)[:limit])


def experts(thread: Thread, *, count: int) -> list[int]:
    """Ids of the ambassadors who could know best: by their answers about the same product, then the same topic."""
    same = Q()
    if thread.product_id:
        same |= Q(thread__product=thread.product_id)
    if thread.topic_id:
        same |= Q(thread__topic=thread.topic_id)
    answers = Answer.objects.visible().filter(same, author=OuterRef("pk")).order_by().values("author")
    apart = Block.objects.filter(
        Q(member=OuterRef("pk"), blocked=thread.author_id) | Q(member=thread.author_id, blocked=OuterRef("pk"))
    )
    rows = Member.objects.filter(~Exists(apart), is_active=True, role_grants__role=Role.AMBASSADOR)
    known = Coalesce(Subquery(answers.annotate(n=Count("pk")).values("n")), Value(0))
    ordered = rows.exclude(pk=thread.author_id).annotate(known=known).order_by("-known", "-accepted_count", "id")
    return list(ordered.values_list("pk", flat=True)[:count])


def team() -> list[int]:
    """Ids of everybody with the role of an agent."""
    rows = Member.objects.filter(is_active=True, role_grants__role=Role.AGENT)
    return list(rows.order_by("id").values_list("pk", flat=True))
