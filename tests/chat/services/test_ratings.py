"""Ratings: one for each talk, fair to the one who helped, and the low ones are seen."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from chat.models import Conversation, HelpRequest, Participant, Rating, Responder
from chat.queries import rating_links
from chat.services import help as helping
from chat.services import messages, offers, ratings
from community.models import Activity, Member, Notification, Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Responder:
    return Responder.objects.create(
        member=factories.ambassador(), group="ambassadors", available=True, languages=["en"], seen_at=timezone.now()
    )


def talked(mara: Responder, *, about_order: bool = False, spoke: bool = True, over: bool = True) -> HelpRequest:
    asked = helping.ask(
        by=factories.member(), context=helping.Context(language="en"), question="Which one?", at=timezone.now()
    )
    HelpRequest.objects.filter(pk=asked.pk).update(target="ambassadors", about_order=about_order)
    Conversation.objects.filter(pk=asked.conversation_id).exclude(state="queued").update(state="queued")
    Responder.objects.update(load=0)
    asked.conversation.offers.all().delete()
    offers.take(asked=asked, responder=mara, at=timezone.now())
    if spoke:
        place = Participant.objects.select_related("member", "visitor").get(
            conversation=asked.conversation_id, member=mara.member
        )
        messages.send(participant=place, client_id=uuid.uuid4(), body="The small one.", at=timezone.now())
    if over:
        helping.close(asked=asked, by=mara.member, at=timezone.now())
    return HelpRequest.objects.select_related("conversation", "responder__member", "visitor").get(pk=asked.pk)


def rate(asked: HelpRequest, stars: int = 5, *, text: str = "", shop: bool = False, later: int = 0) -> Rating:
    at = timezone.now() + timedelta(days=later)
    return ratings.rate(asked=asked, stars=stars, text=text, shop_at_fault=shop, at=at)


def kept(mara: Responder) -> tuple[int, int]:
    mara.refresh_from_db()
    return mara.rating_sum, mara.rating_count


def test_a_talk_is_rated_once_and_counts_for_the_person(mara: Responder) -> None:
    asked = talked(mara)
    rating = rate(asked, 4, text="Very kind")
    assert rate(asked, 4, text="Very kind") == rating
    with pytest.raises(ratings.AlreadyRated):
        rate(asked, 1)
    assert (kept(mara), Rating.objects.count()) == ((4, 1), 1)
    assert Activity.objects.get(verb="conversation.rated").facts["stars"] == 4


def test_the_shops_fault_is_not_the_persons(mara: Responder) -> None:
    rate(talked(mara), 1, shop=True)
    assert kept(mara) == (0, 0)


def test_questions_about_orders_never_count_for_an_ambassador(mara: Responder) -> None:
    rate(talked(mara, about_order=True), 1)
    assert kept(mara) == (0, 0)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_only_one_to_five(mara: Responder, stars: int) -> None:
    with pytest.raises(ratings.BadStars):
        rate(talked(mara), stars)
    assert Rating.objects.count() == 0


def test_a_talk_that_goes_on_was_silent_or_is_long_over_is_not_rated(mara: Responder) -> None:
    Responder.objects.update(capacity=5)
    for asked, later in ((talked(mara, over=False), 0), (talked(mara, spoke=False), 0), (talked(mara), 15)):
        with pytest.raises(ratings.NotRatable):
            rate(asked, later=later)
    assert Rating.objects.count() == 0


def test_a_low_rating_alerts_the_managers(mara: Responder) -> None:
    clara: Member = factories.member("Clara Falk", Role.MANAGER)
    rate(talked(mara), 2)
    assert list(Notification.objects.filter(kind=ratings.LOW_RATING).values_list("member", flat=True)) == [clara.pk]


def test_a_link_names_its_talk_and_a_forged_one_nothing(mara: Responder) -> None:
    asked = talked(mara)
    token = rating_links.token_for(asked)
    assert (rating_links.named_by(token), rating_links.named_by(token[:-2] + "xx")) == (asked, None)
