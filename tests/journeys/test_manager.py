"""The community manager's desk: a deed in full, rules that change without code, books that nobody touches."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from community.models import Member, Role
from config import managers
from gamification.models import Entry
from tests import factories
from tests.journeys.world import World, populated, worked_off

Open = Callable[..., Page]

#: The admin's own theme asks for variables that are not always there.
pytestmark = pytest.mark.ignore_template_errors


@pytest.fixture
def world(transactional_db: None) -> World:
    """A community in which an answer was accepted."""
    return populated()


@pytest.fixture
def clara(transactional_db: None) -> Member:
    """A community manager: limited staff."""
    member = factories.member("Clara Holm", Role.MANAGER, is_staff=True)
    member.groups.add(Group.objects.get(name=managers.NAME))
    return member


def test_clara_sees_the_deed_in_questions_journal_ledger_and_work(
    open_browser: Open, world: World, clara: Member
) -> None:
    page = open_browser(clara)
    page.goto("/admin/")
    for address, seen in (
        ("/admin/community/thread/", world.thread.title),
        ("/admin/community/member/", "Mara Lindqvist"),
        ("/admin/community/activity/", "accepted"),
        ("/admin/gamification/entry/", "Mara Lindqvist"),
        ("/admin/gamification/rule/", "Answer accepted"),
        ("/admin/gamification/badge/", "First solution"),
    ):
        page.goto(address)
        expect(page.get_by_text(seen).first).to_be_visible()
    page.goto("/admin/community/delivery/")
    expect(page.get_by_role("heading", name="Parked")).to_be_visible()


def test_nobody_adds_changes_or_deletes_what_was_booked(open_browser: Open, world: World, clara: Member) -> None:
    entry = Entry.objects.earliest("id")
    page = open_browser(clara)
    page.goto(f"/admin/gamification/entry/{entry.pk}/change/")
    expect(page.locator("[name=_save]")).to_have_count(0)
    for address in ("/admin/gamification/entry/add/", f"/admin/gamification/entry/{entry.pk}/delete/"):
        assert page.request.get(address).status == 403


def test_a_rule_with_a_condition_and_a_cap_is_written_approved_and_pays(
    open_browser: Open, world: World, clara: Member
) -> None:
    ada = factories.member("Ada Admin", is_staff=True, is_superuser=True)
    page = open_browser(clara)
    page.goto("/admin/gamification/rule/")
    page.get_by_role("link", name="Answer accepted").first.click()
    page.get_by_role("button", name="Save and write the next version").click()
    page.wait_for_url("**/admin/gamification/ruleversion/*/change/")
    draft = page.url

    page.get_by_label("Reputation").fill("40")
    conditions = page.get_by_role("group", name="Condition")
    conditions.nth(0).get_by_label("About").select_option(label="At least one of …")
    page.get_by_role("button", name="Add a condition").click()
    conditions.nth(1).get_by_label("About").select_option(label="phase")
    conditions.nth(1).get_by_label("After purchase").check()
    conditions.nth(1).get_by_label("Belongs to").select_option("0")
    expect(conditions.nth(1)).to_have_attribute("data-depth", "1")
    cap = page.get_by_role("group", name="Cap").last
    cap.get_by_label("At most").fill("200")
    cap.get_by_label("Unit").select_option(label="points of reputation")
    told = page.get_by_role("region", name="The rule as a sentence")
    expect(told).to_contain_text("only if: phase: After purchase · 40 points")
    expect(told).to_contain_text("nur wenn gilt: Phase: Nach dem Kauf · 40 Punkte")
    expect(told).to_contain_text("at most 200 points a day")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Nobody earns by it yet.")).to_be_visible()
    expect(page.get_by_text("Ask: Ada Admin.")).to_be_visible()

    desk = open_browser(ada)
    desk.goto(draft)
    desk.get_by_role("button", name="Put in force as saved").click()
    expect(desk.get_by_text("The version is in force from now on.")).to_be_visible()
    helper = factories.ambassador("Aylin Demir")
    factories.accepted_answer(factories.thread(phase="after"), helper)
    factories.accepted_answer(factories.thread(phase="before"), helper)
    worked_off()
    assert Entry.objects.get(member=helper, currency="reputation").amount == 40
    assert Entry.objects.filter(member=world.helper, currency="reputation").earliest("id").amount == 15


def test_the_admin_speaks_german_too(open_browser: Open, world: World, clara: Member) -> None:
    Member.objects.filter(pk=clara.pk).update(language="de")
    page = open_browser(clara)
    page.goto("/admin/community/thread/")
    expect(page.get_by_role("link", name="Fragen").first).to_be_visible()
    expect(page.get_by_text("Gelöst").first).to_be_visible()
