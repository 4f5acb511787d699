"""Reads of follows: who wants to hear of what.

What a level says, for each target:

=========  ======================================  =================================  ==========
target     all                                     only mine                          off
=========  ======================================  =================================  ==========
thread     every answer and comment                comments under one's own answer    nothing
topic      every new question                      nothing but one's own threads      nothing
product    every new question, and its news        nothing but one's own threads      nothing
brand      all of its news                         (not offered)                      no news
=========  ======================================  =================================  ==========

The thread counts before topic and product. Without a row, who asked hears everything, who answered what concerns
their answer, and everybody else nothing. What is said to one person (an accepted answer, a mention) needs no follow and
is silenced by none but ``off``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from community import keyset
from community.models import Follow, Member, Product, Thread, Topic

ORDER = ("-at", "-id")

Target = Thread | Topic | Product | None


def followers_of(thread: Thread) -> set[int]:
    """Ids of the members who want to hear of a new answer to ``thread``, or of a comment under the question."""
    return hearing(thread, levels_of(thread))


def levels_of(thread: Thread) -> dict[int, str]:
    """What each member said about ``thread``; who said nothing is not there."""
    return dict(Follow.objects.filter(thread=thread).order_by().values_list("member_id", "level"))


def hearing(thread: Thread, said: Mapping[int, str]) -> set[int]:
    """``followers_of`` a thread of which ``levels_of`` are known."""
    levels = {thread.author_id: str(Follow.Level.ALL), **said}
    # Whoever asked has only this to call theirs: "only mine" is all of it.
    return {
        member
        for member, level in levels.items()
        if level == Follow.Level.ALL or (member == thread.author_id and level == Follow.Level.MINE)
    }


def followers_of_new(thread: Thread) -> set[int]:
    """Ids of the members who want to hear that ``thread`` was asked: followers of its topic or product."""
    levels: dict[int, set[str]] = {}
    for target in _places(thread):
        for member, level in Follow.objects.filter(target).order_by().values_list("member_id", "level"):
            levels.setdefault(member, set()).add(level)
    wanting = {m for m, said in levels.items() if Follow.Level.ALL in said and Follow.Level.OFF not in said}
    return without_silent(thread, wanting) - {thread.author_id}


def followers_of_brand(product: Product | None = None) -> set[int]:
    """Ids of the members who want to hear the brand's news, or those about ``product``."""
    brand = Follow.objects.filter(thread=None, topic=None, product=None)
    rows = dict(brand.order_by().values_list("member_id", "level"))
    if product is not None:
        rows |= dict(Follow.objects.filter(product=product).order_by().values_list("member_id", "level"))
    return {member for member, level in rows.items() if level == Follow.Level.ALL}


def without_silent(thread: Thread, members: Collection[int]) -> set[int]:
    """Those of ``members`` who did not turn ``thread`` off."""
    silent = Follow.objects.filter(thread=thread, level=Follow.Level.OFF, member_id__in=members)
    return set(members) - set(silent.order_by().values_list("member_id", flat=True))


def of(member: Member) -> QuerySet[Follow]:
    """What ``member`` follows, or turned off, with what each row shows."""
    return Follow.objects.filter(member=member).select_related("thread", "topic", "product")


def page(member: Member, *, cursor: str | None, size: int = 20, brand: bool = False) -> keyset.Page[Follow]:
    """One page of what ``member`` follows, the latest first; threads that are gone do not appear.

    The ``brand`` is among them where nothing else shows it.
    """
    rows = of(member).filter(thread__deleted_at=None, thread__hidden_at=None)
    if not brand:
        rows = rows.exclude(thread=None, topic=None, product=None)
    return keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)


def level_of(member: Member, target: Target) -> str:
    """How ``member`` follows ``target`` (``None`` is the brand); empty where they said nothing."""
    return Follow.objects.filter(member=member, **columns(target)).values_list("level", flat=True).first() or ""


def columns(target: Target) -> dict[str, Any]:
    """The three columns that name ``target``; all empty for the brand."""
    kinds = {"thread": Thread, "topic": Topic, "product": Product}
    return {name: target if isinstance(target, kind) else None for name, kind in kinds.items()}


def _places(thread: Thread) -> list[Q]:
    """The topic and the product that ``thread`` belongs to, where it does."""
    places = [Q(topic=thread.topic_id)] if thread.topic_id else []
    return [*places, Q(product=thread.product_id)] if thread.product_id else places
