"""The time machine in the admin: who may ask, what the pages say, and that only a second person reaches the past."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Answer, Member, Role
from community.services import answers
from gamification.models import Balance, Counter, Replay, Retroaction, Rule, RuleVersion, Simulation
from gamification.services import replays, retroactions, rules, simulations
from tests import factories, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


@pytest.fixture
def clara() -> Member:
    return staff.manager()


@pytest.fixture
def answer() -> Answer:
    """An answer that earned 10 reputation and 7 credits."""
    made = factories.answer()
    answers.accept(answer=made, by=made.thread.author, at=timezone.now())
    factories.work_off()
    return made


@pytest.fixture
def draft(clara: Member) -> RuleVersion:
    """A draft of somebody else's that pays thirty for an accepted answer."""
    rule = Rule.objects.get(slug="answer-accepted")
    terms = replace(rules.terms_of(rule.versions.get()), reputation=30)
    return rules.write(rule=rule, terms=terms, by=factories.member("Ada Admin", is_staff=True, is_superuser=True))


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def start(draft: RuleVersion) -> str:
    return f"/admin/gamification/simulation/of/{draft.pk}/start/"


def activate(draft: RuleVersion) -> str:
    return f"/admin/gamification/simulation/of/{draft.pk}/activate/"


def test_a_manager_asks_and_reads_what_it_would_have_paid(answer: Answer, clara: Member, draft: RuleVersion) -> None:
    client = signed_in(clara)
    page = client.post(start(draft), follow=True)
    assert b"The recorded history is being evaluated." in page.content
    assert simulations.work_off(at=timezone.now()) == 1
    page = client.get(page.request["PATH_INFO"])
    assert b"It would have paid 200 % more reputation than was paid." in page.content
    assert answer.author.display_name.encode() in page.content
    assert b"instead of 10" in page.content


def test_the_past_waits_for_a_worker_and_tells_its_end(answer: Answer, clara: Member, draft: RuleVersion) -> None:
    client = signed_in(clara)
    client.post(activate(draft), {"revision": draft.revision})
    assert Retroaction.objects.get().asked_by == clara
    assert Balance.objects.get(member=answer.author, currency="reputation").value == 10
    retroactions.work_off(at=timezone.now())
    assert Balance.objects.get(member=answer.author, currency="reputation").value == 30
    assert client.get("/admin/gamification/retroaction/").status_code == 200


def test_what_nobody_has_seen_is_not_activated(clara: Member, draft: RuleVersion) -> None:
    signed_in(clara).post(activate(draft), {"revision": draft.revision + 1})
    assert not Retroaction.objects.exists()


def test_the_writer_does_not_reach_the_past_alone(clara: Member, draft: RuleVersion) -> None:
    RuleVersion.objects.filter(pk=draft.pk).update(written_by=clara)
    signed_in(clara).post(activate(draft), {"revision": draft.revision})
    assert not Retroaction.objects.exists()


def test_a_replay_is_read_and_swapped_in(answer: Answer, clara: Member) -> None:
    Counter.objects.update(value=9)
    client = signed_in(clara)
    client.post("/admin/gamification/replay/start/")
    replays.work_off(at=timezone.now())
    made = Replay.objects.get()
    page = client.get(f"/admin/gamification/replay/{made.pk}/change/")
    assert b"1 difference" in page.content
    client.post(f"/admin/gamification/replay/{made.pk}/swap/")
    assert Counter.objects.get().value == 1
    page = client.get("/admin/gamification/replay/")
    assert page.status_code == 200


@pytest.mark.parametrize("role", [None, Role.AMBASSADOR, Role.AGENT])
def test_others_neither_read_nor_start_nor_swap(role: Role | None, clara: Member, draft: RuleVersion) -> None:
    simulations.ask(version=draft, by=clara, at=timezone.now())
    made = replays.ask(by=None, at=timezone.now())
    client = signed_in(factories.member("Nele Petersen", *([role] if role else [])))
    wanted = Simulation.objects.get().pk
    for address in (
        f"/admin/gamification/simulation/{wanted}/change/",
        f"/admin/gamification/replay/{made.pk}/change/",
    ):
        assert client.get(address).status_code in {302, 403}
    for address in (start(draft), activate(draft), f"/admin/gamification/replay/{made.pk}/swap/"):
        assert client.post(address, {"revision": draft.revision}).status_code in {302, 403}
    assert Simulation.objects.count() == 1
    assert not Retroaction.objects.exists()
    assert not Replay.objects.exclude(applied_at=None).exists()
