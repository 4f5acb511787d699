"""``retention``: let go what has stayed for long enough, or say what that would be."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from community.services import retention


class Command(BaseCommand):
    """Does by hand what the worker does once a day."""

    help = "Delete rows whose retention period is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read whether to look only, and the form of the answer."""
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and delete nothing")
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete or count, and print one line for each class."""
        act = retention.due if options["dry_run"] else retention.purge
        found = act(at=timezone.now())
        if options["json"]:
            rows = [{"class": row.name, "days": row.days, "rows": row.rows} for row in found]
            self.stdout.write(json.dumps({"classes": rows}))
            return
        for row in found:
            self.stdout.write(f"{row.name}: {row.rows} older than {row.days} days")
