"""Who is here: the moments of the last signs of life, in the shared cache.

Online while a tab shows signs of use, away when all of them rest for minutes, offline a minute after the last one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.core.cache import cache

ONLINE, AWAY, OFFLINE = "online", "away", "offline"
#: Seconds: a browser gives a sign of life every twenty.
GONE_AFTER = 60
IDLE_AFTER = 300


def note(who: str, *, idle: bool, at: datetime) -> None:
    """A tab of ``who`` is here; unless ``idle``, somebody uses it."""
    note_open([who], at=at)
    if not idle:
        cache.set(_used(who), at.timestamp(), IDLE_AFTER)


def note_open(people: Iterable[str], *, at: datetime) -> None:
    """Tabs of ``people`` are open, whatever is done in them: browsers let those that nobody looks at say so rarely."""
    cache.set_many({_here(who): at.timestamp() for who in people}, GONE_AFTER)


def states(people: Collection[str], *, at: datetime) -> dict[str, str]:
    """How present each one is."""
    found = cache.get_many(list(_keys(people)))
    return {who: _state(found, who, at.timestamp()) for who in people}


def _state(found: Mapping[str, float], who: str, now: float) -> str:
    if now - found.get(_here(who), 0) >= GONE_AFTER:
        return OFFLINE
    return ONLINE if now - found.get(_used(who), 0) < IDLE_AFTER else AWAY


def _keys(people: Iterable[str]) -> Iterable[str]:
    for who in people:
        yield from (_here(who), _used(who))


def _here(who: str) -> str:
    return f"presence:here:{who}"


def _used(who: str) -> str:
    return f"presence:used:{who}"
