"""``manage.py reindex``: make every thread and idea findable that is not, or all of them anew."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from community.models import Idea, Thread
from community.services import indexing

BATCH = 200


class Command(BaseCommand):
    """For after a restored backup, or after a change in how words are read. Can be interrupted and run again."""

    help = "Put threads and ideas that the search index misses into it; with --all, all of them anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="all of them, not only the missing ones")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work in batches, each in a transaction of its own."""
        threads = _wanted(Thread.objects.visible(), indexing.missing(), everything=options["all"])
        ideas = _wanted(Idea.objects.visible(), indexing.missing_ideas(), everything=options["all"])
        count = sum(indexing.rebuild(threads=batch) for batch in _batches(threads))
        others = sum(indexing.rebuild_ideas(ideas=batch) for batch in _batches(ideas))
        self.stdout.write(f"{count} threads and {others} ideas put into the index.")


def _wanted(rows: QuerySet[Any], missing: Iterable[int], *, everything: bool) -> Iterable[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)) if everything else list(missing)


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    numbers = iter(ids)
    while batch := list(islice(numbers, BATCH)):
        yield batch
