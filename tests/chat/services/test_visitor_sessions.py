"""Sessions of visitors: known by a token of which only a digest is kept, until they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from chat.models import Visitor, VisitorSession, Widget
from chat.services import visitor_sessions, widgets
from community import vault

pytestmark = pytest.mark.django_db
SHOP = "https://shop.example"


@pytest.fixture
def widget() -> Widget:
    made, _secret = widgets.create(name="Shop", pages=[SHOP], language="de", at=timezone.now())
    return made


def begun(widget: Widget) -> tuple[VisitorSession, str]:
    return visitor_sessions.begin(widget=widget, origin=SHOP, language="en", at=timezone.now())


def test_a_token_finds_its_visitor_and_is_not_stored(widget: Widget) -> None:
    session, token = begun(widget)

    found = visitor_sessions.find(token, timezone.now())

    assert found == session
    assert (session.visitor.language, session.visitor.visits) == ("en", 1)
    assert token not in str(list(VisitorSession.objects.values())) + str(list(Visitor.objects.values()))


@pytest.mark.parametrize("token", ["", "x", "é", "x" * 43])
def test_another_token_finds_nobody(widget: Widget, token: str) -> None:
    begun(widget)

    assert visitor_sessions.find(token, timezone.now()) is None


def test_an_ended_session_is_over_and_others_of_the_visitor_are_not(widget: Widget) -> None:
    session, token = begun(widget)
    now = timezone.now()
    _other, second = visitor_sessions.begin(widget=widget, origin=SHOP, language="en", at=now, visitor=session.visitor)

    visitor_sessions.end(session=session, at=now)
    visitor_sessions.end(session=session, at=now + timedelta(days=1))

    assert visitor_sessions.find(token, now) is None
    assert visitor_sessions.find(second, now) is not None
    session.refresh_from_db()
    assert session.ended_at == now


def test_a_session_runs_out_unless_it_is_used(widget: Widget) -> None:
    session, token = begun(widget)
    later = session.created_at + timedelta(days=29)

    assert visitor_sessions.find(token, session.expires_at) is None
    visitor_sessions.note_use(session=session, at=later)

    assert visitor_sessions.find(token, session.expires_at) is not None
    session.visitor.refresh_from_db()
    assert (session.visitor.visits, session.visitor.seen_at) == (2, later)


def test_many_uses_within_minutes_write_nothing(widget: Widget) -> None:
    session, _token = begun(widget)

    visitor_sessions.note_use(session=session, at=session.created_at + timedelta(minutes=9))

    session.refresh_from_db()
    assert session.expires_at == session.created_at + visitor_sessions.KEPT


def test_a_widget_that_is_switched_off_knows_nobody(widget: Widget) -> None:
    _session, token = begun(widget)

    widgets.change(widget=widget, name="Shop", pages=[SHOP], language="de", greeting="", is_active=False)

    assert visitor_sessions.find(token, timezone.now()) is None


def test_the_secret_is_sealed_and_another_one_replaces_it(widget: Widget) -> None:
    first = widgets.secret_of(widget)
    assert first not in widget.sealed_secret

    second = widgets.renew_secret(widget=widget)

    widget.refresh_from_db()
    assert widgets.secret_of(widget) == second != first
    assert vault.unseal(widget.sealed_secret) == second


def test_a_new_data_key_seals_the_secret_anew(widget: Widget) -> None:
    secret = widgets.secret_of(widget)

    with override_settings(DATA_KEYS=["n" * 40]):
        assert (widgets.reseal(), widgets.reseal()) == (1, 0)
        widget.refresh_from_db()
        assert vault.is_newest(widget.sealed_secret)
        assert widgets.secret_of(widget) == secret


@pytest.mark.parametrize("page", ["shop.example", "http://shop.example", "https://shop.example/path", "*", "null"])
def test_only_origins_are_allowed_to_embed(page: str) -> None:
    with pytest.raises(widgets.NoOrigin):
        widgets.create(name="Shop", pages=[page], language="de", at=timezone.now())

    assert not Widget.objects.exists()
