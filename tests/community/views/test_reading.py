"""The ways into a thread, and what its page remembers of the reader."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Answer, Comment, Member, Role, Seen, Thread
from community.services import answers, comments, merging, official, votes
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ClientFor = Callable[[Member], Client]


def landed(client: Client, path: str) -> tuple[str, str]:
    """The text of the page that an address leads to, and the anchor there."""
    response = client.get(path)
    assert response.status_code == 302
    return client.get(response["Location"]).content.decode(), urlsplit(response["Location"]).fragment


def position(member: Member) -> int | None:
    return Seen.objects.filter(member=member).values_list("position", flat=True).first()


class TestDeepLinks:
    def test_an_answer_on_the_first_page_is_an_anchor(self, answer: Answer) -> None:
        response = Client().get(f"/answers/{answer.pk}/")
        assert response["Location"] == f"{answer.thread.get_absolute_url()}#answer-{answer.pk}"

    def test_an_answer_beyond_the_first_page_is_found_there(self, thread: Thread) -> None:
        *_others, last = factories.many(factories.answer, 45, thread, factories.ambassador())
        page, anchor = landed(Client(), last.get_absolute_url())
        assert anchor == f"answer-{last.pk}"
        assert f'id="answer-{last.pk}"' in page

    def test_the_order_of_help_is_the_one_of_the_page(self, thread: Thread, member: Member) -> None:
        found = factories.many(factories.answer, 25, thread, factories.ambassador())
        votes.cast(answer=found[-1], voter=member, value=1, at=NOW)
        assert landed(Client(), found[-1].get_absolute_url())[0].count("<article") == 20 + 1
        page, _anchor = landed(Client(), found[-2].get_absolute_url())
        assert f'id="answer-{found[-2].pk}"' in page

    def test_a_comment_is_found_below_its_answer(self, thread: Thread, member: Member) -> None:
        *_others, last = factories.many(factories.answer, 25, thread, factories.ambassador())
        comment = factories.comment(last, member)
        page, anchor = landed(Client(), comment.get_absolute_url())
        assert (anchor, f'id="{anchor}"' in page) == (f"comment-{comment.pk}", True)

    def test_what_is_gone_is_not_found(self, answer: Answer, member: Member) -> None:
        comment: Comment = factories.comment(answer, member)
        comments.delete(comment=comment, by=member, at=NOW)
        assert Client().get(f"/comments/{comment.pk}/").status_code == 404
        answers.delete(answer=answer, by=answer.author, at=NOW)
        assert Client().get(f"/answers/{answer.pk}/").status_code == 404


class TestUnread:
    def test_a_list_leads_to_the_first_unread_answer_under_a_line(
        self, thread: Thread, member: Member, client_for: ClientFor
    ) -> None:
        client, helper = client_for(member), factories.ambassador()
        factories.many(factories.answer, 30, thread, helper)
        client.get(thread.get_absolute_url())
        first, _second = factories.many(factories.answer, 2, thread, helper)
        listed = client.get("/threads/").content.decode()
        assert f'href="/threads/{thread.pk}/unread/"' in listed
        assert "2 new" in listed
        page, anchor = landed(client, f"/threads/{thread.pk}/unread/")
        assert anchor == "unread"
        assert page.index('id="unread"') < page.index(f'id="answer-{first.pk}"') < page.index('id="composer"')
        assert "2 new" not in client.get("/threads/").content.decode()

    def test_ones_own_answer_is_no_news(self, thread: Thread, member: Member, client_for: ClientFor) -> None:
        client = client_for(member)
        client.get(thread.get_absolute_url())
        factories.answer(thread, member)
        assert "qrow--unread" not in client.get("/threads/").content.decode()
        assert client.get(f"/threads/{thread.pk}/unread/")["Location"] == thread.get_absolute_url()

    def test_a_question_of_others_that_was_never_opened_is_new(self, member: Member, client_for: ClientFor) -> None:
        client, asked = client_for(member), factories.thread()
        assert "qrow--unread" in client.get("/threads/").content.decode()
        client.get(asked.get_absolute_url())
        assert "qrow--unread" not in client.get("/threads/").content.decode()

    def test_visitors_find_nothing_marked(self, thread: Thread) -> None:
        assert "qrow--unread" not in Client().get("/threads/").content.decode()
        assert Client().get(f"/threads/{thread.pk}/unread/")["Location"] == thread.get_absolute_url()

    def test_the_position_moves_with_what_is_shown_and_never_back(
        self, thread: Thread, member: Member, client_for: ClientFor
    ) -> None:
        client, helper = client_for(member), factories.ambassador()
        found = factories.many(factories.answer, 45, thread, helper)
        client.get(thread.get_absolute_url())
        assert position(member) == found[-1].pk
        later = factories.many(factories.answer, 25, thread, helper)
        client.get(thread.get_absolute_url())
        assert position(member) == found[-1].pk
        client.get(client.get(f"/threads/{thread.pk}/unread/")["Location"])
        assert position(member) == later[17].pk
        client.get(f"{thread.get_absolute_url()}?sort=old")
        assert position(member) == later[17].pk
        client.get(f"{thread.get_absolute_url()}?sort=new")
        assert position(member) == later[-1].pk

    def test_a_new_solution_of_a_long_thread_is_read_with_its_page(
        self, thread: Thread, member: Member, client_for: ClientFor
    ) -> None:
        client = client_for(member)
        factories.many(factories.answer, 30, thread, factories.ambassador())
        client.get(thread.get_absolute_url())
        factories.accepted_answer(thread)
        assert "1 new" in client.get("/threads/").content.decode()
        client.get(client.get(f"/threads/{thread.pk}/unread/")["Location"])
        assert "1 new" not in client.get("/threads/").content.decode()

    def test_a_page_fetched_ahead_counts_as_unread(self, answer: Answer, member: Member, client_for: ClientFor) -> None:
        client_for(member).get(answer.thread.get_absolute_url(), headers={"Sec-Purpose": "prefetch"})
        assert position(member) is None


class TestNews:
    def test_only_what_came_since_is_sent_and_read_with_it(
        self, answer: Answer, member: Member, client_for: ClientFor
    ) -> None:
        later = factories.answer(answer.thread)
        response = client_for(member).get(f"/threads/{answer.thread_id}/news/?after={answer.pk}")
        page = response.content.decode()
        assert f'id="answer-{answer.pk}"' not in page
        assert (f'id="answer-{later.pk}"' in page, f'data-newest="{later.pk}"' in page) == (True, True)
        assert position(member) == later.pk

    @pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30, "²"])
    def test_a_made_up_position_is_the_beginning(self, answer: Answer, after: str) -> None:
        response = Client().get(f"/threads/{answer.thread_id}/news/", {"after": after})
        assert f'id="answer-{answer.pk}"' in response.content.decode()

    def test_a_thread_that_is_gone_tells_nothing(self, answer: Answer, member: Member, client_for: ClientFor) -> None:
        client_for(member).post(f"/threads/{answer.thread_id}/delete/")
        assert Client().get(f"/threads/{answer.thread_id}/news/").status_code == 404


class TestSlots:
    def test_the_solution_stands_in_short_under_the_question(self, thread: Thread) -> None:
        long = factories.answer(thread, body="One mark coarser. " * 60)
        answers.accept(answer=long, by=thread.author, at=NOW)
        page = Client().get(thread.get_absolute_url()).content.decode()
        text = page.split('class="solution__text">')[1].split("</p>")[0]
        assert len(text) <= 300
        assert page.index('id="solution"') < page.index('id="answers-h"')

    def test_the_brands_answer_says_whose_it_is(self, answer: Answer) -> None:
        ben = factories.member("Ben Okafor", Role.AGENT)
        written = factories.answer(answer.thread, ben)
        for one, words in ((written, "Official answer of"), (answer, "Confirmed by")):
            official.choose(answer=one, by=ben, at=NOW)
            page = Client(headers={"Accept-Language": "en"}).get(answer.thread.get_absolute_url()).content.decode()
            assert (words in page, page.count(f'id="answer-{one.pk}"')) == (True, 1)
            assert '"acceptedAnswer":{"@type":"Answer"' in page

    def test_an_answer_in_both_slots_stands_once(self, answer: Answer) -> None:
        answers.accept(answer=answer, by=answer.thread.author, at=NOW)
        official.choose(answer=answer, by=factories.member("Ben Okafor", Role.AGENT), at=NOW)
        page = Client(headers={"Accept-Language": "en"}).get(answer.thread.get_absolute_url()).content.decode()
        assert page.count(f'id="answer-{answer.pk}"') == 1
        assert "This solved it for Lena Sommer" in page
        assert "Confirmed by" in page


class TestMerged:
    @pytest.fixture
    def merged(self, answer: Answer) -> tuple[Thread, Thread]:
        into = factories.thread(title="How coarse do you grind for a moka pot?")
        source = answer.thread
        merging.merge(source=source, into=into, by=source.author, moderator=True, at=NOW)
        return source, into

    def test_every_old_address_leads_on_for_good(self, merged: tuple[Thread, Thread]) -> None:
        source, into = merged
        for path in (f"/threads/{source.pk}/", source.get_absolute_url(), f"/threads/{source.pk}/unread/"):
            response = Client().get(path)
            assert (response.status_code, response["Location"]) == (301, into.get_absolute_url())

    def test_its_answers_and_its_text_are_there(self, merged: tuple[Thread, Thread], answer: Answer) -> None:
        page = Client().get(merged[1].get_absolute_url()).content.decode()
        assert (f'id="answer-{answer.pk}"' in page, "Which grind for a moka pot?" in page) == (True, True)

    def test_it_is_in_no_list_feed_or_sitemap(self, merged: tuple[Thread, Thread]) -> None:
        source = merged[0]
        for path in ("/threads/", "/feed/", "/sitemap-threads-0.xml", "/", "/members/lena-sommer/?tab=questions"):
            assert f"/threads/{source.pk}/" not in Client().get(path).content.decode()

    def test_an_answer_that_was_being_written_arrives(
        self, merged: tuple[Thread, Thread], member: Member, client_for: ClientFor
    ) -> None:
        client_for(member).post(f"/threads/{merged[0].pk}/answers/", {"body": "Written before the merger."})
        assert Answer.objects.latest("id").thread_id == merged[1].pk

    def test_the_api_leads_on_too(self, merged: tuple[Thread, Thread]) -> None:
        source, into = merged
        response = Client().get(f"/api/v1/threads/{source.pk}/answers/?sort=new")
        assert (response.status_code, response.json()["code"]) == (301, "moved")
        assert response["Location"] == f"http://testserver/api/v1/threads/{into.pk}/answers/?sort=new"
