"""Answers: write, edit, accept, vote; without JavaScript and by htmx."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community import limits
from community.models import Answer, Member, Thread, Vote
from tests import factories

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Member], Client]
KEY = "0b5b3e8e-6a5c-4f0e-9c51-0e4ad9b0a002"


def test_answering_stores_it_once_and_leads_to_it(thread: Thread, ambassador: Member, client_for: ClientFor) -> None:
    client = client_for(ambassador)
    assert b'id="composer"' in client.get(thread.get_absolute_url()).content
    responses = [client.post(f"/threads/{thread.pk}/answers/", {"body": "**Coarse**.", "key": KEY}) for _ in range(2)]
    answer = Answer.objects.get()
    assert [(r.status_code, r["Location"]) for r in responses] == [(303, f"/answers/{answer.pk}/")] * 2
    assert (answer.author, answer.html) == (ambassador, "<p><strong>Coarse</strong>.</p>\n")


def test_an_empty_answer_brings_the_page_back(thread: Thread, ambassador: Member, client_for: ClientFor) -> None:
    response = client_for(ambassador).post(f"/threads/{thread.pk}/answers/", {"body": " \n ", "key": KEY})
    assert (response.status_code, Answer.objects.count()) == (422, 0)
    assert response.context["composer_form"]["key"].value() == KEY


def test_too_many_answers_wait_and_keep_the_text(thread: Thread, ambassador: Member, client_for: ClientFor) -> None:
    now = timezone.now()
    for _ in range(limits.ANSWERS.most):
        limits.spend(limits.ANSWERS, member=ambassador, at=now)
    response = client_for(ambassador).post(f"/threads/{thread.pk}/answers/", {"body": "Once more", "key": KEY})
    assert (response.status_code, Answer.objects.count()) == (429, 0)
    assert b"Once more</textarea>" in response.content
    assert int(response["Retry-After"]) > 0


def test_with_many_answers_the_new_one_is_found_on_its_page(
    thread: Thread, ambassador: Member, client_for: ClientFor
) -> None:
    factories.many(factories.answer, 20, thread, ambassador)
    client = client_for(ambassador)
    response = client.post(f"/threads/{thread.pk}/answers/", {"body": "The 21st."})
    path, _, anchor = client.get(response["Location"])["Location"].partition("#")
    assert f'id="{anchor}"'.encode() in Client().get(path).content


def test_editing(answer: Answer, client_for: ClientFor) -> None:
    client, path = client_for(answer.author), f"/threads/{answer.thread_id}/answers/{answer.pk}/edit/"
    assert b"A little coarser" in client.get(path).content
    assert client.post(path, {"body": ""}).status_code == 422
    assert client.post(path, {"body": "Much coarser."})["Location"] == answer.get_absolute_url()
    answer.refresh_from_db()
    assert (answer.body, answer.edited_at is not None) == ("Much coarser.", True)


def test_accepting_and_taking_it_back(answer: Answer, member: Member, client_for: ClientFor) -> None:
    client, base = client_for(member), f"/threads/{answer.thread_id}/answers/{answer.pk}"
    page = answer.thread.get_absolute_url()
    assert client.post(f"{base}/accept/")["Location"] == f"{page}#accepted"
    assert client.get(page).context["accepted"] == answer
    assert list(client.get(page).context["answers"]) == []
    assert client.post(f"{base}/unaccept/")["Location"] == f"/answers/{answer.pk}/"
    assert client.get(page).context["accepted"] is None
    assert list(client.get(page).context["answers"]) == [answer]


def test_the_accepted_slot_is_a_fragment(answer: Answer, member: Member, client_for: ClientFor) -> None:
    path = f"/threads/{answer.thread_id}/accepted/"
    assert b"answer-" not in Client().get(path).content
    client_for(member).post(f"/threads/{answer.thread_id}/answers/{answer.pk}/accept/")
    slot = Client().get(path).content.decode()
    assert (f'id="answer-{answer.pk}"' in slot, "<html" in slot) == (True, False)
    assert f'data-accepted-slot="{answer.pk}"' in slot


def test_a_refused_acceptance_is_explained(answer: Answer, client_for: ClientFor) -> None:
    response = client_for(answer.author).post(f"/threads/{answer.thread_id}/answers/{answer.pk}/accept/")
    assert (response.status_code, b"Only the person who asked" in response.content) == (403, True)


def test_voting_without_javascript(answer: Answer, member: Member, client_for: ClientFor) -> None:
    client, path = client_for(member), f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/"
    assert client.post(path, {"value": "1"})["Location"] == answer.get_absolute_url()
    assert client.post(path, {"value": "1"}).status_code == 303
    assert b'aria-pressed="true"' in client.get(answer.thread.get_absolute_url()).content
    answer.refresh_from_db()
    assert (answer.score, Vote.objects.get().value) == (1, 1)
    client.post(path, {"value": "0"})
    answer.refresh_from_db()
    assert (answer.score, Vote.objects.get().value) == (0, 0)


def test_not_helpful_is_offered_to_who_is_trusted_and_shows_no_number(
    answer: Answer, member: Member, client_for: ClientFor
) -> None:
    page, path = answer.thread.get_absolute_url(), f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/"
    assert b"Not helpful" not in client_for(member).get(page).content
    client = client_for(factories.member(trust=2))
    assert b'aria-pressed="false">Not helpful' in client.get(page).content
    client.post(path, {"value": "-1"})
    shown = client.get(page).content.decode()
    assert ('name="value" value="0"' in shown, ">-1<" in shown, "<span data-n>0</span>" in shown) == (True, False, True)
    assert b"Not helpful" not in client_for(answer.author).get(page).content


def test_voting_by_htmx_brings_only_the_button(answer: Answer, member: Member, client_for: ClientFor) -> None:
    path = f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/"
    response = client_for(member).post(path, {"value": "1"}, headers={"hx-request": "true"})
    button = response.content.decode()
    assert (response.status_code, button.lstrip().startswith("<div"), "<html" in button) == (200, True, False)
    assert ('aria-pressed="true"' in button, 'name="value" value="0"' in button) == (True, True)


def test_a_refusal_by_htmx_is_a_message_above_the_page(answer: Answer, client_for: ClientFor) -> None:
    path = f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/"
    response = client_for(answer.author).post(path, {"value": "1"}, headers={"hx-request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (403, "[data-messages]")
    assert b"This is your own answer" in response.content
    assert b"<html" not in response.content
    missing = client_for(answer.author).post("/threads/9/answers/9/vote/", headers={"hx-request": "true"})
    assert (missing.status_code, missing["HX-Retarget"]) == (404, "[data-messages]")


@pytest.mark.parametrize(("value", "status"), [("-1", 403), ("2", 400), ("", 400), ("x", 400)])
def test_a_vote_that_is_none_changes_nothing(
    value: str, status: int, answer: Answer, member: Member, client_for: ClientFor
) -> None:
    path = f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/"
    assert client_for(member).post(path, {"value": value}).status_code == status
    assert Vote.objects.count() == 0


def test_deleting_and_restoring_too_often(answer: Answer, ambassador: Member, client_for: ClientFor) -> None:
    now = timezone.now()
    for moment in (now, now + timedelta(hours=1)):  # whichever hour the requests fall into
        for _ in range(limits.EDITS.most):
            limits.spend(limits.EDITS, member=ambassador, at=moment)
    client, question = client_for(ambassador), factories.thread(ambassador)
    comment = factories.comment(answer, ambassador)
    posts = (f"/threads/{answer.thread_id}/answers/{answer.pk}", f"/threads/{question.pk}", f"/comments/{comment.pk}")
    paths = [f"{post}/{deed}/" for post in posts for deed in ("delete", "restore")]
    assert {client.post(path).status_code for path in paths} == {429}
    assert Answer.objects.filter(deleted_at=None).count() == 1


def test_voting_too_fast(answer: Answer, member: Member, client_for: ClientFor) -> None:
    now = timezone.now()
    for moment in (now, now + timedelta(seconds=60)):  # whichever minute the request falls into
        for _ in range(limits.VOTES.most):
            limits.spend(limits.VOTES, member=member, at=moment)
    path = f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/"
    response = client_for(member).post(path, {"value": "1"})
    assert (response.status_code, 0 < int(response["Retry-After"]) <= 60) == (429, True)
    assert Vote.objects.count() == 0


def test_answers_stand_in_the_chosen_order(thread: Thread, member: Member, client_for: ClientFor) -> None:
    now = timezone.now()
    old, new = (factories.answer(thread, at=now + timedelta(minutes=n)) for n in range(2))
    page = thread.get_absolute_url()
    assert list(Client().get(page).context["answers"]) == [old, new]
    assert list(Client().get(f"{page}?sort=new").context["answers"]) == [new, old]
    client_for(member).post(f"/threads/{thread.pk}/answers/{new.pk}/vote/", {"value": "1"})
    assert list(Client().get(page).context["answers"]) == [new, old]


def test_answers_come_in_pages(thread: Thread, ambassador: Member) -> None:
    made = factories.many(factories.answer, 25, thread, ambassador)
    page = thread.get_absolute_url()
    first = Client().get(page).context["answers"]
    second = Client().get(f"{page}?cursor={first.next}").context["answers"]
    assert [*first, *second] == made
    assert Client().get(f"{page}?cursor=nonsense").status_code == 400


@pytest.mark.parametrize(
    ("body", "shown"),
    [("**Bold**", "<p><strong>Bold</strong></p>"), ("", "Nothing to preview yet"), ("<b>x", "&lt;b&gt;x")],
)
def test_the_preview_is_what_will_be_stored(body: str, shown: str, member: Member, client_for: ClientFor) -> None:
    response = client_for(member).post("/preview/", {"body": body, "field": "body"})
    assert shown in response.content.decode()
    assert b"<html" not in response.content
