"""Advisers and canned replies in the admin: a manager can do it, and only with people who hold the role."""

from __future__ import annotations

import pytest

from chat.models import CannedReply, Responder
from tests import factories, staff
from tests.chat import desks

pytestmark = pytest.mark.django_db
ADD = "/admin/chat/responder/add/"


def test_a_manager_lets_an_ambassador_help() -> None:
    mara, product = factories.ambassador(), factories.product()
    said = {
        "member": mara.pk,
        "group": "ambassadors",
        "is_enabled": "on",
        "capacity": 3,
        "languages": ["de", "en"],
        "products": [product.pk],
    }

    answer = staff.browser(staff.manager()).post(ADD, said)

    made = Responder.objects.get()
    assert answer.status_code == 302
    assert (made.member, made.capacity, made.languages, list(made.products.all())) == (mara, 3, ["de", "en"], [product])


@pytest.mark.parametrize("group", Responder.Group.values)
def test_a_customer_is_not_made_to_help(group: str) -> None:
    clara, lena = staff.manager(), factories.member()
    said = {"member": lena.pk, "group": group, "is_enabled": "on", "capacity": 3, "languages": ["de"]}

    answer = staff.browser(clara).post(ADD, said)

    assert answer.status_code == 200
    assert "does not hold the role" in answer.content.decode()
    assert not Responder.objects.exists()


def test_changing_somebody_leaves_what_moves_meanwhile() -> None:
    mara, clara = desks.responder(load=1, rating_sum=9, rating_count=2), staff.manager()
    said = {"group": "ambassadors", "is_enabled": "", "capacity": 1, "languages": ["en"]}

    staff.browser(clara).post(f"/admin/chat/responder/{mara.pk}/change/", {k: v for k, v in said.items() if v})

    mara.refresh_from_db()
    assert (mara.is_enabled, mara.capacity, mara.languages, mara.load, mara.rating_sum) == (False, 1, ["en"], 1, 9)


def test_a_manager_words_a_reply_in_both_languages() -> None:
    said = {
        "title_de": "Gruß",
        "title_en": "Welcome",
        "body_de": "Hallo.",
        "body_en": "Hello.",
        "group": "",
        "phase": "",
        "position": 0,
        "is_active": "on",
    }

    answer = staff.browser(staff.manager()).post("/admin/chat/cannedreply/add/", said)

    assert answer.status_code == 302
    assert CannedReply.objects.values_list("body_de", "body_en").get() == ("Hallo.", "Hello.")


@pytest.mark.parametrize("page", ["responder", "cannedreply"])
def test_nobody_but_staff_gets_there(page: str) -> None:
    people = [staff.browser(who) for who in (None, factories.member(), desks.responder().member)]

    found = [client.get(f"/admin/chat/{page}/").status_code for client in people]

    assert found == [302, 302, 302]
