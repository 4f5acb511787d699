"""``seed_demo``: fill the database with the demo, through the services; a second run adds nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.models import Member, Notification, Product, Topic
from community.registry import registry
from community.services import deliveries, notifications
from config.demo import ambassadors_events as demo_ambassadors_events
from config.demo import ambassadors_pay as demo_ambassadors_pay
from config.demo import ambassadors_programme as demo_ambassadors_programme
from config.demo import ambassadors_recruitment as demo_ambassadors_recruitment
from config.demo import ambassadors_testing as demo_ambassadors_testing
from config.demo import ambassadors_tests as demo_ambassadors_tests
from config.demo import chat_desk as demo_chat_desk
from config.demo import chat_inbox as demo_chat_inbox
from config.demo import chat_routing as demo_chat_routing
from config.demo import chat_uplift as demo_chat_uplift
from config.demo import chat_widget as demo_chat_widget
from config.demo import coupons as demo_coupons
from config.demo import crowd, setting, winners
from config.demo import editor as demo_editor
from config.demo import finding as demo_finding
from config.demo import game as demo_game
from config.demo import holds as demo_holds
from config.demo import ideas as demo_ideas
from config.demo import news as demo_news
from config.demo import reading as demo_reading
from config.demo import reviews as demo_reviews
from config.demo import rewards as demo_rewards
from config.demo import safety as demo_safety
from config.demo import shop as demo_shop
from config.demo import time_machine as demo_time_machine
from config.demo.cast import ACCOUNTS
from config.demo.script import Question
from config.demo.stage import Stage
from config.demo.threads import QUESTIONS

SIZES = {"small": 0, "medium": 400, "large": 4000}
PUBLISHED = "demo-demo-demo"
#: Played in one transaction each.
ACT = 50
#: What happened before that was read by everybody concerned.
READ_AFTER = timedelta(days=2)


class Command(BaseCommand):
    """Demo and test data, idempotent, in the past."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="chooses the random part of medium and large")
        parser.add_argument("--size", choices=SIZES, default="small")
        parser.add_argument("--json", action="store_true", help="print accounts and keys as JSON and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and settings.DEMO_PASSWORD == PUBLISHED:
            raise CommandError("The demo's password is published. Set DEMO_PASSWORD to another one, or use DEBUG.")
        now = timezone.now()
        people, topics, products = setting.build(now=now)
        demo_shop.play(people, products, now)
        shop_key = demo_shop.key(now)
        widget_key, widget_secret = demo_chat_widget.play(now)
        stage = Stage(people, topics, products, now)
        played = stage.play(QUESTIONS)
        demo_editor.play(now)
        for act in _acts(options):
            played += stage.play(act)
        winners.thank(now)
        demo_ideas.play(people, products, now)
        demo_reviews.play(people, products, now)
        demo_news.play(people, products, now)
        demo_reading.play(people, topics, products, now)
        demo_safety.play(people, now)
        demo_finding.play(now)
        demo_holds.play(now)
        drain()
        demo_holds.look(now)
        demo_rewards.play(people, now)
        demo_coupons.play(people, products, now)
        demo_game.play(people, now)
        drain()
        demo_chat_desk.play(people, topics, products, now)
        demo_chat_routing.play(now)
        demo_chat_inbox.play(people, now)
        _ambassadors(people, topics, products, now)
        demo_time_machine.play(now)
        _mark_read(now)
        single_use = demo_coupons.single_use(people, now)
        accounts = [
            {"role": person.account, "email": person.email, "password": settings.DEMO_PASSWORD} for person in ACCOUNTS
        ]
        if options["json"]:
            keys = {
                "api_keys": {"shop": shop_key},
                "widget_keys": {"shop": widget_key},
                "widget_secrets": {"shop": widget_secret},
                "coupons": {"single_use": single_use},
            }
            self.stdout.write(json.dumps({"accounts": accounts, **keys}))
            return
        self.stdout.write(f"{played} new questions. Sign in as:")
        for account in accounts:
            self.stdout.write(f"  {account['email']:<24} {account['password']}  ({account['role']})")
        self.stdout.write(f"Key of the demo's shop: {shop_key}")
        self.stdout.write(f"A code for the demo's shop: {single_use}")


def drain() -> None:
    """Let every consumer handle its part of the journal, as a worker would, until nothing is due."""
    for name in sorted(registry.consumers):
        while deliveries.consume(consumer=name, at=timezone.now()):
            pass


def _ambassadors(
    people: dict[str, Member], topics: dict[str, Topic], products: dict[str, Product], now: datetime
) -> None:
    """The programme, the talks that it pays for, and what stands around it."""
    # Before the background looks at their talks: each is paid by the tier of its day.
    demo_ambassadors_programme.play(people, now)
    demo_chat_uplift.play(products, now)
    demo_ambassadors_events.play(people, now)
    demo_ambassadors_testing.play(people, products, now)
    demo_ambassadors_tests.play(people, products, now)
    demo_ambassadors_recruitment.play(people, topics, now)
    drain()
    demo_ambassadors_pay.play(people, products, now)
    drain()
    demo_ambassadors_pay.settle(people, now)
    drain()


def _acts(options: dict[str, Any]) -> Iterator[list[Question]]:
    questions = crowd.questions(SIZES[options["size"]], options["seed"])
    while act := list(islice(questions, ACT)):
        yield act


def _mark_read(now: datetime) -> None:
    """Nobody finds last month's news unread at the first visit."""
    old = Notification.objects.filter(
        read_at=None, created_at__lt=now - READ_AFTER, member__email__endswith="@demo.example"
    )
    old.filter(thread=None).update(read_at=now)
    for member, thread in old.order_by("member", "thread").values_list("member", "thread").distinct():
        notifications.mark_read(member=Member(pk=member), thread_id=thread, at=now)
