"""Whether this node is alive and ready, for balancers and operators."""

from __future__ import annotations

from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from kombu.exceptions import OperationalError

from community import live
from community.queries import pulse
from config.celery import app


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """Database, broker and channel layer answer; 503 names what does not. ``lag`` is in seconds."""
    report: dict[str, object] = {"database": _database(), "broker": _broker(), "layer": _layer()}
    fine = all(value == "ok" for value in report.values())
    if report["database"] == "ok":
        report["journal"] = _journal()
    return JsonResponse({"ready": fine, **report}, status=200 if fine else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return type(error).__name__
    return "ok"


def _broker() -> str:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    except (OperationalError, OSError) as error:
        return type(error).__name__
    return "ok"


def _layer() -> str:
    try:
        live.probe()
    except live.UNREACHABLE as error:
        return type(error).__name__
    return "ok"


def _journal() -> dict[str, object]:
    found = pulse.journal_lag(at=timezone.now())
    return {"lag": found.oldest.total_seconds() if found.oldest else 0.0, "parked": found.parked}
