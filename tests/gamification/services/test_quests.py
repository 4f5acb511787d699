"""Quests: steps counted on their days, paid once by a rule, taken back and done again exactly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.models import Activity, Answer, Member
from community.refusals import Refusal
from community.services import answers, votes
from gamification import verification
from gamification.models import Balance, Decision, Entry, Quest, QuestCompletion, QuestProgress, RuleVersion
from gamification.queries import decisions
from gamification.queries import quests as queries
from gamification.services import quests
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
DAY = timedelta(days=1)
STEPS = {"accepted_answers": 1, "helpful_votes": 2}


def today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())


def quest(steps: dict[str, int] | None = None, **fields: object) -> Quest:
    made = Quest(
        **{
            "slug": "welcome",
            "name_en": "Welcome",
            "name_de": "Willkommen",
            "first_day": today() - DAY,
            "last_day": today() + DAY,
            "credits": 50,
            **fields,
        }
    )
    quests.keep(quest=made, steps=STEPS if steps is None else steps, by=None, at=timezone.now() - DAY)
    return made


def help_out(member: Member, *, voters: int = 2) -> Answer:
    answer = factories.accepted_answer(author=member)
    for _ in range(voters):
        votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())
    work()
    return answer


def work() -> None:
    factories.work_off()
    assert [d for check in verification.CHECKS.values() for d in check()] == []


def paid(member: Member) -> list[int]:
    rows = Entry.objects.filter(member=member, rule_version__rule__slug="quest-welcome").order_by("id")
    return list(rows.values_list("amount", flat=True))


def test_whoever_does_every_step_is_paid_once(member: Member) -> None:
    made = quest()
    answer = help_out(member, voters=1)
    assert (paid(member), QuestCompletion.objects.count()) == ([], 0)
    votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())
    work()
    assert paid(member) == [50]
    help_out(member)
    assert paid(member) == [50]
    (journey,) = queries.journeys(member, today=today())
    assert (journey.quest, journey.done, journey.completion is not None) == (made, 2, True)


def test_what_is_taken_back_is_paid_back_and_done_again_is_paid_again(member: Member) -> None:
    quest()
    answer = help_out(member)
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    work()
    assert (paid(member), QuestCompletion.objects.get().stands) == ([50, -50], False)
    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
    work()
    assert (paid(member), QuestCompletion.objects.get().stands) == ([50, -50, 50], True)
    verbs = Activity.objects.filter(subject_kind="quest").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["quest.completed", "quest.reopened", "quest.completed"]


def test_what_was_done_on_its_days_before_it_was_written_counts(member: Member) -> None:
    help_out(member)
    quest()
    work()
    assert paid(member) == [50]


def test_what_was_done_on_other_days_does_not(member: Member) -> None:
    quest(first_day=today() + DAY, last_day=today() + DAY * 2)
    help_out(member)
    assert (paid(member), QuestProgress.objects.count()) == ([], 0)


def test_two_quests_pay_their_own(member: Member) -> None:
    quest()
    quest({"accepted_answers": 1}, slug="other", credits=7, name_en="Other")
    help_out(member)
    balance = Balance.objects.get(member=member, currency="credits").value
    assert balance == 7 + 2 * 3 + 50 + 7
    assert paid(member) == [50]
    assert not decisions.without_points(member).exists()


def test_what_a_quest_refuses_for_another_reason_is_told(member: Member) -> None:
    quest()
    quest({"accepted_answers": 1}, slug="other", credits=7, name_en="Other")
    help_out(member)
    rows = Decision.objects.filter(rule_version__rule__slug__startswith="quest-", outcome="refused")
    assert rows.update(facts={"because": "newcomer"}) == 2
    assert decisions.without_points(member).count() == 2


@pytest.mark.parametrize(
    ("code", "steps", "fields"),
    [
        ("quest_empty", {}, {}),
        ("quest_empty", STEPS, {"credits": 0}),
        ("quest_days", STEPS, {"first_day": date(2026, 2, 2), "last_day": date(2026, 2, 1)}),
        ("quest_too_much", STEPS, {"reputation": 501}),
    ],
)
def test_a_refusal_stores_nothing(code: str, steps: dict[str, int], fields: dict[str, object]) -> None:
    before = RuleVersion.objects.count()
    with pytest.raises(Refusal) as refused:
        quest(steps, **fields)
    assert (refused.value.code, Quest.objects.count(), RuleVersion.objects.count()) == (code, 0, before)


def test_terms_stay_once_somebody_is_at_it_and_words_may_change(member: Member) -> None:
    made = quest()
    help_out(member, voters=0)
    made.description = "Warm welcome"
    quests.keep(quest=made, steps=STEPS, by=None, at=timezone.now())
    assert made.rule is not None
    assert [version.number for version in made.rule.versions.all()] == [1]
    with pytest.raises(quests.Running):
        quests.keep(quest=made, steps={"accepted_answers": 2}, by=None, at=timezone.now())
    made.credits = 60
    with pytest.raises(quests.Running):
        quests.keep(quest=made, steps=STEPS, by=None, at=timezone.now())
    assert dict(made.steps.values_list("metric", "count")) == STEPS


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_with_many(
    number: int, member: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(number):
        quest(slug=f"quest-{n}")
    with django_assert_num_queries(4):
        assert len(queries.journeys(member, today=today())) == number
