"""Threads: asked, changed, hidden and shown again, with the counters of topic, product and member in step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Member, Product, Thread, Topic
from community.search import index
from community.services import threads
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)
TITLE = "How often should I descale the Aurora?"


@pytest.fixture(autouse=True)
def in_step() -> Iterator[None]:
    """Whatever a test does, ``verify`` finds nothing afterwards."""
    yield
    assert differences() == []


def ask(member: Member, topic: Topic | None = None, product: Product | None = None) -> Thread:
    return threads.create(
        author=member, title=TITLE, body="Every *month*?", phase="after", topic=topic, product=product, at=NOW
    )


def counts(*rows: Member | Topic | Product) -> list[int]:
    return [type(row)._default_manager.get(pk=row.pk).thread_count for row in rows]


def test_asking_stores_renders_counts_and_makes_findable(member: Member) -> None:
    topic, product = factories.topic(), factories.product()
    thread = ask(member, topic, product)
    assert (thread.state, thread.language, thread.active_at) == ("unanswered", "en", NOW)
    assert "<em>month</em>" in thread.html
    assert counts(member, topic, product) == [1, 1, 1]
    assert index.similar(TITLE) == [thread.pk]
    deed = Activity.objects.get()
    assert (deed.verb, deed.key, deed.beneficiary) == ("thread.created", f"thread.created:{thread.pk}", None)
    assert deed.facts == {
        "thread": thread.pk,
        "phase": "after",
        "language": "en",
        "topic": topic.pk,
        "product": product.pk,
        "author": member.pk,
    }


def test_a_title_is_one_line_without_double_spaces(member: Member) -> None:
    thread = threads.create(author=member, title="  How\n often\t to  clean? ", body="", phase="after", at=NOW)
    assert thread.title == "How often to clean?"


def test_editing_moves_the_counters_along(member: Member) -> None:
    old, new, product = factories.topic(), factories.topic(), factories.product()
    thread = ask(member, old, product)
    changed = threads.edit(
        thread=thread,
        by=member,
        title="Which water for the Aurora?",
        body="Hard",
        phase="before",
        topic=new,
        product=None,
        at=LATER,
    )
    assert (changed.title, changed.phase, changed.edited_at) == ("Which water for the Aurora?", "before", LATER)
    assert counts(member, old, new, product) == [1, 0, 1, 0]
    assert index.similar("Which water for the Aurora?") == [thread.pk]


def test_deleting_hides_uncounts_and_unfinds_and_restoring_brings_back(member: Member) -> None:
    topic = factories.topic()
    thread = ask(member, topic)
    threads.delete(thread=thread, by=member, at=NOW)
    thread.refresh_from_db()
    assert (thread.deleted_at, thread.deleted_by) == (NOW, member)
    assert (counts(member, topic), index.similar(TITLE)) == ([0, 0], [])

    threads.restore(thread=thread, by=member, at=LATER)
    thread.refresh_from_db()
    assert (thread.deleted_at, thread.deleted_by) == (None, None)
    assert (counts(member, topic), index.similar(TITLE)) == ([1, 1], [thread.pk])


def test_twice_is_once(member: Member) -> None:
    thread = ask(member)
    with unchanged():
        threads.restore(thread=thread, by=member, at=LATER)
    threads.delete(thread=thread, by=member, at=NOW)
    with unchanged():
        threads.delete(thread=thread, by=member, at=LATER)


def test_editing_what_was_deleted_is_refused(member: Member) -> None:
    thread = ask(member)
    threads.delete(thread=thread, by=member, at=NOW)
    with refused(threads.Gone):
        threads.edit(thread=thread, by=member, title=TITLE, body="", phase="after", topic=None, product=None, at=LATER)
