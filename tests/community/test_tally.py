"""Counting in a cache that may forget."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.core.cache import cache

from community import tally


def test_each_is_counted_once_by_whom_ever() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(lambda _: tally.count("each", kept=60), range(40))) == list(range(1, 41))


def test_a_cache_that_forgets_in_between_counts_anew_and_never_fails() -> None:
    counted = Event()

    def forget() -> None:
        while not counted.is_set():
            cache.clear()

    with ThreadPoolExecutor(5) as pool:
        forgetting = pool.submit(forget)
        counts = list(pool.map(lambda _: tally.count("forgotten", kept=60), range(2000)))
        counted.set()
        forgetting.result()
    assert min(counts) == 1


def test_what_was_forgotten_begins_with_one() -> None:
    tally.count("begun", kept=60)
    cache.delete("begun")
    assert (tally.count("begun", kept=60), tally.count("begun", kept=60)) == (1, 2)
