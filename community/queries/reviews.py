"""Reads of reviews: a product's list in keyset pages, its rating, and those of a whole shelf in one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from community import keyset
from community.models import HelpfulVote, Member, Product, Rating, Review, ReviewPhoto, visible

ORDERS: dict[str, tuple[str, ...]] = {"helpful": ("-helpful_count", "-id"), "new": ("-created_at", "-id")}
CRITICAL = 3
#: What the list can be narrowed to.
SHOWN: dict[str, Q] = {
    "verified": Q(verified=True),
    "photos": Q(photo_count__gt=0),
    "critical": Q(stars__lte=CRITICAL),
    "free": ~Q(disclosure=""),
}


def page(
    product: Product,
    *,
    viewer: Member | None,
    moderator: bool = False,
    sort: str = "helpful",
    stars: int | None = None,
    show: str = "",
    without: int | None = None,
    cursor: str | None = None,
    size: int = 10,
) -> keyset.Page[Review]:
    """One page of a product's reviews, ``without`` one that stands elsewhere. Raises ``keyset.BadCursor``.

    What nobody else sees appears to its author and to a ``moderator``.
    """
    rows = _shown(product, viewer, moderator=moderator)
    if stars:
        rows = rows.filter(stars=stars)
    if show in SHOWN:
        rows = rows.filter(SHOWN[show])
    if without is not None:
        rows = rows.exclude(pk=without)
    found = keyset.paginate(_with_parts(rows), order=ORDERS[sort], cursor=cursor, size=size)
    for review in found:
        review.product = product
    return found


def one(product: Product, pk: int, *, viewer: Member | None, moderator: bool) -> Review | None:
    """The review that a link leads to, if the viewer may see it."""
    review = _with_parts(_shown(product, viewer, moderator=moderator)).filter(pk=pk).first()
    if review is not None:
        review.product = product
    return review


def of_member(product: Product, member: Member | None) -> Review | None:
    """The member's own review of a product, deleted or not."""
    return Review.objects.filter(product=product, author=member).first() if member else None


def helped(viewer: Member | None, reviews: Iterable[Review]) -> set[int]:
    """Which of ``reviews`` the viewer found helpful."""
    if viewer is None:
        return set()
    votes = HelpfulVote.objects.filter(voter=viewer, value=1, review_id__in=[review.pk for review in reviews])
    return set(votes.order_by().values_list("review_id", flat=True))


def rating(product: Product) -> Rating:
    """What is kept of all reviews of ``product``."""
    return Rating.objects.filter(product=product).first() or Rating(product=product)


def attach_ratings(products: Iterable[Product]) -> None:
    """Set ``rating`` on each of ``products``, in one query."""
    products = list(products)
    found = {row.product_id: row for row in Rating.objects.filter(product__in=products)} if products else {}
    for product in products:
        vars(product)["rating"] = found.get(product.pk) or Rating(product=product)


def _with_parts(rows: QuerySet[Review]) -> QuerySet[Review]:
    photos = Prefetch("photos", ReviewPhoto.objects.order_by("id"))
    return rows.select_related("author__standing", "reply__author").prefetch_related(photos)


def _shown(product: Product, viewer: Member | None, *, moderator: bool) -> QuerySet[Review]:
    rows = Review.objects.filter(product=product)
    if moderator:
        return rows
    return rows.filter(visible() | Q(author=viewer)) if viewer else rows.filter(visible())
