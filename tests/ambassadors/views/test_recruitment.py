"""The pages on which one applies: who sees what, what is kept, what a page costs."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ambassadors.models import Application, Campaign, Nomination
from ambassadors.services import programme
from community.models import Role
from tests import factories, staff
from tests.ambassadors import programme_world
from tests.ambassadors import recruiting as world
from tests.staff import browser

pytestmark = pytest.mark.django_db


def form(campaign: Campaign, deed: str = "submit", **said: object) -> dict[str, object]:
    answers = world.answers(campaign)
    return {"deed": deed, "version": 0, **{f"q{name}": value for name, value in answers.items()}, **said}


def test_a_stranger_reads_the_page_and_signs_in_to_apply(client: Client) -> None:
    campaign = world.campaign()
    for address in ("/ambassadors/", campaign.get_absolute_url()):
        page = client.get(address).content.decode()
        assert ("Erzähl anderen davon." in page, "accounts/login" in page, "<textarea" in page) == (True, True, False)
    assert client.post(f"{campaign.get_absolute_url()}apply/", form(campaign)).status_code == 302
    assert not Application.objects.exists()


def test_without_a_campaign_the_page_says_so(client: Client) -> None:
    assert client.get("/ambassadors/").status_code == 200


def test_a_campaign_that_is_not_public_is_there_for_the_team_alone() -> None:
    address = world.campaign(is_public=False).get_absolute_url()
    statuses = [browser(who).get(address).status_code for who in (None, factories.member())]
    assert statuses == [404, 404]


def test_somebody_saves_goes_on_and_sends() -> None:
    lena, campaign = factories.member(language="en"), world.campaign()
    client, address = browser(lena), f"{campaign.get_absolute_url()}apply/"
    first = campaign.questions.order_by("position")[0]
    assert client.post(address, form(campaign, "save", **{f"q{first.name}": "I"})).status_code == 303
    draft = Application.objects.get()
    assert (draft.state, draft.answers[first.name], draft.version) == ("draft", "I", 1)
    kept = client.post(f"{address}draft/", form(campaign, version=1)).content.decode()
    assert 'value="2"' in kept
    stale = client.post(address, form(campaign, "save", **{f"q{first.name}": "Other"}))
    assert (stale.status_code, "Other" in stale.content.decode()) == (409, True)
    empty = client.post(address, form(campaign, version=2, **{f"q{first.name}": ""}))
    assert (empty.status_code, Application.objects.get().state) == (422, "draft")
    sent = client.post(address, form(campaign, version=2))
    assert (sent.status_code, sent.headers["Location"]) == (303, draft.get_absolute_url())
    page = client.get(draft.get_absolute_url()).content.decode()
    assert world.WHY in page
    assert "10 / 10" in page


def test_an_application_is_its_applicants_alone() -> None:
    sent = world.submitted()
    others = (factories.member(), factories.ambassador(), factories.member("Ben", Role.AGENT))
    for address in ("", "withdraw/"):
        found = [browser(who).get(f"{sent.get_absolute_url()}{address}").status_code for who in others]
        assert found == [404, 404, 404]
    for deed in ("accept/", "withdraw/"):
        assert [browser(who).post(f"{sent.get_absolute_url()}{deed}").status_code for who in others] == [404] * 3
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_the_applicant_takes_the_seat_or_withdraws() -> None:
    clara = factories.member("Clara Holm", Role.MANAGER)
    offered = world.moved(world.submitted(), clara, "screened", "offered")
    client = browser(offered.member)
    assert client.post(f"{offered.get_absolute_url()}accept/").status_code == 303
    offered.refresh_from_db()
    assert offered.state == "accepted"
    again = client.post(f"{offered.get_absolute_url()}accept/")
    assert again.status_code == 409
    assert client.post(f"{offered.get_absolute_url()}withdraw/", {"reason": "A new job"}).status_code == 303
    offered.refresh_from_db()
    assert offered.state == "withdrawn"


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_of_applications_costs_the_same(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lena = factories.member()
    at = timezone.now()
    for _ in range(rows):
        campaign = world.campaign()
        Application.objects.create(campaign=campaign, member=lena, state="rejected", saved_at=at, moved_at=at)
    client = browser(lena)
    client.get("/ambassadors/applications/")
    with django_assert_num_queries(5):
        client.get("/ambassadors/applications/")


def test_whose_answer_helped_names_somebody_who_knows_more() -> None:
    topic = factories.topic("water", name_de="Wasser", name_en="Water")
    mara, ingrid = factories.member("Mara Lindqvist"), factories.member("Ingrid Solheim")
    factories.accepted_answer(factories.thread(topic=topic), mara)
    client = browser(mara)
    assert client.post("/ambassadors/nominations/", {"topic": topic.pk, "handle": mara.handle}).status_code == 422
    assert client.post("/ambassadors/nominations/", {"topic": topic.pk, "handle": "nobody-here"}).status_code == 422
    unclear = client.post("/ambassadors/nominations/", {"topic": topic.pk, "handle": "@Ingrid"})
    assert (unclear.status_code, "Do you mean @ingrid-solheim?" in unclear.content.decode()) == (422, True)
    assert (
        browser(ingrid).post("/ambassadors/nominations/", {"topic": topic.pk, "handle": mara.handle}).status_code == 422
    )
    assert client.post("/ambassadors/nominations/", {"topic": topic.pk, "handle": ingrid.handle}).status_code == 303
    assert list(Nomination.objects.values_list("by", "member", "topic")) == [(mara.pk, ingrid.pk, topic.pk)]


def test_each_step_says_who_and_why_in_the_language_of_the_reader() -> None:
    contract, lena = programme_world.agreement(), factories.member("Lena Sommer", language="en")
    sent = world.moved(world.submitted(member=lena), staff.manager(), "screened", "offered", "accepted", "onboarding")
    programme.sign(member=lena, version=contract, language="en", at=timezone.now())
    page = browser(lena).get(sent.get_absolute_url()).content.decode()
    for told in ("The application was sent", "We liked it.", "The offer was taken", "Everything is signed and passed"):
        assert told in page
    assert re.findall(r"(You|Clara Holm|automatically) ·", page) == [
        "automatically", "Clara Holm", "You", "Clara Holm", "Clara Holm", "You",
    ]  # fmt: skip
    lena.language = "de"
    lena.save()
    own = browser(lena)
    assert "Alles ist unterschrieben und bestanden" in own.get(sent.get_absolute_url()).content.decode()
    assert "Alles ist unterschrieben und bestanden" in own.get("/ambassadors/me/agreement/").content.decode()
