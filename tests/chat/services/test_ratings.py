"""Ratings: one for each talk, fair to the one who helped, and the low ones are seen."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from chat import personal_data
from chat.models import Conversation, HelpRequest, Message, MessageReport, Participant, Rating, Responder
from chat.queries.signed_links import RATING
from chat.services import help as helping
from chat.services import messages, offers, ratings, reports
from community.models import Activity, Member, Notification, Role
from tests import factories
from tests.unchanged import refused

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


def rate(
    asked: HelpRequest, stars: int = 5, *, text: str = "", word: str = "", shop: bool = False, later: int = 0
) -> Rating:
    at = timezone.now() + timedelta(days=later)
    return ratings.rate(asked=asked, stars=stars, text=text, word=word, shop_at_fault=shop, at=at)


def reported_as_spam(asked: HelpRequest, mara: Responder) -> MessageReport:
    message = Message.objects.get(conversation=asked.conversation, member=asked.member)
    place = Participant.objects.select_related("member").get(conversation=asked.conversation, member=mara.member)
    return reports.report(participant=place, message=message, reason="spam", at=timezone.now())


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


def test_a_word_to_the_ambassador_is_kept_without_what_tells_who_said_it(mara: Responder) -> None:
    asked = talked(mara)
    assert asked.member is not None
    Member.objects.filter(pk=asked.member.pk).update(display_name="Lena Sommer")
    asked = HelpRequest.objects.select_related("conversation", "responder__member", "member").get(pk=asked.pk)
    said = "Thank you Mara.\nYours, Lena (lena@post.example, 0421 55 66 77)"
    rating = rate(asked, word=said)
    assert rating.word == "Thank you Mara. Yours, … (…, …)"
    assert rate(asked, word=said) == rating
    with pytest.raises(ratings.AlreadyRated):
        rate(asked, word="Something else")


def test_nobody_of_the_team_is_promised_a_reader_of_such_words() -> None:
    ben = Responder.objects.create(
        member=factories.member("Ben", Role.AGENT), group="agents", available=True, languages=["en"],
        seen_at=timezone.now(),
    )  # fmt: skip
    asked = talked(ben)
    with refused(ratings.NobodyReadsIt):
        rate(asked, word="Thank you")


def test_the_words_of_a_rating_go_with_who_said_them_and_with_who_was_to_read_them(mara: Responder) -> None:
    Responder.objects.update(capacity=5)
    first, second = (rate(talked(mara), text="Slow", word="Very kind") for _twice in range(2))
    assert first.help.member is not None
    personal_data.empty_requests(first.help.member, timezone.now())
    personal_data.switch_off(mara.member, timezone.now())
    found = Rating.objects.order_by("pk").values_list("pk", "stars", "text", "word")
    assert list(found) == [(first.pk, 5, "", ""), (second.pk, 5, "Slow", "")]


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


@pytest.mark.parametrize(("outcome", "open_to_it"), [("", True), ("removed", False), ("kept", True)])
def test_spam_is_not_rated_and_a_report_alone_stops_nobody(mara: Responder, outcome: str, open_to_it: bool) -> None:
    asked = talked(mara)
    report = reported_as_spam(asked, mara)
    if outcome:
        reports.decide(report=report, by=factories.member(), remove=outcome == "removed", at=timezone.now())
    assert ratings.may_rate(asked, timezone.now()) is open_to_it


def test_a_rating_counts_until_the_team_finds_spam(mara: Responder) -> None:
    asked = talked(mara)
    report = reported_as_spam(asked, mara)
    rate(asked, 1)
    assert kept(mara) == (1, 1)

    reports.decide(report=report, by=factories.member(), remove=True, at=timezone.now())
    assert (kept(mara), Rating.objects.get().counts) == ((0, 0), False)


def test_a_low_rating_alerts_the_managers(mara: Responder) -> None:
    clara: Member = factories.member("Clara Falk", Role.MANAGER)
    rate(talked(mara), 2)
    assert list(Notification.objects.filter(kind=ratings.LOW_RATING).values_list("member", flat=True)) == [clara.pk]


def test_a_link_names_its_talk_and_a_forged_one_nothing(mara: Responder) -> None:
    asked = talked(mara)
    token = RATING.token_for(asked)
    assert (RATING.named_by(token), RATING.named_by(token[:-2] + "xx")) == (asked, None)
