"""The ladder of a question that nobody answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Brand, Escalation, Follow, Member, Notification, Product, Role, Thread
from community.services import answers, brands, escalations, threads
from tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)
Step = Escalation.Step


@pytest.fixture
def machine() -> Product:
    return factories.product("aurora", name="Aurora S1")


@pytest.fixture
def waiting(member: Member, machine: Product) -> Thread:
    return factories.thread(member, product=machine, at=NOW)


@pytest.fixture
def follower(machine: Product) -> Member:
    found = factories.member("Ingrid Berg")
    Follow.objects.create(member=found, product=machine, level=Follow.Level.ALL, at=NOW)
    return found


@pytest.fixture
def agent() -> Member:
    return factories.member("Ben Okafor", Role.AGENT)


def told(kind: str) -> list[Member]:
    return [row.member for row in Notification.objects.filter(kind=kind).order_by("member_id")]


def steps(thread: Thread) -> list[tuple[str, int]]:
    return list(thread.escalations.order_by("id").values_list("step", "told"))


def test_each_step_comes_after_its_time_and_once(
    waiting: Thread, follower: Member, ambassador: Member, agent: Member
) -> None:
    assert escalations.climb(at=NOW + HOUR) == 0
    assert [escalations.climb(at=NOW + hours * HOUR) for hours in (2, 2, 8, 8, 24, 24, 48)] == [1, 0, 1, 0, 1, 0, 0]
    assert steps(waiting) == [(Step.FOLLOWERS, 1), (Step.EXPERTS, 1), (Step.AGENTS, 1)]
    assert [told(kind) for kind in escalations.KINDS.values()] == [[follower], [ambassador], [agent]]


def test_an_answer_ends_it(waiting: Thread, follower: Member, ambassador: Member) -> None:
    escalations.climb(at=NOW + 2 * HOUR)
    answers.create(thread=waiting, author=ambassador, body="Try a finer grind.", at=NOW + 3 * HOUR)
    assert escalations.climb(at=NOW + 48 * HOUR) == 0
    assert steps(waiting) == [(Step.FOLLOWERS, 1)]


def test_an_answer_between_the_look_and_the_step_ends_it_too(waiting: Thread, ambassador: Member) -> None:
    answers.create(thread=waiting, author=ambassador, body="Try a finer grind.", at=NOW)
    assert escalations.take(thread=waiting.pk, step=Step.AGENTS, at=NOW) is None
    assert not Escalation.objects.exists()


def test_nobody_is_told_of_what_is_gone_or_long_past(waiting: Thread, member: Member, follower: Member) -> None:
    threads.delete(thread=waiting, by=member, at=NOW)
    factories.thread(member, product=waiting.product, at=NOW - timedelta(days=60))
    assert escalations.climb(at=NOW + 48 * HOUR) == 0


def test_the_brand_decides_when_and_whether(waiting: Thread, follower: Member, agent: Member) -> None:
    brands.store(brand=Brand(name="Nordlicht", followers_after=0, experts_after=0, agents_after=30))
    brands.changed()
    assert escalations.climb(at=NOW + timedelta(minutes=29)) == 0
    assert escalations.climb(at=NOW + timedelta(minutes=30)) == 1
    assert escalations.climb(at=NOW + 48 * HOUR) == 0
    assert steps(waiting) == [(Step.AGENTS, 1)]


def test_who_asked_is_never_told(machine: Product) -> None:
    asker = factories.member("Mara Lindqvist", Role.AMBASSADOR, Role.AGENT)
    Follow.objects.create(member=asker, product=machine, level=Follow.Level.ALL, at=NOW)
    thread = factories.thread(asker, product=machine, at=NOW)
    escalations.climb(at=NOW + 48 * HOUR)
    assert steps(thread) == [(Step.FOLLOWERS, 0), (Step.EXPERTS, 0), (Step.AGENTS, 0)]


def test_those_are_invited_who_answered_about_the_same_thing(waiting: Thread, machine: Product) -> None:
    ambassadors = [factories.ambassador(f"Ambassador {letter}") for letter in "ABCDEFG"]
    for helper in ambassadors[3:]:
        factories.answer(factories.thread(product=machine), helper)
    factories.answer(factories.thread(product=machine), ambassadors[6])
    for _ in range(3):
        factories.answer(factories.thread(), ambassadors[0])
    assert escalations.readers(waiting, Step.EXPERTS) == [ambassadors[place].pk for place in (6, 3, 4, 5, 0)]


def test_a_page_of_the_ladder_is_bounded(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escalations, "BATCH", 2)
    factories.many(factories.thread, 3, member, at=NOW)
    assert [escalations.climb(at=NOW + 2 * HOUR) for _ in range(3)] == [2, 1, 0]
