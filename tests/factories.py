"""Believable rows for tests, made by the product's own services wherever there is one.

Each function fills in what a test does not care about; what it cares about it says by keyword.
"""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from community.models import (
    Answer,
    Comment,
    Contest,
    Idea,
    Member,
    News,
    Order,
    Product,
    Review,
    Role,
    Thread,
    Toolkit,
    ToolkitChoice,
    ToolkitConstraint,
    ToolkitOption,
    Topic,
)
from community.registry import registry
from community.services import answers, comments, contests, deliveries, ideas, members, orders, reviews, roles, threads
from community.services import news as news_service

PASSWORD = "a-password-of-tests-7"
_numbers = itertools.count(1)


def member(
    display_name: str = "Lena Sommer",
    *roles_held: Role,
    email: str | None = None,
    language: str = "en",
    at: datetime | None = None,
    **fields: Any,
) -> Member:
    """Return a new member who signs in with ``PASSWORD`` and a verified address, holding ``roles_held``."""
    made = members.create(
        email=email or f"member{next(_numbers)}@example.com",
        password=PASSWORD,
        display_name=display_name,
        language=language,
        at=at or timezone.now(),
        **fields,
    )
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    for role in roles_held:
        roles.grant(member=made, role=role, by=None, at=at or timezone.now())
    return made


def ambassador(display_name: str = "Mara Lindqvist", **fields: Any) -> Member:
    """Return a new ambassador."""
    return member(display_name, Role.AMBASSADOR, **fields)


def topic(slug: str | None = None, *, name: str = "Brewing", **fields: Any) -> Topic:
    """Return a new topic."""
    return Topic.objects.create(slug=slug or f"topic-{next(_numbers)}", name=name, **fields)


def product(slug: str | None = None, *, name: str = "Aurora S1", **fields: Any) -> Product:
    """Return a new product."""
    slug = slug or f"product-{next(_numbers)}"
    return Product.objects.create(**{"slug": slug, "sku": slug.upper(), "name": name, **fields})


def thread(
    author: Member | None = None,
    *,
    title: str = "Which grind for a moka pot?",
    body: str = "Mine tastes bitter. What do you use?",
    phase: str = "before",
    at: datetime | None = None,
    **fields: Any,
) -> Thread:
    """Return a question, asked by ``author`` or somebody new."""
    return threads.create(
        author=author or member(), title=title, body=body, phase=phase, at=at or timezone.now(), **fields
    )


def answer(
    to: Thread | None = None,
    author: Member | None = None,
    *,
    body: str = "A little coarser than for **espresso**.",
    at: datetime | None = None,
) -> Answer:
    """Return an answer to a question, both by somebody new unless given."""
    return answers.create(
        thread=to or thread(), author=author or member("Mara Lindqvist"), body=body, at=at or timezone.now()
    )


def accepted_answer(to: Thread | None = None, author: Member | None = None, *, at: datetime | None = None) -> Answer:
    """Return an answer that its asker has accepted."""
    made = answer(to, author, at=at)
    answers.accept(answer=made, by=made.thread.author, at=at or timezone.now())
    made.refresh_from_db()
    return made


def comment(
    on: Thread | Answer | None = None,
    author: Member | None = None,
    *,
    body: str = "Thanks, that helped.",
    at: datetime | None = None,
) -> Comment:
    """Return a comment below a question or an answer."""
    on = on or thread()
    place = {"thread": on.thread, "answer": on} if isinstance(on, Answer) else {"thread": on, "answer": None}
    return comments.create(**place, author=author or member(), body=body, at=at or timezone.now())


def purchase(
    by: Member,
    of: Product,
    *,
    at: datetime | None = None,
    status: str = "paid",
    number: str | None = None,
    updated_at: datetime | None = None,
) -> Order:
    """Return an order of one ``of``, told by the shop for the verified address of ``by``."""
    at = at or timezone.now()
    told = orders.Told(
        number=number or f"order-{next(_numbers)}",
        customer=f"customer-{by.pk}",
        email=by.email,
        placed_at=at,
        updated_at=updated_at or at,
        status=status,
        currency="EUR",
        lines=(orders.Line(of.sku, 1, Decimal("12.90")),),
    )
    return orders.receive(told=told, at=at)


