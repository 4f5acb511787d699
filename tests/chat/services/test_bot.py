"""The bot: answers from what the community knows, cites it, and gives way to people."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest
from django.utils import timezone

from chat.models import BotTalk, Conversation, HelpRequest, Message, Participant
from chat.services import bot, messages
from chat.services import help as helping
from community.models import Member, Product, Thread
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill() -> Product:
    return factories.product(name="Grinder G2", facts={"Grind settings": "40", "Weight": "1.8 kg"})


@pytest.fixture
def known(mill: Product) -> Thread:
    thread = factories.thread(title="How do I clean the burrs of the grinder?", product=mill)
    made = factories.answer(thread, body="Take the upper burr out and brush it, **never** with water.")
    from community.services import answers

    answers.accept(answer=made, by=thread.author, at=timezone.now())
    return thread


def asks(by: Member, question: str, mill: Product | None = None, language: str = "en") -> HelpRequest:
    context = helping.Context(phase="before", language=language, product=mill)
    asked = helping.ask(by=by, context=context, question=question, at=timezone.now())
    HelpRequest.objects.filter(pk=asked.pk).update(target="bot", queued_at=None, responder=None)
    Conversation.objects.filter(pk=asked.conversation_id).update(state="active")
    asked.refresh_from_db()
    return asked


def goes_on(asked: HelpRequest, by: Member, question: str) -> None:
    place = Participant.objects.select_related("conversation", "member", "visitor").get(
        conversation=asked.conversation_id, member=by
    )
    messages.send(participant=place, client_id=uuid.uuid4(), body=question, at=timezone.now())


def now() -> datetime:
    return timezone.now()


def test_it_says_what_it_is_answers_in_others_words_and_cites(lena: Member, mill: Product, known: Thread) -> None:
    said = bot.answer(asked=asks(lena, "How can I clean the burrs?", mill), at=now())
    assert said is not None
    assert said.kind == Message.Kind.BOT
    assert said.body.startswith("I am the assistant of Kundenkreis, a program.")
    assert "Take the upper burr out and brush it, never with water." in said.body
    assert f"/threads/{known.pk}/" in said.html
    assert (said.data["sources"], said.data["card"]["sku"]) == ([known.pk], mill.sku)


def test_it_answers_from_the_facts_of_the_product(lena: Member, mill: Product) -> None:
    said = bot.answer(asked=asks(lena, "How many grind settings does it have?", mill), at=now())
    assert said is not None
    assert "Grind settings: 40" in said.body


def test_where_it_knows_nothing_it_says_so_and_invents_nothing(lena: Member) -> None:
    said = bot.answer(asked=asks(lena, "Wie wird das Wetter in Lissabon?", language="de"), at=now())
    assert said is not None
    assert (said.data, BotTalk.objects.get().found) == ({"found": 0, "sources": []}, 0)
    assert "Person" in said.body


def test_what_only_names_the_product_is_no_answer(lena: Member, mill: Product, known: Thread) -> None:
    asked = asks(lena, "Is the Grinder G2 loud in the morning?", mill)
    said = bot.answer(asked=asked, at=now())
    assert said is not None
    assert (said.data["found"], "burr" in said.body) == (0, False)


def test_each_question_is_answered_once_and_it_introduces_itself_once(
    lena: Member, mill: Product, known: Thread
) -> None:
    asked = asks(lena, "How can I clean the burrs?", mill)
    first, again = bot.answer(asked=asked, at=now()), bot.answer(asked=asked, at=now())
    assert (first is not None, again) == (True, None)
    goes_on(asked, lena, "And how heavy is it, what weight?")
    second = bot.answer(asked=asked, at=now())
    assert second is not None
    assert "assistant" not in second.body
    talk = BotTalk.objects.get()
    assert (talk.turns, talk.found) == (2, 2)


def test_the_sweep_answers_what_no_hint_brought(lena: Member, mill: Product, known: Thread) -> None:
    asks(lena, "How can I clean the burrs?", mill)
    assert (bot.answer_waiting(at=now()), bot.answer_waiting(at=now())) == (1, 0)


def test_after_the_hand_over_it_is_silent_and_leaves_a_summary(lena: Member, mill: Product, known: Thread) -> None:
    asked = asks(lena, "How can I clean the burrs?", mill)
    bot.answer(asked=asked, at=now())
    helping.want_person(asked=asked, at=now())
    asked.refresh_from_db()
    assert (asked.summary, BotTalk.objects.get().handed_over_at is None) == ("How can I clean the burrs?", False)
    goes_on(asked, lena, "Hello?")
    before = Message.objects.filter(kind=Message.Kind.BOT).count()
    assert (bot.answer(asked=asked, at=now()), Message.objects.filter(kind=Message.Kind.BOT).count()) == (None, before)
