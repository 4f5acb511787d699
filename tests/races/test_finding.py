"""Finding, by many at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from community.models import Escalation, Notification, Role, SearchMiss
from community.services import answers, escalations, misses
from tests import factories
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 8


def test_workers_that_climb_together_take_a_step_once() -> None:
    factories.member("Ben Okafor", Role.AGENT)
    thread, now = factories.thread(), timezone.now()

    take = partial(escalations.take, thread=thread.pk, step=Escalation.Step.AGENTS, at=now)
    outcome = at_once([take] * CROWD)

    assert outcome.errors == []
    assert len([taken for taken in outcome.answers if taken]) == 1
    assert (Escalation.objects.get().told, Notification.objects.filter(kind="question.escalated").count()) == (1, 1)


def test_a_question_that_is_answered_meanwhile_is_told_or_not_but_never_after_its_answer() -> None:
    factories.member("Ben Okafor", Role.AGENT)
    thread, helper, now = factories.thread(), factories.ambassador(), timezone.now()

    outcome = at_once(
        [
            partial(escalations.take, thread=thread.pk, step=Escalation.Step.AGENTS, at=now),
            partial(answers.create, thread=thread, author=helper, body="Try a finer grind.", at=now),
        ]
    )

    assert (outcome.errors, len(outcome.answers)) == ([], 2)
    assert escalations.take(thread=thread.pk, step=Escalation.Step.EXPERTS, at=now) is None


def test_searches_in_vain_are_all_counted() -> None:
    outcome = at_once([partial(misses.note, term="Waschmaschine", language="de", at=timezone.now())] * CROWD)

    assert outcome.errors == []
    assert list(SearchMiss.objects.values_list("term", "count")) == [("waschmaschine", CROWD)]
