"""Questions: list, ask, edit and the page, in a browser without JavaScript unless it says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community import limits
from community.models import Activity, IdempotencyKey, Member, Notification, Thread
from tests import factories

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Member], Client]
KEY = "0b5b3e8e-6a5c-4f0e-9c51-0e4ad9b0a001"
QUESTION = {
    "title": "Which grind for  a moka pot?",
    "body": "Mine tastes **bitter**.\r\nWhat do you use?",
    "phase": "after",
    "key": KEY,
}


def titles(response: object) -> list[str]:
    """The titles on a list page, in order."""
    return [thread.title for thread in response.context["page"]]  # type: ignore[attr-defined] # the test client adds it


def test_asking_stores_the_question_and_leads_to_it(member: Member, client_for: ClientFor) -> None:
    product, topic = factories.product("moka"), factories.topic("grinding")
    response = client_for(member).post("/threads/new/", {**QUESTION, "product": "moka", "topic": "grinding"})

    thread = Thread.objects.get()
    assert (response.status_code, response["Location"]) == (303, thread.get_absolute_url())
    assert (thread.title, thread.phase, thread.author) == ("Which grind for a moka pot?", "after", member)
    assert (thread.product, thread.topic) == (product, topic)
    assert thread.body == "Mine tastes **bitter**.\nWhat do you use?"
    assert thread.html == "<p>Mine tastes <strong>bitter</strong>.<br>\nWhat do you use?</p>\n"


def test_a_double_submit_is_one_question(member: Member, client_for: ClientFor) -> None:
    client = client_for(member)
    first, second = client.post("/threads/new/", QUESTION), client.post("/threads/new/", QUESTION)
    assert first["Location"] == second["Location"]
    assert (Thread.objects.count(), Activity.objects.count(), IdempotencyKey.objects.count()) == (1, 1, 1)


def test_going_back_and_sending_another_text_posts_another_question(member: Member, client_for: ClientFor) -> None:
    client = client_for(member)
    client.post("/threads/new/", QUESTION)
    client.post("/threads/new/", {**QUESTION, "title": "And which water for it?"})
    assert Thread.objects.count() == 2


def test_the_key_of_one_member_is_nothing_to_another(member: Member, client_for: ClientFor) -> None:
    client_for(member).post("/threads/new/", QUESTION)
    client_for(factories.member()).post("/threads/new/", QUESTION)
    assert Thread.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Too short"),
        ("title", "a          b"),
        ("title", "x" * 161),
        ("body", "x" * 20_001),
        ("phase", ""),
        ("phase", "later"),
        ("topic", "nothing"),
        ("product", "nothing"),
    ],
)
def test_a_mistake_keeps_the_text_and_stores_nothing(
    field: str, value: str, member: Member, client_for: ClientFor
) -> None:
    response = client_for(member).post("/threads/new/", {**QUESTION, field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"]["key"].value() == KEY
    assert (b"Which grind" in response.content) or field == "title"
    assert (b"What do you use?" in response.content) or field == "body"
    assert (Thread.objects.count(), IdempotencyKey.objects.count()) == (0, 0)


def test_the_form_is_filled_in_by_the_link_that_led_there(member: Member, client_for: ClientFor) -> None:
    factories.product("moka", name="Moka pot")
    page = client_for(member).get("/threads/new/?product=moka&phase=while&title=Is+it+steel").content.decode()
    assert 'value="Is it steel"' in page
    assert 'value="moka"' in page.partition("checked")[0].rpartition("<input")[2]
    assert page.count(" checked") == 3  # product, phase and the composer's mode


def test_too_many_questions_wait_and_keep_the_text(member: Member, client_for: ClientFor) -> None:
    client = client_for(member)
    for number in range(limits.THREADS.most):
        assert client.post("/threads/new/", {**QUESTION, "title": f"Question number {number}"}).status_code == 303
    response = client.post("/threads/new/", {**QUESTION, "title": "One question too many"})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= limits.THREADS.seconds
    assert b"One question too many" in response.content
    assert Thread.objects.count() == limits.THREADS.most
    assert client.post("/threads/new/", {**QUESTION, "title": "Question number 1"}).status_code == 303, "a repetition"


def test_editing_changes_the_question_and_moves_its_address(
    thread: Thread, member: Member, client_for: ClientFor
) -> None:
    client, former = client_for(member), thread.get_absolute_url()
    assert b"Mine tastes bitter" in client.get(f"/threads/{thread.pk}/edit/").content
    response = client.post(f"/threads/{thread.pk}/edit/", {**QUESTION, "title": "Which grind for a Bialetti?"})
    thread.refresh_from_db()
    assert (thread.title, thread.phase) == ("Which grind for a Bialetti?", "after")
    assert response["Location"] == thread.get_absolute_url() != former
    moved = client.get(f"{former}?sort=new")
    assert (moved.status_code, moved["Location"]) == (301, f"{thread.get_absolute_url()}?sort=new")


@pytest.mark.parametrize("end", ["", "something-else/", "Größe/"])
def test_every_other_address_of_a_question_leads_to_the_one(end: str, thread: Thread) -> None:
    response = Client().get(f"/threads/{thread.pk}/{end}")
    assert (response.status_code, response["Location"]) == (301, thread.get_absolute_url())


@pytest.mark.parametrize("title", ["Answers!!!", "¿¿¿ 咖啡 ???", "delete ???"])
def test_a_title_never_takes_the_address_of_a_deed(title: str) -> None:
    thread = factories.thread(title=title)
    assert Client().get(thread.get_absolute_url()).status_code == 200


def test_deleting_and_restoring(thread: Thread, member: Member, client_for: ClientFor) -> None:
    client = client_for(member)
    client.post(f"/threads/{thread.pk}/delete/")
    assert titles(client.get("/threads/")) == []
    assert b"This question was deleted" in client.get(thread.get_absolute_url()).content
    client.post(f"/threads/{thread.pk}/restore/")
    assert titles(Client().get("/threads/")) == [thread.title]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["c3 after the sale", "b2 while ordering", "a1 before buying"]),
        ("?sort=new", ["c3 after the sale", "b2 while ordering", "a1 before buying"]),
        ("?sort=active", ["a1 before buying", "c3 after the sale", "b2 while ordering"]),
        ("?sort=top", ["a1 before buying", "c3 after the sale", "b2 while ordering"]),
        ("?sort=unanswered", ["c3 after the sale", "b2 while ordering"]),
        ("?sort=nonsense", ["c3 after the sale", "b2 while ordering", "a1 before buying"]),
        ("?phase=while", ["b2 while ordering"]),
        ("?topic=water", ["b2 while ordering"]),
        ("?product=moka&phase=after", ["c3 after the sale"]),
        ("?product=moka&phase=before", []),
        ("?state=open", ["a1 before buying"]),
        ("?state=solved", []),
        ("?topic=nothing", []),
        ("?topic=%00", ["c3 after the sale", "b2 while ordering", "a1 before buying"]),
    ],
)
def test_the_list(query: str, found: list[str], client_for: ClientFor) -> None:
    now = timezone.now()
    water, moka = factories.topic("water"), factories.product("moka")
    first = factories.thread(title="a1 before buying", at=now - timedelta(hours=3))
    factories.thread(title="b2 while ordering", phase="while", topic=water, at=now - timedelta(hours=2))
    factories.thread(title="c3 after the sale", phase="after", product=moka, at=now - timedelta(hours=1))
    answer = factories.answer(first)
    client_for(factories.member()).post(f"/threads/{first.pk}/answers/{answer.pk}/vote/", {"value": "1"})

    assert titles(Client().get(f"/threads/{query}")) == found


def test_pages_follow_each_other_without_gap(member: Member) -> None:
    factories.many(factories.thread, 45, member)
    every = list(Thread.objects.order_by("-created_at", "-id").values_list("pk", flat=True))
    pages, path = [], "/threads/"
    while True:
        page = Client().get(path).context["page"]
        pages.append([thread.pk for thread in page])
        if page.next is None:
            break
        path = f"/threads/?cursor={page.next}"
    assert [len(page) for page in pages] == [20, 20, 5]
    assert [pk for page in pages for pk in page] == every
    back = Client().get(f"/threads/?cursor={page.previous}").context["page"]
    assert [thread.pk for thread in back] == pages[1]


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "%00",
        "ä",
        "WzAsMSwyXQ",  # numbers instead of a moment
        "WzAsImFiYyIsMV0",  # a word instead of a moment
        "WzAseyJ0IjoiMjAyNi0wMS0wMVQwMDowMDowMCJ9LDFd",  # a moment without a zone
        "WzIseyJ0IjoiMjAyNi0wMS0wMVQwMDowMDowMCswMDowMCJ9LDFd",  # a third direction
        "WzAseyJ0IjoiMjAyNi0wMS0wMVQwMDowMDowMCswMDowMCJ9LDFlMzBd",  # a fraction as id
        "e30",
        "W10",
        "x" * 5000,
    ],
)
def test_a_damaged_cursor_is_refused_kindly(cursor: str, thread: Thread) -> None:
    response = Client().get(f"/threads/?cursor={cursor}", headers={"accept-language": "en"})
    assert (response.status_code, b"This page address is damaged" in response.content) == (400, True)


def test_similar_questions_are_a_fragment_with_the_solved_ones_first(member: Member) -> None:
    factories.thread(member, title="Which grind for the moka pot?")
    solved = factories.accepted_answer(factories.thread(member, title="Which grind for my old moka pot?")).thread
    response = Client().get("/threads/similar/?title=which+grind+for+a+moka+pot")
    assert response.context["similar"][0] == solved
    assert b"<html" not in response.content


def test_a_short_title_has_nothing_similar(thread: Thread) -> None:
    assert Client().get("/threads/similar/?title=Which").content.strip() == b""
    assert Client().get("/threads/similar/").content.strip() == b""


def test_opening_a_question_reads_what_was_told_about_it(thread: Thread, member: Member, client_for: ClientFor) -> None:
    factories.answer(thread)
    factories.answer(factories.thread(member))
    factories.work_off()
    client = client_for(member)

    client.get(thread.get_absolute_url(), headers={"sec-purpose": "prefetch"})
    assert Notification.objects.filter(read_at=None).count() == 2
    client_for(factories.member()).get(thread.get_absolute_url())
    assert Notification.objects.filter(read_at=None).count() == 2
    client.get(thread.get_absolute_url())
    assert Notification.objects.filter(read_at=None).exclude(thread=thread).count() == 1
    assert Notification.objects.filter(read_at=None, thread=thread).count() == 0


def test_hostile_texts_are_shown_and_not_executed(client_for: ClientFor) -> None:
    evil = "<script>alert(1)</script>"
    author = factories.member(f"{evil} Eve")
    thread = factories.thread(author, title=f"{evil} hello", body=f"{evil} [x](javascript:alert(1)) <img onerror=x>")
    factories.comment(thread, author, body=f"{evil} <b onclick=x>")
    factories.answer(thread, author, body=evil)
    for path in (thread.get_absolute_url(), "/", "/threads/", author.get_absolute_url()):
        page = client_for(author).get(path).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
        assert "<b onclick" not in page
        assert "<img onerror" not in page


def test_who_asks_for_similar_questions_without_end_is_told_to_go_on_writing(
    member: Member, client_for: Callable[[Member], Client]
) -> None:
    now = timezone.now()
    for moment in (now, now + timedelta(seconds=60)):  # whichever minute the request falls into
        for _ in range(limits.SIMILAR.most):
            limits.spend(limits.SIMILAR, member=member, at=moment)
    address = "/threads/similar/?title=Which+grind+for+a+moka+pot"
    response = client_for(member).get(address)
    assert (response.status_code, b"Just go on writing" in response.content) == (429, True)
    assert int(response["Retry-After"]) <= 60
    assert client_for(member).get(f"/api/v1{address}").status_code == 429
    assert Client().get(address).status_code == 200
