"""``manage.py reindex``: make every thread findable that is not, or all of them anew."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from community.models import Thread
from community.services import indexing

BATCH = 200


class Command(BaseCommand):
    """For after a restored backup, or after a change in how words are read. Can be interrupted and run again."""

    help = "Put threads that the search index misses into it; with --all, every thread anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every thread, not only the missing ones")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work in batches, each in a transaction of its own."""
        everything = Thread.objects.visible().order_by("pk").values_list("pk", flat=True)
        wanted: Iterable[int] = list(everything) if options["all"] else list(indexing.missing())
        count = 0
        for batch in _batches(wanted):
            count += indexing.rebuild(threads=batch)
        self.stdout.write(f"{count} threads put into the index.")


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    numbers = iter(ids)
    while batch := list(islice(numbers, BATCH)):
        yield batch
