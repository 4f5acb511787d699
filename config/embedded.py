"""The Celery worker and beat inside the server's own process, for the embedded mode."""

from __future__ import annotations

import threading
from typing import Any

from celery.beat import EmbeddedService
from celery.worker import WorkController
from django.conf import settings

from config.celery import app

THREADS = 2


class Background:
    """Worker and beat in threads of this process; what they leave undone stands in the outbox."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._worker = WorkController(
            app=app,
            pool="threads",
            concurrency=THREADS,
            hostname="embedded",
            loglevel="WARNING",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            quiet=True,
            ready_callback=self._is_ready,
        )
        self._worker_thread = threading.Thread(target=self._worker.start, name="worker", daemon=True)
        self._beat: Any = EmbeddedService(app, thread=True, schedule_filename=settings.CELERY_BEAT_SCHEDULE_FILENAME)

    def start(self) -> None:
        """Start both; returns when the worker takes tasks."""
        app.set_default()
        self._worker_thread.start()
        self._ready.wait(10)
        self._beat.start()

    def stop(self) -> None:
        """Let running tasks end and stop both, within a few seconds."""
        self._beat.service.stop()
        self._worker.stop()
        self._worker_thread.join(5)

    def _is_ready(self, consumer: Any) -> None:
        self._ready.set()
