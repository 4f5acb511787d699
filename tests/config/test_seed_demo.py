"""The demo: believable, complete, the same after a second run, and refused where its password would be dangerous."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from community.models import Delivery, Member, Notification, Thread
from config.demo.threads import QUESTIONS
from gamification.discounts import Basket
from gamification.models import Award, Balance, Counter, Entry, Grade
from gamification.services import coupon_uses
from tests import factories, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_debug")]


@pytest.fixture
def in_debug(settings: Any) -> None:
    """As ``make run`` sets it."""
    settings.DEBUG = True


def _seed(*options: str) -> str:
    out = io.StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """Seed once for all tests of a class and yield what the command said; each test takes back its own changes.

    Their transactions are savepoints in the one that holds the demo. It is not in DEBUG, as a public demo would be, and
    so with a password of its own.
    """
    public = override_settings(DEBUG=False, DEMO_PASSWORD="another-one-of-ours")
    with django_db_blocker.unblock(), public, transaction.atomic():
        yield json.loads(_seed("--json"))
        transaction.set_rollback(True)


def _rows() -> dict[str, int]:
    models = [
        model for app in ("community", "gamification", "account") for model in apps.get_app_config(app).get_models()
    ]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_the_published_password_is_refused_outside_of_debug() -> None:
    with override_settings(DEBUG=False), pytest.raises(CommandError):
        _seed()
    assert not Member.objects.exists()


@pytest.mark.usefixtures("demo")
class TestDemo:
    """What the demo shows, and what further runs do to it."""

    def test_whose_idea_won_was_thanked(self, demo: dict[str, Any]) -> None:
        paid = Entry.objects.filter(rule_version__rule__slug="idea-won", activity__verb="idea.won")
        assert sorted(paid.values_list("currency", "amount")) == [("credits", 100)] * 2 + [("reputation", 50)] * 2

    def test_a_second_run_adds_nothing_and_everything_adds_up(self, demo: dict[str, Any]) -> None:
        rows = _rows()
        assert json.loads(_seed("--json")) == demo
        assert _rows() == rows
        assert Thread.objects.filter(merged_into=None).count() > len(QUESTIONS)
        assert Delivery.objects.count() == 0
        out = io.StringIO()
        call_command("verify", "--json", stdout=out)

    def test_the_accounts_of_the_interface_can_sign_in(self, demo: dict[str, Any], client: Any) -> None:
        accounts = demo["accounts"]
        assert [(account["role"], account["email"]) for account in accounts] == [
            ("customer", "lena@demo.example"),
            ("ambassador", "mara@demo.example"),
            ("agent", "ben@demo.example"),
            ("manager", "clara@demo.example"),
            ("superuser", "admin@demo.example"),
        ]
        for account in accounts:
            assert client.login(username=account["email"], password=account["password"])
        powers = {m.email: (m.is_staff, m.is_superuser) for m in Member.objects.filter(is_staff=True)}
        assert powers == {"clara@demo.example": (True, False), "admin@demo.example": (True, True)}
        assert not EmailAddress.objects.filter(verified=False).exists()
        assert (
            Member.objects.exclude(email__in=[a["email"] for a in accounts]).filter(password__startswith="!").count()
            == 22
        )

    def test_one_more_accepted_answer_earns_mara_a_badge(self) -> None:
        """The visitor's first acceptance shows the dialog, not only a toast."""
        mara = Member.objects.get(email="mara@demo.example")
        accepted = Counter.objects.get(member=mara, metric="accepted_answers").value
        assert Grade.objects.filter(badge__metric="accepted_answers", threshold=accepted + 1).exists()
        lena = Member.objects.get(email="lena@demo.example")
        before = Award.objects.filter(member=mara).count()
        purse = dict(Balance.objects.filter(member=mara).values_list("currency", "value"))
        factories.accepted_answer(factories.thread(lena), mara)
        factories.work_off()
        assert Award.objects.filter(member=mara).count() == before + 1
        now = dict(Balance.objects.filter(member=mara).values_list("currency", "value"))
        assert now == {currency: value + 15 for currency, value in purse.items()}

    def test_old_news_is_read_and_both_languages_speak(self) -> None:
        unread = Notification.objects.filter(read_at=None)
        assert 0 < unread.count() < Notification.objects.count() / 2
        languages = dict.fromkeys(Thread.objects.values_list("language", flat=True).order_by("language"))
        assert list(languages) == ["de", "en"]
        assert Thread.objects.filter(language="de").count() > 15

    def test_the_pages_show_it_to_everybody(self) -> None:
        thread = Thread.objects.visible().latest("pk")
        for address in ("/", "/threads/", "/leaderboard/", "/badges/", f"/threads/{thread.pk}/", "/ideas/", "/news/"):
            assert staff.browser(None).get(address, follow=True).status_code == 200, address

    def test_larger_demos_are_the_same_for_the_same_seed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from config.management.commands import seed_demo

        monkeypatch.setitem(seed_demo.SIZES, "medium", 20)
        small = Thread.objects.count()
        _seed("--size", "medium", "--seed", "7")
        titles = set(Thread.objects.values_list("title", flat=True))
        _seed("--size", "medium", "--seed", "7")
        assert set(Thread.objects.values_list("title", flat=True)) == titles
        assert Thread.objects.count() == small + 20

    def test_the_code_of_the_demo_is_unused_and_when_it_is_used_the_next_one_is(self, demo: dict[str, Any]) -> None:
        code = demo["coupons"]["single_use"]
        coupon_uses.redeem(code=code, order="W-1", basket=Basket(Decimal("1.00"), "EUR"), at=timezone.now())
        following = json.loads(_seed("--json"))["coupons"]["single_use"]
        assert following != code
        assert coupon_uses.check(code=following, basket=None, at=timezone.now()).coupon.uses == 1
