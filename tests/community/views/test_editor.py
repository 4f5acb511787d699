"""The composer's own addresses: drafts, pictures, whom and what to name, quotes, the history; and who may use them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from community import freshness, limits
from community.models import Answer, Block, Draft, Member, Ownership, Revision, Role, Thread, Upload
from community.services import answers, threads
from tests import factories
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
NOW = timezone.now()
TO_SIGN_IN, NOT_FOUND = 302, 404
PEOPLE = ("stranger", "other", "asker", "helper", "moderator")


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A place for the files of one test."""
    settings.MEDIA_ROOT = tmp_path
    return iter([None])


@pytest.fixture
def client(member: Member, client_for: ClientFor) -> Client:
    """The browser of ``member``, whose session has been noted."""
    browser = client_for(member)
    browser.get("/settings/")
    return browser


@pytest.fixture
def revised(answer: Answer) -> Answer:
    """An answer with two versions."""
    changed = answers.edit(answer=answer, by=answer.author, body="Finer.", at=NOW + timedelta(hours=1))
    return Answer.objects.get(pk=changed.pk)


def browser(who: str, answer: Answer, client_for: ClientFor) -> Client:
    people = {"asker": answer.thread.author, "helper": answer.author}
    if who == "stranger":
        return Client()
    return client_for(people.get(who) or factories.member("Priya Nair", *([Role.MODERATOR] * (who == "moderator"))))


def picture() -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (40, 30)).save(made, "PNG")
    return SimpleUploadedFile("x.html", made.getvalue(), "text/html")


class TestDrafts:
    @pytest.mark.parametrize(
        ("address", "statuses"),
        [
            ("/drafts/thread/0/", (TO_SIGN_IN, 200, 200, 200, 200)),
            ("/drafts/answer/{t}/", (TO_SIGN_IN, 200, 200, 200, 200)),
            ("/drafts/thread-edit/{t}/", (TO_SIGN_IN, NOT_FOUND, 200, NOT_FOUND, 200)),
            ("/drafts/answer-edit/{a}/", (TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 200, 200)),
            ("/drafts/thread/1/", (TO_SIGN_IN, *(NOT_FOUND,) * 4)),
            ("/drafts/answer/0/", (TO_SIGN_IN, *(NOT_FOUND,) * 4)),
            ("/drafts/answer/999999/", (TO_SIGN_IN, *(NOT_FOUND,) * 4)),
            ("/drafts/review/1/", (TO_SIGN_IN, *(NOT_FOUND,) * 4)),
        ],
    )
    def test_are_kept_for_who_may_write_there(
        self, address: str, statuses: tuple[int, ...], answer: Answer, client_for: ClientFor
    ) -> None:
        path = address.format(t=answer.thread_id, a=answer.pk)
        found = tuple(browser(who, answer, client_for).post(path, {"body": "x"}).status_code for who in PEOPLE)
        assert (found, Draft.objects.count()) == (statuses, statuses.count(200))

    def test_come_back_in_the_composer(self, client: Client, thread: Thread) -> None:
        told = client.post(f"/drafts/answer/{thread.pk}/", {"body": "Half a thought"}).json()
        page = client.get(thread.get_absolute_url()).content.decode()
        assert "Half a thought</textarea>" in page
        assert f'name="draft" value="{told["version"]}"' in page

    def test_come_back_in_the_form_of_a_question_and_of_changes(self, client: Client, thread: Thread) -> None:
        answer = factories.answer(thread, thread.author)
        client.post("/drafts/thread/0/", {"title": "A title", "body": "Half a question", "phase": "after"})
        client.post(f"/drafts/thread-edit/{thread.pk}/", {"title": thread.title, "body": "Half an edit"})
        client.post(f"/drafts/answer-edit/{answer.pk}/", {"body": "Half a correction", "reason": "Typing error"})
        asked = client.get("/threads/new/").content.decode()
        assert ("Half a question" in asked, 'value="A title"' in asked) == (True, True)
        assert "Half an edit" in client.get(f"/threads/{thread.pk}/edit/").content.decode()
        edited = client.get(f"/threads/{thread.pk}/answers/{answer.pk}/edit/").content.decode()
        assert ("Half a correction" in edited, "Typing error" in edited) == (True, True)

    def test_are_offered_where_a_link_fills_in_something_else(self, client: Client) -> None:
        client.post("/drafts/thread/0/", {"title": "Descaling?", "body": "Half a question"})
        page = client.get("/threads/new/?title=Something+else").content.decode()
        assert ("Descaling?" in page, "Half a question" in page, 'value="Something else"' in page) == (
            True,
            False,
            True,
        )

    def test_a_conflict_answers_with_the_other_text(self, client: Client, thread: Thread) -> None:
        path = f"/drafts/answer/{thread.pk}/"
        first = client.post(path, {"body": "One"}).json()
        second = client.post(path, {"body": "One, two", "draft": first["version"]}).json()
        with unchanged():
            refused = client.post(path, {"body": "Three", "draft": first["version"]})
        told = refused.json()
        assert (refused.status_code, told["code"]) == (409, "draft_conflict")
        assert told["stored"] == {"version": second["version"], "content": {"body": "One, two"}}

    @pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40, "²"])
    def test_a_made_up_version_counts_as_none(self, client: Client, thread: Thread, version: str) -> None:
        answer = client.post(f"/drafts/answer/{thread.pk}/", {"body": "One", "draft": version})
        assert (answer.status_code, Draft.objects.count()) == (200, 1)

    def test_go_with_the_posted_form(self, client: Client, thread: Thread) -> None:
        version = client.post(f"/drafts/answer/{thread.pk}/", {"body": "Coarser."}).json()["version"]
        client.post(f"/threads/{thread.pk}/answers/", {"body": "Coarser.", "draft": version})
        assert (Draft.objects.count(), Answer.objects.get().body) == (0, "Coarser.")

    def test_can_be_thrown_away_without_script(self, client: Client, thread: Thread) -> None:
        version = client.post(f"/drafts/answer/{thread.pk}/", {"body": "Coarser."}).json()["version"]
        gone = client.post(f"/drafts/answer/{thread.pk}/discard/", {"draft": version})
        assert (gone.status_code, gone["Location"], Draft.objects.count()) == (303, thread.get_absolute_url(), 0)

    def test_cost_no_visitor_a_kept_page(self, client: Client, thread: Thread, settings: Settings) -> None:
        before = freshness.version()
        client.post(f"/drafts/answer/{thread.pk}/", {"body": "One"})
        assert freshness.version() == before

    def test_are_bounded_in_number(self, client: Client, thread: Thread) -> None:
        # On one minute's clock: the next would begin to count anew.
        with time_machine.travel(NOW, tick=False):
            statuses = [client.post(f"/drafts/answer/{thread.pk}/", {"body": ""}).status_code for _ in range(91)]
        assert (statuses.count(200), statuses[-1]) == (limits.DRAFTS.most, 429)


