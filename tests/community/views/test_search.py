"""The search page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community import limits
from community.models import Member, SearchMiss, Thread
from community.services import ideas, threads
from tests import factories

pytestmark = pytest.mark.django_db

SHELL = 5  # Of a member with something unread: its kinds, and how many.
#: Products, look-ups in the vocabulary (more of them on SQLite), the hits, their rows, answers, ideas and members.
COST, FILTERED = (11, 9) if connection.vendor == "postgresql" else (17, 11)


def search(text: str, language: str = "en", **parameters: Any) -> str:
    body: str = page(text, language, **parameters).content.decode()
    return body


def page(text: str, language: str = "en", **parameters: Any):  # type: ignore[no-untyped-def] # Django's test response
    return Client().get("/search/", {"q": text, **parameters}, headers={"accept-language": language})


def hits(text: str, language: str = "en", **parameters: Any) -> list[int]:
    return [hit.thread.pk for hit in page(text, language, **parameters).context["result"].hits]


@pytest.fixture
def shelf(member: Member, ambassador: Member) -> dict[str, Thread]:
    """Three questions about two products, one of them solved by Mara."""
    aurora, mahl = factories.product("aurora-s1", name="Aurora S1"), factories.product("mahl-one", name="Mahl One")
    water = factories.topic("water", name="Wasser")
    made = {
        "descale": factories.thread(
            member, title="Aurora entkalken: wie oft?", product=aurora, topic=water, phase="after"
        ),
        "clean": factories.thread(member, title="Mühle entkalken, geht das?", product=mahl, phase="before"),
        "buy": factories.thread(ambassador, title="Lohnt sich die Mühle?", product=mahl, phase="before"),
    }
    factories.accepted_answer(made["descale"], ambassador)
    return made


def test_without_words_it_says_how_to_search(db: None) -> None:
    body = search("")
    assert "Search like this" in body
    assert 'value=""' in body


def test_words_are_marked_and_lead_to_the_question(shelf: dict[str, Thread]) -> None:
    body = search("entkalkung aurora")
    assert "<mark>Aurora</mark> <mark>entkalken</mark>: wie oft?" in body
    assert f'href="{shelf["descale"].get_absolute_url()}"' in body


def test_an_answer_that_says_it_is_quoted_and_linked(thread: Thread, ambassador: Member) -> None:
    answer = factories.answer(thread, ambassador, body="Nimm **Zitronensäure** & <script>alert(1)</script>.")
    factories.work_off()
    body = search("zitronensaeure")
    assert "<mark>Zitronensäure</mark> &amp; &lt;script&gt;" in body
    assert f'href="{answer.get_absolute_url()}"' in body


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("entkalken", {"descale", "clean"}),
        ("entkalken product:aurora-s1", {"descale"}),
        ("entkalken produkt:mahl", {"clean"}),
        ("product:mahl-one", {"clean", "buy"}),
        ("product:mahl product:aurora", {"descale", "clean", "buy"}),
        ("solved:yes", {"descale"}),
        ("gelöst:nein entkalken", {"clean"}),
        ("thema:wasser", {"descale"}),
        ("phase:before", {"clean", "buy"}),
        ("phase:vor Mühle entkalken", {"clean"}),
        ("by:@lena-sommer mühle", {"clean"}),
        ("von:mara-lindqvist", {"descale", "buy"}),
    ],
)
def test_filters_narrow_the_hits(shelf: dict[str, Thread], text: str, found: set[str]) -> None:
    assert set(hits(text)) == {shelf[name].pk for name in found}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("mühle product:toaster", "We know no product “toaster”."),
        ("mühle topic:", "We know no topic “”."),
        ("mühle by:nobody", "Nobody here is called “nobody”."),
        ("mühle phase:never", "“never” is no phase."),
        ("mühle solved:maybe", "Write solved:yes or solved:no."),
        ("mühle produkd:mahl", "There is no filter “produkd:”. Did you mean “produkt:”?"),
    ],
)
def test_a_filter_that_means_nothing_is_explained_and_left_out(shelf: dict[str, Thread], text: str, hint: str) -> None:
    result = page(text).context["result"]
    assert [said for said in result.hints if said.startswith(hint)] != []
    assert result.count == (0 if "mahl" in text else 2)
    assert not SearchMiss.objects.exists()


def test_chips_take_a_filter_away_and_facets_add_one(shelf: dict[str, Thread]) -> None:
    result = page("entkalken product:aurora-s1 solved:yes", "de").context["result"]
    assert [(chip.label, chip.query) for chip in result.chips] == [
        ("Aurora S1", "entkalken gelöst:yes"),
        ("Gelöst", "entkalken produkt:aurora-s1"),
    ]
    facets = page("entkalken", "de").context["result"].facets
    assert {(facet.label, facet.query) for facet in facets} >= {
        ("Aurora S1", "entkalken produkt:aurora-s1"),
        ("Gelöst", "entkalken gelöst:ja"),
    }
    assert {facet.count for facet in facets} == {1}


def test_ideas_that_everybody_may_read_stand_beside_the_hits(shelf: dict[str, Thread]) -> None:
    blind = factories.contest(blind_votes=True)
    tank = factories.idea(title="Größerer Wassertank für die S1")
    entry = factories.idea(title="Ein Wassertank mit Griff", contest=blind)
    hidden = factories.idea(title="Wassertank aus Glas")
    factories.idea(title="Ein Deckel für den Abschlagkasten")
    ideas.hide(idea=hidden, by=hidden.author, at=timezone.now())
    found = page("wassertank")
    assert [idea.pk for idea in found.context["result"].ideas] == [entry.pk, tank.pk]
    assert found.content.decode().count("0 votes") == 1
    assert [idea.pk for idea in page("grosse wassert").context["result"].ideas] == [tank.pk]
    assert [idea.pk for idea in page("wasertank grif").context["result"].ideas] == [entry.pk]
    assert list(page("wassertank phase:before").context["result"].ideas) == []


def test_ideas_are_found_by_their_text_after_those_that_are_called_so(shelf: dict[str, Thread]) -> None:
    said = factories.idea(title="Mehr Platz für Wasser", body="Ein **Tragegriff** am Tank, bitte.")
    called = factories.idea(title="Ein Tragegriff für den Abschlagkasten")
    assert [idea.pk for idea in page("tragegriff").context["result"].ideas] == [called.pk, said.pk]
    assert [idea.pk for idea in page("griff wassertank").context["result"].ideas] == [said.pk]
    ideas.edit(
        idea=said, by=said.author, title=said.title, body="Ein Deckel.", product=None, topic=None, at=timezone.now()
    )
    assert [idea.pk for idea in page("tragegriff").context["result"].ideas] == [called.pk]


def test_products_and_members_stand_beside_the_hits(shelf: dict[str, Thread]) -> None:
    result = page("mahl one").context["result"]
    assert [product.slug for product in result.products] == ["mahl-one"]
    assert [member.handle for member in page("mara").context["result"].members] == ["mara-lindqvist"]


def test_nothing_found_leads_to_the_form_with_the_words_filled_in(shelf: dict[str, Thread]) -> None:
    body = search("Waschmaschine <b> & 100%")
    assert f'href="/threads/new/?title={quote("Waschmaschine <b> & 100%")}"' in body
    assert list(SearchMiss.objects.values_list("term", "language", "count")) == [("waschmaschine <b> & 100%", "en", 1)]


def test_a_search_for_somebodys_posts_is_not_kept(shelf: dict[str, Thread]) -> None:
    search("Waschmaschine by:mara-lindqvist")
    search("entkalken")
    assert not SearchMiss.objects.exists()


def test_nothing_hidden_is_found_not_even_by_its_answers(shelf: dict[str, Thread], member: Member) -> None:
    threads.delete(thread=shelf["descale"], by=member, at=shelf["descale"].created_at)
    Thread.objects.filter(pk=shelf["clean"].pk).update(hidden_at=shelf["clean"].created_at)
    assert (hits("entkalken"), hits("solved:yes"), hits("phase:before")) == ([], [], [shelf["buy"].pk])


def test_hits_come_in_pages_and_end(member: Member) -> None:
    factories.many(factories.thread, 65, member, title="Wassertank tropft unten")
    pages = [hits("Wassertank tropft", page=number) for number in (1, 2, 3)]
    assert [len(set(found)) for found in pages] == [20, 20, 20]
    assert len({pk for found in pages for pk in found}) == 60
    assert hits("Wassertank", page=4) == hits("Wassertank", page=3)
    assert hits("Wassertank", page="x") == hits("Wassertank", page=0) == hits("Wassertank")
    assert "The best 60 results" in search("Wassertank")


@pytest.mark.parametrize(
    "hostile", ["'", '"', "%s %d %%", "a" * 5000, "\x00mühle", 'product:"', "{{ 7 }}", "NEAR(a,b)"]
)
def test_nothing_typed_breaks_the_page(shelf: dict[str, Thread], hostile: str) -> None:
    assert page(hostile).status_code == 200


def test_searches_are_limited_by_address_and_by_member(
    shelf: dict[str, Thread], member: Member, client_for: Callable[[Member], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SEARCHES", limits.Limit("searches", 2, 3600))
    assert [page("mühle").status_code for _ in range(3)] == [200, 200, 429]
    assert client_for(member).get("/search/?q=mühle").status_code == 200
    assert page("").status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_the_same_however_much_is_found(
    rows: int,
    member: Member,
    client_for: Callable[[Member], Client],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    product = factories.product("aurora")
    for thread in factories.many(factories.thread, rows, member, title="Wassertank tropft unten", product=product):
        factories.answer(thread)
    factories.work_off()
    reader = client_for(member)
    reader.get("/search/?q=x")
    for text, queries in (("Wassertank tropft", COST), ("phase:before", 4), ("Wassertank product:aurora", FILTERED)):
        with django_assert_num_queries(queries + SHELL, info=f"{rows} rows for {text}"):
            reader.get("/search/", {"q": text})
