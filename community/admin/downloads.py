"""Files that the admin hands out: as an attachment with its name, and kept by nobody on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from community import sheets


def attachment(content: str | bytes, *, kind: str, name: str) -> HttpResponse:
    """``content`` as a file; most of these hold names, some hold accounts."""
    place = content_disposition_header(as_attachment=True, filename=name)
    heads = {"Content-Disposition": str(place), "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=heads)


def written(content: str | bytes, *, name: str) -> HttpResponse:
    """A table that a service has written."""
    return attachment(content, kind="text/csv; charset=utf-8", name=name)


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, name: str) -> HttpResponse:
    """Rows below their head."""
    return written(sheets.table(head, rows), name=name)
