"""Many people ask at the same moment: nobody gets more than they can hold, and every conversation has one owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from chat.models import Conversation, HelpRequest, Offer, Responder, RoutingRule
from chat.services import handover, offers, placing
from chat.services import help as helping
from tests.chat import desks
from tests.races.crowd import at_once, differences

NOW = timezone.now()
WHERE = helping.Context(language="en")


def to_ambassadors() -> None:
    RoutingRule.objects.create(name="All", is_active=True, target="ambassadors")


def states() -> Counter[str]:
    return Counter(Conversation.objects.values_list("state", flat=True))


@pytest.mark.django_db(transaction=True)
def test_fifty_arrivals_never_exceed_anybody_s_capacity() -> None:
    to_ambassadors()
    for number in range(4):
        desks.responder(name=f"Helper {number}", capacity=3)
    visitors = [desks.visitor() for _ in range(50)]

    outcome = at_once([partial(helping.ask, by=who, context=WHERE, question="Hello", at=NOW) for who in visitors])

    assert (outcome.errors, outcome.refusals) == ([], [])
    placing.serve(at=NOW)
    assert states() == {"offered": 12, "queued": 38}
    assert list(Responder.objects.values_list("load", flat=True)) == [3, 3, 3, 3]
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_a_conversation_has_one_owner_whoever_reaches_for_it() -> None:
    to_ambassadors()
    mara = desks.responder(capacity=1)
    helping.ask(by=desks.visitor(), context=WHERE, at=NOW)
    offer = Offer.objects.get()
    agents = [desks.agent(f"Agent {number}") for number in range(6)]

    outcome = at_once(
        [
            *[partial(offers.accept, offer=offer, at=NOW) for _ in range(4)],
            partial(offers.decline, offer=offer, at=NOW),
            partial(offers.expire, at=NOW + timedelta(seconds=31)),
            partial(helping.leave, asked=HelpRequest.objects.get(), at=NOW),
            *[partial(offers.take, asked=HelpRequest.objects.get(), responder=one, at=NOW) for one in agents],
        ]
    )

    assert outcome.errors == []
    assert Offer.objects.filter(state="open").count() == 0
    owner = HelpRequest.objects.get().responder
    held = {one.pk: one.load for one in Responder.objects.all() if one.load}
    assert held == ({owner.pk: 1} if owner else {})
    assert Responder.objects.get(pk=mara.pk).load <= 1
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_lines_that_move_in_every_direction_at_once_stay_whole() -> None:
    to_ambassadors()
    mine = [desks.responder(name=f"Helper {number}", capacity=2) for number in range(3)]
    team = [desks.agent(f"Agent {number}", capacity=2) for number in range(2)]
    for _ in range(8):
        helping.ask(by=desks.visitor(), context=WHERE, question="Hello", at=NOW)
    open_offers = list(Offer.objects.filter(state="open").order_by("pk"))
    assert len(open_offers) == 6
    for offer in open_offers[:4]:
        offers.accept(offer=offer, at=NOW)
    talks = list(HelpRequest.objects.filter(responder__isnull=False).select_related("responder__member").order_by("pk"))

    deeds: list[Callable[[], object]] = [partial(placing.serve, at=NOW) for _ in range(4)]
    deeds += [partial(offers.decline, offer=offer, at=NOW) for offer in open_offers[4:]]
    deeds += [partial(helping.ask, by=desks.visitor(), context=WHERE, question="Hello", at=NOW) for _ in range(4)]
    for talk in talks[:2]:
        assert talk.responder is not None
        deeds.append(partial(handover.to, asked=talk, by=talk.responder, target="agents", summary="", at=NOW))
    for talk in talks[2:]:
        assert talk.responder is not None
        deeds.append(partial(helping.close, asked=talk, by=talk.responder.member, at=NOW))
    outcome = at_once(deeds)

    assert outcome.errors == []
    placing.serve(at=NOW)
    assert all(one.load <= one.capacity for one in Responder.objects.filter(pk__in=[one.pk for one in mine + team]))
    assert states()["closed"] == 2
    assert differences() == []
    # Nobody waits while somebody who could help has a free place.
    free = Responder.objects.filter(load=0, group="ambassadors").exists()
    waits = HelpRequest.objects.filter(conversation__state="queued", target="ambassadors", avoid=[]).exists()
    assert not (free and waits)
