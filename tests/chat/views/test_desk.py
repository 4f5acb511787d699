"""The desk: who gets in, what stands there, and what can be done."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chat.models import Conversation, HelpRequest, Message, Offer, Responder
from chat.services import messages
from community.models import Member, Role
from tests import factories
from tests.chat import desks, world
from tests.staff import browser
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]

#: Who asks, then: the desk, a talk that Mara helps with, an offer to Mara, somebody who waits for ambassadors.
ACCESS = [
    ("stranger", 302, 302, 302, 302),
    ("member", 404, 404, 404, 404),
    ("ambassador without a desk", 200, 404, 404, 404),
    ("another ambassador", 200, 404, 404, 303),
    ("agent", 200, 404, 404, 404),
    ("switched off", 200, 404, 404, 404),
    ("manager", 200, 404, 404, 404),
    ("Mara", 200, 200, 303, 303),
]


PEOPLE: dict[str, Callable[[], Member]] = {
    "member": factories.member,
    "ambassador without a desk": lambda: factories.ambassador("Aylin Demir"),
    "another ambassador": lambda: desks.responder(name="Aylin Demir").member,
    "agent": lambda: desks.agent().member,
    "switched off": lambda: desks.responder(name="Emil Haugen", is_enabled=False).member,
    "manager": lambda: factories.member("Clara Holm", Role.MANAGER),
}


@pytest.mark.parametrize(("who", "desk", "talk", "accept", "take"), ACCESS)
def test_a_desk_is_its_helpers_own(who: str, desk: int, talk: int, accept: int, take: int) -> None:
    mara = desks.responder(capacity=5)
    helped = desks.helped(mara)
    mara.refresh_from_db()
    offer, waiting = desks.offered(mara), desks.asked(target="ambassadors")
    client = browser(mara.member if who == "Mara" else PEOPLE[who]() if who in PEOPLE else None)

    answers = [
        client.get("/desk/"),
        client.get(f"/desk/{helped.conversation_id}/"),
        client.post(f"/desk/offers/{offer.pk}/accept/"),
        client.post(f"/desk/{waiting.conversation_id}/take/"),
    ]

    assert [answer.status_code for answer in answers] == [desk, talk, accept, take]


def seen(member: Member) -> Client:
    """The browser of somebody who was here today already: that they came is not noted again."""
    client = browser(member)
    client.get("/settings/")
    return client


DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("say", {"client_id": uuid.uuid4(), "body": "Hello"}),
    ("show", {"client_id": uuid.uuid4(), "product": "aurora"}),
    ("handover", {"to": "agents", "summary": ""}),
    ("note", {"text": "Small kitchen."}),
    ("close", {}),
]


@pytest.mark.parametrize(("deed", "said"), DEEDS, ids=[deed for deed, _said in DEEDS])
def test_nobody_else_does_anything_in_a_talk(deed: str, said: dict[str, Any]) -> None:
    factories.product("aurora")
    helped = desks.helped(desks.responder())
    people = (factories.member(), desks.responder(name="Aylin Demir").member, desks.agent().member)
    others = [seen(who) for who in people]

    with unchanged():
        found = [client.post(f"/desk/{helped.conversation_id}/{deed}/", said).status_code for client in others]

    assert found == [404, 404, 404]


@pytest.mark.parametrize("deed", ["say", "show", "handover", "note"])
def test_in_a_talk_that_is_over_nothing_is_done(deed: str, client_for: ClientFor) -> None:
    factories.product("aurora")
    mara = desks.responder()
    helped = desks.helped(mara)
    client = client_for(mara.member)
    client.post(f"/desk/{helped.conversation_id}/close/")

    with unchanged():
        answer = client.post(f"/desk/{helped.conversation_id}/{deed}/", dict(DEEDS)[deed])

    assert answer.status_code == 404


def test_an_offer_shows_the_question_and_nothing_of_who_asks(client_for: ClientFor) -> None:
    mara = desks.responder()
    desks.offered(mara, desks.telling())

    page = client_for(mara.member).get("/desk/").content.decode()

    assert "Is it loud in the morning?" in page
    assert [secret for secret in desks.SECRET.values() if secret in page] == []


@pytest.mark.parametrize("shared", [False, True])
def test_an_ambassadors_page_holds_no_secret(shared: bool, client_for: ClientFor) -> None:
    mara = desks.responder()
    helped = desks.helped(mara, desks.telling(cart_shared=shared))

    page = client_for(mara.member).get(f"/desk/{helped.conversation_id}/").content.decode()

    assert [secret for secret in desks.SECRET.values() if secret in page] == []
    assert ("Mahl One" in page, "349.00" in page) == (shared, shared)


def test_the_team_sees_the_customer(client_for: ClientFor) -> None:
    ben = desks.agent()
    helped = desks.helped(ben, desks.telling())

    page = client_for(ben.member).get(f"/desk/{helped.conversation_id}/").content.decode()

    assert [name for name in ("email", "customer", "crm", "order") if desks.SECRET[name] not in page] == []


def test_when_it_is_over_nothing_is_known_any_more(client_for: ClientFor) -> None:
    ben = desks.agent()
    helped = desks.helped(ben, desks.telling())
    client = client_for(ben.member)
    client.post(f"/desk/{helped.conversation_id}/close/")

    page = client.get(f"/desk/{helped.conversation_id}/").content.decode()

    assert "Is it loud in the morning?" in page
    assert [secret for secret in desks.SECRET.values() if secret in page] == []


def test_accepting_leads_into_the_talk(client_for: ClientFor) -> None:
    mara = desks.responder()
    offer = desks.offered(mara)

    answer = client_for(mara.member).post(f"/desk/offers/{offer.pk}/accept/")

    offer.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/{offer.conversation_id}/")
    assert (offer.state, Conversation.objects.get(pk=offer.conversation_id).state) == ("accepted", "active")


def test_declining_leaves_it_to_others(client_for: ClientFor) -> None:
    mara = desks.responder()
    offer = desks.offered(mara)

    client_for(mara.member).post(f"/desk/offers/{offer.pk}/decline/")

    mara.refresh_from_db()
    assert (Offer.objects.get(pk=offer.pk).state, mara.load) == ("declined", 0)


def test_an_offer_that_is_over_is_told(client_for: ClientFor) -> None:
    mara = desks.responder()
    offer = desks.offered(mara)
    Offer.objects.filter(pk=offer.pk).update(state=Offer.State.WITHDRAWN, decided_at=timezone.now())

    answer = client_for(mara.member).post(f"/desk/offers/{offer.pk}/accept/", follow=True)

    assert "This offer is over" in answer.content.decode()
    assert not HelpRequest.objects.filter(responder=mara).exists()


def test_a_form_that_is_sent_twice_says_it_once(client_for: ClientFor) -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    said = {"client_id": uuid.uuid4(), "body": "Hello"}

    for _time in range(2):
        client_for(mara.member).post(f"/desk/{helped.conversation_id}/say/", said)

    assert Message.objects.filter(member=mara.member).count() == 1


def test_a_file_is_sent_without_a_script_and_one_that_is_none_stays_in_the_form(client_for: ClientFor) -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    client, address = client_for(mara.member), f"/desk/{helped.conversation_id}/say/"
    good, bad = SimpleUploadedFile("mine.jpg", world.photo()), SimpleUploadedFile("mine.jpg", b"\x00\x01")

    answers = [
        client.post(address, {"client_id": uuid.uuid4(), "body": "Like this", "file": file}) for file in (good, bad)
    ]

    assert [answer.status_code for answer in answers] == [303, 422]
    assert "Send a picture, a PDF" in answers[1].content.decode()
    said = Message.objects.get(member=mara.member)
    assert (said.body, [file.name for file in said.attachments.all()]) == ("Like this", ["mine.webp"])


def test_what_a_visitor_says_is_reported_from_the_desk_and_leads_back_to_it(client_for: ClientFor) -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    client, report = client_for(mara.member), f"/messages/{helped.conversation_id}/report/1/"

    assert report in client.get(f"/desk/{helped.conversation_id}/").content.decode()
    answer = client.post(report, {"reason": "spam"})

    assert (answer.status_code, answer["Location"]) == (303, f"/desk/{helped.conversation_id}/")


def test_a_card_holds_the_product_in_the_askers_language(client_for: ClientFor) -> None:
    mara, product = desks.responder(), factories.product("aurora", summary_de="Klein.", summary_en="Small.")
    helped = desks.helped(mara, desks.asked(language="de"))

    client_for(mara.member).post(
        f"/desk/{helped.conversation_id}/show/", {"client_id": uuid.uuid4(), "product": product.slug}
    )

    row = Message.objects.get(member=mara.member)
    assert (row.kind, row.body) == ("card", "Aurora S1")
    assert (row.data["card"]["sku"], row.data["card"]["summary"]) == (product.sku, "Klein.")


def test_a_product_that_is_not_sold_is_not_shown() -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    factories.product("old", is_active=False)
    client = seen(mara.member)

    with unchanged():
        answer = client.post(f"/desk/{helped.conversation_id}/show/", {"client_id": uuid.uuid4(), "product": "old"})

    assert answer.status_code == 400


def test_handing_over_takes_the_talk_away_and_leaves_the_summary(client_for: ClientFor) -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    client = client_for(mara.member)

    client.post(
        f"/desk/{helped.conversation_id}/handover/",
        {"to": "agents", "summary": "Asks about the invoice.\r\nIs in a hurry."},
    )

    row = HelpRequest.objects.get(pk=helped.pk)
    mara.refresh_from_db()
    assert (row.summary, row.target, row.responder, mara.load) == (
        "Asks about the invoice.\nIs in a hurry.",
        "agents",
        None,
        0,
    )
    assert client.get(f"/desk/{helped.conversation_id}/").status_code == 404


def test_a_summary_that_is_too_long_stays_in_the_form(client_for: ClientFor) -> None:
    mara = desks.responder()
    helped = desks.helped(mara)

    answer = client_for(mara.member).post(
        f"/desk/{helped.conversation_id}/handover/", {"to": "agents", "summary": "x" * 1001}
    )

    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()
    assert HelpRequest.objects.get(pk=helped.pk).responder == mara


def test_questions_about_orders_wait_for_nobody_but_the_team(client_for: ClientFor) -> None:
    mara, ben = desks.responder(), desks.agent()
    order = desks.asked("Where is my parcel?", target="ambassadors", about_order=True)

    pages = [client_for(who.member).get("/desk/?show=waiting").content.decode() for who in (mara, ben)]

    assert ["Where is my parcel?" in page for page in pages] == [False, False]
    assert client_for(mara.member).post(f"/desk/{order.conversation_id}/take/").status_code == 404


def test_the_switch_and_the_times_are_kept(client_for: ClientFor) -> None:
    mara = desks.responder(available=False)
    client = client_for(mara.member)
    assert client.post("/desk/switch/", {"available": "on"}).headers["Location"] == "/desk/"
    client.post("/desk/times/", {"capacity": 3, "languages": ["de"], "from_0_0": "09:00", "until_0_0": "12:30"})
    mara.refresh_from_db()
    assert (mara.available, mara.capacity, mara.languages) == (True, 3, ["de"])
    assert mara.schedule == [{"weekday": 0, "from": "09:00", "until": "12:30"}]


def test_several_times_of_a_day_are_kept_and_none_is_lost_by_saving_again(client_for: ClientFor) -> None:
    mara = desks.responder()
    client = client_for(mara.member)
    lunch = {"from_2_0": "18:00", "until_2_0": "23:59", "from_2_1": "08:00", "until_2_1": "11:30"}
    client.post("/desk/times/", {"capacity": 2, "languages": ["de"], **lunch})
    mara.refresh_from_db()
    assert [(one["weekday"], one["from"], one["until"]) for one in mara.schedule] == [
        (2, "08:00", "11:30"),
        (2, "18:00", "24:00"),
    ]

    many = [{"weekday": 2, "from": f"{hour:02}:00", "until": f"{hour:02}:30"} for hour in range(5)]
    Responder.objects.update(schedule=many)
    form = client.get("/desk/times/").context["form"]
    client.post("/desk/times/", {**form.initial})
    mara.refresh_from_db()
    assert [one["from"] for one in mara.schedule] == ["00:00", "01:00", "02:00", "03:00", "04:00"]


@pytest.mark.parametrize(
    "times",
    [
        {"from_0_0": "09:00"},
        {"from_0_0": "12:00", "until_0_0": "09:00"},
        {"from_0_0": "x", "until_0_0": "y"},
        {"from_0_0": "09:00", "until_0_0": "12:00", "from_0_1": "11:00", "until_0_1": "14:00"},
    ],
)
def test_times_that_are_none_are_explained(times: dict[str, str], client_for: ClientFor) -> None:
    mara = desks.responder()
    client = client_for(mara.member)

    answer = client.post("/desk/times/", {"capacity": 3, "languages": ["de"], **times})

    mara.refresh_from_db()
    assert (answer.status_code, mara.schedule, mara.capacity) == (422, [], 2)


@pytest.mark.parametrize("rows", [1, 12])
def test_the_desk_costs_the_same_however_much_waits(rows: int, client_for: ClientFor) -> None:
    mara = desks.responder(capacity=50)
    talk = None
    for _number in range(rows):
        mara.refresh_from_db()
        desks.offered(mara)
        mara.refresh_from_db()
        talk = desks.helped(mara)
        desks.asked(target="ambassadors")
    assert talk is not None
    for number in range(rows):
        place = talk.conversation.participants.get(member=mara.member)
        messages.send(participant=place, client_id=uuid.uuid4(), body=f"Line {number}", at=timezone.now())
    client = client_for(mara.member)
    found = {}
    for path in ("/desk/", "/desk/?show=waiting", "/desk/?show=done", f"/desk/{talk.conversation_id}/"):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[path.replace(str(talk.conversation_id), "talk")] = len(queries)

    assert found == {"/desk/": 9, "/desk/?show=waiting": 9, "/desk/?show=done": 10, "/desk/talk/": 23}
