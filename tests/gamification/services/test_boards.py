"""Boards: reputation by the periods of the day on which it is booked, and by the topic of the deed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from community.models import Member, Role, Topic
from gamification.models import BoardMark, BoardScore, Entry, Season, SeasonDay, TopicScore
from gamification.queries import boards as queries
from gamification.services import boards, seasons
from tests import factories

pytestmark = pytest.mark.django_db
SUNDAY, MONDAY = date(2026, 3, 1), date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WEEK = queries.week(MONDAY)


@pytest.fixture
def topic(db: None) -> Topic:
    return factories.topic()


def entry(member: Member, amount: int, day: date, currency: str = "reputation") -> Entry:
    return Entry(member=member, amount=amount, booked_on=day, currency=currency)


def scores() -> dict[tuple[str, date], int]:
    return {(row.span, row.start): row.score for row in BoardScore.objects.all()}


def season(first: date, last: date, slug: str = "spring") -> Season:
    made = Season(slug=slug, name="Spring", first_day=first, last_day=last)
    seasons.keep(season=made, at=NOON)
    return made


def score(*numbers: int, start: date = MONDAY) -> list[Member]:
    """Members with these scores in the week, in the order of their ids."""
    members = factories.many(factories.member, len(numbers))
    BoardScore.objects.bulk_create(
        BoardScore(span="week", start=start, member=member, score=number)
        for member, number in zip(members, numbers, strict=True)
    )
    return members


def places(member: Member) -> tuple[int, list[tuple[int, int]]]:
    own = queries.place_of(member, WEEK)
    assert own is not None
    return own.place, [(place.place, place.score) for place in queries.around(own, WEEK)]


def test_an_entry_counts_in_its_week_its_month_and_for_ever(member: Member) -> None:
    boards.book([entry(member, 10, SUNDAY), entry(member, 4, MONDAY)])
    assert scores() == {
        ("week", date(2026, 2, 23)): 10,
        ("week", MONDAY): 4,
        ("month", date(2026, 3, 1)): 14,
        ("all", date(2000, 1, 1)): 14,
    }


def test_a_reversal_restores_the_board_of_the_original_day(member: Member) -> None:
    boards.book([entry(member, 10, SUNDAY)])
    boards.book([entry(member, -10, SUNDAY)])
    assert set(scores().values()) == {0}


def test_credits_do_not_count(member: Member) -> None:
    boards.book([entry(member, 10, SUNDAY, "credits")])
    assert scores() == {}


def test_a_day_of_a_season_counts_there_too(member: Member) -> None:
    season(SUNDAY, SUNDAY)
    boards.book([entry(member, 10, SUNDAY), entry(member, 4, MONDAY)])
    assert scores()["season", SUNDAY] == 10


def test_a_deed_counts_on_the_board_of_its_topic(topic: Topic) -> None:
    factories.accepted_answer(factories.thread(topic=topic))
    factories.accepted_answer()
    factories.work_off()
    assert {(row.topic, row.span, row.score) for row in TopicScore.objects.select_related("topic")} == {
        (topic, span, 15) for span in ("week", "month", "all")
    }


def test_a_season_begun_before_it_was_named_counts_what_the_ledger_knows(topic: Topic) -> None:
    answer = factories.accepted_answer(factories.thread(topic=topic))
    factories.work_off()
    booked = Entry.objects.filter(currency="reputation").get().booked_on
    made = season(booked, booked)
    found = queries.board("season", today=booked, topic=topic)
    assert found == queries.Board("season", booked, topic, made)
    assert [(place.member, place.score) for place in queries.best(found)] == [(answer.author, 15)]


def test_seasons_share_no_day() -> None:
    made = season(date(2026, 3, 1), date(2026, 3, 31))
    with pytest.raises(seasons.Overlaps):
        season(date(2026, 3, 31), date(2026, 4, 2), "late")
    assert list(Season.objects.all()) == [made]
    assert SeasonDay.objects.count() == 31


def test_a_season_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(seasons.BadDays):
        season(MONDAY, SUNDAY)
    assert not Season.objects.exists()


def test_a_moved_season_lets_its_former_days_go(member: Member) -> None:
    made = season(SUNDAY, SUNDAY)
    made.first_day = made.last_day = MONDAY
    seasons.keep(season=made, at=NOON)
    boards.book([entry(member, 10, SUNDAY), entry(member, 4, MONDAY)])
    assert [(row.start, row.score) for row in BoardScore.objects.filter(span="season")] == [(MONDAY, 4)]


def test_the_own_place_stands_among_its_neighbours() -> None:
    members = score(50, 40, 30, 30, 20, 10)
    assert places(members[3]) == (4, [(2, 40), (3, 30), (4, 30), (5, 20), (6, 10)])
    assert places(members[0]) == (1, [(1, 50), (2, 40), (3, 30)])


@pytest.mark.parametrize("numbers", [(9, 8, 7, 6, 5, 4, 3), (5, 5, 5, 5, 5, 5, 5), (9, 9, 5, 5, 5, 3, 3)])
def test_marks_change_no_place(numbers: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "STEP", 2)
    members = score(*numbers)
    counted = [places(member) for member in members]
    boards.mark(at=NOON)
    assert [mark.place for mark in BoardMark.objects.all()] == [2, 4, 6]
    assert [places(member) for member in members] == counted


def test_boards_of_topics_are_marked_for_themselves(topic: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "STEP", 1)
    (first, second) = score(7, 9)
    TopicScore.objects.create(topic=topic, span="week", start=MONDAY, member=first, score=3)
    boards.mark(at=NOON)
    boards.mark(at=NOON)
    found = BoardMark.objects.values_list("topic", "place", "member").order_by("topic_id", "place")
    assert sorted(found, key=str) == sorted(
        [(None, 1, second.pk), (None, 2, first.pk), (topic.pk, 1, first.pk)], key=str
    )


def test_who_is_hidden_is_told_their_place_and_nobody_else_is() -> None:
    first, second, third = score(30, 20, 10)
    boards.show(member=second, shown=False, at=NOON)
    assert [place.member for place in queries.best(WEEK)] == [first, third]
    assert places(second) == (2, [(1, 30), (2, 20), (3, 10)])
    assert places(third)[0] == 2
    boards.show(member=second, shown=True, at=NOON)
    assert [place.member for place in queries.best(WEEK)] == [first, second, third]


def test_the_team_has_no_place() -> None:
    agent = factories.member("Ben Okafor", Role.AGENT)
    BoardScore.objects.create(span="week", start=MONDAY, member=agent, score=99)
    assert (queries.place_of(agent, WEEK), queries.best(WEEK)) == (None, [])


def test_booking_takes_as_many_statements_for_many_entries(
    member: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 30):
        with django_assert_num_queries(3):
            boards.book([entry(member, 10, SUNDAY) for _ in range(number)])
