"""The door to the brand's news."""

from __future__ import annotations

from community.access.people import NotFound, Person
from community.models import Member, News


def edits_news(person: Person) -> bool:
    """Whether the person writes the brand's news and sees drafts."""
    return isinstance(person, Member) and person.is_active and person.has_perm("community.change_news")


def news_for(person: Person, pk: int) -> News:
    """News to read; managers also get what is not published, or not any more. Raises ``NotFound``."""
    news = News.objects.select_related("product", "author__standing").filter(pk=pk).first()
    if news is None or (not news.is_published and not edits_news(person)):
        raise NotFound
    return news
