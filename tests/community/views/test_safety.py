"""Pages of safety: who may do what, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.models import Answer, Block, Case, Flag, Member, Notice, Role, Sanction, Thread
from community.services import blocks, moderation, sanctions
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ROLES = {
    "stranger": None,
    "member": (),
    "ambassador": (Role.AMBASSADOR,),
    "agent": (Role.AGENT,),
    "moderator": (Role.MODERATOR,),
    "manager": (Role.MANAGER,),
}


def person(name: str) -> Member | None:
    held = ROLES[name]
    return None if held is None else factories.member(f"Person {name}", *held)


def browser(member: Member | None, client_for: Callable[[Member], Client]) -> Client:
    return client_for(member) if member else Client()


def case_of(answer: Answer) -> Case:
    return moderation.flag(kind="answer", post=answer, member=factories.member(), reason="spam", at=NOW).case


NOBODY = dict.fromkeys(ROLES, 404) | {"stranger": 302}
MODERATORS = {"moderator": 303, "manager": 303}


@pytest.mark.parametrize("who", ROLES)
def test_who_may_do_what(who: str, answer: Answer, client_for: Callable[[Member], Client]) -> None:
    case = case_of(answer)
    client = browser(person(who), client_for)
    stranger = who == "stranger"
    expected = {
        "/moderation/": 302 if stranger else (200 if who in MODERATORS else 404),
        f"/flags/answer/{answer.pk}/": 302 if stranger else 200,
        "/notices/new/": 200,
        "/settings/blocks/": 302 if stranger else 200,
        "/settings/decisions/": 302 if stranger else 200,
    }
    assert {path: client.get(path).status_code for path in expected} == expected
    deed = (NOBODY | MODERATORS)[who]
    posts = {
        f"/moderation/{case.pk}/claim/": deed,
        f"/moderation/{case.pk}/decide/": deed,
        f"/moderation/{case.pk}/reopen/": deed,
        "/moderation/bulk/": deed,
    }
    assert {path: client.post(path, {"outcome": "kept"}).status_code for path in posts} == posts


def test_a_report_from_the_post(answer: Answer, member: Member, client_for: Callable[[Member], Client]) -> None:
    client = client_for(member)
    assert f"/flags/answer/{answer.pk}/" in client.get(answer.thread.get_absolute_url()).content.decode()
    response = client.post(f"/flags/answer/{answer.pk}/", {"reason": "spam", "note": "Third time"})
    assert (response.status_code, list(Flag.objects.values_list("member", "reason", "note"))) == (
        *(303, [(member.pk, "spam", "Third time")]),
    )
    again = client.post(f"/flags/answer/{answer.pk}/", {"reason": "spam"})
    assert (again.status_code, "reported this already" in again.content.decode()) == (409, True)


def test_what_is_hidden_or_unknown_cannot_be_reported(
    answer: Answer, member: Member, client_for: Callable[[Member], Client]
) -> None:
    Answer.objects.filter(pk=answer.pk).update(hidden_at=NOW)
    client = client_for(member)
    for path in (f"/flags/answer/{answer.pk}/", "/flags/answer/99999999/", "/flags/member/1/"):
        assert client.get(path).status_code == 404


def test_a_moderator_decides_by_form_and_undoes_it(answer: Answer, client_for: Callable[[Member], Client]) -> None:
    case, client = case_of(answer), client_for(factories.member("Clara Holm", Role.MODERATOR))
    client.post(f"/moderation/{case.pk}/decide/", {"outcome": "removed", "facts": "An advert.", "rule": "None here."})
    answer.refresh_from_db()
    assert (answer.is_hidden, Sanction.objects.get().facts) == (True, "An advert.")
    client.post(f"/moderation/{case.pk}/reopen/")
    answer.refresh_from_db()
    assert answer.is_visible


def test_several_at_once(thread: Thread, client_for: Callable[[Member], Client]) -> None:
    waiting = [case_of(answer) for answer in factories.many(factories.answer, 3, thread)]
    client = client_for(factories.member("Clara Holm", Role.MODERATOR))
    client.post("/moderation/bulk/", {"outcome": "removed", "case": [waiting[0].pk, waiting[2].pk]})
    client.post("/moderation/bulk/", {"outcome": "removed", "case": [waiting[1].pk, 10**30, "x"]})
    assert list(Case.objects.order_by("pk").values_list("outcome", flat=True)) == ["removed", "", "removed"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_queue_costs_the_same_however_long_it_is(
    rows: int, thread: Thread, client_for: Callable[[Member], Client], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for answer in factories.many(factories.answer, rows, thread):
        case_of(answer)
    client = client_for(factories.member("Clara Holm", Role.MODERATOR))
    client.get("/moderation/")
    with django_assert_num_queries(9):
        client.get("/moderation/")


class TestDecisions:
    @pytest.fixture
    def sanction(self, member: Member) -> Sanction:
        return sanctions.impose(
            member=member, grade=Sanction.Grade.SILENCE, facts="Three adverts.", rule="No advertising.",
            until=timezone.now() + timedelta(days=7), by=factories.member("Clara Holm", Role.MANAGER), at=NOW,
        )  # fmt: skip

    def test_only_whom_it_concerns_reads_it(self, sanction: Sanction, client_for: Callable[[Member], Client]) -> None:
        path = sanction.get_absolute_url()
        assert client_for(sanction.member).get(path).status_code == 200
        assert client_for(sanction.by).get(path).status_code == 404
        assert client_for(factories.member()).get(path).status_code == 404

    def test_a_silenced_member_reads_why_and_appeals(
        self, sanction: Sanction, thread: Thread, client_for: Callable[[Member], Client]
    ) -> None:
        client = client_for(sanction.member)
        refusal = client.post(f"/threads/{thread.pk}/answers/", {"body": "More adverts"})
        assert (refusal.status_code, "cannot post" in refusal.content.decode()) == (403, True)
        assert client.post(sanction.get_absolute_url(), {"text": "They were none."}).status_code == 303
        assert "They were none." in client.get(sanction.get_absolute_url()).content.decode()
        assert client.post(sanction.get_absolute_url(), {"text": "Again."}).status_code == 409


class TestNotices:
    SAID = {
        "url": "https://elsewhere.example/",
        "kind": "defamation",
        "explanation": "A lie.",
        "name": "Nora Beck",
        "email": "nora@example.com",
        "in_good_faith": "on",
    }

    def test_a_stranger_gets_a_receipt(self) -> None:
        response = Client().post("/notices/new/", self.SAID)
        assert (response.status_code, Notice.objects.get().number in response.content.decode()) == (201, True)

    @pytest.mark.parametrize("left_out", ["in_good_faith", "email", "explanation"])
    def test_what_the_law_asks_for_is_needed(self, left_out: str) -> None:
        response = Client().post("/notices/new/", {**self.SAID, left_out: ""})
        assert (response.status_code, Notice.objects.count()) == (422, 0)

    def test_one_address_gives_ten_an_hour(self) -> None:
        assert [Client().post("/notices/new/", self.SAID).status_code for _ in range(11)] == [201] * 10 + [429]


class TestBlocks:
    def test_their_posts_fold_away_for_the_blocker_alone(
        self, answer: Answer, member: Member, client_for: Callable[[Member], Client]
    ) -> None:
        client = client_for(member)
        client.post(f"/members/{answer.author.handle}/block/")
        page = answer.thread.get_absolute_url()
        assert "You have blocked" in client.get(page).content.decode()
        assert "You have blocked" not in client_for(answer.author).get(page).content.decode()
        client.post(f"/members/{answer.author.handle}/unblock/")
        assert "You have blocked" not in client.get(page).content.decode()

    def test_nothing_that_they_do_is_told(self, thread: Thread, ambassador: Member) -> None:
        blocks.block(member=thread.author, blocked=ambassador, at=NOW)
        factories.answer(thread, ambassador)
        factories.work_off()
        assert not thread.author.notifications.exists()

    def test_not_oneself(self, member: Member, client_for: Callable[[Member], Client]) -> None:
        assert client_for(member).post(f"/members/{member.handle}/block/").status_code == 403
        assert not Block.objects.exists()


class TestRemoval:
    """A moderator says why before a post is taken away."""

    def test_the_post_leads_to_the_reasons_and_they_to_its_author(
        self, answer: Answer, client_for: Callable[[Member], Client]
    ) -> None:
        clara = factories.member("Clara", Role.MODERATOR)
        client, path = client_for(clara), f"/moderation/remove/answer/{answer.pk}/"
        thread = answer.thread.get_absolute_url()
        assert f'href="{path}"' in client.get(thread).content.decode()
        assert "A little coarser than for" in client.get(path).content.decode()
        assert client.post(path, {"facts": "An advert."}).status_code == 422
        assert client.post(path, {"reason": "spam", "facts": "An advert."}).status_code == 303
        assert Sanction.objects.get().facts == "An advert."
        back = f'action="/threads/{answer.thread_id}/answers/{answer.pk}/restore/"'
        assert back in client.get(thread).content.decode()
        assert back not in client_for(answer.author).get(thread).content.decode()
        client.post(f"/threads/{answer.thread_id}/answers/{answer.pk}/restore/")
        answer.refresh_from_db()
        assert answer.is_visible

    def test_its_own_address_removes_with_the_general_rule(
        self, answer: Answer, client_for: Callable[[Member], Client]
    ) -> None:
        clara = factories.member("Clara", Role.MODERATOR)
        client_for(clara).post(f"/threads/{answer.thread_id}/answers/{answer.pk}/delete/")
        answer.refresh_from_db()
        assert (answer.is_hidden, Sanction.objects.get().member) == (True, answer.author)

    @pytest.mark.parametrize(
        ("name", "status"),
        [("stranger", 302), ("member", 404), ("ambassador", 404), ("agent", 404), ("moderator", 200), ("manager", 200)],
    )
    def test_is_for_moderators(
        self, name: str, status: int, answer: Answer, client_for: Callable[[Member], Client]
    ) -> None:
        client = browser(person(name), client_for)
        assert client.get(f"/moderation/remove/answer/{answer.pk}/").status_code == status
        assert client.get("/moderation/remove/answer/999999/").status_code == (302 if status == 302 else 404)
        assert client.get("/moderation/remove/nothing/1/").status_code == (302 if status == 302 else 404)

    def test_nobody_removes_their_own(self, client_for: Callable[[Member], Client]) -> None:
        clara = factories.member("Clara", Role.MODERATOR)
        answer = factories.answer(author=clara)
        assert client_for(clara).get(f"/moderation/remove/answer/{answer.pk}/").status_code == 404
