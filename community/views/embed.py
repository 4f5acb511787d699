"""Blocks for shops: rating, reviews and questions of a product, shown on pages that are not ours.

Public and the same for everybody, without cookies; framed and fetched by the brand's own shops only.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from community import access, freshness
from community.models import Product
from community.queries import reviews, threads
from community.services import brands
from community.views.brand_css import style_sheet

KEPT = 300
REVIEWS, QUESTIONS = 3, 4
CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
LANGUAGES = ("de", "en")


@require_safe
@xframe_options_exempt
def page(request: HttpRequest, key: str) -> HttpResponseBase:
    """A page of its own for a frame; ``key`` is the product's slug or SKU."""
    answer = _answer(request, _written(request, key, "embed/page.html"), "text/html; charset=utf-8")
    ancestors = brands.current().origins or ("'none'",)
    return csp_replace({"frame-ancestors": list(ancestors)})(lambda _request: answer)(request)


@require_safe
def block(request: HttpRequest, key: str) -> HttpResponse:
    """Only the block, for ``embed.js`` and for shops that put it into their page on their own server."""
    answer = _answer(request, _written(request, key, "embed/block.html"), "text/html; charset=utf-8")
    origin = request.headers.get("Origin", "")
    if origin in brands.current().origins:
        answer["Access-Control-Allow-Origin"] = origin
    patch_vary_headers(answer, ("Origin",))
    return answer


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The one script of a shop's page."""
    return _answer(request, _file("embed/embed.js"), "text/javascript; charset=utf-8")


@require_safe
def css(request: HttpRequest) -> HttpResponse:
    """The block's own style sheet with the brand's colours, for a page of its own and for a shadow tree."""
    colours = style_sheet(brands.current()).replace(":root", ":root, :host", 1)
    return _answer(request, _file("embed/embed.css") + colours, "text/css; charset=utf-8")


def _written(request: HttpRequest, key: str, template: str) -> str:
    """The block as text, kept under the version of what everybody sees."""
    asked = request.GET.get("lang", "")
    language = asked if asked in LANGUAGES else translation.get_language_from_request(request)
    product = access.product_named(AnonymousUser(), key)
    # Read before the rows, as for every kept page.
    place = f"embed:{freshness.version()}:{brands.current().version}:{template}:{language}:{product.pk}"
    kept: str | None = caches[freshness.CACHE].get(place)
    if kept is None:
        with translation.override(language):
            kept = render_to_string(template, {**_context(product), "language": language})
        caches[freshness.CACHE].set(place, kept, KEPT)
    return kept


def _context(product: Product) -> dict[str, object]:
    asked = access.threads_for(AnonymousUser()).filter(product=product)
    return {
        "brand": brands.current(),
        "product": product,
        "rating": reviews.rating(product),
        "reviews": reviews.page(product, viewer=None, sort="new", size=REVIEWS).results,
        "questions": threads.page(asked, size=QUESTIONS).results,
    }


def _answer(request: HttpRequest, text: str, kind: str) -> HttpResponse:
    body = text.encode()
    answer = HttpResponse(body, content_type=kind)
    answer["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["Cache-Control"] = CACHE_CONTROL
    # A page that isolates itself from other sites says that it wants to be asked; this may be shown anywhere.
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    if isinstance(same := get_conditional_response(request, etag=answer["ETag"], response=answer), HttpResponse):
        return same
    return answer


@cache
def _file(name: str) -> str:
    found = finders.find(name)
    return Path(str(found)).read_text()
