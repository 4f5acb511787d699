"""News: write, schedule, publish once, hide and show again."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity, freshness, words
from community.models import Member, News
from community.refusals import Refusal
from community.services import texts


class AlreadyPublished(Refusal):
    """What people were told of has its day; it is not scheduled anew."""

    code = "already_published"
    message = _("These news are published. Their time stays as it is.")
    field = "publish_at"
    status = 409


@transaction.atomic
def store(*, news: News, by: Member, at: datetime) -> News:
    """Store what a manager wrote, new or changed, in both languages. Raises ``AlreadyPublished`` for another time.

    What is due is published by ``publish``, which beat calls; nobody is told of a later change.
    """
    before = News.objects.select_for_update().filter(pk=news.pk).first() if news.pk else None
    if before is not None and before.published_at and before.publish_at != news.publish_at:
        raise AlreadyPublished
    if before is None:
        news.author = by
    else:
        news.author_id, news.published_at, news.edited_at = before.author_id, before.published_at, at
        news.deleted_at, news.deleted_by_id, news.hidden_at = before.deleted_at, before.deleted_by_id, before.hidden_at
    for code, _name in settings.LANGUAGES:
        title, body = getattr(news, f"title_{code}") or "", getattr(news, f"body_{code}") or ""
        setattr(news, f"title_{code}", words.line(title) or None)
        setattr(news, f"body_{code}", words.lines(body) or None)
        setattr(news, f"html_{code}", texts.announced(words.lines(body)) or None)
    news.save()
    transaction.on_commit(freshness.changed, robust=True)
    return news


@transaction.atomic
def publish(*, news_id: int, at: datetime) -> bool:
    """Publish what is due, once whoever asks how often; return whether it happened here."""
    row = News.objects.filter(pk=news_id, published_at=None, publish_at__lte=at, deleted_at=None, hidden_at=None)
    # Its time is the one that was promised, even if the process that should have done it slept.
    if not row.update(published_at=F("publish_at")):
        return False
    news = News.objects.select_related("author").get(pk=news_id)
    activity.record(
        verb=activity.NEWS_PUBLISHED,
        key=f"{activity.NEWS_PUBLISHED}:{news.pk}",
        actor=news.author,
        subject=("news", news.pk),
        at=at,
        facts={"news": news.pk, "product": news.product_id},
    )
    return True


@transaction.atomic
def publish_now(*, news: News, at: datetime) -> bool:
    """Publish a draft, or what was scheduled for later. Twice is once."""
    News.objects.filter(pk=news.pk, published_at=None).update(publish_at=at)
    return publish(news_id=news.pk, at=at)


@transaction.atomic
def delete(*, news: News, by: Member, at: datetime) -> None:
    """Take news off every page, list, feed and mail that is not sent yet. Twice is once."""
    if News.objects.filter(pk=news.pk, deleted_at=None).update(deleted_at=at, deleted_by=by):
        transaction.on_commit(freshness.changed, robust=True)


@transaction.atomic
def restore(*, news: News) -> None:
    """Show them again; nobody is told a second time. Twice is once."""
    if News.objects.filter(pk=news.pk, deleted_at__isnull=False).update(deleted_at=None, deleted_by=None):
        transaction.on_commit(freshness.changed, robust=True)
