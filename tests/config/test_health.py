"""Whether a node says that it is ready, and what is missing where it is not."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def test_a_whole_node_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        **dict.fromkeys(("database", "broker", "layer"), "ok"),
        "ready": True,
        "journal": {"lag": 0.0, "parked": 0},
    }


def test_a_layer_that_does_not_answer_is_named(client: Client, settings: Settings) -> None:
    layer = "channels_redis.pubsub.RedisPubSubChannelLayer"
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": layer, "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]}}}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"], answer.json()["database"]) == (503, False, "ok")
    assert answer.json()["layer"] != "ok"
