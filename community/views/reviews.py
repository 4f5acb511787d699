"""Reviews: write, change, delete and restore, find helpful, reply for the brand, hints while writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community import access, limits, quality
from community.forms.reviews import HelpfulForm, ReplyForm, ReviewForm
from community.models import Disclosure, Product, Review
from community.queries import ownership
from community.queries import reviews as queries
from community.refusals import Refusal
from community.services import removals, review_replies, review_votes, reviews
from community.views.people import MemberRequest, asked_in_passing, members_only
from community.views.posting import INVALID, SeeOther, explain, once, posted, refused

FIELDS = ("stars", "title", "body", "pros", "cons", "owned_since", "disclosure")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def write(request: MemberRequest, slug: str) -> HttpResponse:
    """Review a product; who has done so is led to that review."""
    product = access.product_for(request.user, slug)
    own, labelled = queries.of_member(product, request.user), bool(reviews.labelled(request.user, product))
    if request.method != "POST":
        if own is not None:
            own.product = product
            return redirect(own) if own.deleted_at else redirect("community:review_edit", own.pk)
        return _page(request, product, ReviewForm(initial=_known(request, product), labelled=labelled))
    form = ReviewForm(request.POST, request.FILES, labelled=labelled)
    if not form.is_valid():
        return _page(request, product, form, status=INVALID)
    try:
        return SeeOther(once(request, lambda: _write(request, product, form)))
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_page(request, product, form), refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change one's own review."""
    review = access.own_review_for(request.user, pk)
    form = ReviewForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        initial={name: getattr(review, name) for name in FIELDS},
        shown=review,
        labelled=bool(review.disclosure),
    )
    if not form.is_valid():
        return _page(request, review.product, form, review=review, status=INVALID if form.is_bound else 200)
    now = timezone.now()
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        review = reviews.edit(
            review=review,
            by=request.user,
            content=form.content,
            disclosure=form.cleaned_data.get("disclosure"),
            photos=form.cleaned_data["photos"],
            removed=form.removed,
            at=now,
        )
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_page(request, review.product, form, review=review), refusal)
    return SeeOther(review.get_absolute_url())


@require_POST
@members_only
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete a review; who may do that still sees it and can restore it."""
    return _change(request, pk, lambda review, at: removals.remove(post=review, by=request.user, at=at))


@require_POST
@members_only
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a deleted review again."""
    return _change(request, pk, lambda review, at: removals.restore(post=review, by=request.user, at=at))


@require_POST
@members_only
def helpful(request: MemberRequest, pk: int) -> HttpResponse:
    """Find a review helpful, or no longer; by htmx only the button comes back."""
    review, form = access.review_for(request.user, pk), HelpfulForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A vote is 1 or 0.")
    value, now = bool(form.cleaned_data["value"]), timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    review = review_votes.cast(review=review, voter=request.user, helpful=value, at=now)
    if not request.headers.get("HX-Request"):
        return SeeOther(review.get_absolute_url())
    vars(review)["helped"] = value
    vars(review)["can"] = access.powers_over_review(review, request.user, moderator=False, brand=False)
    return render(request, "reviews/helpful.html", {"review": review})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def reply(request: MemberRequest, pk: int) -> HttpResponse:
    """Reply for the brand, or change that reply."""
    review = access.review_to_answer_for(request.user, pk)
    given = getattr(review, "reply", None)
    initial = {"body": given.body} if given and given.withdrawn_at is None else {}
    form = ReplyForm(posted(request), initial=initial)
    context = {"form": form, "review": review, "given": bool(initial)}
    if not form.is_valid():
        return render(request, "reviews/reply.html", context, status=INVALID if form.is_bound else 200)
    now = timezone.now()
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        review_replies.put(review=review, by=request.user, body=form.cleaned_data["body"], at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "reviews/reply.html", context), refusal)
    return SeeOther(review.get_absolute_url())


@require_POST
@members_only
def withdraw_reply(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the brand's reply back."""
    review, now = access.review_to_answer_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    review_replies.withdraw(review=review, by=request.user, at=now)
    return SeeOther(review.get_absolute_url())


@require_POST
@asked_in_passing
@members_only
def hints(request: MemberRequest, slug: str) -> HttpResponse:
    """Say while it is written what a reader would miss or stumble over."""
    product = access.product_for(request.user, slug)
    limits.spend(limits.HINTS, member=request.user, at=timezone.now())
    title, body = (request.POST.get(name, "").replace("\0", "") for name in ("title", "body"))
    found = quality.look(
        title[: Review.TITLE_MAX],
        body[: Review.BODY_MAX],
        language=request.user.language,
        known=f"{product.name} {product.summary}".split(),
    )
    return render(request, "reviews/hints.html", {"found": found})


def _write(request: MemberRequest, product: Product, form: ReviewForm) -> str:
    now = timezone.now()
    limits.spend(limits.REVIEWS, member=request.user, at=now)
    review = reviews.create(
        product=product,
        author=request.user,
        content=form.content,
        disclosure=form.cleaned_data.get("disclosure", Disclosure.NONE),
        photos=form.cleaned_data["photos"],
        at=now,
    )
    return review.get_absolute_url()


def _page(
    request: MemberRequest, product: Product, form: ReviewForm, *, review: Review | None = None, status: int = 200
) -> HttpResponse:
    context = {"product": product, "form": form, "review": review}
    return render(request, "reviews/form.html", context, status=status)


def _known(request: MemberRequest, product: Product) -> dict[str, Any]:
    """What the shop's orders say already, and the stars that were clicked before."""
    bought = ownership.purchase_of(request.user, product)
    stars = request.GET.get("stars", "")
    return {
        "owned_since": timezone.localtime(bought.order.placed_at).date() if bought else None,
        "stars": int(stars) if stars in {"1", "2", "3", "4", "5"} else None,
    }


def _change(request: MemberRequest, pk: int, deed: Callable[[Review, datetime], None]) -> HttpResponse:
    review, now = access.deletable_review_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    deed(review, now)
    return SeeOther(review.get_absolute_url())
