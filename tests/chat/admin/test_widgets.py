"""A manager makes widgets for shops; their secrets are shown once."""

from __future__ import annotations

import re

import pytest

from chat.models import Widget
from chat.services import widgets
from tests import staff
from tests.chat.shops import SHOP, widget

pytestmark = pytest.mark.django_db
ADD = "/admin/chat/widget/add/"
FORM = {"name": "Webshop", "pages": f"{SHOP}\nhttps://SHOP.example/", "language": "de", "greeting": ""}


def secrets_in(page: bytes) -> list[str]:
    return re.findall(r"\b[0-9a-f]{64}\b", page.decode())


def test_a_widget_is_made_and_its_secret_shown_once() -> None:
    desk = staff.browser(staff.manager())

    shown = desk.post(ADD, FORM)

    row = Widget.objects.get()
    assert (row.name, row.origins, row.is_active) == ("Webshop", [SHOP], True)
    assert secrets_in(shown.content) == [widgets.secret_of(row)]
    assert f"/widget.js?key={row.key}" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    later = desk.get(f"/admin/chat/widget/{row.pk}/change/").content
    assert secrets_in(later) == []
    assert row.sealed_secret not in later.decode()


@pytest.mark.parametrize("pages", ["", "shop.example", "https://shop.example/path", "*"])
def test_what_is_no_origin_is_explained(pages: str) -> None:
    answer = staff.browser(staff.manager()).post(ADD, {**FORM, "pages": pages})

    assert (answer.status_code, Widget.objects.count()) == (200, 0)


def test_a_change_keeps_key_and_secret_and_a_new_secret_is_asked_for() -> None:
    row = widget()
    key, secret = row.key, widgets.secret_of(row)
    desk = staff.browser(staff.manager())
    place = f"/admin/chat/widget/{row.pk}/change/"

    changed = desk.post(place, {**FORM, "name": "Renamed", "is_active": "on"})
    row.refresh_from_db()
    assert (changed.status_code, row.name, row.key, widgets.secret_of(row)) == (302, "Renamed", key, secret)

    renewed = desk.post(place, {**FORM, "is_active": "on", "renew": "on"})
    row.refresh_from_db()
    assert secrets_in(renewed.content) == [widgets.secret_of(row)]
    assert widgets.secret_of(row) != secret
