"""Who is there to help, as the plain data that the scoring wants: few queries, however many there are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from chat import hours
from chat.models import HelpRequest, Responder
from chat.queries import responders
from chat.scoring import Candidate
from community.models import Block

#: Whoever's desk was not seen for so long is not there.
GONE_AFTER = timedelta(seconds=60)


def there(
    at: datetime,
    *,
    groups: Collection[str] = tuple(Responder.Group.values),
    products: Collection[str],
    topics: Collection[str],
    only_knowing: bool = False,
) -> dict[str, list[Candidate]]:
    """Those who help now, busy or not, by their group: switched on, in their times, with an open desk.

    Of what they are named for, only what is asked about here is read: all of it would be most of the work.
    ``only_knowing`` leaves out whoever is named for none of it.
    """
    # Many have the same languages and times: each text is read once.
    texts = {name: Cast(name, TextField()) for name in ("languages", "schedule")}
    named: Any = Exists(_of("products", OuterRef("pk"))) | Exists(_of("topics", OuterRef("pk")))
    knowing = _through("products").filter(product__slug__in=products), _through("topics").filter(topic__slug__in=topics)
    people = present(at).filter(group__in=groups)
    if only_knowing:
        people = people.filter(Q(pk__in=_people(knowing[0])) | Q(pk__in=_people(knowing[1])))
        named = Value(value=True)
    rows = people.annotate(spoken=texts["languages"], times=texts["schedule"], named=named).values_list(
        "pk", "group", "spoken", "load", "capacity", "rating_sum", "rating_count", "named", "times",
        "member__language", "member__timezone",
    )  # fmt: skip
    read = cache(json.loads)
    by_product, by_topic = _named(knowing[0], "product__slug"), _named(knowing[1], "topic__slug")
    found: dict[str, list[Candidate]] = {group: [] for group in Responder.Group.values}
    clocks = _Clocks(at)
    for pk, group, languages, load, capacity, total, count, is_named, times, own, zone in rows:
        if clocks.within(times, zone):
            spoken = frozenset(read(languages) or [own])
            found[group].append(
                Candidate(pk, spoken, by_product[pk], by_topic[pk], load, capacity, total, count, is_named)
            )
    return found


def present(at: datetime) -> QuerySet[Responder]:
    """Those who are switched on and whose desk is open, and who may write: nobody is led to who is under a sanction."""
    rows = responders.entitled().filter(available=True, seen_at__gte=at - GONE_AFTER)
    return rows.exclude(Q(member__silenced_until__gt=at) | Q(member__suspended_until__gt=at))


def unwelcome(asked: HelpRequest) -> frozenset[int]:
    """Responders who are not asked: who said no, the one who asks, and whoever blocks the other."""
    avoid, member = set(asked.avoid), _known_as(asked)
    if member is not None:
        pairs = Block.objects.filter(Q(member=member) | Q(blocked=member))
        people = {pk for pair in pairs.values_list("member_id", "blocked_id") for pk in pair} | {member}
        avoid.update(Responder.objects.filter(member__in=people).values_list("pk", flat=True))
    return frozenset(avoid)


def _known_as(asked: HelpRequest) -> int | None:
    """The member who asks; a visitor is one where the shop vouched for a customer who is a member here."""
    customer = asked.visitor.customer if asked.visitor else None
    return customer.member_id if customer else asked.member_id


def last_helper(asked: HelpRequest) -> int | None:
    """Who helped this person last time, in another conversation."""
    same = Q(visitor=asked.visitor_id) if asked.visitor_id else Q(member=asked.member_id)
    rows = HelpRequest.objects.filter(same, responder__isnull=False).exclude(pk=asked.pk)
    return rows.order_by("-helped_at", "-pk").values_list("responder_id", flat=True).first()


def _through(field: str) -> QuerySet[Any]:
    """The rows between responders and what they are named for."""
    table: Any = getattr(Responder, field).through
    rows: QuerySet[Any] = table._default_manager.order_by("pk")
    return rows


def _of(field: str, responder: OuterRef) -> QuerySet[Any]:
    return _through(field).order_by().filter(responder=responder)


def _people(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values("responder")


def _named(rows: QuerySet[Any], slug_of: str) -> Mapping[int, frozenset[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for responder, slug in rows.values_list("responder_id", slug_of):
        found[responder].add(slug)
    return defaultdict(frozenset, {responder: frozenset(slugs) for responder, slugs in found.items()})


class _Clocks:
    """Whether times of the week are now, where somebody lives; the same times in the same zone are asked once."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.within = cache(self._within)

    def _within(self, times: str, zone: str) -> bool:
        # They were checked when they were stored; whatever is there all the same keeps nobody else from being asked.
        try:
            return hours.is_open(json.loads(times), self.at.astimezone(ZoneInfo(zone)))
        except hours.BadTimes:
            return False