def contest(stage: str = "vote", *, at: datetime | None = None, **fields: Any) -> Contest:
    """Return a public contest that stands in ``stage`` at ``at``; each stage lasts ten days."""
    now, step = at or timezone.now(), timedelta(days=10)
    begin = now - timedelta(days=5) - step * ("submit", "vote", "jury", "ended", "upcoming").index(stage)
    if stage == "upcoming":
        begin = now + timedelta(days=5)
    times = {
        "submit_from": begin,
        "vote_from": begin + step,
        "jury_from": begin + 2 * step,
        "ends_at": begin + 3 * step,
    }
    number = next(_numbers)
    texts = {"slug": f"contest-{number}", "title_de": "Was fehlt?", "title_en": "What is missing?", "is_public": True}
    host = fields.pop("host", None) or member("Clara Holm", Role.MANAGER)
    return contests.store(contest=Contest(**{**texts, **times, "host": host, **fields}))


def idea(
    author: Member | None = None,
    *,
    title: str = "A lid for the knock box",
    body: str = "It is lovely until somebody visits.",
    at: datetime | None = None,
    contest: Contest | None = None,
    **fields: Any,
) -> Idea:
    """Return an idea; in a contest it was proposed when ideas were taken."""
    when = at or (contest.submit_from + timedelta(days=1) if contest else timezone.now())
    return ideas.create(author=author or member(), title=title, body=body, contest=contest, at=when, **fields)


def toolkit(contest: Contest) -> Toolkit:
    """Return a toolkit: a bean, an optional spice; the dark bean excludes honey, pepper requires the dark bean."""
    made = Toolkit.objects.create(contest=contest, base_price=Decimal("10.00"))
    choices = {}
    for position, (option, required, parts) in enumerate(
        (
            ("bean", True, (("mild", "0.00"), ("dark", "1.50"))),
            ("spice", False, (("honey", "2.00"), ("pepper", "-0.50"))),
        )
    ):
        row = ToolkitOption.objects.create(
            toolkit=made, key=option, name_de=option, name_en=option, is_required=required, position=position
        )
        for number, (key, effect) in enumerate(parts):
            choices[key] = ToolkitChoice.objects.create(
                option=row, key=key, name_de=f"{key} (de)", name_en=key, price_effect=Decimal(effect), position=number
            )
    for one, kind, other in (("dark", "excludes", "honey"), ("pepper", "requires", "dark")):
        ToolkitConstraint.objects.create(toolkit=made, choice=choices[one], kind=kind, other=choices[other])
    return made


def news(product: Product | None = None, *, title: str = "A new gasket", at: datetime | None = None) -> News:
    """Return published news of the brand, or about ``product``."""
    at = at or timezone.now()
    texts = {"title_en": title, "title_de": "Neue Dichtung", "body_en": "**Free** for all.", "body_de": "**Gratis**."}
    written = News(product=product, publish_at=at, **texts)
    made = news_service.store(news=written, by=member("Clara Hansen", Role.MANAGER), at=at)
    news_service.publish(news_id=made.pk, at=at)
    made.refresh_from_db()
    return made


def work_off(*, at: datetime | None = None) -> int:
    """Let every consumer of the journal handle all that waits, as the worker would; return how much it was."""
    handled = 0
    while step := sum(
        deliveries.consume(consumer=name, at=at or timezone.now()) for name in sorted(registry.consumers)
    ):
        handled += step
    return handled


@transaction.atomic
def many(make: Any, number: int, *args: Any, **fields: Any) -> list[Any]:
    """Return ``number`` rows of ``make`` in one transaction."""
    return [make(*args, **fields) for _ in range(number)]


def review(
    of: Product | None = None,
    author: Member | None = None,
    *,
    stars: int = 4,
    title: str = "Learns faster than I do",
    body: str = "Since I weigh my water it has been the best flat white in the street.",
    at: datetime | None = None,
    **fields: Any,
) -> Review:
    """Return a review of a product, both new unless given."""
    told = {name: fields.pop(name) for name in ("pros", "cons", "owned_since") if name in fields}
    return reviews.create(
        product=of or product(),
        author=author or member("Sofia Marino"),
        content=reviews.Content(stars=stars, title=title, body=body, **told),
        at=at or timezone.now(),
        **fields,
    )
