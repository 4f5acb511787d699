"""Generated requests, right and wrong ones: no answer that the document does not promise, and no fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests import factories

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call] # drf-spectacular's own
schema = schemathesis.openapi.from_dict(document)
schema.app = application


@pytest.fixture
def token(db: None) -> Iterator[str]:
    """The token of a member who asked, answered and was told things."""
    lena, mara = factories.member(), factories.ambassador(handle="mara")
    factories.product("aurora")
    factories.topic("brewing")
    factories.comment(factories.accepted_answer(factories.thread(lena), mara), lena)
    factories.answer(factories.thread(mara), lena)
    factories.work_off()
    body = {"email": lena.email, "password": factories.PASSWORD}
    signed_in = Client().post("/_allauth/app/v1/auth/login", body, content_type="application/json")
    # The test's transaction lives in one connection, so no request may close it; Django's own client does the same.
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield str(signed_in.json()["meta"]["session_token"])
    for signal in ends:
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=6,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_document_promises(case: schemathesis.Case[Any], token: str) -> None:
    case.call_and_validate(headers={"X-Session-Token": token}, checks=CHECKS)
