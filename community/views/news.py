"""The brand's news: the list, one of them, the feed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community import access, words
from community.links import absolute
from community.models import Member
from community.queries import follows
from community.queries import news as queries
from community.services import brands, notifications
from community.views.people import person_of

FEED_SIZE, OTHERS = 30, 3


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The latest news, and the button to follow the brand."""
    person = person_of(request)
    level = follows.level_of(person, None) if isinstance(person, Member) else ""
    context = {"page": queries.page(cursor=request.GET.get("cursor")), "brand_level": level}
    return render(request, "news/list.html", context)


@require_safe
def show(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One of them at its one address; managers also see what is not published."""
    person = person_of(request)
    item = access.news_for(person, pk)
    if slug != item.slug:
        return redirect(item.get_absolute_url(), permanent=True)
    if isinstance(person, Member) and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        notifications.mark_read(member=person, at=timezone.now(), subject=("news", item.pk))
    return render(request, "news/detail.html", {"item": item, "others": queries.others(item, OTHERS)})


@require_safe
@cache_control(public=True, max_age=300)
def feed(request: HttpRequest) -> HttpResponse:
    """The news as Atom."""
    atom = Atom1Feed(
        title=_("News · %(brand)s") % {"brand": words.line(brands.current().name)},
        link=absolute(reverse("community:news")),
        description=None,
        language=get_language(),
        feed_url=absolute(request.get_full_path()),
        feed_guid=absolute(request.get_full_path()),
    )
    for item in queries.latest(FEED_SIZE):
        address = absolute(item.get_absolute_url())
        atom.add_item(
            title=words.line(item.title),
            link=address,
            description=words.lines(item.html),
            unique_id=absolute(reverse("community:news_short", args=[item.pk])),
            author_name=brands.current().name,
            pubdate=item.published_at,
            updateddate=item.edited_at or item.published_at,
            categories=[item.product.name] if item.product else [],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
