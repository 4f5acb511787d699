"""``verify``: everything that is derived or kept beside its rows, checked against them."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from community.registry import registry


class Command(BaseCommand):
    """Runs every check that the apps registered; exit status 1 and a row for each difference."""

    help = "Compare ledger, balances, counters, boards, badges and the journal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read the form of the answer."""
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check one moment of the database, print, end with the status."""
        nested = connection.in_atomic_block
        with transaction.atomic():
            if connection.vendor == "postgresql" and not nested:
                # Else each query would see what was committed meanwhile, and deeds between two look like differences.
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            found = [difference for check in registry.verify_checks.values() for difference in check()]
        if options["json"]:
            self.stdout.write(json.dumps({"differences": [asdict(difference) for difference in found]}))
        else:
            for row in found:
                self.stdout.write(f"{row.check}: {row.subject}: expected {row.expected}, found {row.found}")
            self.stdout.write(f"{len(registry.verify_checks)} checks, {len(found)} differences")
        if found:
            sys.exit(1)
