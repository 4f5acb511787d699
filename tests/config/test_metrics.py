"""``/metrics``: the figures of a process, for who has the token."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django.fixtures import Settings

from community.models import Delivery
from tests import factories

pytestmark = pytest.mark.django_db
TOKEN = {"Authorization": "Bearer a-token-of-tests"}


@pytest.fixture(autouse=True)
def token(settings: Settings) -> None:
    settings.METRICS_TOKEN = "a-token-of-tests"


def figures(client: Client) -> dict[tuple[str, tuple[str, ...]], float]:
    """Return each sample's value by its name and the values of its labels."""
    text = client.get("/metrics", headers=TOKEN).content.decode()
    families = text_string_to_metric_families(text)
    return {(s.name, tuple(sorted(s.labels.values()))): s.value for family in families for s in family.samples}


def test_what_waits_and_what_is_parked_is_told_by_consumer(client: Client) -> None:
    factories.accepted_answer()
    waiting = Delivery.objects.filter(consumer="gamification").count()
    parked = Delivery.objects.filter(consumer="notifications").first()
    assert parked is not None
    Delivery.objects.filter(pk=parked.pk).update(parked_at=timezone.now())
    found = figures(client)
    assert waiting > 0
    assert found["kundenkreis_deliveries", ("gamification", "waiting")] == waiting
    assert found["kundenkreis_deliveries", ("notifications", "parked")] == 1
    assert found["kundenkreis_journal_lag_seconds", ("gamification",)] >= 0


def test_each_answer_is_timed_by_view_and_status(client: Client) -> None:
    name = "kundenkreis_http_request_seconds_count", ("200", "GET", "healthz")
    before = figures(client).get(name, 0.0)
    client.get("/healthz")
    assert figures(client)[name] == before + 1


def test_a_made_up_method_opens_no_series(client: Client) -> None:
    client.generic("BREW", "/healthz")
    assert not [labels for _name, labels in figures(client) if "BREW" in labels]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}])
def test_without_the_token_there_is_nothing(client: Client, headers: dict[str, str]) -> None:
    assert client.get("/metrics", headers=headers).status_code == 404


def test_without_a_token_set_there_is_nothing_for_anybody(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
