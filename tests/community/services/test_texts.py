"""Texts: a product that they name is a chip wherever members write, and nothing is said of one that is not on sale."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.models import Answer, Member, News, Product, Thread
from community.search import index
from community.services import answers, idea_comments, news, products, review_replies, texts
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
CHIP = '<a href="/products/aurora-s1/" class="chip" rel="nofollow ugc noopener noreferrer">Aurora S1</a>'
NAMED = "Like #aurora-s1."
SHOWN = f"<p>Like {CHIP}.</p>"


@pytest.fixture
def aurora(db: None) -> Product:
    """The product that is named."""
    return factories.product("aurora-s1", name="Aurora S1")


def test_everything_that_members_write_shows_it(aurora: Product, member: Member) -> None:
    answer, idea = factories.answer(body=NAMED), factories.idea(body=NAMED)
    review = factories.review(body=NAMED)
    reply = review_replies.put(review=review, by=factories.member(), body=NAMED, at=NOW)
    shown = [
        factories.thread(body=NAMED).html, answer.html, idea.html, review.html, reply.html,
        texts.shown(NAMED, author=member),
    ]  # fmt: skip
    assert [html.strip() for html in shown] == [SHOWN] * 6
    remark = idea_comments.create(idea=idea, author=member, body=NAMED, at=NOW)
    assert [factories.comment(answer, body=NAMED).html, remark.html] == [f"Like {CHIP}."] * 2


def test_news_show_it_in_both_languages_and_call_nobody(aurora: Product, member: Member) -> None:
    said = News(title_de="Neu", title_en="New", body_de=NAMED, body_en=f"{NAMED} @{member.handle}")
    stored = vars(news.store(news=said, by=member, at=NOW))
    assert (stored["html_de"].strip(), stored["html_en"].strip()) == (SHOWN, f"<p>Like {CHIP}. @{member.handle}</p>")


@pytest.mark.parametrize("slug", ["secret", "nothing", "SECRET"])
def test_what_is_not_on_sale_stays_as_it_was_typed(slug: str) -> None:
    factories.product("secret", name="Nobody knows yet", is_active=False)
    assert factories.answer(body=f"#{slug}").html == f"<p>#{slug}</p>\n"


def test_capitals_do_not_matter_and_an_address_in_capitals_is_found(aurora: Product) -> None:
    factories.product("Mahl-One", name="Mahl One")
    html = texts.remark("#AURORA-S1 #Mahl-One #mahl-two")
    assert html.count('class="chip"') == 2
    assert ('href="/products/Mahl-One/"' in html, "#mahl-two" in html) == (True, True)


def test_a_text_names_ten_products_at_most(thread: Thread, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    body = " ".join(f"#{product.slug}" for product in factories.many(factories.product, 11))
    with django_assert_num_queries(2):
        assert texts.remark(body).count('class="chip"') == 10


def test_a_text_that_names_none_costs_nothing(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert texts.remark("No. 1 is C, and 2 is # D.") == "No. 1 is C, and 2 is # D."


def test_its_name_is_found_and_read_where_no_chip_can_stand(aurora: Product) -> None:
    Product.objects.filter(pk=aurora.pk).update(name="Großer Siebträger")
    asked, answered, idea = factories.thread(body=NAMED), factories.answer(body=NAMED), factories.idea(body=NAMED)
    factories.work_off()
    found = index.find("Siebträger", Thread.objects.visible())
    assert set(found.ids) == {asked.pk, answered.thread_id}
    assert index.ideas(found.terms, type(idea).objects.visible(), 5) == [idea.pk]
    page = Client().get("/search/?q=Siebträger").content.decode()
    assert "Like Großer <mark>Siebträger</mark>." in page


def test_a_new_name_is_shown_by_the_next_change(aurora: Product, answer: Answer) -> None:
    answer = answers.edit(answer=answer, by=answer.author, body=NAMED, at=NOW)
    aurora.name = "Aurora S1 (2026)"
    products.store(product=aurora)
    again = answers.edit(answer=answer, by=answer.author, body=f"{NAMED}!", at=NOW + timedelta(hours=1))
    assert (CHIP in answer.html, "Aurora S1 (2026)</a>" in again.html) == (True, True)
