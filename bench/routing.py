"""``python -m bench.routing``: what it takes to decide who helps, with a thousand people there to choose from.

On the database that the environment names, in this process. The reference is the ranking of the same people as plain
data, which no database and no stored decision can undercut.
"""

from __future__ import annotations

import argparse
import random
import time
from statistics import median, quantiles

from bench import environment, report


def main() -> int:
    """Make people, ask, and tell how long each decision took."""
    parser = argparse.ArgumentParser(prog="python -m bench.routing", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000, help="people who are there to help")
    parser.add_argument("--questions", type=int, default=300, help="questions that are led to one of them")
    arguments = parser.parse_args()
    with environment.ready() as conditions:
        import config.asgi  # noqa: F401 - as a web node starts

        _crowd(arguments.people)
        found = {"ranking alone: CPU": _plain(arguments.questions), **_decided(arguments.questions)}
        print(report.as_text(conditions, [_section(arguments.people, found)]))
    return 0


def _crowd(count: int) -> None:
    """People of every language and product, written past the services: deciding is measured."""
    from django.utils import timezone

    from chat.models import Responder, RoutingRule, Widget
    from community.models import Member, Product, Role, RoleGrant, Topic

    luck, now = random.Random(5), timezone.now()
    RoutingRule.objects.create(name="Everybody", is_active=True, target="ambassadors", fallbacks=["agents"])
    Widget.objects.create(name="Shop", key="bench", sealed_secret="", created_at=now)
    products = Product.objects.bulk_create(
        Product(slug=f"thing-{number}", sku=f"T-{number}", name=f"Thing {number}") for number in range(40)
    )
    topics = Topic.objects.bulk_create(Topic(slug=f"topic-{number}", name=f"Topic {number}") for number in range(20))
    members = Member.objects.bulk_create(
        Member(email=f"helper{number}@bench.example", handle=f"helper{number}", display_name=f"Helper {number}")
        for number in range(count)
    )
    RoleGrant.objects.bulk_create(RoleGrant(member=member, role=Role.AMBASSADOR, granted_at=now) for member in members)
    people = Responder.objects.bulk_create(
        Responder(
            member=member,
            group="ambassadors",
            available=True,
            capacity=5,
            languages=luck.choice((["de"], ["en"], ["de", "en"])),
            schedule=[{"weekday": day, "from": "00:00", "until": "24:00"} for day in range(7)],
            seen_at=now.replace(year=now.year + 1),
            rating_sum=luck.randint(30, 50),
            rating_count=10,
        )
        for member in members
    )
    for field, things in (("products", products), ("topics", topics)):
        through = getattr(Responder, field).through
        key = "product_id" if field == "products" else "topic_id"
        through.objects.bulk_create(
            through(responder_id=person.pk, **{key: thing.pk}) for person in people for thing in luck.sample(things, 3)
        )


def _plain(rounds: int) -> list[float]:
    """Milliseconds of the ranking alone."""
    from django.utils import timezone

    from chat import scoring
    from chat.queries import roster

    names = [f"thing-{number}" for number in range(40)], [f"topic-{number}" for number in range(20)]
    crowd = roster.there(timezone.now(), products=names[0], topics=names[1])["ambassadors"]
    found = []
    for number in range(rounds):
        wanted = scoring.Wanted("de", product=f"thing-{number % 40}", topic=f"topic-{number % 20}")
        began = time.process_time()
        scoring.rank(crowd, wanted, draw=0.5)
        found.append((time.process_time() - began) * 1000)
    return found


def _decided(rounds: int) -> dict[str, list[float]]:
    """Milliseconds of decisions as they were stored, from the rules to the offer; and what a question costs."""
    from django.utils import timezone

    from chat.models import RoutingDecision, Visitor, Widget
    from chat.services import help as helping
    from community.models import Product, Topic

    now, widget = timezone.now(), Widget.objects.get()
    products, topics = list(Product.objects.order_by("id")), list(Topic.objects.order_by("id"))
    visitors = Visitor.objects.bulk_create(Visitor(widget=widget, first_at=now, seen_at=now) for _ in range(rounds))
    used = []
    for number, visitor in enumerate(visitors):
        began = time.process_time()
        context = helping.Context(product=products[number % 40], topic=topics[number % 20])
        helping.ask(by=visitor, context=context, question="Is it loud in the morning?", at=timezone.now())
        used.append((time.process_time() - began) * 1000)
    if RoutingDecision.objects.filter(outcome="offered").count() != rounds:
        raise SystemExit("Somebody was not offered to anybody although there was room.")
    took = RoutingDecision.objects.order_by("id").values_list("milliseconds", flat=True)
    return {"decision, as stored: wall": list(took), "question with its decision: CPU": used}


def _section(people: int, found: dict[str, list[float]]) -> report.Section:
    rows = [
        (name, round(median(times), 1), round(quantiles(times, n=100)[94], 1), round(quantiles(times, n=100)[98], 1))
        for name, times in found.items()
    ]
    columns = ("what", "p50 ms", "p95 ms", "p99 ms")
    return report.Section(f"Routing, {people:,} people there", columns, tuple(rows))


if __name__ == "__main__":
    raise SystemExit(main())
