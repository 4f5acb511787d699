"""Who may see and do what in the admin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.models import Activity, Delivery, Member
from config import managers
from gamification.models import Balance, Counter, Entry
from tests import factories, staff

pytestmark = pytest.mark.django_db

#: What a manager finds in the admin: 200, or 403 where only a superuser may go.
PAGES = {
    "/admin/": 200,
    "/admin/community/thread/": 200,
    "/admin/community/answer/": 200,
    "/admin/community/comment/": 200,
    "/admin/community/member/": 200,
    "/admin/community/activity/": 200,
    "/admin/community/delivery/": 200,
    "/admin/community/notification/": 200,
    "/admin/community/mailing/": 200,
    "/admin/community/mailing/add/": 403,
    "/admin/community/news/": 200,
    "/admin/community/news/add/": 200,
    "/admin/community/product/": 200,
    "/admin/community/product/add/": 200,
    "/admin/community/topic/": 200,
    "/admin/community/topic/add/": 200,
    "/admin/community/brand/": 200,
    "/admin/community/apikey/": 200,
    "/admin/community/apikey/add/": 200,
    "/admin/community/order/": 200,
    "/admin/gamification/rule/": 200,
    "/admin/gamification/rule/add/": 200,
    "/admin/gamification/badge/": 200,
    "/admin/gamification/badge/add/": 200,
    "/admin/gamification/level/": 200,
    "/admin/gamification/entry/": 200,
    "/admin/gamification/balance/": 200,
    "/admin/gamification/counter/": 200,
    "/admin/gamification/award/": 200,
    "/admin/gamification/reward/": 200,
    "/admin/gamification/reward/add/": 200,
    "/admin/gamification/redemption/": 200,
    "/admin/gamification/lot/": 200,
    "/admin/gamification/creditterms/": 200,
    "/admin/community/thread/add/": 403,
    "/admin/community/member/add/": 403,
    "/admin/community/activity/add/": 403,
    "/admin/gamification/entry/add/": 403,
    "/admin/gamification/redemption/add/": 403,
    "/admin/gamification/lot/add/": 403,
    "/admin/auth/group/": 403,
    "/admin/account/emailaddress/": 403,
}
#: What not even a superuser finds.
NOBODY = {
    "/admin/community/mailing/add/",
    "/admin/community/thread/add/",
    "/admin/community/member/add/",
    "/admin/community/activity/add/",
    "/admin/gamification/entry/add/",
    "/admin/gamification/redemption/add/",
    "/admin/gamification/lot/add/",
}


def test_a_manager_finds_the_pages_of_the_desk_and_no_others() -> None:
    client = staff.browser(staff.manager())
    assert {address: client.get(address).status_code for address in PAGES} == PAGES


def test_a_superuser_finds_everything_but_what_nobody_may_add() -> None:
    client = staff.browser(staff.superuser())
    expected = {address: 403 if address in NOBODY else 200 for address in PAGES}
    assert {address: client.get(address).status_code for address in PAGES} == expected


def test_a_member_is_refused_and_a_stranger_is_asked_to_sign_in() -> None:
    member, stranger = staff.browser(factories.member()), staff.browser(None)
    for address in PAGES:
        assert member.get(address, follow=True).status_code == 403, address
        arrived = stranger.get(address, follow=True).redirect_chain[-1][0]
        assert arrived.startswith("/accounts/login/"), address


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_renders_in_both_languages(language: str) -> None:
    factories.accepted_answer()
    clara = staff.manager()
    clara.language = language
    clara.save()
    client = staff.browser(clara)
    for address, status in PAGES.items():
        if status == 200:
            content = client.get(address).content.decode()
            assert f'<html lang="{language}"' in content, address


def test_the_group_holds_exactly_what_the_table_says() -> None:
    group = Group.objects.get(name=managers.NAME)
    held = set(group.permissions.values_list("content_type__app_label", "codename"))
    assert held == {
        (app, f"{verb}_{model}")
        for app, models in managers.PERMISSIONS.items()
        for model, verbs in models.items()
        for verb in verbs
    }


@pytest.mark.parametrize("who", [staff.manager, staff.superuser])
def test_nobody_writes_journal_ledger_or_what_is_derived(who: Callable[[], Member]) -> None:
    factories.accepted_answer()
    factories.work_off()
    factories.answer()  # leaves a delivery waiting
    client = staff.browser(who())
    for model in (Activity, Entry, Balance, Counter, Delivery):
        options = model._meta
        row = model._default_manager.order_by("pk").first()
        assert row is not None
        before = list(model._default_manager.order_by("pk").values())
        place = f"/admin/{options.app_label}/{options.model_name}"
        forged = {"amount": 9999, "value": 9999, "verb": "x", "error": "x", "_save": "1", "post": "yes"}
        statuses = [
            client.post(f"{place}/{row.pk}/change/", forged).status_code,
            client.post(f"{place}/{row.pk}/delete/", forged).status_code,
            client.post(f"{place}/add/", forged).status_code,
        ]
        delete = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes", "index": "0"}
        client.post(f"{place}/", delete)
        assert statuses == [403, 403, 403]
        assert list(model._default_manager.order_by("pk").values()) == before


def test_hostile_words_are_shown_and_never_become_elements() -> None:
    hostile = '<img src=x onerror="alert(1)">'
    asker = factories.member(f"{hostile} Eve")
    asked = factories.thread(asker, title=f"{hostile} and a question", body=f"{hostile} <script>alert(1)</script>")
    factories.comment(factories.answer(asked, body=f"{hostile} answer"), asker, body=f"{hostile} remark")
    client = staff.browser(staff.manager())
    pages = [
        "/admin/",
        "/admin/community/thread/",
        f"/admin/community/thread/{asked.pk}/change/",
        "/admin/community/answer/",
        "/admin/community/comment/",
        "/admin/community/member/",
        f"/admin/community/member/{asker.pk}/change/",
        "/admin/community/activity/",
        "/admin/search/?s=img&extended=1",
    ]
    for address in pages:
        content = client.get(address).content.decode()
        assert "<img src=x" not in content, address
        assert "<script>alert(1)" not in content, address


def test_the_admin_alone_has_the_wider_policy() -> None:
    client = staff.browser(staff.manager())
    wider = client.get("/admin/")["Content-Security-Policy"]
    strict = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval';" in f"{wider};"
    assert "style-src 'self' 'unsafe-inline';" in f"{wider};"
    assert "unsafe" not in strict


@pytest.mark.parametrize(
    "address", ["community/thread", "community/member", "community/activity", "gamification/entry"]
)
def test_a_list_costs_the_same_with_one_row_and_with_thirty(address: str) -> None:
    client = staff.browser(staff.manager())
    factories.accepted_answer()
    factories.work_off()
    costs = [_cost(client, address)]
    for _number in range(10):
        factories.accepted_answer()
    factories.work_off()
    costs.append(_cost(client, address))
    assert costs[0] == costs[1]


def _cost(client: Client, address: str) -> int:
    client.get(f"/admin/{address}/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/admin/{address}/").status_code == 200
    return len(queries)
