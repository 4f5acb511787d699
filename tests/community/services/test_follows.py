"""Follows: what a member chose stands, and decides who hears of what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.models import Answer, Follow, Member, Product, Thread, Topic
from community.queries import follows as queries
from community.services import follows
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)


def follow(member: Member, target: queries.Target, level: str = "all") -> None:
    follows.follow(member=member, target=target, level=level, at=NOW)


@pytest.fixture
def jonas() -> Member:
    return factories.member("Jonas Weber")


@pytest.fixture
def topic() -> Topic:
    return factories.topic("water")


@pytest.fixture
def product() -> Product:
    return factories.product("aurora")


class TestFollow:
    def test_keeps_one_level_for_each_target(
        self, jonas: Member, thread: Thread, topic: Topic, product: Product
    ) -> None:
        for target in (thread, topic, product, None):
            follow(jonas, target)
            follow(jonas, target, "off")
        assert [queries.level_of(jonas, target) for target in (thread, topic, product, None)] == ["off"] * 4
        assert Follow.objects.filter(member=jonas).count() == 4

    def test_the_same_again_keeps_its_age(self, jonas: Member, thread: Thread) -> None:
        follow(jonas, thread)
        assert follows.follow(member=jonas, target=thread, level="all", at=LATER).at == NOW

    def test_unfollowing_forgets_and_twice_is_once(self, jonas: Member, thread: Thread, topic: Topic) -> None:
        follow(jonas, thread)
        follow(jonas, topic)
        for _ in range(2):
            follows.unfollow(member=jonas, target=thread)
        assert (queries.level_of(jonas, thread), queries.level_of(jonas, topic)) == ("", "all")

    def test_the_brand_is_followed_once(self, jonas: Member) -> None:
        follow(jonas, None)
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(member=jonas, at=NOW)

    def test_one_row_names_one_target(self, jonas: Member, thread: Thread, topic: Topic) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(member=jonas, thread=thread, topic=topic, at=NOW)

    def test_taking_part_follows_and_keeps_what_was_chosen(
        self, answer: Answer, ambassador: Member, jonas: Member
    ) -> None:
        thread = answer.thread
        follow(jonas, thread, "off")
        factories.answer(thread, jonas)
        levels = {who: queries.level_of(who, thread) for who in (thread.author, ambassador, jonas)}
        assert levels == {thread.author: "all", ambassador: "mine", jonas: "off"}


class TestFollowers:
    def test_of_a_thread_are_its_asker_and_whoever_wants_all(
        self, answer: Answer, jonas: Member, ambassador: Member
    ) -> None:
        thread = answer.thread
        follow(jonas, thread)
        assert queries.followers_of(thread) == {thread.author_id, jonas.pk}
        follow(ambassador, thread, "off")
        assert queries.without_silent(thread, {ambassador.pk, jonas.pk}) == {jonas.pk}

    @pytest.mark.parametrize(("level", "hears"), [("all", True), ("mine", True), ("off", False)])
    def test_only_mine_is_everything_to_who_asked(self, thread: Thread, level: str, hears: bool) -> None:
        follow(thread.author, thread, level)
        assert (thread.author_id in queries.followers_of(thread)) is hears

    def test_who_forgot_the_choice_hears_of_their_own_question(self, thread: Thread) -> None:
        follows.unfollow(member=thread.author, target=thread)
        assert queries.followers_of(thread) == {thread.author_id}

    def test_of_a_new_question_are_those_of_its_topic_or_product(
        self, member: Member, jonas: Member, ambassador: Member, topic: Topic, product: Product
    ) -> None:
        follow(jonas, topic)
        follow(ambassador, product)
        follow(member, product)
        thread = factories.thread(member, topic=topic, product=product)
        assert queries.followers_of_new(thread) == {jonas.pk, ambassador.pk}
        assert queries.followers_of_new(factories.thread(member)) == set()

    def test_off_for_the_product_silences_the_topic(
        self, member: Member, jonas: Member, topic: Topic, product: Product
    ) -> None:
        follow(jonas, topic)
        follow(jonas, product, "off")
        assert queries.followers_of_new(factories.thread(member, topic=topic, product=product)) == set()
        assert queries.followers_of_new(factories.thread(member, topic=topic)) == {jonas.pk}

    def test_of_the_brand_hear_its_news_unless_they_turned_the_product_off(
        self, member: Member, jonas: Member, ambassador: Member, product: Product
    ) -> None:
        follow(member, None)
        follow(jonas, None)
        follow(jonas, product, "off")
        follow(ambassador, product)
        assert queries.followers_of_brand() == {member.pk, jonas.pk}
        assert queries.followers_of_brand(product) == {member.pk, ambassador.pk}


def test_the_list_shows_no_thread_that_is_gone(jonas: Member, thread: Thread, topic: Topic) -> None:
    follow(jonas, thread)
    follow(jonas, topic)
    assert {row.thread or row.topic for row in queries.page(jonas, cursor=None)} == {thread, topic}
    Thread.objects.filter(pk=thread.pk).update(hidden_at=NOW)
    assert [row.topic for row in queries.page(jonas, cursor=None)] == [topic]
