"""Who is here: signs of life in the shared cache, which forgets them by itself.

Online while a tab shows signs of use, away when all of them rest for minutes, offline a minute after the last one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.cache import cache

ONLINE, AWAY, OFFLINE = "online", "away", "offline"
#: Seconds: a browser gives a sign of life every twenty.
GONE_AFTER = 60
IDLE_AFTER = 300


def note(who: str, *, idle: bool) -> None:
    """A tab of ``who`` is here; unless ``idle``, somebody uses it."""
    cache.set(_here(who), 1, GONE_AFTER)
    if not idle:
        cache.set(_used(who), 1, IDLE_AFTER)


def states(people: Collection[str]) -> dict[str, str]:
    """How present each one is."""
    found = cache.get_many(list(_keys(people)))
    return {who: _state(found, who) for who in people}


def _state(found: Collection[str], who: str) -> str:
    if _here(who) not in found:
        return OFFLINE
    return ONLINE if _used(who) in found else AWAY


def _keys(people: Iterable[str]) -> Iterable[str]:
    for who in people:
        yield from (_here(who), _used(who))


def _here(who: str) -> str:
    return f"presence:here:{who}"


def _used(who: str) -> str:
    return f"presence:used:{who}"
