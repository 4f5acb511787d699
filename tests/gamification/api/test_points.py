"""Ledger, badges and boards over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from community.models import Member, Role
from community.services import answers, votes
from gamification.models import Badge, Entry, Grade, Metric, RuleVersion, Season
from gamification.services import seasons
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]


@pytest.fixture
def helper() -> Member:
    """Somebody with one accepted answer, worked off."""
    made = factories.ambassador(handle="mara")
    factories.accepted_answer(author=made)
    factories.work_off()
    return made


def accepted_rule() -> RuleVersion:
    return RuleVersion.objects.get(verb="answer.accepted", state=RuleVersion.State.ACTIVE)


def english(version: RuleVersion, field: str) -> str:
    with translation.override("en"):
        return str(getattr(version.rule, field))


def test_the_ledger_tells_each_entry_with_its_reason(api_for: ApiFor, helper: Member) -> None:
    rule = accepted_rule()

    page = api_for(helper).get("/api/v1/points/", headers={"Accept-Language": "en"}).json()

    assert (page["next"], page["previous"]) == (None, None)
    assert [row.pop("at") is not None for row in page["results"]] == [True, True]
    entries = Entry.objects.filter(member=helper).order_by("-id")
    amounts = {"reputation": rule.reputation, "credits": rule.credits}
    assert page["results"] == [
        {
            "id": entry.pk,
            "amount": amounts[entry.currency],
            "currency": entry.currency,
            "kind": "grant",
            "reason": english(rule, "reason"),
            "reverses": None,
        }
        for entry in entries
    ]


def test_the_balance_is_the_sum_with_the_level(api_for: ApiFor, helper: Member) -> None:
    rule = accepted_rule()
    helper.standing.refresh_from_db()

    assert api_for(helper).get("/api/v1/points/balance/").json() == {
        "reputation": rule.reputation,
        "credits": rule.credits,
        "level": helper.standing.level,
    }
    assert api_for(factories.member()).get("/api/v1/points/balance/").json()["reputation"] == 0


def test_why_names_rule_deed_and_question(api_for: ApiFor, helper: Member) -> None:
    entry = Entry.objects.filter(member=helper).earliest("id")
    rule, thread = accepted_rule(), helper.answers.get().thread

    told = api_for(helper).get(f"/api/v1/points/{entry.pk}/why/").json()

    assert told["rule"] == {"slug": rule.rule.slug, "name": english(rule, "name"), "version": rule.number}
    assert told["deed"]["verb"] == "answer.accepted"
    assert told["thread"] == {
        "id": thread.pk,
        "title": thread.title,
        "url": f"http://testserver{thread.get_absolute_url()}",
    }


def test_an_entry_taken_back_names_what_it_reverses(api_for: ApiFor, helper: Member) -> None:
    answer = helper.answers.get()
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()

    rows = api_for(helper).get("/api/v1/points/").json()["results"]

    assert [row["kind"] for row in rows] == ["reversal", "reversal", "grant", "grant"]
    assert {row["reverses"] for row in rows[:2]} == {row["id"] for row in rows[2:]}
    assert sum(row["amount"] for row in rows) == 0


PERSONS = ("stranger", "member", "owner", "moderator")
TABLE = [
    ("points/", (401, 200, 200, 200)),
    ("points/balance/", (401, 200, 200, 200)),
    ("points/{entry}/why/", (401, 404, 200, 404)),
    ("badges/", (200, 200, 200, 200)),
    ("members/mara/badges/", (200, 200, 200, 200)),
    ("members/nobody/badges/", (404, 404, 404, 404)),
    ("boards/helpers/", (200, 200, 200, 200)),
    ("boards/other/", (404, 404, 404, 404)),
]


@pytest.mark.parametrize(("path", "expected"), TABLE)
def test_each_person_gets_what_the_table_says(
    api_for: ApiFor, helper: Member, path: str, expected: tuple[int, ...]
) -> None:
    people = [None, factories.member(), helper, factories.member("Clara Vogt", Role.MODERATOR)]
    entry = Entry.objects.filter(member=helper).earliest("id")

    found = [api_for(person).get(f"/api/v1/{path.format(entry=entry.pk)}").status_code for person in people]

    assert tuple(found) == expected


def test_nobody_reads_the_ledger_of_others(api_for: ApiFor, helper: Member) -> None:
    assert api_for(factories.member()).get("/api/v1/points/").json()["results"] == []


def test_badges_tell_what_they_take_and_how_far_the_reader_is(api_for: ApiFor, helper: Member) -> None:
    badge = Badge.objects.create(slug="first-help", name="First help", metric=Metric.ACCEPTED_ANSWERS)
    Grade.objects.create(badge=badge, tier=Grade.Tier.GOLD, threshold=4)

    def row(api: APIClient) -> dict[str, object]:
        rows = api.get("/api/v1/badges/").json()["results"]
        return next(found for found in rows if found["badge"] == "first-help")

    assert row(api_for(helper)) == {
        "badge": "first-help",
        "name": "First help",
        "description": "",
        "pin": {"shape": "scallop", "tone": "spruce", "glyph": "star"},
        "tier": "gold",
        "threshold": 4,
        "holders": 0,
        "percent": None,
        "progress": 1,
        "kept_until": None,
        "earned_at": None,
    }
    assert row(api_for(None))["progress"] is None


def test_a_profile_tells_the_badges_earned(api_for: ApiFor) -> None:
    badge = Badge.objects.create(slug="first-help", name="First help", metric=Metric.ACCEPTED_ANSWERS)
    Grade.objects.create(badge=badge, tier=Grade.Tier.GOLD, threshold=1)
    mara = factories.ambassador(handle="mara")
    factories.accepted_answer(author=mara)
    factories.work_off()

    rows = api_for(None).get("/api/v1/members/mara/badges/").json()["results"]

    assert [row["tier"] for row in rows if row["badge"] == "first-help"] == ["gold"]


@pytest.mark.parametrize("period", ["week", "month", "all"])
def test_the_board_ranks_by_reputation_and_pins_the_readers_own_place(
    api_for: ApiFor, helper: Member, period: str
) -> None:
    second = factories.member("Jonas Weber")
    answer = factories.answer(author=second)
    votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())
    factories.work_off()

    board = api_for(second).get("/api/v1/boards/helpers/", {"period": period}).json()

    assert board["period"] == period
    assert [(row["place"], row["member"]["handle"]) for row in board["results"]] == [(1, "mara"), (2, second.handle)]
    assert board["own"] == board["results"][1]
    assert api_for(None).get("/api/v1/boards/helpers/").json()["own"] is None


def test_topics_and_seasons_have_boards(api_for: ApiFor) -> None:
    topic, today = factories.topic("water"), timezone.localdate()
    season = Season(slug="spring", name="Spring", first_day=today, last_day=today)
    assert api_for(None).get("/api/v1/boards/water/?period=season").status_code == 404
    seasons.keep(season=season, at=timezone.now())
    helper = factories.member()
    factories.accepted_answer(factories.thread(topic=topic), helper)
    factories.work_off()

    for query in ("period=season", "period=season&season=spring", "period=all"):
        board = api_for(helper).get(f"/api/v1/boards/water/?{query}").json()
        assert [row["member"]["handle"] for row in board["results"]] == [helper.handle]
        assert board["around"] == [board["own"]] == board["results"]
    assert api_for(None).get("/api/v1/boards/helpers/?period=season").json()["season"] == {
        "slug": "spring",
        "name": "Spring",
        "first_day": str(today),
        "last_day": str(today),
    }
    assert api_for(None).get("/api/v1/boards/helpers/?period=season&season=other").status_code == 404


def test_quiet_mode_over_http(api_for: ApiFor, helper: Member) -> None:
    api = api_for(helper)
    assert [api.put("/api/v1/members/me/quiet/").status_code for _ in range(2)] == [204, 204]
    board = api.get("/api/v1/boards/helpers/").json()
    assert (board["results"], board["own"]["place"]) == ([], 1)
    assert api.delete("/api/v1/members/me/quiet/").status_code == 204
    assert len(api.get("/api/v1/boards/helpers/").json()["results"]) == 1
    assert api_for(None).put("/api/v1/members/me/quiet/").status_code == 401


def test_an_unknown_period_is_refused(api_for: ApiFor) -> None:
    response = api_for(None).get("/api/v1/boards/helpers/", {"period": "decade"})

    assert (response.status_code, list(response.json()["errors"])) == (400, ["period"])


@pytest.mark.parametrize("number", [1, 30])
def test_ledger_and_board_cost_the_same_with_one_row_and_with_thirty(
    api_for: ApiFor, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    mara = factories.ambassador(handle="mara")
    for _ in range(number):
        factories.accepted_answer(author=mara)
        factories.accepted_answer()
    factories.work_off()
    api = api_for(mara)
    api.get("/api/v1/members/me/")

    for path, queries in {"points/": 3, "points/balance/": 4, "badges/": 7, "boards/helpers/": 9}.items():
        with django_assert_num_queries(queries):
            assert api.get(f"/api/v1/{path}?limit=50").status_code == 200


def test_decisions_tell_what_earned_nothing_and_why(api_for: ApiFor) -> None:
    mara, asker = factories.ambassador(handle="mara"), factories.member()
    for _ in range(4):
        factories.accepted_answer(factories.thread(asker), mara)
    factories.work_off()

    [row] = api_for(mara).get("/api/v1/points/decisions/").json()["results"]

    assert (row["outcome"], row["rule"]["slug"], row["deed"]["verb"]) == (
        "capped",
        "answer-accepted",
        "answer.accepted",
    )
    assert row["facts"] == ["A cap was reached: at most 3 times a week through the same person."]
    assert api_for(factories.member()).get("/api/v1/points/decisions/").json()["results"] == []
    assert api_for(None).get("/api/v1/points/decisions/").status_code == 401
