"""``rotate_data_keys``: seal what is stored encrypted under the newest of ``DATA_KEYS``, so that an old one can go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from chat.services import widgets
from gamification.services import data_keys


class Command(BaseCommand):
    """Run it after a new key was put in front, and take the old key out afterwards."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{data_keys.rotate() + widgets.reseal()} sealed anew.")
