"""Reviews: write, edit, delete and restore, hide and show, and say what came free."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community import access, activity, freshness, words
from community.models import Case, Disclosure, Member, Product, Review, Sample
from community.queries import ownership
from community.refusals import Refusal
from community.services import brands, mentions, ratings, review_photos, screening, texts, threads
from community.services.uploads import Encoded


class AlreadyReviewed(Refusal):
    """A member has one review of a product."""

    code = "already_reviewed"
    message = _("You have reviewed this product already. Change that review, or restore it if you deleted it.")


class DisclosureStands(Refusal):
    """What came free stays labelled."""

    code = "disclosure_stands"
    message = _("How you came to the product stays with your review. Write to the team if it is wrong.")
    field = "disclosure"
    status = 403


class NotAuthor(Refusal):
    """Nobody rewrites what somebody else says about a product."""

    code = "not_author"
    message = _("Only its author can change a review.")
    status = 403


@dataclass(frozen=True, slots=True)
class Content:
    """What the author says; ``pros`` and ``cons`` have one point a line."""

    stars: int
    title: str
    body: str
    pros: str = ""
    cons: str = ""
    owned_since: date | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is written in words."""
        return (self.title, self.body, self.pros, self.cons)


@transaction.atomic
def create(
    *,
    product: Product,
    author: Member,
    content: Content,
    at: datetime,
    disclosure: str = Disclosure.NONE,
    photos: Sequence[Encoded] = (),
) -> Review:
    """Review a product; whether it was bought is what the shop said, and what came free is labelled.

    Raises ``AlreadyReviewed``, ``review_photos.TooManyPhotos`` and what ``screening.check`` raises.
    """
    content = _cleaned(content)
    finding = _look(author, content, new=True)
    _lock_author(author.pk)
    try:
        with transaction.atomic():
            review = Review.objects.create(
                product=product,
                author=author,
                **asdict(content),
                html=texts.stored(content.body, author=author),
                language=author.language,
                verified=ownership.bought(author.pk, product.pk),
                disclosure=labelled(author, product) or disclosure,
                created_at=at,
                hidden_at=at if finding.hides else None,
            )
    except IntegrityError as error:
        raise AlreadyReviewed from error
    review.photo_count = review_photos.change(review=review, new=photos, removed=(), at=at)
    review.save(update_fields=["photo_count"])
    screening.queue(kind="review", post=review, finding=finding, at=at)
    if review.is_visible:
        ratings.move(review, 1)
        _note_creation(review, at)
    return review


@transaction.atomic
def edit(
    *,
    review: Review,
    by: Member,
    content: Content,
    at: datetime,
    disclosure: str | None = None,
    photos: Sequence[Encoded] = (),
    removed: Collection[int] = (),
) -> Review:
    """Change one's review; the rating moves along. ``disclosure`` can be added and not taken away.

    Raises ``NotAuthor``, ``DisclosureStands``, ``threads.Gone``, ``review_photos.TooManyPhotos`` and what
    ``screening.check`` raises.
    """
    content = _cleaned(content)
    finding = _look(by, content, new=False)
    screening.queue(kind="review", post=review, finding=finding, at=at)
    review = lock(review.pk)
    if review.author_id != by.pk:
        raise NotAuthor
    if review.deleted_at:
        raise threads.Gone
    if disclosure is not None and review.disclosure and disclosure != review.disclosure:
        raise DisclosureStands
    _count(review, -1)
    formerly = review.body
    for name, value in asdict(content).items():
        setattr(review, name, value)
    review.html = texts.stored(review.body, author=review.author, formerly=formerly)
    review.disclosure = review.disclosure or disclosure or Disclosure.NONE
    review.photo_count = review_photos.change(review=review, new=photos, removed=removed, at=at)
    review.edited_at = at
    review.save()
    _count(review, 1)
    _note(review, activity.REVIEW_EDITED, by, at)
    if review.is_visible:
        mentions.record(post=review, by=by, at=at)
    if finding.hides:
        hide(review=review, by=by, at=at)
    return review


def change_photos(
    *, review: Review, by: Member, at: datetime, new: Sequence[Encoded] = (), removed: Collection[int] = ()
) -> Review:
    """Add photos to one's review and take some away; its words stay. Raises what ``edit`` raises."""
    said = Content(**{field.name: getattr(review, field.name) for field in fields(Content)})
    return edit(review=review, by=by, content=said, photos=new, removed=removed, at=at)


@transaction.atomic
def delete(*, review: Review, by: Member, at: datetime) -> None:
    """Take a review away from everybody but author and moderators; ``restore`` brings it back. Twice is once."""
    review = lock(review.pk)
    if review.deleted_at:
        return
    _count(review, -1)
    Review.objects.filter(pk=review.pk).update(deleted_at=at, deleted_by=by)
    _note(review, activity.REVIEW_DELETED, by, at)


@transaction.atomic
def restore(*, review: Review, by: Member, at: datetime) -> None:
    """Show a deleted review again. Twice is once."""
    review = lock(review.pk)
    if not review.deleted_at:
        return
    Review.objects.filter(pk=review.pk).update(deleted_at=None, deleted_by=None)
    review.deleted_at = None
    _count(review, 1)
    _note(review, activity.REVIEW_RESTORED, by, at)


