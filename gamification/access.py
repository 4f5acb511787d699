"""Doors: the ledger, and what is held of it, are shown to their owner only."""

from __future__ import annotations

from community.access import NotFound, Person
from community.models import Member
from gamification.models import Award, Entry, Hold, Reward, Season
from gamification.queries import credentials, ledger, suspicions


def entry_for(person: Person, pk: int) -> Entry:
    """One entry of the person's own ledger. Raises ``NotFound``."""
    entry = ledger.entries_of(person).filter(pk=pk).first() if isinstance(person, Member) else None
    if entry is None:
        raise NotFound
    return entry


def hold_for(person: Person, pk: int) -> Hold:
    """What is held of the person's own points. Raises ``NotFound``."""
    hold = suspicions.holds_of(person).filter(pk=pk).first() if isinstance(person, Member) else None
    if hold is None:
        raise NotFound
    return hold


def season_for(_person: Person, slug: str) -> Season:
    """A season; everybody may know of it. Raises ``NotFound``."""
    season = Season.objects.filter(slug=slug).first()
    if season is None:
        raise NotFound
    return season


def reward_for(_person: Person, pk: int) -> Reward:
    """A reward of the catalogue; everybody may look at it. Raises ``NotFound``."""
    reward = Reward.objects.filter(pk=pk, is_active=True).select_related("pool", "budget").first()
    if reward is None:
        raise NotFound
    return reward


def award_for(person: Person, slug: str, tier: str) -> Award:
    """A badge that the person holds. Raises ``NotFound``."""
    award = credentials.award_of(person, slug, tier) if isinstance(person, Member) else None
    if award is None:
        raise NotFound
    return award
