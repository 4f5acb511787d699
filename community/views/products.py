"""Products: the shelf, and the page of each with its reviews, its questions and the owners who help."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from community import access, words
from community.models import Member, Product, Review
from community.models.review import STARS
from community.queries import moderation, products, reviews, threads
from community.views.marks import following, mark
from community.views.people import person_of

QUESTIONS = 5


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every product on sale."""
    page = products.page(cursor=request.GET.get("cursor"))
    reviews.attach_ratings(page.results)
    return render(request, "products/list.html", {"page": page})


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One product: what owners say, what is asked about it, who helps."""
    person = person_of(request)
    product = access.product_for(person, slug)
    if product.slug != slug:
        # Not for good: another product may be called so some day.
        return redirect(product)
    questions = list(threads.latest(access.threads_for(person).filter(product=product), QUESTIONS))
    mark(request, questions)
    context = {
        "product": product,
        "rating": reviews.rating(product),
        "questions": questions,
        "following": following(request, product),
        **_reviews(request, product),
    }
    return render(request, "products/detail.html", context)


def _reviews(request: HttpRequest, product: Product) -> dict[str, Any]:
    """The list as its address says, and before it the one review that a link leads to."""
    person = person_of(request)
    viewer = person if isinstance(person, Member) else None
    roles = access.roles_of(person)
    moderator, brand = bool(roles & access.MODERATORS), bool(roles & access.BRAND)
    linked = words.number(request.GET.get("review"))
    first = reviews.one(product, linked, viewer=viewer, moderator=moderator) if linked else None
    sort, given = request.GET.get("sort", ""), words.number(request.GET.get("stars"))
    stars = given if given in STARS else None
    page = reviews.page(
        product,
        viewer=viewer,
        moderator=moderator,
        sort=sort if sort in reviews.ORDERS else "helpful",
        stars=stars,
        show=request.GET.get("show", ""),
        without=first.pk if first else None,
        cursor=request.GET.get("cursor"),
    )
    shown: list[Review] = [*([first] if first else []), *page.results]
    helped = reviews.helped(viewer, shown)
    moderation.judge("review", shown)
    for review in shown:
        vars(review)["helped"] = review.pk in helped
        vars(review)["can"] = access.powers_over_review(review, person, moderator=moderator, brand=brand)
    own = reviews.of_member(product, viewer)
    return {"page": page, "first_review": first, "shown_reviews": shown, "own_review": own, "chosen_stars": stars}
