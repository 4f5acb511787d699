"""Lets the queue of mails run dry at a moment given as argument; run as a process of its own, to be killed."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from community.services import mailing


def run_dry(at: datetime) -> None:
    """Gather and send until nothing is due."""
    while mailing.gather(at=at):
        pass
    while mailing.send_next(at=at):
        pass


if __name__ == "__main__":
    run_dry(datetime.fromisoformat(sys.argv[1]))
