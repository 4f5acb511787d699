"""Pages of ideas and contests: who may do what, what is blind, where addresses lead, and what a page costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.models import Contest, Idea, IdeaComment, Member, Role
from community.services import contests, idea_decisions, idea_votes, ideas
from tests import factories

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]

TEXT = {"title": "A lid for the knock box", "body": "Please."}
#: method, address, form, and the status for stranger, member, author, juror, moderator.
TABLE = [
    ("get", "/ideas/", None, (200, 200, 200, 200, 200)),
    ("get", "/ideas/new/", None, (302, 200, 200, 200, 200)),
    ("post", "/ideas/new/", TEXT, (302, 303, 303, 303, 303)),
    ("get", "/ideas/similar/?title=a+lid+for+the+box", None, (302, 200, 200, 200, 200)),
    ("get", "/ideas/contests/", None, (200, 200, 200, 200, 200)),
    ("get", "/ideas/contests/winter/", None, (200, 200, 200, 200, 200)),
    ("get", "/ideas/contests/secret/", None, (404, 404, 404, 404, 200)),
    ("get", "/ideas/contests/winter/jury/", None, (302, 404, 404, 200, 404)),
    ("post", "/ideas/contests/winter/jury/", {"x": ""}, (302, 404, 404, 409, 404)),
    ("get", "/ideas/contests/winter/compose/", None, (302, 404, 404, 404, 404)),
    ("get", "{idea}", None, (200, 200, 200, 200, 200)),
    ("get", "/ideas/{pk}/edit/", None, (302, 404, 200, 404, 200)),
    ("post", "/ideas/{pk}/edit/", TEXT, (302, 404, 303, 404, 303)),
    ("post", "/ideas/{pk}/vote/", {"value": "1"}, (302, 303, 403, 303, 303)),
    ("post", "/ideas/{pk}/comments/", {"body": "Yes."}, (302, 303, 303, 303, 303)),
    ("post", "/ideas/{pk}/merge/", {"into": "0"}, (302, 404, 404, 404, 422)),
    ("post", "/ideas/comments/{comment}/delete/", {}, (302, 404, 303, 404, 303)),
    ("post", "/ideas/comments/{comment}/restore/", {}, (302, 404, 303, 404, 303)),
    ("post", "/ideas/{pk}/delete/", {}, (302, 404, 303, 404, 303)),
    ("post", "/ideas/{pk}/restore/", {}, (302, 404, 303, 404, 303)),
    ("get", "/ideas/{hidden}/", None, (404, 404, 301, 404, 301)),
    ("get", "/ideas/999999/", None, (404, 404, 404, 404, 404)),
]


@pytest.fixture
def author(db: None) -> Member:
    return factories.member("Author")


@pytest.mark.parametrize(("method", "address", "form", "expected"), TABLE)
def test_who_may_do_what(
    method: str,
    address: str,
    form: dict[str, str] | None,
    expected: tuple[int, ...],
    author: Member,
    member: Member,
    client_for: ClientFor,
) -> None:
    juror, moderator = factories.member("Juror"), factories.member("Moderator", Role.MODERATOR)
    winter = factories.contest("vote", slug="winter")
    winter.jury.add(juror)
    factories.idea(contest=winter)
    factories.contest("vote", slug="secret", is_public=False)
    idea, hidden = factories.idea(author), factories.idea(author)
    ideas.hide(idea=hidden, by=moderator, at=timezone.now())
    comment = IdeaComment.objects.create(idea=idea, author=author, body="x", html="x", created_at=timezone.now())
    Idea.objects.filter(pk=idea.pk).update(comment_count=1)
    path = address.format(idea=idea.get_absolute_url(), pk=idea.pk, comment=comment.pk, hidden=hidden.pk)
    clients = [Client(), *(client_for(one) for one in (member, author, juror, moderator))]
    assert tuple(getattr(client, method)(path, form or {}).status_code for client in clients) == expected


class TestBlindVotes:
    def test_no_page_shows_a_count_or_an_order_before_the_end(
        self, member: Member, author: Member, client_for: ClientFor
    ) -> None:
        contest = factories.contest("vote", blind_votes=True, slug="winter")
        loved, newer = factories.idea(author, contest=contest), factories.idea(title="Newer than that", contest=contest)
        Idea.objects.filter(pk=newer.pk).update(created_at=loved.created_at + timedelta(minutes=1))
        Idea.objects.filter(pk=loved.pk).update(vote_count=4711)
        for viewer in (Client(), client_for(member), client_for(author)):
            pages = {
                path: viewer.get(path).content.decode()
                for path in ("/ideas/contests/winter/?sort=top", loved.get_absolute_url(), "/ideas/", "/feed/")
            }
            assert [path for path, text in pages.items() if "4711" in text] == []
            shown = pages["/ideas/contests/winter/?sort=top"]
            assert shown.index("Newer than that") < shown.index(loved.title)
        assert "4711" not in client_for(member).get("/ideas/similar/?title=a+lid+for+the+knock+box").content.decode()

    def test_the_result_page_shows_them(self, author: Member) -> None:
        contest = factories.contest("ended", blind_votes=True, slug="winter")
        idea = factories.idea(author, contest=contest)
        Idea.objects.filter(pk=idea.pk).update(vote_count=4711)
        contests.close(contest_id=contest.pk, at=timezone.now())
        assert "4711" in Client().get("/ideas/contests/winter/").content.decode()


class TestAddresses:
    def test_a_merged_idea_leads_to_the_one_that_stays(self) -> None:
        idea, into = factories.idea(), factories.idea(title="The one that stays")
        address = idea.get_absolute_url()
        idea_decisions.merge(idea=idea, into=into, by=factories.member(), at=timezone.now())
        answer = Client().get(address)
        assert (answer.status_code, answer.headers["Location"]) == (301, into.get_absolute_url())
        assert idea.title not in Client().get("/ideas/").content.decode()

    def test_ideas_of_a_running_contest_stand_on_its_page_only(self) -> None:
        idea = factories.idea(title="Only in the contest", contest=factories.contest("vote", slug="winter"))
        assert idea.title not in Client().get("/ideas/").content.decode()
        assert idea.title in Client().get("/ideas/contests/winter/").content.decode()

    def test_an_entry_of_a_contest_that_is_being_prepared_is_not_there(self) -> None:
        contest = factories.contest("vote")
        idea = factories.idea(contest=contest)
        Contest.objects.update(is_public=False)
        assert Client().get(idea.get_absolute_url()).status_code == 404


class TestComposing:
    @pytest.fixture
    def contest(self) -> Contest:
        contest = factories.contest("submit", slug="winter")
        factories.toolkit(contest)
        return contest

    def test_without_script_the_server_says_the_price_and_stores_nothing(
        self, contest: Contest, member: Member, client_for: ClientFor
    ) -> None:
        sent = {"check": "1", "choose-bean": "dark", "choose-spice": "pepper", "title": ""}
        answer = client_for(member).post("/ideas/new/?contest=winter", sent)
        assert (answer.status_code, Idea.objects.count()) == (200, 0)
        assert "€11.00" in answer.content.decode()

    def test_live_the_same_is_asked(self, contest: Contest, member: Member, client_for: ClientFor) -> None:
        answer = client_for(member).get("/ideas/contests/winter/compose/?choose-bean=dark&choose-spice=honey")
        assert "does not go with" in answer.content.decode()

    def test_a_price_from_the_browser_is_not_believed(
        self, contest: Contest, member: Member, client_for: ClientFor
    ) -> None:
        sent = {**TEXT, "choose-bean": "dark", "price": "0.01"}
        assert client_for(member).post("/ideas/new/?contest=winter", sent).status_code == 303
        assert str(Idea.objects.get().configuration.price) == "11.50"

    def test_what_does_not_fit_keeps_the_text(self, contest: Contest, member: Member, client_for: ClientFor) -> None:
        sent = {**TEXT, "choose-bean": "mild", "choose-spice": "pepper"}
        answer = client_for(member).post("/ideas/new/?contest=winter", sent)
        assert (answer.status_code, Idea.objects.count()) == (422, 0)
        assert TEXT["title"] in answer.content.decode()
        assert "only goes with" in answer.content.decode()

    def test_a_remix_starts_from_what_another_composed(
        self, contest: Contest, author: Member, member: Member, client_for: ClientFor
    ) -> None:
        idea = factories.idea(author, contest=contest, choices={"bean": "dark", "spice": "pepper"})
        client = client_for(member)
        page = client.get(f"/ideas/new/?remix={idea.pk}").content.decode()
        assert page.count("checked") >= 2
        sent = {**TEXT, "title": "The same without pepper", "choose-bean": "dark", "choose-spice": ""}
        address = client.post(f"/ideas/new/?remix={idea.pk}", sent).headers["Location"]
        made = Idea.objects.get(title="The same without pepper")
        assert (made.remix_of, made.contest, made.get_absolute_url()) == (idea, contest, address)
        assert f'href="{idea.get_absolute_url()}"' in client.get(address).content.decode()

    def test_only_a_composed_idea_can_be_remixed(self, member: Member, client_for: ClientFor) -> None:
        assert client_for(member).get(f"/ideas/new/?remix={factories.idea().pk}").status_code == 404


class TestVoting:
    def test_by_htmx_the_button_and_the_votes_left_come_back(self, member: Member, client_for: ClientFor) -> None:
        idea = factories.idea(contest=factories.contest("vote", vote_budget=3))
        answer = client_for(member).post(f"/ideas/{idea.pk}/vote/", {"value": "1"}, headers={"HX-Request": "true"})
        text = answer.content.decode()
        assert ('aria-pressed="true"' in text, "2 of 3 votes left." in text, 'hx-swap-oob="true"' in text) == (
            True,
            True,
            True,
        )

    def test_similar_ideas_are_found_in_other_forms_of_the_words(self, member: Member, client_for: ClientFor) -> None:
        idea = factories.idea(title="Größerer Wassertank für die Aurora")
        text = client_for(member).get("/ideas/similar/?title=Wassertanks+der+Aurora").content.decode()
        assert idea.title in text


#: Of a signed-in page: session, member, unread count and the member's own standing in the shell.
SHELL = 4
#: Queries of a visitor and of a member.
COSTS = {
    "/ideas/": (12, 14 + SHELL),
    "/ideas/?status=planned": (6, 8 + SHELL),
    "/ideas/contests/winter/": (5, 7 + SHELL),
    "/ideas/contests/": (1, 1 + SHELL),
    "{idea}": (5, 10 + SHELL),
}


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_cost_the_same_however_much_they_show(
    rows: int, member: Member, author: Member, client_for: ClientFor
) -> None:
    contest, at = factories.contest("vote", slug="winter"), timezone.now()
    busy, *_rest = factories.many(factories.idea, rows, author, contest=contest)
    for idea in factories.many(factories.idea, rows, author):
        idea_votes.give(idea=idea, voter=member, at=at)
        idea_decisions.decide(idea=idea, status=Idea.Status.PLANNED, reason="Spring.", by=author, at=at)
    IdeaComment.objects.bulk_create(
        IdeaComment(idea=busy, author=author, body=f"{number}", html=f"{number}", created_at=at)
        for number in range(rows)
    )
    visitor, reader = Client(), client_for(member)
    found = {}
    for template in COSTS:
        path = template.format(idea=busy.get_absolute_url())
        found[template] = tuple(_queries(client, path) for client in (visitor, reader))
    assert found == COSTS


def _queries(client: Client, path: str) -> int:
    client.get(path)  # fills what is cached for minutes
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)
