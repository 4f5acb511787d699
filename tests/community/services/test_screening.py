"""What is written is looked at first: watched words, links of newcomers, first posts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.models import Activity, Brand, Case, Member, Notification, Role, Thread, WatchedWord
from community.services import answers, brands, comments, moderation, screening, threads
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def watch(pattern: str, effect: str) -> None:
    WatchedWord.objects.create(pattern=pattern, effect=effect)
    screening.words_changed()


def hold_first_posts(number: int = 1) -> None:
    brands.store(brand=Brand(name="Nordlicht", first_posts_held=number))
    brands.changed()


@pytest.fixture(autouse=True)
def in_step() -> Iterator[None]:
    yield
    assert differences() == []


@pytest.mark.parametrize("text", ["Play at the CASINO", "casinos everywhere", "ca\u200bsino", "ｃａｓｉｎｏ"])
def test_a_refused_word_is_found_however_it_is_written(text: str, thread: Thread, member: Member) -> None:
    watch("casino*", "refuse")
    with refused(screening.WordRefused):
        answers.create(thread=thread, author=member, body=text, at=NOW)


def test_only_whole_words_are_found(thread: Thread, member: Member) -> None:
    watch("ass", "refuse")
    assert answers.create(thread=thread, author=member, body="A classic assortment", at=NOW).is_visible


def test_a_word_for_review_hides_until_somebody_has_looked(member: Member) -> None:
    watch("lawsuit", "review")
    thread = factories.thread(member, title="Is there a lawsuit about it?")
    assert (thread.is_hidden, Case.objects.get().source) == (True, "words")
    assert not Activity.objects.filter(verb="thread.created").exists()


def test_a_flagged_word_is_shown_and_queued(member: Member) -> None:
    watch("lawsuit", "flag")
    assert factories.thread(member, title="Is there a lawsuit about it?").is_visible
    assert Case.objects.get().weight == screening.WEIGHT


def test_an_edit_that_brings_the_word_in_hides_as_well(member: Member) -> None:
    thread = factories.thread(member)
    watch("lawsuit", "review")
    threads.edit(
        thread=thread, by=member, title="Is there a lawsuit about it?", body="", phase="before", topic=None,
        product=None, at=NOW,
    )  # fmt: skip
    thread.refresh_from_db()
    member.refresh_from_db()
    assert (thread.is_hidden, member.thread_count) == (True, 0)


def test_a_new_member_sets_few_links_and_a_trusted_one_many(thread: Thread) -> None:
    links = " ".join(f"https://example.com/{number}" for number in range(4))
    newcomer, regular = factories.member(), factories.member(trust=1)
    with refused(screening.TooManyLinks):
        answers.create(thread=thread, author=newcomer, body=links, at=NOW)
    assert answers.create(thread=thread, author=regular, body=links, at=NOW).is_visible
    team = factories.member("Ben", Role.AGENT)
    assert answers.create(thread=thread, author=team, body=links, at=NOW).is_visible


class TestFirstPosts:
    def test_wait_and_are_told_as_new_once_they_are_approved(self, thread: Thread) -> None:
        hold_first_posts()
        newcomer, clara = factories.member("Nele Neu"), factories.member("Clara Holm", Role.MODERATOR)
        answer = answers.create(thread=thread, author=newcomer, body="Hello", at=NOW)
        factories.work_off()
        assert (answer.is_hidden, Notification.objects.count()) == (True, 0)

        moderation.decide(case=Case.objects.get(), by=clara, remove=False, at=NOW)
        factories.work_off()

        thread.refresh_from_db()
        assert (thread.answer_count, thread.state) == (1, "open")
        assert list(Notification.objects.filter(kind="answer.created").values_list("member", "actor")) == [
            (thread.author_id, newcomer.pk)
        ]

    def test_after_the_first_the_second_is_shown_at_once(self, thread: Thread) -> None:
        newcomer = factories.member()
        factories.comment(thread, newcomer)
        hold_first_posts()
        assert answers.create(thread=thread, author=newcomer, body="Hello", at=NOW).is_visible

    def test_a_comment_waits_too(self, thread: Thread) -> None:
        hold_first_posts()
        comment = comments.create(thread=thread, answer=None, author=factories.member(), body="Hi", at=NOW)
        thread.refresh_from_db()
        assert (comment.is_hidden, thread.comment_count) == (True, 0)

    def test_trust_or_a_role_waits_for_nobody(self, thread: Thread) -> None:
        hold_first_posts(3)
        for author in (factories.member(trust=1), factories.ambassador()):
            assert answers.create(thread=thread, author=author, body="Hello", at=NOW).is_visible

    def test_switched_off_it_costs_nothing(
        self, member: Member, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        screening.check(author=member, texts=("warm the caches",))
        with django_assert_num_queries(0):
            screening.check(author=member, texts=("Hello",))
