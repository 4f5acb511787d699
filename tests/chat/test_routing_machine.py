"""Routing and queue against a model that is as plain as can be: lists, and a loop over them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chat.models import HelpRequest, Offer, Responder
from chat.queries import waiting
from chat.services import handover, offers, placing
from chat.services import help as helping
from chat.verification import CHECKS
from tests import machines
from tests.chat import desks

pytestmark = pytest.mark.django_db
NOW = timezone.now()
CAPACITIES = {"mara": 1, "jonas": 2, "ben": 1, "aylin": 2}
GROUPS = {"mara": "ambassadors", "jonas": "ambassadors", "ben": "agents", "aylin": "agents"}


@dataclass
class Asked:
    """What the model knows of one question."""

    number: int
    target: str = "ambassadors"
    state: str = "queued"
    helper: str | None = None
    front: bool = False
    since: int = 0
    declines: int = 0
    avoid: list[str] = field(default_factory=list)


@dataclass
class Naive:
    """Everybody who asks, in a list; nothing is clever here."""

    asked: list[Asked] = field(default_factory=list)
    there: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(CAPACITIES, True))

    def load(self, name: str) -> int:
        return sum(one.helper == name and one.state in ("offered", "active") for one in self.asked)

    def line(self, target: str) -> list[Asked]:
        waits = [one for one in self.asked if one.state == "queued" and one.target == target]
        return sorted(waits, key=lambda one: (not one.front, one.since, one.number))

    def able(self, one: Asked) -> list[str]:
        return [n for n, here in self.there.items() if here and GROUPS[n] == one.target and n not in one.avoid]

    def settle(self, one: Asked) -> set[str]:
        """Move on where nobody is left, and return who of those who are free may be asked now."""
        while one.state == "queued":
            able = self.able(one)
            if able and one.declines < placing.DECLINES_MOST:
                return {name for name in able if self.load(name) < CAPACITIES[name]}
            one.target, one.declines = ("agents", 0) if one.target == "ambassadors" else ("message", 0)
            if one.target == "message":
                one.state, one.front = "left_message", False
        return set()


class Routing(RuleBasedStateMachine):
    """Deeds in any order; after each of them the rows say what the model says."""

    @initialize()
    def begin(self) -> None:
        self.model, self.clock = Naive(), 0
        self.atomic = contextlib.ExitStack()
        self.atomic.enter_context(transaction.atomic())
        self.people = {
            name: (desks.responder if GROUPS[name] == "ambassadors" else desks.agent)(name=name, capacity=capacity)
            for name, capacity in CAPACITIES.items()
        }
        self.rows: list[HelpRequest] = []

    def teardown(self) -> None:
        with contextlib.suppress(Exception):
            transaction.set_rollback(True)
        self.atomic.close()

    @property
    def at(self) -> Any:
        return NOW + timedelta(milliseconds=self.clock)

    def serve(self) -> None:
        """The product serves the line; the model is told whom it chose, and says whether it may."""
        line = [one for target in ("ambassadors", "agents") for one in self.model.line(target)]
        placing.serve(at=self.at)
        # There is one order in which those who wait are looked at.
        for one in sorted(line, key=lambda one: (not one.front, one.since, one.number)):
            self.follow(one)

    def follow(self, one: Asked) -> None:
        """One step of the model: whoever was chosen had to be among those who may be asked, if anybody was."""
        may = self.model.settle(one)
        if one.state != "queued" or not may:
            return
        offer = Offer.objects.get(conversation=self.rows[one.number].conversation_id, state="open")
        name = next(n for n, who in self.people.items() if who.pk == offer.responder_id)
        assert name in may
        one.state, one.helper = "offered", name

    @rule()
    def ask(self) -> None:
        self.clock += 1
        asked = helping.ask(by=desks.visitor(), context=helping.Context(language="en"), at=self.at)
        self.rows.append(asked)
        one = Asked(len(self.rows) - 1, since=self.clock)
        helping.want_person(asked=asked, at=self.at)
        self.model.asked.append(one)
        may = self.model.settle(one)
        behind = [other for other in self.model.line(one.target) if other is not one]
        if one.state == "queued" and may and not behind:
            self.follow(one)
        self.serve()

    def pick(self, state: str, number: int) -> Asked | None:
        found = [one for one in self.model.asked if one.state == state and one.helper]
        return found[number % len(found)] if found else None

    def offer(self, one: Asked) -> Offer:
        return Offer.objects.get(conversation=self.rows[one.number].conversation_id, state="open")

    @rule(number=st.integers(0, 9))
    def accept(self, number: int) -> None:
        if one := self.pick("offered", number):
            offers.accept(offer=self.offer(one), at=self.at)
            one.state, one.front, one.target = "active", False, GROUPS[one.helper or ""]

    @rule(number=st.integers(0, 9), silent=st.booleans())
    def decline(self, number: int, silent: bool) -> None:
        if one := self.pick("offered", number):
            offer = self.offer(one)
            if silent:
                Offer.objects.filter(pk=offer.pk).update(expires_at=self.at)
                offers.expire(at=self.at)
            else:
                offers.decline(offer=offer, at=self.at)
            one.avoid.append(one.helper or "")
            one.declines, one.state, one.helper = one.declines + 1, "queued", None
            self.serve()

    @rule(number=st.integers(0, 9), to=st.sampled_from(["ambassadors", "agents"]))
    def hand_over(self, number: int, to: str) -> None:
        if one := self.pick("active", number):
            self.clock += 1
            by = self.people[one.helper or ""]
            handover.to(asked=self.rows[one.number], by=by, target=to, summary="", at=self.at)
            one.avoid, one.declines, one.front, one.since = [one.helper or ""], 0, True, self.clock
            one.target, one.state, one.helper = to, "queued", None
            self.serve()

    @rule(number=st.integers(0, 9))
    def close(self, number: int) -> None:
        if one := self.pick("active", number):
            who = self.people[one.helper or ""].member
            helping.close(asked=self.rows[one.number], by=who, at=self.at)
            one.state, one.helper = "closed", None
            self.serve()

    @rule(name=st.sampled_from(sorted(CAPACITIES)))
    def come_or_go(self, name: str) -> None:
        self.model.there[name] = not self.model.there[name]
        Responder.objects.filter(pk=self.people[name].pk).update(available=self.model.there[name])
        self.serve()

    @invariant()
    def the_rows_say_what_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        names = {who.pk: name for name, who in self.people.items()}
        kept = HelpRequest.objects.select_related("conversation").in_bulk([row.pk for row in self.rows])
        for one in self.model.asked:
            row = kept[self.rows[one.number].pk]
            assert (row.conversation.state, row.target) == (one.state, one.target), one
            assert [names[pk] for pk in row.avoid] == one.avoid
            if one.state == "active":
                assert names[row.responder_id or 0] == one.helper
        loads = dict(Responder.objects.values_list("pk", "load"))
        assert {names[pk]: load for pk, load in loads.items()} == {
            name: self.model.load(name) for name in names.values()
        }
        for target in ("ambassadors", "agents"):
            places = [waiting.place_of(kept[self.rows[one.number].pk], self.at) for one in self.model.line(target)]
            assert [place.position for place in places if place] == list(range(1, len(places) + 1))
        assert not [found for check in CHECKS.values() for found in check()]


def test_routing_and_queue_do_what_a_plain_list_does() -> None:
    machines.run(Routing, examples=6, steps=25)
