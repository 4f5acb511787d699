"""The product's addresses, the view that everything is compared with, and the server's own clock."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from community.models import Topic
from config import urls as product
from config.urls import handler403, handler404, handler500

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def trivial(request: HttpRequest) -> HttpResponse:
    """One query, no template: what any Django view costs behind the same middleware."""
    return HttpResponse(Topic.objects.order_by("id").values_list("slug", flat=True)[0])


def cpu(request: HttpRequest) -> HttpResponse:
    """The seconds of CPU that the server's process has used so far."""
    return HttpResponse(str(time.process_time()))


def memory(request: HttpRequest) -> HttpResponse:
    """The bytes of memory that the server's process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return HttpResponse(str(pages * os.sysconf("SC_PAGE_SIZE")))


urlpatterns = [
    path("bench/trivial/", trivial),
    path("bench/cpu/", cpu),
    path("bench/memory/", memory),
    *product.urlpatterns,
]
