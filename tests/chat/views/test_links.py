"""Pages behind signed addresses: rating a talk, and agreeing to its publication, without a log-in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from chat.models import HelpRequest, Publication, Rating, Responder
from chat.queries.signed_links import PUBLICATION, RATING
from chat.services import help as helping
from chat.services import publications
from community.models import Thread
from tests.chat import desks, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben() -> Responder:
    return desks.agent()


@pytest.fixture
def over(ben: Responder) -> HelpRequest:
    asked = desks.helped(ben, desks.asked("Is it loud in the morning?"))
    world.said(asked.conversation, ben.member, "55 decibels.")
    helping.close(asked=asked, by=ben.member, at=timezone.now())
    return HelpRequest.objects.select_related("conversation", "responder__member").get(pk=asked.pk)


@pytest.fixture
def proposed(over: HelpRequest, ben: Responder) -> Publication:
    draft = publications.Draft("Is it loud in the morning?", "Is it loud in the morning?", "55 decibels.")
    return publications.propose(asked=over, by=ben, draft=draft, at=timezone.now())


def test_whoever_holds_the_link_rates_the_talk(over: HelpRequest) -> None:
    address, browser = f"/talks/rate/{RATING.token_for(over)}/", Client(enforce_csrf_checks=True)
    shown = browser.get(address)
    assert "Ben Okafor" in shown.content.decode()
    assert (shown["Referrer-Policy"], shown["X-Robots-Tag"]) == ("no-referrer", "noindex")
    done = browser.post(address, {"stars": "4", "about": "person", "text": "Kind"})
    assert (done.status_code, Rating.objects.get().stars) == (200, 4)


def test_a_rating_without_stars_says_what_is_missing_and_keeps_the_words(over: HelpRequest) -> None:
    answer = Client().post(f"/talks/rate/{RATING.token_for(over)}/", {"text": "Kind"})
    assert (answer.status_code, Rating.objects.count()) == (422, 0)
    assert "Choose 1 to 5 stars." in answer.content.decode()
    assert "Kind" in answer.content.decode()


def test_only_who_was_helped_by_an_ambassador_is_asked_for_a_word_to_them(over: HelpRequest) -> None:
    mara = desks.responder()
    asked = desks.helped(mara, desks.asked())
    world.said(asked.conversation, mara.member, "Mine wakes nobody.")
    helping.close(asked=asked, by=mara.member, at=timezone.now())
    address = f"/talks/rate/{RATING.token_for(asked)}/"
    assert "A word for Mara Lindqvist" in Client().get(address).content.decode()
    assert Client().post(address, {"stars": "5", "word": "You saved me a return."}).status_code == 200
    assert Rating.objects.get().word == "You saved me a return."
    assert "A word for" not in Client().get(f"/talks/rate/{RATING.token_for(over)}/").content.decode()


@pytest.mark.parametrize("path", ["rate", "publish"])
def test_a_forged_link_leads_nowhere(over: HelpRequest, path: str) -> None:
    assert Client().get(f"/talks/{path}/forged:link:here/").status_code == 404


@pytest.mark.parametrize(("answer", "threads"), [("agree", 1), ("decline", 0)])
def test_the_asker_decides_about_these_very_words(proposed: Publication, answer: str, threads: int) -> None:
    address = f"/talks/publish/{PUBLICATION.token_for(proposed)}/"
    assert "55 decibels." in Client().get(address).content.decode()
    assert Thread.objects.count() == 0
    assert Client().post(address, {answer: "1"}).status_code == 200
    assert (Thread.objects.count(), Publication.objects.get().agreed) == (threads, bool(threads))


def test_only_who_helped_proposes_it(over: HelpRequest, ben: Responder) -> None:
    other, browser = desks.agent("Ida Berg"), Client()
    browser.force_login(other.member, backend="django.contrib.auth.backends.ModelBackend")
    words = {"title": "Is it loud in the morning?", "question": "Is it loud?", "answer": "55 decibels."}
    address = f"/desk/{over.conversation_id}/publish/"
    assert browser.post(address, words).status_code == 404
    browser.force_login(ben.member, backend="django.contrib.auth.backends.ModelBackend")
    assert "Is it loud in the morning?" in browser.get(address).content.decode()
    assert browser.post(address, words).status_code == 303
    assert Publication.objects.get().title == "Is it loud in the morning?"
