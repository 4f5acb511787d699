"""Reads of notifications: the member's list in lines, what is unread, and whether a thread has some waiting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from community import keyset
from community.models import IdeaComment, Member, Notification
from community.registry import registry

ORDER = ("-created_at", "-id")


def readable(rows: QuerySet[Notification], kinds: Collection[str] | None = None) -> QuerySet[Notification]:
    """Those of ``rows`` whose subject everybody may still read; what is about no post is always among them.

    Where it is known which ``kinds`` of subjects ``rows`` are about, the database is asked about these alone.
    """
    for kind, subjects in registry.readable.items():
        if kinds is None or kind in kinds:
            there = Exists(subjects().filter(pk=OuterRef("subject_id")).order_by())
            rows = rows.filter(~Q(subject_kind=kind) | there)
    return rows


def unread(member: Member) -> QuerySet[Notification]:
    """Everything that ``member`` has not read, also about what is hidden meanwhile."""
    return Notification.objects.filter(member=member, read_at=None)


def count_lines(rows: QuerySet[Notification], *, limit: int | None = None) -> int:
    """How many lines ``rows`` make as far as they may be read, counted up to ``limit``.

    Every page of a member counts. To ask about all kinds of subjects would cost more than the rest of its queries, and
    few kinds wait at once, mostly none.
    """
    rows = rows.order_by()
    kinds = set(rows.values_list("subject_kind", flat=True).distinct())
    if not kinds:
        return 0
    found = readable(rows.filter(subject_kind__in=kinds), kinds)
    return found.values("group").distinct()[:limit].count()


def lines(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """The newest row of each group among ``rows``, as far as they may be read."""
    later = readable(
        Notification.objects.filter(member=OuterRef("member"), group=OuterRef("group"), pk__gt=OuterRef("pk"))
    )
    return readable(rows).filter(~Exists(later.order_by()))


def page(member: Member, *, cursor: str | None, size: int = 20) -> keyset.Page[Notification]:
    """The newest lines of ``member``, with what their wording needs."""
    rows = lines(Notification.objects.filter(member=member)).select_related("actor__standing", "thread")
    found = keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)
    dress(member, found.results)
    return found


def latest(member: Member, size: int) -> list[Notification]:
    """The newest ``size`` lines, for the menu behind the bell."""
    rows = lines(Notification.objects.filter(member=member)).select_related("actor__standing", "thread")
    found = list(rows.order_by(*ORDER)[:size])
    dress(member, found)
    return found


def dress(member: Member, heads: Sequence[Notification]) -> None:
    """Tell each line how many people stand behind it besides its actor, and what it is about."""
    attach_posts(heads)
    groups = {head.group for head in heads if head.actor_id}
    rows = readable(Notification.objects.filter(member=member, group__in=groups))
    counted = rows.order_by().values_list("group").annotate(Count("actor", distinct=True))
    people: dict[str, int] = dict(counted)
    for head in heads:
        head.others = max(people.get(head.group, 1) - 1, 0)


def bundled(rows: Iterable[Notification]) -> list[Notification]:
    """The newest of each group among ``rows``, in their order, with the others' people counted into it."""
    groups: dict[str, list[Notification]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    heads = [max(group, key=lambda row: row.pk) for group in groups.values()]
    for head in heads:
        people = {row.actor_id for row in groups[head.group]}
        head.others, head.bundle = len(people) - 1, tuple(row.pk for row in groups[head.group])
    attach_posts(heads)
    return heads


def attach_posts(rows: Iterable[Notification]) -> None:
    """Fetch what the rows are about, for the kinds whose wording needs it: one query for each kind of subject."""
    needing = {name for name, kind in registry.notification_kinds.items() if kind.needs_post}
    wanted: dict[str, list[Notification]] = defaultdict(list)
    for row in rows:
        if row.kind in needing and row.subject_kind in registry.readable:
            wanted[row.subject_kind].append(row)
    for kind, found in wanted.items():
        posts = registry.readable[kind]().in_bulk({row.subject_id for row in found})
        for row in found:
            row.post = posts.get(row.subject_id)


def wait_at(member: Member, thread_id: int) -> bool:
    """Whether something about this thread is unread."""
    return unread(member).filter(thread_id=thread_id).exists()


def wait_about(member: Member, idea_id: int) -> list[tuple[str, int]]:
    """What is unread about an idea and its comments, by kind and id."""
    about = Q(subject_kind="idea", subject_id=idea_id) | Q(
        subject_kind="idea_comment", subject_id__in=IdeaComment.objects.filter(idea=idea_id).order_by().values("pk")
    )
    rows = unread(member).filter(about).order_by("subject_kind", "subject_id")
    found = rows.values_list("subject_kind", "subject_id").distinct()[:50]
    return [(kind, pk) for kind, pk in found if pk is not None]
