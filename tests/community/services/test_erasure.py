"""Erasure: nobody can tell who it was, everything that others rely on stays, and every counter is right."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from community.models import Activity, Answer, Draft, Follow, Letter, Member, Notification, RoleGrant, Thread
from community.registry import registry
from community.services import erasure, exports
from gamification.models import Balance
from tests import factories
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def erase(member: Member) -> Member:
    erasure.erase(member=member, by=member, at=NOW)
    return Member.objects.get(pk=member.pk)


def test_nothing_says_who_it_was(ambassador: Member) -> None:
    factories.accepted_answer(author=ambassador)
    factories.work_off()
    former = {ambassador.email, ambassador.handle, ambassador.display_name}
    gone = erase(ambassador)
    assert not former & {gone.email, gone.handle, gone.display_name}
    assert (gone.is_active, gone.has_usable_password(), gone.bio, gone.avatar.name) == (False, False, "", "")
    assert not EmailAddress.objects.filter(user=gone).exists()
    assert not RoleGrant.objects.filter(member=gone).exists()
    assert not Notification.objects.filter(member=gone).exists()
    assert not Follow.objects.filter(member=gone).exists()
    assert (gone.standing.role, gone.standing.pin) == ("", {})


def test_is_called_a_former_member_in_the_readers_language(member: Member) -> None:
    erase(member)
    with translation.override("de"):
        assert Member.objects.get(pk=member.pk).display_name == "Ehemaliges Mitglied"
    with translation.override("en"):
        assert Thread(author=Member.objects.get(pk=member.pk)).author.display_name == "Former member"


def test_what_was_written_and_earned_stays(ambassador: Member) -> None:
    answer = factories.accepted_answer(author=ambassador)
    factories.work_off()
    before = list(Balance.objects.order_by("pk").values())
    erase(ambassador)
    assert Answer.objects.visible().get(pk=answer.pk).body == answer.body
    assert list(Balance.objects.order_by("pk").values()) == before
    assert [row for check in registry.verify_checks.values() for row in check()] == []


def test_the_thread_reads_on_without_the_name(client: Client, ambassador: Member) -> None:
    answer = factories.accepted_answer(author=ambassador)
    name = ambassador.display_name
    erase(ambassador)
    page = client.get(answer.thread.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert name not in page
    assert "Former member" in page
    gone = client.get(f"/members/{Member.objects.get(pk=ambassador.pk).handle}/")
    assert (gone.status_code, client.get(f"/members/{ambassador.handle}/").status_code) == (410, 404)


def test_the_former_address_is_told_and_free_again(member: Member) -> None:
    address = member.email
    erase(member)
    assert list(Letter.objects.values_list("to", "key")) == [(address, f"erased:{member.pk}")]
    assert factories.member("Lena Sommer", email=address).pk != member.pk


def test_twice_is_once(member: Member) -> None:
    gone = erase(member)
    with unchanged():
        erasure.erase(member=gone, by=gone, at=NOW)
    assert Activity.objects.filter(verb="member.erased").count() == 1


def test_the_last_administrator_stays() -> None:
    only = factories.member("Ada", is_superuser=True)
    with refused(erasure.LastAdministrator):
        erase(only)
    factories.member("Ben", is_superuser=True)
    assert erase(only).erased_at == NOW


def test_signed_in_browsers_are_out_at_once(member: Member) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": member.email, "password": factories.PASSWORD})
    assert browser.get("/settings/").status_code == 200
    erase(member)
    assert browser.get("/settings/").status_code == 302


def test_drafts_and_copies_go(member: Member) -> None:
    exports.ask(member=member, at=NOW)
    exports.finish_all(at=NOW)
    Draft.objects.create(member=member, kind="thread", content={}, version=1, saved_at=NOW)
    erase(member)
    assert (member.drafts.count(), member.data_exports.count()) == (0, 0)


def test_the_command_erases(member: Member) -> None:
    call_command("erase_member", member.email.upper())
    member.refresh_from_db()
    assert member.erased_at is not None
