"""Products: the shelf, and what is asked about each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community import access
from community.queries import products, threads
from community.views.marks import following, mark
from community.views.people import person_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every product on sale."""
    return render(request, "products/list.html", {"page": products.page(cursor=request.GET.get("cursor"))})


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One product and its questions."""
    person = person_of(request)
    product = access.product_for(person, slug)
    shown = access.threads_for(person).filter(product=product)
    page = threads.page(shown, cursor=request.GET.get("cursor"))
    mark(request, page.results)
    context = {"product": product, "page": page, "following": following(request, product)}
    return render(request, "products/detail.html", context)
