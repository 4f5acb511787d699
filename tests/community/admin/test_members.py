"""What a manager may change of a member: the profile and most roles. Powers and addresses stay as they are."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.models import Member, Role, RoleGrant
from tests import factories, staff

pytestmark = pytest.mark.django_db


def _save(by: Member, member: Member, **changes: Any) -> int:
    form = {
        "display_name": member.display_name,
        "handle": member.handle,
        "bio": member.bio,
        "language": member.language,
        "timezone": member.timezone,
        "roles": list(
            RoleGrant.objects.filter(member=member).exclude(role=Role.MANAGER).values_list("role", flat=True)
        ),
        **changes,
    }
    return staff.browser(by).post(f"/admin/community/member/{member.pk}/change/", form).status_code


def test_a_manager_edits_a_profile() -> None:
    lena = factories.member("Lena Sommer")
    assert _save(staff.manager(), lena, display_name="Lena Winter", bio="Filter on Sundays.") == 302
    lena.refresh_from_db()
    assert (lena.display_name, lena.bio) == ("Lena Winter", "Filter on Sundays.")


def test_a_picture_is_encoded_anew() -> None:
    lena = factories.member()
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), "green").save(picture, "PNG")
    assert _save(staff.manager(), lena, avatar=SimpleUploadedFile("me.png", picture.getvalue())) == 302
    lena.refresh_from_db()
    with lena.avatar.open() as file, Image.open(file) as stored:
        assert (stored.format, stored.size) == ("WEBP", (256, 256))


def test_what_is_no_picture_is_refused() -> None:
    lena = factories.member()
    assert _save(staff.manager(), lena, avatar=SimpleUploadedFile("me.png", b"<svg onload=alert(1)>")) == 200
    lena.refresh_from_db()
    assert lena.avatar.name == ""


def test_roles_are_granted_and_withdrawn_through_the_service() -> None:
    clara, lena = staff.manager(), factories.member()
    assert _save(clara, lena, roles=["ambassador"]) == 302
    grant = RoleGrant.objects.get(member=lena)
    assert (grant.role, grant.granted_by) == (Role.AMBASSADOR, clara)
    lena.standing.refresh_from_db()
    assert lena.standing.role == Role.AMBASSADOR
    assert _save(clara, lena, roles=[]) == 302
    lena.standing.refresh_from_db()
    assert (RoleGrant.objects.filter(member=lena).count(), lena.standing.role) == (0, "")


def test_a_manager_makes_no_managers_and_unmakes_none() -> None:
    clara, lena, other = staff.manager(), factories.member(), staff.manager()
    assert _save(clara, lena, roles=["manager"]) == 200
    assert _save(clara, other, roles=[]) == 302
    assert RoleGrant.objects.filter(member=lena).count() == 0
    assert RoleGrant.objects.get(member=other).role == Role.MANAGER


def test_a_superuser_makes_a_manager() -> None:
    lena = factories.member()
    group = Group.objects.get()
    assert _save(staff.superuser(), lena, roles=["manager"], is_active="on", is_staff="on", groups=[group.pk]) == 302
    lena.refresh_from_db()
    assert (lena.is_staff, lena.is_superuser, list(lena.groups.all())) == (True, False, [group])
    assert RoleGrant.objects.get(member=lena).role == Role.MANAGER


@pytest.mark.parametrize("target", ["herself", "another"])
def test_a_manager_gains_no_power_and_changes_no_address_by_a_forged_form(target: str) -> None:
    clara = staff.manager()
    member = clara if target == "herself" else factories.member()
    before = _stored(member)
    forged = {
        "is_superuser": "on", "is_staff": "on", "is_active": "", "groups": [Group.objects.get().pk],
        "user_permissions": [1, 2, 3], "email": "stolen@example.com", "password": "x", "answer_count": 999,
    }  # fmt: skip
    held = list(member.groups.all())
    assert _save(clara, member, **forged) == 302
    assert _stored(member) == before
    assert (list(member.groups.all()), member.user_permissions.count()) == (held, 0)


def test_a_manager_reads_but_never_changes_an_administrator() -> None:
    ada = staff.superuser()
    clara = staff.manager()
    assert staff.browser(clara).get(f"/admin/community/member/{ada.pk}/change/").status_code == 200
    assert _save(clara, ada, display_name="Somebody else", roles=["agent"]) == 403
    ada.refresh_from_db()
    assert (ada.display_name, RoleGrant.objects.filter(member=ada).count()) == ("Ada Admin", 0)


def test_nobody_changes_a_password_in_the_admin() -> None:
    lena = factories.member()
    before = lena.password
    for person in (staff.manager(), staff.superuser()):
        address = f"/admin/community/member/{lena.pk}/password/"
        assert staff.browser(person).post(
            address, {"password1": "n3w-secret!", "password2": "n3w-secret!"}
        ).status_code in (
            302,
            403,
            404,
        )
    lena.refresh_from_db()
    assert lena.password == before


def _stored(member: Member) -> dict[str, Any]:
    """The whole row; only signing in itself may move ``last_login`` and the days of use."""
    row = Member.objects.filter(pk=member.pk).values().get()
    return {name: value for name, value in row.items() if name not in {"last_login", "active_on", "active_days"}}
