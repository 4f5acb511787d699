"""The same thing done by many at the same moment has exactly one effect, on both databases, without any error."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from community.models import Activity, Answer, Delivery, Member, Standing, Thread, Vote
from community.registry import registry
from community.services import answers, deliveries, idempotency, members, threads, votes
from gamification.models import Balance, Entry, Evaluation, Grade, Level, RuleVersion
from gamification.services import adjustments, turns
from tests import factories
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 50


def cast(answer: Answer, voter: Member, value: int = 1) -> int:
    return votes.cast(answer=answer, voter=voter, value=value, at=timezone.now()).score


def accept(answer: Answer) -> None:
    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())


def pay(verb: str) -> int:
    return RuleVersion.objects.get(verb=verb, state=RuleVersion.State.ACTIVE).reputation


def reputation(member: Member) -> int:
    return sum(Balance.objects.filter(member=member, currency="reputation").values_list("value", flat=True))


def voters(number: int) -> list[Member]:
    made: list[Member] = factories.many(factories.member, number)
    return made


@pytest.fixture
def answer() -> Answer:
    return factories.answer()


class TestVotes:
    def test_fifty_votes_of_one_member_count_once(self, answer: Answer) -> None:
        voter = factories.member()

        outcome = at_once([partial(cast, answer, voter)] * CROWD)
        factories.work_off()

        assert (outcome.errors, outcome.refusals, outcome.answers) == ([], [], [1] * CROWD)
        assert list(Vote.objects.values_list("voter", "value", "rounds")) == [(voter.pk, 1, 1)]
        assert Activity.objects.filter(verb="answer.found_helpful").count() == 1
        assert reputation(answer.author) == pay("answer.found_helpful")
        assert differences() == []

    def test_votes_of_fifty_members_all_count(self, answer: Answer) -> None:
        outcome = at_once([partial(cast, answer, voter) for voter in voters(CROWD)])
        factories.work_off()

        answer.refresh_from_db()
        assert (outcome.errors, outcome.refusals) == ([], [])
        assert sorted(outcome.answers) == list(range(1, CROWD + 1))
        assert (answer.score, Thread.objects.get().score) == (CROWD, CROWD)
        assert reputation(answer.author) == CROWD * pay("answer.found_helpful")
        assert differences() == []

    def test_a_storm_of_votes_and_withdrawals_leaves_counters_journal_and_ledger_in_step(self, answer: Answer) -> None:
        storm = [partial(cast, answer, voter, value) for voter in voters(10) for value in (1, 0, 1, 0, 1)]
        random.Random(7).shuffle(storm)

        outcome = at_once(storm)
        factories.work_off()

        standing = Vote.objects.filter(value=1).count()
        answer.refresh_from_db()
        assert (outcome.errors, outcome.refusals) == ([], [])
        assert answer.score == standing
        assert Activity.objects.filter(verb="answer.found_helpful", undone_by=None).count() == standing
        assert reputation(answer.author) == standing * pay("answer.found_helpful")
        assert differences() == []


class TestAcceptances:
    def test_fifty_acceptances_of_one_answer_are_one(self, answer: Answer) -> None:
        outcome = at_once([partial(accept, answer)] * CROWD)
        factories.work_off()

        assert (outcome.errors, outcome.refusals) == ([], [])
        assert Activity.objects.filter(verb="answer.accepted").count() == 1
        assert list(Entry.objects.order_by("currency").values_list("member", "currency", "kind")) == [
            (answer.author_id, "credits", "grant"),
            (answer.author_id, "reputation", "grant"),
        ]
        assert differences() == []

    def test_of_fifty_answers_accepted_at_once_exactly_one_stays_accepted(self) -> None:
        thread = factories.thread()
        helpers = voters(CROWD)
        rivals = [factories.answer(thread, helper) for helper in helpers]

        outcome = at_once([partial(accept, rival) for rival in rivals])
        factories.work_off()

        thread.refresh_from_db()
        accepted = Activity.objects.filter(verb="answer.accepted")
        assert (outcome.errors, outcome.refusals) == ([], [])
        assert accepted.count() == CROWD
        assert list(accepted.filter(undone_by=None).values_list("subject_id", flat=True)) == [thread.accepted_answer_id]
        assert thread.state == Thread.State.SOLVED
        winner = Answer.objects.get(solves=thread).author_id
        assert {member.pk: reputation(member) for member in helpers} == {
            member.pk: pay("answer.accepted") * (member.pk == winner) for member in helpers
        }
        assert differences() == []

    def test_accepting_deleting_and_taking_back_at_once_leaves_everything_in_step(self) -> None:
        thread = factories.thread()
        rivals = [factories.answer(thread, helper) for helper in voters(6)]
        asker = thread.author

        def deeds(rival: Answer) -> list[Callable[[], object]]:
            return [
                partial(accept, rival),
                lambda: answers.unaccept(answer=rival, by=asker, at=timezone.now()),
                lambda: answers.delete(answer=rival, by=rival.author, at=timezone.now()),
                lambda: answers.restore(answer=rival, by=rival.author, at=timezone.now()),
                lambda: factories.comment(rival, asker),
                lambda: threads.delete(thread=thread, by=asker, at=timezone.now()),
                lambda: threads.restore(thread=thread, by=asker, at=timezone.now()),
            ]

        storm = [deed for rival in rivals for deed in deeds(rival)]
        random.Random(11).shuffle(storm)
        outcome = at_once(storm)
        factories.work_off()

        assert (outcome.errors, set(outcome.refusals) - {"gone"}) == ([], set())
        assert differences() == []

    def test_two_askers_who_swap_their_helpers_do_not_wait_in_a_circle(self) -> None:
        one, other = voters(2)
        here, there = factories.thread(), factories.thread()
        pairs = [(factories.answer(here, one), factories.answer(there, other))]
        pairs += [(factories.answer(here, other), factories.answer(there, one))]

        def swap(number: int) -> None:
            for turn in range(12):
                accept(pairs[turn % 2][number])

        outcome = at_once([partial(swap, 0), partial(swap, 1)] * 4)
        factories.work_off()

        assert (outcome.errors, outcome.refusals) == ([], [])
        assert differences() == []


class TestEdits:
    def test_two_threads_that_swap_their_topics_do_not_wait_in_a_circle(self) -> None:
        topics = [factories.topic(), factories.topic()]
        asked = [factories.thread(topic=topic) for topic in topics]

        def swap(number: int) -> None:
            for turn in range(12):
                thread, topic = asked[number], topics[(number + turn) % 2]
                threads.edit(
                    thread=thread, by=thread.author, title=thread.title, body="", phase="before", topic=topic,
                    product=None, at=timezone.now(),
                )  # fmt: skip

        outcome = at_once([partial(swap, 0), partial(swap, 1)] * 4)

        assert (outcome.errors, outcome.refusals) == ([], [])
        assert differences() == []


class TestThresholds:
    def test_a_threshold_waits_for_the_deeds_that_are_being_evaluated(self) -> None:
        helper = factories.ambassador()
        factories.accepted_answer(factories.thread(), helper)
        factories.work_off()
        factories.accepted_answer(factories.thread(), helper)
        grade = Grade.objects.select_related("badge").get(badge__metric="accepted_answers", threshold=10)

        def lower() -> None:
            with transaction.atomic():
                turns.alone()
                Grade.objects.filter(pk=grade.pk).update(threshold=2)
                adjustments.ask(badge=grade.badge, by=None, at=timezone.now())
            connection.close()

        manager = threading.Thread(target=lower)
        with transaction.atomic():
            deliveries.consume(consumer="gamification", at=timezone.now())
            manager.start()
            manager.join(0.5)
            assert manager.is_alive()
        manager.join(30)
        adjustments.work_off(at=timezone.now())
        factories.work_off()

        assert helper.awards.filter(grade=grade).count() == 1
        assert differences() == []

    def test_whoever_joins_while_the_first_level_moves_stands_where_it_is_then(self) -> None:
        joined: list[int] = []

        def join() -> None:
            joined.append(factories.member().pk)
            connection.close()

        newcomer = threading.Thread(target=join)
        with transaction.atomic():
            turns.alone()
            turns.without_newcomers()
            Level.objects.filter(number=1).update(threshold=5)
            adjustments.ask(badge=None, by=None, at=timezone.now())
            newcomer.start()
            newcomer.join(0.5)
            assert newcomer.is_alive()
        newcomer.join(30)
        adjustments.work_off(at=timezone.now())

        assert Standing.objects.get(member__in=joined).level == 0
        assert differences() == []

    # On SQLite whoever writes is alone, whatever it is for.
    if connection.vendor == "postgresql":

        def test_nobody_waits_to_join_for_what_is_done_alone(self) -> None:
            def join() -> None:
                factories.member()
                connection.close()

            newcomer = threading.Thread(target=join)
            with transaction.atomic():
                turns.alone()
                newcomer.start()
                newcomer.join(30)
                assert not newcomer.is_alive()

    def test_everybody_is_brought_in_line_while_deeds_go_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(adjustments, "BATCH", 2)
        helpers = [factories.ambassador() for _ in range(12)]
        for helper in helpers:
            factories.accepted_answer(factories.thread(), helper)
        factories.work_off()
        grade = Grade.objects.select_related("badge").get(badge__metric="accepted_answers", threshold=1)
        with transaction.atomic():
            turns.alone()
            Grade.objects.filter(pk=grade.pk).update(threshold=3)
            adjustments.ask(badge=grade.badge, by=None, at=timezone.now())
            adjustments.ask(badge=None, by=None, at=timezone.now())
        for helper in helpers[::2]:
            for _ in range(2):
                factories.accepted_answer(factories.thread(), helper)

        def evaluate() -> int:
            return sum(deliveries.consume(consumer="gamification", at=timezone.now(), limit=3) for _ in range(20))

        outcome = at_once([evaluate, lambda: adjustments.work_off(at=timezone.now())] * 4)
        factories.work_off()

        assert (outcome.errors, outcome.refusals) == ([], [])
        held = dict(grade.awards.values_list("member_id", "kept_until"))
        assert {helper.pk: held[helper.pk] is None for helper in helpers} == {
            helper.pk: number % 2 == 0 for number, helper in enumerate(helpers)
        }
        assert differences() == []


class TestWorkers:
    def test_eight_workers_on_one_outbox_let_each_deed_take_effect_once(self) -> None:
        helper = factories.ambassador()
        with transaction.atomic():
            accepted = [factories.accepted_answer(factories.thread(), helper) for _ in range(40)]
            for answer in accepted[::4]:
                answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())

        def work() -> int:
            handled = 0
            for name in sorted(registry.consumers) * 40:
                handled += deliveries.consume(consumer=name, at=timezone.now(), limit=3)
            return handled

        waiting = Delivery.objects.count()
        outcome = at_once([work] * 8)
        left = factories.work_off()

        assert outcome.errors == []
        assert sum(outcome.answers) + left == waiting
        assert Delivery.objects.count() == 0
        assert Evaluation.objects.count() == Activity.objects.count()
        assert Entry.objects.filter(kind="grant", currency="reputation").count() == 40
        assert Entry.objects.filter(kind="reversal", currency="reputation").count() == 10
        assert reputation(helper) == 30 * pay("answer.accepted")
        assert differences() == []


class TestIdempotency:
    def test_twenty_repetitions_under_one_key_have_one_effect_and_equal_answers(self) -> None:
        asker = factories.member()

        def ask() -> tuple[int, object]:
            status, response, _replayed = idempotency.once(
                member=asker,
                key="the-same",
                fingerprint="f",
                effect=lambda: (201, {"id": factories.thread(asker).pk}),
            )
            return status, response

        outcome = at_once([ask] * 20)

        assert (outcome.errors, outcome.refusals) == ([], [])
        assert outcome.answers == [(201, {"id": Thread.objects.get().pk})] * 20


class TestMembers:
    def test_twenty_people_of_one_name_sign_up_at_once_and_get_twenty_handles(self) -> None:
        def sign_up(number: int) -> str:
            return members.create(
                email=f"lena{number}@example.com",
                password=None,
                display_name="Lena Sommer",
                language="en",
                at=timezone.now(),
            ).handle

        outcome = at_once([partial(sign_up, number) for number in range(20)])

        assert (outcome.errors, outcome.refusals) == ([], [])
        assert len(set(outcome.answers)) == 20
