"""Notes on the desk's page: their writer's own, saved while they are typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from chat.models import Note
from community.models import Member
from tests.chat import desks

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
HOSTILE = "</textarea><script>window.broken=1</script>"


def test_a_note_is_read_by_its_writer_alone_and_runs_nothing(client_for: ClientFor) -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    client, address = client_for(mara.member), f"/desk/{helped.conversation_id}/"

    answer = client.post(f"{address}note/", {"text": HOSTILE})
    page = client.get(address).content.decode()

    assert (answer.status_code, answer["Location"]) == (303, address)
    assert HOSTILE not in page
    assert page.count("&lt;/textarea&gt;&lt;script&gt;window.broken=1") == 2

    client.post(f"{address}handover/", {"to": "agents", "summary": "Torn."})
    ben = desks.agent()
    client_for(ben.member).post(f"{address}take/")
    taken = client_for(ben.member).get(address).content.decode()
    assert ("Torn." in taken, "window.broken" in taken) == (True, False)


def test_a_note_is_saved_while_it_is_typed_and_one_that_is_too_long_says_so(client_for: ClientFor) -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    client, address = client_for(mara.member), f"/desk/{helped.conversation_id}/note/"

    saved = client.post(address, {"text": "Small kitchen."}, headers={"HX-Request": "true"})
    refused = client.post(address, {"text": "x" * 1001}, headers={"HX-Request": "true"})
    without_script = client.post(address, {"text": "x" * 1001})

    assert [answer.status_code for answer in (saved, refused, without_script)] == [200, 422, 422]
    assert ("Saved" in saved.content.decode(), "1000" in refused.content.decode()) == (True, True)
    assert "x" * 1001 in without_script.content.decode()
    assert list(Note.objects.filter(responder=mara).values_list("text", flat=True)) == ["Small kitchen."]
