"""Members: sign up under a handle of their own, keep a profile."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from community.models import Member, Standing
from community.models.member import HANDLE_PATTERN
from community.services import members
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def sign_up(name: str, email: str = "lena@example.com") -> Member:
    return members.create(email=email, password="a-long-password", display_name=name, language="de", at=NOW)


def test_a_new_member_has_a_handle_a_standing_and_a_hashed_password() -> None:
    member = sign_up("Lena Sommer", "Lena@Example.com")
    assert (member.email, member.handle, member.joined_at) == ("lena@example.com", "lena-sommer", NOW)
    assert member.check_password("a-long-password")
    assert list(Standing.objects.values_list("member", "level", "role")) == [(member.pk, 1, "")]


@pytest.mark.parametrize(
    "name", ["Lena Sommer", "Ö", "李", "", "admin", "me", "a" * 60, "-- --", "Żółć Ąę", "<script>alert(1)</script>"]
)
def test_every_name_gets_a_valid_free_handle(name: str) -> None:
    handles = [sign_up(name, f"m{number}@example.com").handle for number in range(3)]
    assert len(set(handles)) == 3
    assert [handle for handle in handles if not re.fullmatch(HANDLE_PATTERN, handle)] == []
    assert members.RESERVED.isdisjoint(handles)


def test_an_address_has_one_account_whatever_its_case() -> None:
    sign_up("Lena Sommer")
    with refused(members.AddressTaken):
        sign_up("Somebody Else", "LENA@example.com")


def test_a_taken_handle_is_refused(member: Member) -> None:
    other = sign_up("Mara Lindqvist", "mara@example.com")
    with refused(members.HandleTaken):
        members.edit(member=other, handle=member.handle, at=NOW)
    assert other.handle == "mara-lindqvist"


def test_a_profile_changes_what_is_named_only(member: Member) -> None:
    members.edit(member=member, bio="Filter, mostly.", language="de", at=NOW)
    fresh = Member.objects.get(pk=member.pk)
    assert (fresh.bio, fresh.language, fresh.display_name) == ("Filter, mostly.", "de", "Lena Sommer")
