"""Who may do what through the pages, and that a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from community.models import Activity, Answer, Comment, Member, Role, Thread
from tests import factories

pytestmark = pytest.mark.django_db

TO_SIGN_IN, DONE, INVALID, FORBIDDEN, NOT_FOUND, METHOD = 302, 303, 422, 403, 404, 405

NEW_THREAD = {"title": "Does the kettle whistle?", "body": "", "phase": "before"}

#: address, form, then the status for: stranger, other member, asker, author of the answer and comment, moderator.
DEEDS: list[tuple[str, dict[str, str], int, int, int, int, int]] = [
    ("/threads/new/", NEW_THREAD, TO_SIGN_IN, DONE, DONE, DONE, DONE),
    ("/threads/{t}/edit/", NEW_THREAD, TO_SIGN_IN, NOT_FOUND, DONE, NOT_FOUND, DONE),
    ("/threads/{t}/delete/", {}, TO_SIGN_IN, NOT_FOUND, DONE, NOT_FOUND, DONE),
    ("/threads/{t}/restore/", {}, TO_SIGN_IN, NOT_FOUND, DONE, NOT_FOUND, DONE),
    ("/threads/{t}/answers/", {"body": "Yes."}, TO_SIGN_IN, DONE, DONE, DONE, DONE),
    ("/threads/{t}/comments/", {"body": "Yes."}, TO_SIGN_IN, DONE, DONE, DONE, DONE),
    ("/threads/{t}/follow/", {"level": "mine"}, TO_SIGN_IN, DONE, DONE, DONE, DONE),
    ("/products/{p}/follow/", {"level": "all"}, TO_SIGN_IN, DONE, DONE, DONE, DONE),
    ("/topics/{o}/follow/", {"level": "off"}, TO_SIGN_IN, DONE, DONE, DONE, DONE),
    ("/follows/brand/", {"level": ""}, TO_SIGN_IN, DONE, DONE, DONE, DONE),
    ("/threads/{t}/me-too/", {"value": "1"}, TO_SIGN_IN, DONE, FORBIDDEN, DONE, DONE),
    ("/threads/{t}/merge/", {"into": "{u}", "confirmed": "1"}, TO_SIGN_IN, NOT_FOUND, FORBIDDEN, NOT_FOUND, DONE),
    ("/threads/{t}/answers/{a}/official/", {}, TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE),
    ("/threads/{t}/answers/{a}/unofficial/", {}, TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE),
    ("/threads/{t}/answers/{a}/edit/", {"body": "No."}, TO_SIGN_IN, NOT_FOUND, NOT_FOUND, DONE, DONE),
    ("/threads/{t}/answers/{a}/delete/", {}, TO_SIGN_IN, NOT_FOUND, NOT_FOUND, DONE, DONE),
    ("/threads/{t}/answers/{a}/restore/", {}, TO_SIGN_IN, NOT_FOUND, NOT_FOUND, DONE, DONE),
    ("/threads/{t}/answers/{a}/accept/", {}, TO_SIGN_IN, FORBIDDEN, DONE, FORBIDDEN, FORBIDDEN),
    ("/threads/{t}/answers/{a}/unaccept/", {}, TO_SIGN_IN, FORBIDDEN, DONE, FORBIDDEN, FORBIDDEN),
    ("/threads/{t}/answers/{a}/vote/", {"value": "1"}, TO_SIGN_IN, DONE, DONE, FORBIDDEN, DONE),
    ("/comments/{c}/delete/", {}, TO_SIGN_IN, NOT_FOUND, NOT_FOUND, DONE, DONE),
    ("/comments/{c}/restore/", {}, TO_SIGN_IN, NOT_FOUND, NOT_FOUND, DONE, DONE),
    ("/notifications/", {}, TO_SIGN_IN, DONE, DONE, DONE, DONE),
    ("/settings/notifications/", {}, TO_SIGN_IN, INVALID, INVALID, INVALID, INVALID),
    ("/preview/", {"body": "x"}, TO_SIGN_IN, 200, 200, 200, 200),
    ("/settings/", {}, TO_SIGN_IN, INVALID, INVALID, INVALID, INVALID),
]

#: address, then the status for stranger and member.
PAGES = [
    ("/", 200, 200),
    ("/threads/", 200, 200),
    ("/threads/similar/?title=Which+grind+for+a+moka+pot", 200, 200),
    ("/threads/{t}/accepted/", 200, 200),
    ("{thread}", 200, 200),
    ("/threads/{t}/news/", 200, 200),
    ("/threads/{t}/unread/", 302, 302),
    ("/answers/{a}/", 302, 302),
    ("/comments/{c}/", 302, 302),
    ("/threads/{t}/merge/", TO_SIGN_IN, 200),
    ("/follows/", TO_SIGN_IN, 200),
    ("/threads/{t}/follow/", METHOD, METHOD),
    ("/threads/{t}/me-too/", METHOD, METHOD),
    ("/products/", 200, 200),
    ("/products/{p}/", 200, 200),
    ("/products/nothing/", NOT_FOUND, NOT_FOUND),
    ("/members/mara-lindqvist/", 200, 200),
    ("/members/nobody/", NOT_FOUND, NOT_FOUND),
    ("/threads/999999/", NOT_FOUND, NOT_FOUND),
    ("/threads/99999999999999999999999/", NOT_FOUND, NOT_FOUND),
    ("/threads/new/", TO_SIGN_IN, 200),
    ("/settings/", TO_SIGN_IN, 200),
    ("/notifications/", TO_SIGN_IN, 200),
    ("/notifications/menu/", TO_SIGN_IN, 200),
    ("/settings/notifications/", TO_SIGN_IN, 200),
    ("/unsubscribe/nothing/", NOT_FOUND, NOT_FOUND),
    ("/news/", 200, 200),
    ("/news/999999/", NOT_FOUND, NOT_FOUND),
    ("/news/feed/", 200, 200),
    ("/threads/{t}/answers/", METHOD, METHOD),
    ("/threads/{t}/answers/{a}/accept/", METHOD, METHOD),
    ("/threads/{t}/answers/{a}/vote/", METHOD, METHOD),
    ("/threads/{t}/delete/", METHOD, METHOD),
    ("/threads/{t}/answers/{a}/delete/", METHOD, METHOD),
]


@pytest.fixture
def place(answer: Answer) -> dict[str, Any]:
    """What the addresses in the tables name."""
    comment = factories.comment(answer, answer.author)
    thread = answer.thread
    return {
        "t": thread.pk,
        "a": answer.pk,
        "c": comment.pk,
        "p": factories.product("kettle").slug,
        "o": factories.topic("water").slug,
        "u": factories.thread().pk,
        "thread": thread.get_absolute_url(),
    }


def everything() -> list[Any]:
    """The stored posts, votes counted, and the length of the journal."""
    return [
        list(Thread.objects.order_by("pk").values()),
        list(Answer.objects.order_by("pk").values()),
        list(Comment.objects.order_by("pk").values()),
        Activity.objects.count(),
    ]


@pytest.mark.parametrize("who", ["stranger", "other", "asker", "helper", "moderator"])
@pytest.mark.parametrize(("address", "form", "stranger", "other", "asker", "helper", "moderator"), DEEDS)
def test_a_deed_by(
    *,
    who: str,
    address: str,
    form: dict[str, str],
    stranger: int,
    other: int,
    asker: int,
    helper: int,
    moderator: int,
    place: dict[str, Any],
    member: Member,
    ambassador: Member,
    client_for: Callable[[Member], Client],
) -> None:
    expected = {"stranger": stranger, "other": other, "asker": asker, "helper": helper, "moderator": moderator}[who]
    people = {"asker": member, "helper": ambassador}
    if who == "stranger":
        client = Client()
    elif who in people:
        client = client_for(people[who])
    else:
        client = client_for(factories.member("Priya Nair", *([Role.MODERATOR] if who == "moderator" else [])))
    before = everything()

    response = client.post(address.format(**place), {name: value.format(**place) for name, value in form.items()})

    assert response.status_code == expected
    if expected not in (DONE, 200):
        assert everything() == before


@pytest.mark.parametrize(("address", "stranger", "signed_in"), PAGES)
def test_a_page(
    address: str,
    stranger: int,
    signed_in: int,
    place: dict[str, Any],
    member: Member,
    client_for: Callable[[Member], Client],
) -> None:
    before = everything()
    path = address.format(**place)
    assert [Client().get(path).status_code, client_for(member).get(path).status_code] == [stranger, signed_in]
    assert everything() == before


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", NOT_FOUND), ("other", NOT_FOUND), ("asker", 200), ("moderator", 200)]
)
def test_a_deleted_question_is_seen_by(
    who: str, status: int, thread: Thread, member: Member, client_for: Callable[[Member], Client]
) -> None:
    path = thread.get_absolute_url()
    client_for(member).post(f"/threads/{thread.pk}/delete/")
    people = {"asker": member, "other": factories.member(), "moderator": factories.member("Priya", Role.MODERATOR)}
    client = Client() if who == "stranger" else client_for(people[who])

    assert client.get(path).status_code == status
    assert client.get(f"/threads/{thread.pk}/accepted/").status_code == status


@pytest.mark.parametrize(
    ("who", "seen"), [("stranger", False), ("asker", False), ("helper", True), ("moderator", True)]
)
def test_a_deleted_answer_is_seen_by(
    who: str, seen: bool, answer: Answer, client_for: Callable[[Member], Client]
) -> None:
    client_for(answer.author).post(f"/threads/{answer.thread_id}/answers/{answer.pk}/delete/")
    people = {
        "asker": answer.thread.author,
        "helper": answer.author,
        "moderator": factories.member("Priya", Role.MODERATOR),
    }
    client = Client() if who == "stranger" else client_for(people[who])

    page = client.get(answer.thread.get_absolute_url()).content.decode()

    assert (f'id="answer-{answer.pk}"' in page) is seen


def test_an_answer_is_not_found_below_another_question(
    answer: Answer, member: Member, client_for: Callable[[Member], Client]
) -> None:
    other = factories.thread(member)
    assert client_for(member).post(f"/threads/{other.pk}/answers/{answer.pk}/accept/").status_code == NOT_FOUND
    other.refresh_from_db()
    assert other.accepted_answer_id is None


def test_whoever_must_sign_in_comes_back_to_the_page(thread: Thread) -> None:
    asked = Client().get("/threads/new/?title=Which+grind%3F")
    assert asked["Location"] == "/accounts/login/?next=/threads/new/%3Ftitle%3DWhich%2Bgrind%253F"
    page = thread.get_absolute_url()
    came_from = {"referer": f"http://testserver{page}"}
    posted = Client().post(f"/threads/{thread.pk}/answers/", {"body": "Hm"}, headers=came_from)
    assert posted["Location"] == f"/accounts/login/?next=http%3A//testserver{page}"
    elsewhere = Client().post(f"/threads/{thread.pk}/answers/", headers={"referer": "https://evil.example/"})
    assert elsewhere["Location"] == "/accounts/login/?next=/"


def test_a_partial_update_of_a_stranger_sends_the_whole_page_to_sign_in(answer: Answer) -> None:
    response = Client().post(
        f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/", {"value": "1"}, headers={"hx-request": "true"}
    )
    assert (response.status_code, response["HX-Redirect"]) == (200, "/accounts/login/?next=/")
