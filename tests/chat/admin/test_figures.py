"""Clara reads the chat's figures in words; who may not look at single talks does not see their sums."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from chat.models import BotTalk
from tests import factories
from tests.chat import desks
from tests.staff import browser, lenient_templates, manager

__all__ = ["lenient_templates"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lenient_templates")]
URL = "/admin/chat/bottalk/figures/"


def test_clara_reads_what_the_bot_solves_and_that_nothing_can_be_compared_yet() -> None:
    at = timezone.now() - timedelta(days=2)
    asked = desks.asked(asked_at=at, queued_at=None)
    type(asked.conversation).objects.update(state="active")
    BotTalk.objects.create(help=asked, began_at=at, turns=1, found=1)

    page = browser(manager()).get(URL).content.decode()

    assert "of 1 talk solved without a person (it may be between 21 and 100 %)" in page
    assert "There is nothing to compare yet." in page


def test_without_any_talk_it_says_so() -> None:
    assert "Nobody has talked to the bot yet" in browser(manager()).get(URL).content.decode()


def test_nobody_else_sees_them(client: Client) -> None:
    assert client.get(URL).status_code == 302
    client.force_login(factories.member())
    assert client.get(URL).status_code == 302
