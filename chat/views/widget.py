"""What a shop embeds: one small script on its pages, and the application that the first click opens in a frame."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from chat.models import Widget
from chat.services import widgets
from community.services import brands
from community.views.brand_css import COLOUR

LOADER = "widget/loader.js"
LANGUAGES = ("de", "en")
#: Pictures of a talk come by a request with the token in its header, and are shown from the browser's memory.
SHOWS_FILES = {"img-src": ["'self'", "data:", "blob:"]}
CACHE_CONTROL = "public, max-age=300, stale-while-revalidate=3600"


@require_safe
def loader(request: HttpRequest) -> HttpResponse:
    """The shop's one script tag: a button, and a frame once it is pressed."""
    widget = _widget(request)
    # Served as a script of its own; nothing in it can end a page's script element either way.
    told = json.dumps(_told(widget), sort_keys=True).replace("<", "\\u003c")
    body = _file(LOADER).replace("__KUNDENKREIS__", told, 1).encode()
    answer = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    answer["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["Cache-Control"] = CACHE_CONTROL
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    if isinstance(same := get_conditional_response(request, etag=answer["ETag"], response=answer), HttpResponse):
        return same
    return answer


@require_safe
@xframe_options_exempt
def app(request: HttpRequest) -> HttpResponseBase:
    """The application in the frame, for the widget's own shops only. It sets no cookie and asks for none."""
    widget = _widget(request)
    asked = request.GET.get("lang", "")
    language = asked if asked in LANGUAGES else widget.language
    with translation.override(language):
        answer = render(request, "chat/widget.html", {"widget": widget, "language": language, "theme": ""})
    answer["Content-Language"] = language
    answer["Cache-Control"] = "private, max-age=60"
    allowed = {**SHOWS_FILES, "frame-ancestors": list(widget.origins) or ["'none'"]}
    return csp_replace(allowed)(lambda _request: answer)(request)


def _widget(request: HttpRequest) -> Widget:
    widget = widgets.by_key(request.GET.get("key", ""))
    if widget is None:
        raise Http404
    return widget


def _told(widget: Widget) -> dict[str, Any]:
    """What the script knows of the brand before anything else is fetched."""
    brand = brands.current()
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            texts[language] = {
                "open": gettext("Open the chat"),
                "close": gettext("Close the chat"),
                "title": gettext("Chat with %(brand)s") % {"brand": brand.name},
                "unread": gettext("New message"),
            }
    return {
        "key": widget.key,
        "language": widget.language,
        "brand": brand.accent if COLOUR.fullmatch(brand.accent) else "",
        "texts": texts,
    }


@cache
def _file(name: str) -> str:
    found = finders.find(name)
    return Path(str(found)).read_text()