@transaction.atomic
def hide(*, review: Review, by: Member, at: datetime) -> None:
    """Take a review away from everybody but its author and moderators until somebody shows it. Twice is once."""
    review = lock(review.pk)
    if review.hidden_at:
        return
    _count(review, -1)
    Review.objects.filter(pk=review.pk).update(hidden_at=at)
    _note(review, activity.REVIEW_HIDDEN, by, at)


@transaction.atomic
def show(*, review: Review, by: Member, at: datetime) -> None:
    """Approve a hidden review; one that waited from the start counts as written now. Twice is once."""
    review = lock(review.pk)
    if not review.hidden_at:
        return
    Review.objects.filter(pk=review.pk).update(hidden_at=None)
    review.hidden_at = None
    _note(review, activity.REVIEW_SHOWN, by, at)
    if review.deleted_at:
        return
    _count(review, 1)
    if not activity.recorded(_creation(review)):
        _note_creation(review, at)


@transaction.atomic
def disclose(*, review: Review, by: Member, disclosure: str, at: datetime) -> Review:
    """Say for the brand how the author came to the product, or that a label was a mistake.

    Raises ``DisclosureStands`` where the author would take away their own.
    """
    review = lock(review.pk)
    if review.disclosure == disclosure:
        return review
    if review.author_id == by.pk and review.disclosure:
        raise DisclosureStands
    _count(review, -1)
    review.disclosure = disclosure
    Review.objects.filter(pk=review.pk).update(disclosure=disclosure)
    _count(review, 1)
    _note(review, activity.REVIEW_DISCLOSED, by, at)
    return review


@transaction.atomic
def verify(*, members: Iterable[int], product: Product | None = None) -> None:
    """Let the reviews of ``members`` (ids) say "verified purchase" as the orders now say it, whichever came first."""
    members = sorted(set(members))
    # Who writes a review at this moment holds the same row: one of both sees what the other one did.
    list(Member.objects.filter(pk__in=members).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    rows = Review.objects.filter(author__in=members).order_by("pk").select_for_update(of=("self",), no_key=True)
    if product is not None:
        rows = rows.filter(product=product)
    found = list(rows)
    bought = ownership.purchases({review.author_id for review in found}) if found else set()
    for review in found:
        verified = (review.author_id, review.product_id) in bought
        if review.verified != verified:
            _count(review, -1)
            review.verified = verified
            review.save(update_fields=["verified"])
            _count(review, 1)
            transaction.on_commit(freshness.changed, robust=True)


def lock(pk: int) -> Review:
    """Read a review for change."""
    rows = Review.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("author", "product").get(pk=pk)


def labelled(author: Member, product: Product) -> str:
    """What the brand itself knows of how the author came to the product."""
    granted = Sample.objects.filter(member=author, product=product).order_by("pk").values_list("disclosure", flat=True)
    return granted.first() or (Disclosure.EMPLOYEE if access.speaks_for_brand(author) else Disclosure.NONE)


def facts(review: Review) -> Mapping[str, object]:
    """What the journal keeps of a review. Never its stars: no reward may depend on them."""
    return {
        "review": review.pk,
        "product": review.product_id,
        "author": review.author_id,
        "verified": review.verified,
        "disclosure": review.disclosure,
    }


def _cleaned(content: Content) -> Content:
    return Content(
        stars=content.stars,
        title=words.line(content.title),
        body=words.lines(content.body),
        pros=points(content.pros),
        cons=points(content.cons),
        owned_since=content.owned_since,
    )


def points(text: str) -> str:
    """The points in ``text``, one a line, without empty ones and the signs that people put before them."""
    found = (words.line(row).lstrip("-–•*+ ") for row in words.lines(text).splitlines())
    return "\n".join(row for row in found if row)


def _look(author: Member, content: Content, *, new: bool) -> screening.Finding:
    finding = screening.check(author=author, texts=content.texts, new=new)
    if finding.hides or not brands.current().reviews_held or access.speaks_for_brand(author):
        return finding
    return screening.Finding(Case.Source.REVIEW, reason=finding.reason, hides=True)


def _lock_author(pk: int) -> None:
    """Take turns with a sample that is granted and an order that comes in at this moment."""
    Member.objects.select_for_update(no_key=True).values_list("pk").get(pk=pk)


def _count(review: Review, step: int) -> None:
    if review.is_visible:
        ratings.move(review, step)


def _creation(review: Review) -> str:
    return f"{activity.REVIEW_CREATED}:{review.pk}"


def _note_creation(review: Review, at: datetime) -> None:
    activity.record(
        verb=activity.REVIEW_CREATED,
        key=_creation(review),
        actor=review.author,
        subject=("review", review.pk),
        at=at,
        facts=facts(review),
    )
    mentions.record(post=review, by=review.author, at=at)


def _note(review: Review, verb: str, by: Member, at: datetime) -> None:
    activity.repeat(verb=verb, actor=by, subject=("review", review.pk), at=at, facts=facts(review))
