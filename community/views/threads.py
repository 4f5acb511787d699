"""Questions: list, ask, edit, delete and restore."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import access, limits
from community.forms.threads import AskForm, ThreadChangeForm, ThreadForm
from community.models import Draft, Member, Phase, Product, Thread, Topic
from community.queries import products
from community.queries import threads as queries
from community.refusals import Refusal
from community.services import removals, threads
from community.views import composing
from community.views.marks import following, mark
from community.views.people import MemberRequest, address_of, members_only, person_of
from community.views.posting import INVALID, SeeOther, changed, explain, once, posted, refused

FILTERS = ("phase", "topic", "product", "state")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list, filtered and sorted as its address says."""
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    sort = request.GET.get("sort", "")
    page = queries.page(
        access.threads_for(person_of(request)),
        phase=chosen["phase"],
        topic=chosen["topic"],
        product=chosen["product"],
        state=chosen["state"],
        sort=sort if sort in queries.ORDERS else "new",
        cursor=request.GET.get("cursor"),
    )
    shelf, topics = list(products.active()[: products.CHOICES]), list(products.topics())
    mark(request, page.results)
    context = {
        "page": page,
        "following": following(request, _subject(chosen, topics, shelf)),
        "phases": Phase.choices,
        "topics": topics,
        "products": shelf,
        "states": Thread.State.choices,
        "filter_title": _title(chosen, topics, shelf),
    }
    return render(request, "threads/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def ask(request: MemberRequest) -> HttpResponse:
    """Ask a question; links from elsewhere fill in what they know."""
    if request.method != "POST":
        known = {name: request.GET[name] for name in ("title", "phase", "topic", "product") if name in request.GET}
        return render(request, "threads/ask.html", _opened(request.user, known))
    form = AskForm(request.POST)
    if not form.is_valid():
        return render(request, "threads/ask.html", {"form": form}, status=INVALID)
    try:
        return SeeOther(once(request, lambda: _ask(request, form)))
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "threads/ask.html", {"form": form}), refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a question."""
    thread = access.own_thread_for(request.user, pk)
    left = composing.restored(request.user, Draft.Kind.THREAD_EDIT, thread.pk)
    form = ThreadChangeForm(posted(request), initial={**_initial(thread), **left, "kept": thread.product})
    if not form.is_valid():
        status = INVALID if form.is_bound else 200
        return render(request, "threads/edit.html", {"form": form, "thread": thread}, status=status)
    now = timezone.now()
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        thread = threads.edit(thread=thread, by=request.user, at=now, change=changed(form), **_content(form))
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "threads/edit.html", {"form": form, "thread": thread}), refusal)
    return SeeOther(thread.get_absolute_url())


@require_POST
@members_only
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Hide a question; who may do that still sees it and can restore it."""
    thread, now = access.own_thread_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    removals.remove(post=thread, by=request.user, at=now)
    return SeeOther(thread.get_absolute_url())


@require_POST
@members_only
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a deleted question again."""
    thread, now = access.own_thread_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    removals.restore(post=thread, by=request.user, at=now)
    return SeeOther(thread.get_absolute_url())


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Questions like the title that is being typed."""
    title = request.GET.get("title", "").replace("\0", "")[: Thread.TITLE_MAX]
    person = person_of(request)
    try:
        limits.spend_as(limits.SIMILAR, person=person, address=address_of(request), at=timezone.now())
    except limits.TooFast as refusal:
        return refused(render(request, "threads/similar.html", {"similar": [], "pause": True}), refusal)
    found = queries.similar(access.threads_for(person), title)
    return render(request, "threads/similar.html", {"similar": found, "pause": False})


def _ask(request: MemberRequest, form: AskForm) -> str:
    now = timezone.now()
    limits.spend(limits.THREADS, member=request.user, at=now)
    draft = form.cleaned_data["draft"] or 0
    return threads.create(author=request.user, at=now, draft=draft, **_content(form)).get_absolute_url()


def _opened(member: Member, known: dict[str, str]) -> dict[str, Any]:
    """The form of a question: the draft, or what a link ``known`` fills in; then the draft is offered beside it."""
    left = composing.restored(member, Draft.Kind.NEW_THREAD)
    if not known:
        return {"form": AskForm(initial=left)}
    return {"form": AskForm(initial=known), "left": left.get("title") or left.get("body")}


def _content(form: ThreadForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "body", "phase", "topic", "product")}


def _initial(thread: Thread) -> dict[str, object]:
    return {name: getattr(thread, name) for name in ("title", "body", "phase", "topic", "product")}


def _subject(chosen: dict[str, str], topics: list[Topic], shelf: list[Product]) -> Topic | Product | None:
    """The topic or product that the list is about, to be followed."""
    found: list[Topic | Product] = [topic for topic in topics if topic.slug == chosen["topic"]]
    found += [product for product in shelf if product.slug == chosen["product"]]
    return found[0] if found else None


def _title(chosen: dict[str, str], topics: list[Topic], shelf: list[Product]) -> str:
    """What the list is about, where one filter says it."""
    names = {topic.slug: topic.name for topic in topics if topic.slug == chosen["topic"]}
    names |= {product.slug: product.name for product in shelf if product.slug == chosen["product"]}
    if chosen["phase"] in Phase.values:
        names[chosen["phase"]] = str(Phase(chosen["phase"]).label)
    return ", ".join(names.values())
