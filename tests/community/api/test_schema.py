"""The OpenAPI document is valid, complete and true; the docs page shows all of it."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

#: The names that shops, apps and outside tools rely on.
OPERATIONS = {
    "answers_accept",
    "answers_comments_create",
    "answers_comments_list",
    "answers_create",
    "answers_destroy",
    "answers_list",
    "answers_make_official",
    "answers_make_unofficial",
    "answers_unaccept",
    "answers_unvote",
    "answers_update",
    "answers_vote",
    "applications_create",
    "applications_list",
    "applications_withdraw",
    "availability_retrieve",
    "availability_update",
    "badges_list",
    "boards_retrieve",
    "brand_follow",
    "brand_unfollow",
    "campaigns_list",
    "comments_destroy",
    "consultations_list",
    "contests_list",
    "conversations_close",
    "conversations_create",
    "conversations_files_create",
    "conversations_files_retrieve",
    "conversations_handover",
    "conversations_help_retrieve",
    "conversations_helped_create",
    "conversations_leave_create",
    "conversations_list",
    "conversations_messages_create",
    "conversations_messages_list",
    "conversations_person_create",
    "conversations_rating_create",
    "conversations_read",
    "conversations_retrieve",
    "conversations_typing",
    "coupons_check",
    "coupons_list",
    "coupons_redeem",
    "coupons_refund",
    "coupons_release",
    "coupons_reserve",
    "events_cancel",
    "events_list",
    "events_register",
    "flags_create",
    "follows_list",
    "ideas_create",
    "ideas_list",
    "ideas_retrieve",
    "ideas_unvote",
    "ideas_update",
    "ideas_vote",
    "invitations_accept",
    "invitations_decline",
    "invitations_list",
    "members_badges",
    "members_block",
    "members_blocks_list",
    "members_me",
    "members_me_delete",
    "members_me_export",
    "members_me_update",
    "members_quiet",
    "members_retrieve",
    "members_unblock",
    "members_unquiet",
    "notices_create",
    "notifications_list",
    "notifications_read",
    "offers_accept",
    "offers_decline",
    "offers_list",
    "points_balance",
    "points_decisions",
    "points_list",
    "points_why",
    "product_tests_apply",
    "product_tests_list",
    "product_tests_report",
    "product_tests_report_retrieve",
    "products_follow",
    "products_list",
    "products_retrieve",
    "products_unfollow",
    "reviews_create",
    "reviews_destroy",
    "reviews_find_helpful",
    "reviews_list",
    "reviews_photos_create",
    "reviews_photos_destroy",
    "reviews_update",
    "reviews_withdraw_helpful",
    "rewards_list",
    "rewards_redeem",
    "search_list",
    "shop_customers_update",
    "shop_messages_create",
    "shop_orders_create",
    "shop_products_update",
    "statements_list",
    "threads_comments_create",
    "threads_comments_list",
    "threads_create",
    "threads_destroy",
    "threads_follow",
    "threads_list",
    "threads_me_too",
    "threads_me_too_withdraw",
    "threads_merge",
    "threads_retrieve",
    "threads_similar",
    "threads_unfollow",
    "threads_update",
    "topics_follow",
    "topics_list",
    "topics_unfollow",
    "widget_context_update",
    "widget_session_create",
    "widget_session_delete",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    built: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call] # drf-spectacular's own
    return built


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_the_document_is_valid_and_leaves_nothing_to_guess() -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_every_operation_keeps_its_name(document: dict[str, Any]) -> None:
    assert {operation["operationId"] for _, _, operation in operations(document)} == OPERATIONS


def test_every_address_of_the_api_is_described(document: dict[str, Any]) -> None:
    def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
        for pattern in patterns:
            where = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from addresses(pattern.url_patterns, where)
            elif where.startswith("/api/v1/") and not where.endswith("/schema/"):
                yield where

    assert len(list(addresses(get_resolver().url_patterns))) == len(document["paths"])


def test_members_only_operations_ask_for_a_session_or_a_token(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]

    assert {name: (scheme["type"], scheme["in"]) for name, scheme in schemes.items()} == {
        "appToken": ("apiKey", "header"),
        "siteSession": ("apiKey", "cookie"),
        "shopKey": ("apiKey", "header"),
        "shopSignature": ("apiKey", "header"),
        "visitorToken": ("apiKey", "header"),
    }
    shop = [operation for _, path, operation in operations(document) if "/shop/" in path]
    assert {str(operation["security"]) for operation in shop} == {str([{"shopKey": []}, {"shopSignature": []}])}
    # Anybody may report what is illegal.
    open_to_all = ("/shop/", "/notices/", "/conversations/", "/widget/")
    writing = [
        operation
        for method, path, operation in operations(document)
        if method != "get" and not any(part in path for part in open_to_all)
    ]
    assert {str(operation["security"]) for operation in writing} == {str([{"appToken": []}, {"siteSession": []}])}


def test_every_problem_is_of_the_problem_type(document: dict[str, Any]) -> None:
    for _, _, operation in operations(document):
        problems = {status: told for status, told in operation["responses"].items() if status >= "400"}
        assert {next(iter(told["content"])) for told in problems.values()} == {"application/problem+json"}


@pytest.mark.django_db
def test_the_docs_show_every_operation_and_every_code(client: Client) -> None:
    response = client.get("/api/docs/", headers={"Accept-Language": "en"})
    page = response.content.decode()

    assert response.status_code == 200
    assert [name for name in OPERATIONS if f'id="{name}"' not in page] == []
    for code in ("invalid", "not_found", "own_answer", "not_asker", "rate_limited", "idempotency_key_reused"):
        assert f'id="problem-{code}"' in page
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert ("style=" in page, "http://localhost:8000/_allauth/app/v1/auth/login" in page) == (False, True)


@pytest.mark.django_db
def test_the_document_is_served(client: Client) -> None:
    response = client.get("/api/v1/schema/", {"format": "json"})

    assert response.json()["info"]["title"] == "Kundenkreis"
