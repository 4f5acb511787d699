"""``python -m bench``: measure, print one table (or JSON) and leave nothing behind."""

from __future__ import annotations

import argparse
import sys

from bench import environment, report


def main() -> int:
    """Read what is asked for, prepare the environment and only then load the product."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--threads", type=int, default=20_000, help="questions of the large community")
    parser.add_argument("--events", type=int, default=5_000, help="deeds for the worker, without and with a history")
    parser.add_argument(
        "--history", type=int, nargs="+", default=[10_000], help="deeds in the journal of the worker's later runs"
    )
    parser.add_argument("--deeds", type=int, default=100, help="deeds on their way to a toast")
    parser.add_argument("--sockets", type=int, default=1_000, help="open sockets that one message goes to")
    parser.add_argument("--rounds", type=int, default=5, help="turns of every page")
    parser.add_argument("--seconds", type=float, default=1.0, help="length of one turn of one page")
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--chat", action="store_true", help="measure the chat and nothing else")
    alone.add_argument("--worker", action="store_true", help="measure the worker and nothing else")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    arguments = parser.parse_args()
    with environment.ready() as conditions:
        from bench import run

        measure = run.chat if arguments.chat else run.worker_alone if arguments.worker else run.everything
        sections = measure(arguments)
        print((report.as_json if arguments.json else report.as_text)(conditions, sections))
    return 0


if __name__ == "__main__":
    sys.exit(main())
