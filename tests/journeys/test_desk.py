"""An ambassador on a phone: somebody is offered to her, she helps, and hands over to the team, who read it all."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from chat.models import HelpRequest, Participant
from chat.services import help as helping
from chat.services import messages
from tests import factories
from tests.chat import desks

Open = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def says(asked: HelpRequest, body: str) -> None:
    """Let the visitor write."""
    place = Participant.objects.select_related("conversation", "visitor").get(
        conversation=asked.conversation_id, part=Participant.Part.ASKER
    )
    messages.send(participant=place, client_id=uuid.uuid4(), body=body, at=timezone.now())


def test_she_helps_on_a_phone_and_the_team_goes_on(open_browser: Open, transactional_db: None) -> None:
    factories.accepted_answer(factories.thread(title="How loud is the machine in the morning?"))
    product = factories.product("aurora-s1")
    mara, ben = desks.responder(), desks.agent()
    phone, office = open_browser(mara.member, **PHONE), open_browser(ben.member)
    phone.goto("/desk/")
    office.goto("/desk/")
    expect(phone.get_by_text("No conversations")).to_be_visible()

    asked = helping.ask(
        by=desks.visitor(language="en"),
        context=helping.Context(language="en", product=product),
        question="Is the machine loud in the morning?",
        at=timezone.now(),
    )
    helping.want_person(asked=asked, at=timezone.now())
    phone.get_by_role("button", name="Help them").click()
    expect(phone.get_by_role("heading", name="Katharina")).to_be_visible()

    phone.get_by_role("button", name="Use this").click()
    expect(phone.get_by_role("textbox", name="Message to Katharina")).to_have_value(
        "A little coarser than for espresso."
    )
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator(".msg--me[data-seq]").get_by_text("A little coarser than for espresso.")).to_be_visible()
    says(asked, "And where is my parcel?")
    expect(phone.get_by_role("log").get_by_text("And where is my parcel?")).to_be_visible()

    phone.get_by_role("button", name="About this person").click()
    phone.get_by_role("dialog").get_by_role("button", name="Hand over").click()
    phone.get_by_label("What they should know").fill("Asks about a parcel.")
    phone.get_by_role("dialog").get_by_role("button", name="Hand over").click()
    expect(phone.get_by_text("Handed over.")).to_be_visible()

    office.get_by_role("button", name="Help them").click()
    expect(office.get_by_text("Asks about a parcel.")).to_be_visible()
    expect(office.get_by_role("log").get_by_text("A little coarser than for espresso.")).to_be_visible()
