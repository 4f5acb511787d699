"""Signs of lead users in what the community knows anyway, counted for everybody at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from ambassadors.models import Nomination, RadarScore
from ambassadors.queries.merits import TAKEN_UP
from ambassadors.scoring import Wanted
from community.models import Idea, Member, Ownership, Review, RoleGrant, Thread

#: What the radar looks for, from when on it is a sign, from when on it gives all points, and how many (docs/radar.md).
WANTED = (
    Wanted("nominations", 1, 3, 25),
    Wanted("topic", 3, 10, 25),
    Wanted("ideas", 1, 2, 25),
    Wanted("early", 1, 2, 15),
    Wanted("reviews", 3, 15, 10),
)
#: The first owners of a product are so many, where it has at least so many.
FIRST, OWNERS = 5, 10
SHOWN = 3


@dataclass(slots=True)
class Signs:
    """What was counted for one member by name, and what each number is made of."""

    values: dict[str, int] = field(default_factory=dict)
    about: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))


def found(*, at: datetime) -> dict[int, Signs]:
    """By member, in a few queries however many there are; nobody who works or speaks for the brand already."""
    signs: dict[int, Signs] = defaultdict(Signs)
    for look in (_ideas, _early, _topics, _reviews, _nominations):
        look(signs)
    busy = set(RoleGrant.objects.order_by().values_list("member", flat=True))
    unsuspended = Q(suspended_until=None) | Q(suspended_until__lte=at)
    free = Member.objects.filter(unsuspended, pk__in=signs, is_active=True).order_by()
    return {pk: signs[pk] for pk in free.values_list("pk", flat=True) if pk not in busy}


def best() -> QuerySet[RadarScore]:
    """The findings of last night, the strongest first."""
    return RadarScore.objects.select_related("member__standing").order_by("-score", "member_id")


def _ideas(signs: dict[int, Signs]) -> None:
    rows = Idea.objects.visible().filter(status__in=TAKEN_UP).order_by("-status_at", "-id")
    for author, pk, title in rows.values_list("author", "pk", "title"):
        _count(signs[author], "ideas", {"kind": "idea", "id": pk, "text": title})


def _early(signs: dict[int, Signs]) -> None:
    wide = Ownership.objects.order_by().values("product").annotate(n=Count("pk")).filter(n__gte=OWNERS)
    place = Window(RowNumber(), partition_by=F("product"), order_by=(F("since").asc(), F("id").asc()))
    first = Ownership.objects.filter(product__in=wide.values("product")).annotate(place=place).filter(place__lte=FIRST)
    for member, name in first.order_by("member", "product").values_list("member", "product__name"):
        _count(signs[member], "early", {"kind": "product", "text": name})


def _topics(signs: dict[int, Signs]) -> None:
    helped = Thread.objects.visible().filter(accepted_answer__isnull=False, topic__isnull=False)
    rows = helped.order_by().values("accepted_answer__author", "topic__name_de", "topic__name_en")
    counted: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for row in rows.annotate(n=Count("pk")):
        told = (row["n"], row["topic__name_de"] or "", row["topic__name_en"] or "")
        counted[row["accepted_answer__author"]].append(told)
    for author, topics in counted.items():
        topics.sort(reverse=True)
        signs[author].values["topic"] = topics[0][0]
        signs[author].about["topic"] = [
            {"kind": "topic", "text_de": german, "text_en": english, "n": n} for n, german, english in topics[:SHOWN]
        ]


def _reviews(signs: dict[int, Signs]) -> None:
    rows = Review.objects.visible().filter(helpful_count__gt=0).order_by().values_list("author")
    for author, count in rows.annotate(n=Sum("helpful_count")):
        signs[author].values["reviews"] = count


def _nominations(signs: dict[int, Signs]) -> None:
    rows = Nomination.objects.order_by("topic").values("member", "topic__name_de", "topic__name_en")
    for row in rows.annotate(n=Count("by", distinct=True)):
        own = signs[row["member"]]
        own.values["nominations"] = own.values.get("nominations", 0) + row["n"]
        told = {"text_de": row["topic__name_de"] or "", "text_en": row["topic__name_en"] or "", "n": row["n"]}
        own.about["nominations"].append({"kind": "topic", **told})


def _count(signs: Signs, name: str, about: Mapping[str, Any]) -> None:
    signs.values[name] = signs.values.get(name, 0) + 1
    if len(signs.about[name]) < SHOWN:
        signs.about[name].append(dict(about))


def topics_known_by(member: Member) -> Iterable[int]:
    """Ids of the topics in which the member gave an accepted answer: there they may know who knows more."""
    rows = Thread.objects.visible().filter(accepted_answer__author=member, topic__isnull=False)
    return rows.order_by().values_list("topic", flat=True).distinct()
