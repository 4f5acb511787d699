"""``/metrics`` for Prometheus: how fast this process answers, and whether background work keeps up."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from community.queries import pulse
from community.registry import registry

REQUESTS = Histogram(
    "kundenkreis_http_request_seconds",
    "Time to answer a request, by the name of its address.",
    ("view", "method", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
#: A method that somebody made up must not open a series of its own.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class MeasureMiddleware:
    """Times every request. The first of the chain, so that what the others do is in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        response = self.get_response(request)
        # A page kept for visitors is answered before its address is resolved.
        view = request.resolver_match.view_name if request.resolver_match else "unresolved"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(view or "unnamed", method, response.status_code).observe(time.perf_counter() - begin)
        return response


class JournalCollector(Collector):
    """Asks the database when asked: each node then says the same of the work that all of them share."""

    def collect(self) -> Iterator[Metric]:
        """Deliveries that wait or are parked, and the age in seconds of the oldest that waits, by consumer."""
        deliveries = GaugeMetricFamily("kundenkreis_deliveries", "Deliveries.", labels=("consumer", "state"))
        lag = GaugeMetricFamily(
            "kundenkreis_journal_lag_seconds", "Age of the oldest deed that waits.", labels=("consumer",)
        )
        for name in sorted(registry.consumers):
            found = pulse.journal_lag(at=timezone.now(), consumer=name)
            deliveries.add_metric((name, "waiting"), found.waiting)
            deliveries.add_metric((name, "parked"), found.parked)
            lag.add_metric((name,), found.oldest.total_seconds() if found.oldest else 0.0)
        yield deliveries
        yield lag

    def describe(self) -> Iterator[Metric]:
        """Say nothing at registration: there may be no database yet."""
        yield from ()


REGISTRY.register(JournalCollector())


def show(request: HttpRequest) -> HttpResponse:
    """The figures, for who knows ``METRICS_TOKEN``; to everybody else, and without one, there is nothing here."""
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(
        given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()
    ):
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
