"""Reads of ownership: since when those on a page own what it is about, in one query a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from community.models import Member, Order, OrderLine, Ownership, Product, Role


def since(product: int | None, members: Iterable[int]) -> dict[int, datetime]:
    """Since when each of ``members`` owns ``product`` (ids); nothing of those who do not show it."""
    wanted = set(members)
    if product is None or not wanted:
        return {}
    shown = Ownership.objects.filter(product=product, member__in=wanted, member__shows_ownership=True)
    return dict(shown.order_by().values_list("member", "since"))


def attach(product: int | None, members: Iterable[Member]) -> None:
    """Set ``owns_since`` on each of ``members`` for the page about ``product``: a moment, or ``None``."""
    members = list(members)
    found = since(product, (member.pk for member in members))
    for member in members:
        vars(member)["owns_since"] = found.get(member.pk)


def owners_who_help(product: Product, *, count: int = 5) -> list[Member]:
    """Owners who answer questions: ambassadors first, then whose answers were found most helpful.

    Each carries ``owns_since``. Nobody who hides what they own, or has not answered anything yet.
    """
    ambassador = Case(
        When(member__standing__role=Role.AMBASSADOR, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = (
        _shown(product)
        .filter(Q(member__answer_count__gt=0) | Q(member__standing__role=Role.AMBASSADOR))
        .select_related("member__standing")
        .order_by(ambassador, "-member__accepted_count", "-member__helpful_count", "member_id")[:count]
    )
    helpers = []
    for row in rows:
        vars(row.member)["owns_since"] = row.since
        helpers.append(row.member)
    return helpers


def owned_by(member: Member) -> QuerySet[Ownership]:
    """What ``member`` owns, the newest first."""
    return Ownership.objects.filter(member=member).select_related("product").order_by("-since", "-id")


def purchase_of(member: Member, product: Product) -> OrderLine | None:
    """The first order line by which ``member`` owns ``product``; what makes a review a verified one."""
    lines = OrderLine.objects.filter(
        product=product, quantity__gt=0, order__status__in=Order.OWNED, order__customer__member=member
    )
    return lines.select_related("order").order_by("order__placed_at", "id").first()


def bought(member: int, product: int) -> bool:
    """Whether ``member`` bought ``product`` (ids), as the shop says; see ``purchases``."""
    return (member, product) in purchases({member}, product=product)


def purchases(members: Iterable[int], *, product: int | None = None) -> set[tuple[int, int]]:
    """What ``members`` bought, as pairs of ids. Who sent something back has used it and may speak of it."""
    lines = OrderLine.objects.filter(
        order__status__in=(*Order.OWNED, Order.Status.RETURNED),
        quantity__gt=0,
        product__isnull=False,
        order__customer__member__in=members,
    )
    if product is not None:
        lines = lines.filter(product=product)
    return set(lines.order_by().values_list("order__customer__member", "product").distinct())


def _shown(product: Product) -> QuerySet[Ownership]:
    return Ownership.objects.filter(product=product, member__shows_ownership=True, member__is_active=True)
