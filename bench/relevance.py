"""``python -m bench.relevance``: how good the search is, on the database that the environment names."""

from __future__ import annotations

import sys

from bench import environment, report


def main() -> int:
    """Store the corpus, search, and print figures and misses."""
    with environment.ready() as conditions:
        from tests.community.search import relevance

        stored = relevance.store()
        found = {"search": relevance.of_search(stored), "similar questions": relevance.of_similar(stored)}
        rows = tuple((name, quality.searches, quality.mrr, quality.recall) for name, quality in found.items())
        section = report.Section("How good the search is", ("what", "searches", "MRR", "recall@5"), rows)
        print(report.as_text(conditions, [section]))
        for name, quality in found.items():
            print(f"\n{name}, not first:", *quality.missed, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
