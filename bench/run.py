"""The order of a run: the worker on an empty journal, the pages of a small community, the toast, a large community."""

from __future__ import annotations

import sys
from argparse import Namespace

from allauth.account.models import EmailAddress
from django.utils import timezone

from bench import data, pages, server, talks, toast, worker
from bench.pages import Page
from bench.report import Section
from community.models import Activity, Member, Thread
from community.services import members

SMALL = 1_000


def everything(arguments: Namespace) -> list[Section]:
    """Measure all there is."""
    sections = worker_alone(arguments)
    thread, reader, helper = data.full(), _member("Lena Sommer"), _member("Mara Lindqvist")
    with server.running() as port:
        sections += _pages(port, arguments, pages.pages(thread, reader), "Pages")
        _say("deed → toast")
        sections.append(toast.measure(port, deeds=arguments.deeds, helper=helper))
        _say("talks")
        sections += talks.measure(port, sockets=arguments.sockets, rounds=2 * arguments.rounds)
        _say(f"filling up to {arguments.threads} threads")
        wanted = pages.pages(thread, reader, everything=False)
        before = pages.query_counts(wanted)
        data.fill(arguments.threads)
        sections += _pages(port, arguments, wanted, "Large community")
        if (after := pages.query_counts(wanted)) != before:
            raise SystemExit(f"A large community costs more queries: {before} became {after}.")
    return sections


def worker_alone(arguments: Namespace) -> list[Section]:
    """Measure the worker alone, in a small community."""
    _say("filling a small community")
    data.fill(max(SMALL, worker.threads_needed(arguments.events, 1 + len(arguments.history))))
    _say("the worker")
    return [worker.measure(arguments.events, arguments.history)]


def chat(arguments: Namespace) -> list[Section]:
    """Measure the chat alone."""
    with server.running() as port:
        return talks.measure(port, sockets=arguments.sockets, rounds=2 * arguments.rounds)


def _pages(port: int, arguments: Namespace, wanted: list[Page], title: str) -> list[Section]:
    _say(title.lower())
    speeds = pages.measure(port, wanted, rounds=arguments.rounds, seconds=arguments.seconds)
    size = f"{Thread.objects.count():,} threads, {Activity.objects.count():,} deeds"
    return [pages.section(f"{title}: {size}", speeds, pages.query_counts(wanted))]


def _member(name: str) -> Member:
    handle = members.free_handle(name)
    made = members.create(
        email=f"{handle}@bench.example", password=None, display_name=name, language="de", at=timezone.now()
    )
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr)
