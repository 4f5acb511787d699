"""Whom and what a text may name: people who take part in the thread first, products that it is about first."""

from __future__ import annotations

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from community.models import Answer, Comment, Member, Ownership, Product, Thread, visible

MOST = 8
#: A single letter says too little about a name.
NAME_FROM = 2


def candidates(*, writer: Member, beginning: str, thread: Thread | None) -> list[Member]:
    """At most eight members whose handle or a part of whose name starts with ``beginning``.

    Nobody who blocks ``writer`` or is blocked, and not ``writer``. Without a beginning only who takes part.
    """
    everybody = _matching(writer, beginning)
    taking_part = _participants(thread) if thread else Member.objects.none()
    first = list(everybody.filter(pk__in=taking_part.values("pk")).order_by("display_name", "pk")[:MOST])
    if not beginning or len(first) == MOST:
        return first
    others = everybody.exclude(pk__in=[member.pk for member in first])
    return first + list(others.order_by("handle")[: MOST - len(first)])


def products(*, writer: Member, beginning: str, thread: Thread | None) -> list[Product]:
    """At most eight products on sale whose slug or a part of whose name starts with ``beginning``.

    What the thread is about comes first, then what ``writer`` owns, then the others by name.
    """
    owned = Ownership.objects.filter(member=writer, product=OuterRef("pk"))
    nearness = Case(
        When(pk=(thread.product_id if thread else None) or 0, then=Value(0)),
        When(Exists(owned), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = Product.objects.filter(is_active=True)
    if beginning:
        found = found.filter(_called(beginning, "slug", "name"))
    return list(found.order_by(nearness, "name", "pk")[:MOST])


def _matching(writer: Member, beginning: str) -> QuerySet[Member]:
    found = Member.objects.filter(is_active=True).exclude(pk=writer.pk).select_related("standing")
    apart = Member.objects.filter(Q(blocks__blocked=writer) | Q(blocked_by__member=writer))
    found = found.exclude(pk__in=apart.values("pk"))
    if not beginning:
        return found
    return found.filter(_called(beginning, "handle", "display_name"))


def _called(beginning: str, key: str, name: str) -> Q:
    alike = Q(**{f"{key}__startswith": beginning.lower()})
    if len(beginning) >= NAME_FROM:
        alike |= Q(**{f"{name}__istartswith": beginning}) | Q(**{f"{name}__icontains": f" {beginning}"})
    return alike


def _participants(thread: Thread) -> QuerySet[Member]:
    answers = Answer.objects.filter(visible(), thread=thread)
    comments = Comment.objects.filter(visible(), thread=thread)
    return Member.objects.filter(
        Q(pk=thread.author_id) | Q(pk__in=answers.values("author")) | Q(pk__in=comments.values("author"))
    )
