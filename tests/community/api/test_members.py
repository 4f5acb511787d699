"""Members over HTTP: oneself and others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from community.models import Member
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]
ME = "/api/v1/members/me/"


def test_others_see_the_public_profile_without_address_and_progress(api_for: ApiFor, member: Member) -> None:
    factories.thread(member)

    told = api_for(None).get(f"/api/v1/members/{member.handle}/").json()

    assert told.pop("joined_at") is not None
    assert told == {
        "handle": member.handle,
        "name": "Lena Sommer",
        "avatar": None,
        "role": None,
        "level": 1,
        "url": f"http://testserver{member.get_absolute_url()}",
        "bio": "",
        "questions": 1,
        "answers": 0,
        "accepted_answers": 0,
        "helpful_votes": 0,
    }


def test_oneself_sees_the_rest_too(api_for: ApiFor, member: Member) -> None:
    told = api_for(member).get(ME).json()

    own = {name: told[name] for name in ("email", "language", "timezone", "level_progress")}
    assert own == {"email": member.email, "language": "en", "timezone": "Europe/Berlin", "level_progress": 0}


def test_a_change_touches_only_what_was_sent(api_for: ApiFor, member: Member) -> None:
    response = api_for(member).patch(ME, {"name": "Lena  S.", "bio": "Roasts at home.", "timezone": "Europe/Lisbon"})

    assert response.status_code == 200
    member.refresh_from_db()
    assert (member.display_name, member.bio, member.timezone) == ("Lena S.", "Roasts at home.", "Europe/Lisbon")
    assert member.language == "en"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"timezone": "Mars/Olympus"}, "unknown_timezone"),
        ({"language": "xx"}, "invalid_choice"),
        ({"handle": "No Spaces"}, "invalid"),
        ({"name": "x"}, "min_length"),
        ({"bio": "x" * 281}, "max_length"),
    ],
)
def test_a_wrong_change_is_refused(api_for: ApiFor, member: Member, change: dict[str, str], code: str) -> None:
    response = api_for(member).patch(ME, change)

    assert response.status_code == 400
    assert [[one["code"] for one in several] for several in response.json()["errors"].values()] == [[code]]


@pytest.mark.parametrize("handle", ["taken", "admin", "support"])
def test_a_handle_that_is_taken_or_reserved_is_refused(api_for: ApiFor, member: Member, handle: str) -> None:
    factories.member("Somebody Else", handle="taken")
    before = member.handle

    response = api_for(member).patch(ME, {"handle": handle})

    assert (response.status_code, response.json()["code"]) == (409, "handle_taken")
    assert list(response.json()["errors"]) == ["handle"]
    member.refresh_from_db()
    assert member.handle == before


def test_the_address_and_rights_cannot_be_changed_here(api_for: ApiFor, member: Member) -> None:
    api_for(member).patch(ME, {"email": "other@example.com", "is_staff": True, "is_superuser": True})

    member.refresh_from_db()
    assert (member.email.startswith("member"), member.is_staff, member.is_superuser) == (True, False, False)


def test_an_unknown_member_is_not_found(api_for: ApiFor) -> None:
    assert api_for(None).get("/api/v1/members/nobody/").json()["code"] == "not_found"
