"""What is made for machines to read: feed, sitemaps, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community import access, words
from community.access import ideas as doors
from community.links import absolute
from community.models import Idea, Thread
from community.queries import news, products, seo, threads
from community.services import brands

FEED_SIZE = 30
NEWS = CONTESTS = 500
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Pages about the reader, and pages that only lead elsewhere.
NOT_FOR_ROBOTS = ("/admin/", "/accounts/", "/_allauth/", "/api/", "/settings/", "/notifications/", "/preview/",
                  "/unsubscribe/",
                  "/threads/new/", "/threads/similar/", "/threads/waiting/",
                  "/search/")  # fmt: skip

public = cache_control(public=True, max_age=300)


@require_safe
@public
def feed(request: HttpRequest) -> HttpResponse:
    """The newest questions as Atom, of one topic or product where asked for."""
    chosen = {name: request.GET.get(name, "") for name in ("topic", "product")}
    page = threads.page(access.threads_for(AnonymousUser()), **chosen, size=FEED_SIZE)
    atom = Atom1Feed(
        title=_("New questions · %(brand)s") % {"brand": _printable(brands.current().name)},
        link=absolute(reverse("community:threads")),
        description=None,
        language=get_language(),
        feed_url=absolute(request.get_full_path()),
        feed_guid=absolute(request.get_full_path()),
    )
    for thread in page:
        atom.add_item(
            title=_printable(thread.title),
            link=absolute(thread.get_absolute_url()),
            description=_printable(thread.html),
            # A title may change and the address with it; the number stays.
            unique_id=absolute(reverse("community:thread_short", args=[thread.pk])),
            author_name=_printable(thread.author.display_name),
            author_link=absolute(thread.author.get_absolute_url()),
            pubdate=thread.created_at,
            updateddate=thread.edited_at or thread.created_at,
            categories=[_printable(str(label)) for label in (thread.topic, thread.product) if label],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps: one for the standing pages, one for every slice of the threads and of the ideas."""
    visitor = AnonymousUser()
    paths = [reverse("community:sitemap_pages")]
    paths += _numbered("community:sitemap_threads", seo.slices(access.threads_for(visitor)))
    paths += _numbered("community:sitemap_ideas", seo.slices(doors.ideas_for(visitor)))
    return _xml("sitemapindex", "sitemap", ((path, None) for path in paths))


@require_safe
@public
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The pages that stay: start, lists, products, news, contests."""
    paths = [reverse(f"community:{name}") for name in ("home", "threads", "products", "news", "ideas", "contests")]
    paths += [product.get_absolute_url() for product in products.active()]
    paths += [item.get_absolute_url() for item in news.latest(NEWS)]
    paths += [contest.get_absolute_url() for contest in seo.contests(doors.contests_for(AnonymousUser()), CONTESTS)]
    return _xml("urlset", "url", ((path, None) for path in paths))


@require_safe
@public
def sitemap_threads(request: HttpRequest, number: int) -> HttpResponse:
    """The threads of one slice."""
    shown = access.threads_for(AnonymousUser())
    _check(shown, number)
    rows = seo.threads(shown, number)
    return _xml("urlset", "url", ((row.get_absolute_url(), _changed(row)) for row in rows))


@require_safe
@public
def sitemap_ideas(request: HttpRequest, number: int) -> HttpResponse:
    """The ideas of one slice."""
    shown = doors.ideas_for(AnonymousUser())
    _check(shown, number)
    rows = seo.ideas(shown, number)
    return _xml("urlset", "url", ((row.get_absolute_url(), _decided(row)) for row in rows))


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may leave out, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {absolute(reverse('community:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _changed(thread: Thread) -> datetime:
    return max(thread.active_at, thread.edited_at or thread.active_at)


def _decided(idea: Idea) -> datetime:
    return max(moment for moment in (idea.created_at, idea.edited_at, idea.status_at) if moment)


def _numbered(view: str, numbers: range) -> Iterator[str]:
    return (reverse(view, args=[number]) for number in numbers)


def _check(shown: QuerySet[seo.Row], number: int) -> None:
    if number not in seo.slices(shown):
        raise Http404


def _xml(root: str, entry: str, addresses: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n']
    for path, changed in addresses:
        moment = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        parts.append(f"<{entry}><loc>{escape(absolute(path))}</loc>{moment}</{entry}>\n")
    parts.append(f"</{root}>\n")
    return HttpResponse("".join(parts), content_type="application/xml; charset=utf-8")


def _printable(text: str) -> str:
    """XML has no way to write control characters, not even escaped."""
    return words.INVISIBLE.sub("", text)
