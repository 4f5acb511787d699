"""News: published once, at their time; told once to whom they concern."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Member, News, Notification, Product
from community.queries import news as queries
from community.services import follows, news
from community.services.news import AlreadyPublished
from tests import factories
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(hours=2)


def stored(product: Product | None = None, **fields: object) -> News:
    texts = {"title_de": "Neue Dichtung", "body_de": "Für **alle**.", "title_en": "A new gasket", "body_en": "For all."}
    return news.store(news=News(product=product, **{**texts, **fields}), by=factories.member(), at=NOW)


def told() -> set[int]:
    factories.work_off()
    return set(Notification.objects.filter(kind="news.published").values_list("member_id", flat=True))


def test_both_languages_are_rendered_when_stored() -> None:
    item = stored()
    assert (vars(item)["html_de"].strip(), vars(item)["html_en"].strip()) == (
        "<p>Für <strong>alle</strong>.</p>",
        "<p>For all.</p>",
    )


def test_nothing_is_published_before_its_time_and_nothing_twice() -> None:
    item = stored(publish_at=LATER)
    assert (queries.due(NOW), queries.due(LATER)) == ([], [item.pk])
    assert not news.publish(news_id=item.pk, at=NOW)
    assert [news.publish(news_id=item.pk, at=LATER + timedelta(hours=n)) for n in range(3)] == [True, False, False]
    item.refresh_from_db()
    assert item.published_at == LATER
    assert Activity.objects.filter(verb="news.published").count() == 1
    assert queries.due(LATER) == []


def test_a_draft_or_a_hidden_one_is_never_due() -> None:
    stored()
    gone = stored(publish_at=NOW)
    news.delete(news=gone, by=gone.author, at=NOW)
    assert queries.due(LATER) == []
    assert not news.publish(news_id=gone.pk, at=LATER)


def test_followers_of_the_brand_hear_all_and_those_of_a_product_what_is_about_it() -> None:
    kettle, mill = factories.product(), factories.product()
    fan, owner, silent = factories.member(), factories.member(), factories.member()
    follows.follow(member=fan, target=None, at=NOW)
    follows.follow(member=owner, target=kettle, at=NOW)
    follows.follow(member=silent, target=kettle, level="mine", at=NOW)
    news.publish(news_id=stored(kettle, publish_at=NOW).pk, at=NOW)
    assert told() == {fan.pk, owner.pk}
    news.publish(news_id=stored(mill, publish_at=NOW).pk, at=NOW)
    assert told() == {fan.pk, owner.pk}
    assert Notification.objects.filter(member=owner).count() == 1


def test_the_day_of_what_was_told_stays(member: Member) -> None:
    item = stored(publish_at=NOW)
    news.publish(news_id=item.pk, at=NOW)
    changed = News.objects.get(pk=item.pk)
    changed.publish_at = LATER
    with refused(AlreadyPublished):
        news.store(news=changed, by=member, at=LATER)


def test_a_corrected_text_tells_nobody_again_and_keeps_its_author(member: Member) -> None:
    follows.follow(member=member, target=None, at=NOW)
    item = stored(publish_at=NOW)
    news.publish(news_id=item.pk, at=NOW)
    assert told() == {member.pk}
    changed = News.objects.get(pk=item.pk)
    setattr(changed, "title_en", "A newer gasket")  # noqa: B010 - modeltranslation made it
    news.store(news=changed, by=factories.member(), at=LATER)
    factories.work_off()
    changed.refresh_from_db()
    assert (changed.author, changed.edited_at, changed.published_at) == (item.author, LATER, NOW)
    assert Notification.objects.count() == 1


def test_hidden_news_are_told_to_nobody_any_more(member: Member) -> None:
    follows.follow(member=member, target=None, at=NOW)
    item = stored(publish_at=NOW)
    news.publish(news_id=item.pk, at=NOW)
    news.delete(news=item, by=item.author, at=NOW)
    assert told() == set()
    news.restore(news=item)
    item.refresh_from_db()
    assert item.is_published
