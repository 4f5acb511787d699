"""Uploaded files, for installations without a file server or bucket of their own."""

from __future__ import annotations

from pathlib import PurePath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from config import content_security

#: Whatever else lies there is not served: neither pages nor scripts can come from here.
TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}


@require_safe
def uploaded(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture by its name's type, boxed in: opened by itself it can neither run nor load anything."""
    kind = TYPES.get(PurePath(path).suffix.lower())
    if kind is None:
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT), show_indexes=False)
    response["Content-Type"] = kind
    response["Content-Security-Policy"] = content_security.MEDIA
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=86400"
    return response