class TestUploads:
    def test_a_picture_is_kept_whatever_its_name_says(self, client: Client, member: Member) -> None:
        answer = client.post("/uploads/", {"file": picture()})
        upload = Upload.objects.get()
        assert (answer.status_code, upload.owner, str(upload.file.name)[-5:]) == (201, member, ".webp")
        assert answer.json() == {"source": f"upload:{upload.token}", "width": 40, "height": 30}

    @pytest.mark.parametrize("data", [{}, {"file": SimpleUploadedFile("x.png", b"<script>", "image/png")}])
    def test_anything_else_is_refused(self, client: Client, data: dict[str, SimpleUploadedFile]) -> None:
        with unchanged():
            answer = client.post("/uploads/", data)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_picture")

    def test_a_stranger_is_sent_to_sign_in(self) -> None:
        with unchanged():
            assert Client().post("/uploads/", {"file": picture()}).status_code == TO_SIGN_IN


class TestMentions:
    def names(self, client: Client, query: str) -> list[str]:
        page = client.get(f"/mentions/?{query}").content.decode()
        return [part.partition('"')[0] for part in page.split('data-name="')[1:]]

    def test_who_takes_part_comes_first_then_others_by_handle_and_name(self, client: Client, answer: Answer) -> None:
        factories.member("Maria Abel")
        factories.member("Hanna Marquardt")
        factories.member("Tomasz Zielinski")
        here = f"thread={answer.thread_id}"
        assert self.names(client, f"{here}&q=") == ["mara-lindqvist"]
        assert self.names(client, f"{here}&q=ma") == ["mara-lindqvist", "hanna-marquardt", "maria-abel"]
        assert self.names(client, "q=mar&thread=") == ["hanna-marquardt", "mara-lindqvist", "maria-abel"]
        assert self.names(client, "q=&thread=x") == []

    def test_nobody_finds_who_is_apart_or_gone(self, client: Client, member: Member) -> None:
        blocked, gone = factories.member("Priya Nair"), factories.member("Priya Gone", is_active=False)
        Block.objects.create(member=blocked, blocked=member, at=NOW)
        assert (self.names(client, "q=priya"), gone.is_active) == ([], False)

    def test_it_costs_the_same_with_many(
        self, client: Client, answer: Answer, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        factories.many(factories.member, 12, "Maria Abel")
        with django_assert_num_queries(5):
            assert len(self.names(client, f"thread={answer.thread_id}&q=ma")) == 8

    def test_a_stranger_is_sent_to_sign_in(self) -> None:
        assert Client().get("/mentions/?q=mara").status_code == TO_SIGN_IN

    def test_a_hidden_thread_tells_nothing(self, client_for: ClientFor, answer: Answer) -> None:
        threads.hide(thread=answer.thread, by=answer.author, at=NOW)
        assert client_for(factories.member()).get(f"/mentions/?thread={answer.thread_id}").status_code == NOT_FOUND


class TestProducts:
    def slugs(self, client: Client, query: str) -> list[str]:
        page = client.get(f"/mentions/?of=products&{query}").content.decode()
        return [part.partition('"')[0] for part in page.split('data-name="')[1:]]

    def test_that_of_the_thread_comes_first_then_what_one_owns_then_by_name(
        self, client: Client, member: Member
    ) -> None:
        asked_about = factories.product("zeta", name="Zeta")
        factories.product("alpha", name="Alpha")
        owned = factories.product("omega", name="Omega")
        Ownership.objects.create(member=member, product=owned, since=NOW)
        Ownership.objects.create(member=factories.member(), product=asked_about, since=NOW)
        here = f"thread={factories.thread(product=asked_about).pk}"
        assert self.slugs(client, f"{here}&q=") == ["zeta", "omega", "alpha"]
        assert self.slugs(client, "thread=&q=") == ["omega", "alpha", "zeta"]

    def test_by_slug_and_by_each_part_of_the_name(self, client: Client) -> None:
        factories.product("aurora-s1", name="Aurora S1")
        factories.product("beans-dark", name="Polarnacht Öko")
        for beginning, found in {
            "AUR": ["aurora-s1"], "s1": ["aurora-s1"], "s": [], "polar": ["beans-dark"], "Öko": ["beans-dark"],
            "beans-d": ["beans-dark"], "nacht": [], "%": [],
        }.items():  # fmt: skip
            assert self.slugs(client, f"thread=&q={quote(beginning)}") == found

    def test_what_is_not_on_sale_is_not_said(self, client: Client) -> None:
        hidden = factories.product("secret", name="Secret One", is_active=False)
        here = f"thread={factories.thread(product=hidden).pk}"
        assert (self.slugs(client, f"{here}&q=secret"), self.slugs(client, f"{here}&q=")) == ([], [])

    def test_a_name_is_shown_as_it_is(self, client: Client) -> None:
        factories.product("aurora", name="<b>Aurora</b>")
        assert "&lt;b&gt;Aurora&lt;/b&gt;" in client.get("/mentions/?of=products&q=au&thread=").content.decode()

    def test_it_costs_the_same_with_many(
        self, client: Client, thread: Thread, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for many in (1, 12):
            factories.many(factories.product, many, name="Aurora")
            with django_assert_num_queries(4):
                assert len(self.slugs(client, f"thread={thread.pk}&q=au")) == min(many, 8)

    @pytest.mark.parametrize(("who", "status"), [*zip(PEOPLE, (TO_SIGN_IN, 200, 200, 200, 200), strict=True)])
    def test_members_are_told_and_nobody_else(
        self, who: str, status: int, revised: Answer, client_for: ClientFor
    ) -> None:
        address = f"/mentions/?of=products&thread={revised.thread_id}"
        assert browser(who, revised, client_for).get(address).status_code == status

    def test_a_hidden_thread_tells_nothing(self, client_for: ClientFor, answer: Answer) -> None:
        threads.hide(thread=answer.thread, by=answer.author, at=NOW)
        address = f"/mentions/?of=products&thread={answer.thread_id}"
        assert client_for(factories.member()).get(address).status_code == NOT_FOUND


class TestQuoting:
    def test_a_post_comes_into_the_composer_with_author_and_link(self, client: Client, thread: Thread) -> None:
        answer = factories.answer(thread, factories.member("Ada [x] *B*"), body="One\n\n- two")
        page = client.get(f"{thread.get_absolute_url()}?quote=answer-{answer.pk}").content.decode()
        assert (
            f"&gt; [Ada \\[x\\] \\*B\\*]({answer.get_absolute_url()}) wrote:\n&gt;\n&gt; One\n&gt;\n&gt; - two\n"
            in page
        )

    def test_it_comes_after_what_is_there(self, client: Client, thread: Thread) -> None:
        client.post(f"/drafts/answer/{thread.pk}/", {"body": "I think:"})
        page = client.get(f"{thread.get_absolute_url()}?quote=question").content.decode()
        assert "I think:\n\n&gt; [Lena Sommer](" in page

    @pytest.mark.parametrize("wanted", ["answer-{foreign}", "answer-", "answer-999999999999999999", "x", ""])
    def test_anything_else_quotes_nothing(self, client: Client, thread: Thread, wanted: str) -> None:
        wanted = wanted.format(foreign=factories.answer(body="Elsewhere").pk)
        page = client.get(f"{thread.get_absolute_url()}?quote={wanted}").content.decode()
        assert "wrote:\n" not in page


class TestHistory:
    @pytest.mark.parametrize("of", ["question", "answer"])
    def test_shows_what_changed_by_whom_and_why(self, client: Client, thread: Thread, of: str) -> None:
        later, why = NOW + timedelta(hours=1), {"reason": "Units were <missing>"}
        answer = factories.answer(thread, thread.author, body="Take 18 of it, finely ground, please.")
        with_units = "Take 18 g of it, finely ground, please."
        path = f"/threads/{thread.pk}/answers/{answer.pk}/" if of == "answer" else f"/threads/{thread.pk}/"
        if of == "question":
            Thread.objects.filter(pk=thread.pk).update(body=answer.body, created_at=NOW - timedelta(hours=1))
        Answer.objects.filter(pk=answer.pk).update(created_at=NOW - timedelta(hours=1))
        form = {"body": with_units, "title": thread.title, "phase": "before", **why}
        assert client.post(f"{path}edit/", form).status_code == 303
        page = client.get(f"{path}history/").content.decode()
        assert '<ins><span class="vh">Added: </span>g </ins>' in page
        assert ("Units were &lt;missing&gt;" in page, "Version 2" in page, later > NOW) == (True, True, True)
        assert f'href="{path}history/"' in client.get(thread.get_absolute_url()).content.decode()

    def test_of_an_unchanged_post_says_so(self, answer: Answer) -> None:
        path = f"/threads/{answer.thread_id}/answers/{answer.pk}/history/"
        page = Client().get(path, headers={"Accept-Language": "en"}).content.decode()
        assert "No former version was kept" in page

    def test_is_read_by_who_reads_the_post_and_not_in_search_engines(self, revised: Answer) -> None:
        path = f"/threads/{revised.thread_id}/answers/{revised.pk}/history/"
        assert '<meta name="robots" content="noindex">' in Client().get(path).content.decode()
        answers.hide(answer=revised, by=revised.author, at=NOW)
        assert Client().get(path).status_code == NOT_FOUND
        assert Client().get(f"/threads/{revised.thread_id + 1}/answers/{revised.pk}/history/").status_code == NOT_FOUND

    def test_costs_the_same_with_many_versions(
        self, answer: Answer, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        path = f"/threads/{answer.thread_id}/answers/{answer.pk}/history/"
        for number in range(1, 24):
            answers.edit(answer=answer, by=answer.author, body=f"{number}", at=NOW + timedelta(hours=number))
            if number in (1, 23):
                with django_assert_num_queries(3):
                    Client().get(path)
        page = Client().get(path).content.decode()
        assert (page.count("<article"), 'rel="next"' in page) == (10, True)

    @pytest.mark.parametrize(
        ("who", "status"), [*zip(PEOPLE, (TO_SIGN_IN, NOT_FOUND, NOT_FOUND, 303, 303), strict=True)]
    )
    def test_a_version_is_restored_by_author_and_moderators(
        self, who: str, status: int, revised: Answer, client_for: ClientFor
    ) -> None:
        first = revised.revisions.get(number=1)
        answer = browser(who, revised, client_for).post(f"/revisions/{first.pk}/restore/")
        revised.refresh_from_db()
        done = status == 303
        assert (answer.status_code, revised.body == first.body, Revision.objects.count()) == (status, done, 2 + done)
        assert (
            f"/threads/{revised.thread_id}/answers/{revised.pk}/history/"
            in client_for(revised.author).get(revised.thread.get_absolute_url()).content.decode()
        ) is True

    def test_offers_to_restore_only_to_them(self, revised: Answer, client_for: ClientFor) -> None:
        path = f"/threads/{revised.thread_id}/answers/{revised.pk}/history/"
        assert "/restore/" in client_for(revised.author).get(path).content.decode()
        assert "/restore/" not in client_for(factories.member()).get(path).content.decode()
