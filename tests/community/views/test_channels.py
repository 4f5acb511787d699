"""The settings of notifications, and the way out that every mail carries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from community.models import Member, NotificationSetting
from community.queries import channels as queries
from community.services import channels
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
SETTINGS = "/settings/notifications/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def chosen(member: Member) -> dict[str, str]:
    return {choice.group.name: choice.channel for choice in queries.of(member)}


def form(member: Member, **changes: str) -> dict[str, str]:
    said = {f"channel_{name}": channel for name, channel in chosen(member).items()}
    return {**said, **{f"channel_{name}": channel for name, channel in changes.items()}}


def way_out(member: Member, scope: str) -> str:
    return f"/unsubscribe/{channels.token(member, scope)}/"


def test_the_matrix_keeps_what_was_chosen(member: Member, client_for: Callable[[Member], Client]) -> None:
    client = client_for(member)
    said = {**form(member, answers="weekly", points="off"), "quiet_from": "22:00", "quiet_until": "07:00"}
    assert client.post(SETTINGS, said).status_code == 303
    assert (chosen(member)["answers"], chosen(member)["points"], chosen(member)["news"]) == ("weekly", "off", "daily")
    member.refresh_from_db()
    assert (str(member.quiet_from), str(member.quiet_until)) == ("22:00:00", "07:00:00")


@pytest.mark.parametrize(
    "wrong", [{"channel_answers": "telepathy"}, {"channel_moderation": "off"}, {"quiet_from": "22:00"}]
)
def test_what_is_not_offered_is_refused(
    member: Member, client_for: Callable[[Member], Client], wrong: dict[str, str]
) -> None:
    client = client_for(member)
    said = {**form(member), **wrong}
    client.get(SETTINGS)  # the first visit of the day is written down
    with unchanged():
        assert client.post(SETTINGS, said).status_code == 422


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert (client.get(SETTINGS).status_code, client.post(SETTINGS).status_code) == (302, 302)


def test_opening_the_way_out_changes_nothing_and_asks(member: Member, client: Client) -> None:
    address = way_out(member, "answers")
    with unchanged():
        response = client.get(address)
    assert response.status_code == 200
    assert "New answers" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_one_click_ends_the_mails_of_one_kind_without_a_log_in_or_a_token_of_ours(member: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        assert client.post(way_out(member, "answers"), ONE_CLICK).status_code == 200
    assert (chosen(member)["answers"], chosen(member)["mentions"]) == ("in_app", "at_once")


def test_one_click_in_a_digest_ends_what_it_carries(member: Member, client: Client) -> None:
    client.post(way_out(member, "weekly"), ONE_CLICK)
    assert chosen(member)["summary"] == "off"
    client.post(way_out(member, "daily"), ONE_CLICK)
    assert {channel for channel in chosen(member).values() if channel == "daily"} == set()
    assert chosen(member)["answers"] == "at_once"


def test_all_mails_end_at_once(member: Member, client: Client) -> None:
    client.post(way_out(member, "answers"), {"everything": "1"})
    assert set(chosen(member).values()) == {"in_app", "off"}


@pytest.mark.parametrize("spoil", [lambda text: text[:-2], lambda text: "x" + text, lambda text: text.upper()])
def test_a_damaged_link_does_nothing(member: Member, client: Client, spoil: Callable[[str], str]) -> None:
    address = f"/unsubscribe/{spoil(channels.token(member, 'answers'))}/"
    with unchanged():
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


def test_who_left_gets_the_same_answer_as_a_damaged_link(member: Member, client: Client) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert client.post(way_out(member, "all")).status_code == 404
    assert NotificationSetting.objects.count() == 0
