"""The rules as members read them, beside the boards: every one in force as a sentence, and no draft."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from gamification.models import Badge, Rule
from gamification.services import rules
from tests import factories, staff
from tests.gamification import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


def page() -> str:
    return Client().get("/leaderboard/", headers={"accept-language": "en"}).content.decode()


def test_members_read_what_is_in_force_as_sentences() -> None:
    rule = Rule.objects.get(slug="answer-accepted")
    badge = Badge.objects.get(slug="helpful-votes")
    condition = {"all": [{"badge": badge.slug}, {"fact": "topic", "is": "in", "value": [factories.topic().pk]}]}
    world.revise(rule, at=world.BEGINNING, condition=condition)
    drafted = replace(rules.terms_of(rule.versions.get(state="active")), reputation=9_876)
    rules.write(rule=rule, terms=drafted, by=staff.manager())
    said = page()
    assert "only if: holds the badge helpful_votes and topic: " in said
    assert "9876" not in said
