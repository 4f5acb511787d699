"""The page of one thread: question, accepted and official answer, answers, composer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import access, keyset
from community.forms.answers import ReplyForm
from community.models import Answer, Comment, Follow, Member, Thread
from community.queries import answers, blocks, moderation, ownership, reading, threads
from community.queries import notifications as waiting
from community.services import notifications
from community.services import reading as progress
from community.views import composing
from community.views.people import person_of

#: So many new answers are fetched into an open page at once.
NEWS = 50


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a thread, and what their roles let them see and do."""

    person: access.Person
    roles: frozenset[str]

    @classmethod
    def of(cls, request: HttpRequest) -> Reader:
        """The reader behind a request."""
        person = person_of(request)
        return cls(person, access.roles_of(person))

    @property
    def member(self) -> Member | None:
        """The reader, unless it is a visitor."""
        return self.person if isinstance(self.person, Member) else None

    def powers(self, post: Thread | Answer | Comment) -> access.Powers:
        """What the reader may do with ``post``."""
        brand = not self.roles.isdisjoint(access.BRAND)
        return access.powers_over(post, self.person, moderator=self.moderator, brand=brand)

    @property
    def moderator(self) -> bool:
        """Whether the reader sees what others do not."""
        return not self.roles.isdisjoint(access.MODERATORS)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page of a thread shows of its answers: ``first`` is whether it is the first page of its order."""

    thread: Thread
    page: keyset.Page[Answer]
    slots: tuple[int, ...]
    newest: int
    sort: str
    first: bool


@require_safe
def show(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """The page at its one address; every other leads there for good."""
    thread = access.thread_for(person_of(request), pk)
    if slug != thread.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{thread.get_absolute_url()}{'?' if query else ''}{query}", permanent=True)
    _mark_read(request, thread)
    return page(request, thread, reads=True)


@require_safe
def accepted(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the slots of the accepted and the official answer, for the tabs that show the thread."""
    reader = Reader.of(request)
    thread = access.thread_for(reader.person, pk)
    found = answers.slots(thread)
    dress(thread, list(found.values()), reader)
    context = {"thread": thread, **_slots(thread, found), "remark_key": str(uuid4()), "alone": True}
    return render(request, "threads/accepted.html", context)


@require_safe
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the answers that came after the one with the id ``after``, for the tabs that show those before."""
    reader = Reader.of(request)
    thread = access.thread_for(reader.person, pk)
    after = request.GET.get("after", "")
    known = int(after) if after.isdecimal() and len(after) < len(str(2**63)) else 0
    found = reading.since(thread, known, without=answers.slots(thread), count=NEWS)
    dress(thread, found, reader)
    newest = max((answer.pk for answer in found), default=0)
    if reader.member and newest > (reading.position(reader.member, thread) or 0):
        progress.advance(member=reader.member, thread=thread, position=newest, at=timezone.now())
    context = {"thread": thread, "fresh": found, "remark_key": str(uuid4())}
    return render(request, "threads/news.html", context)


def page(
    request: HttpRequest, thread: Thread, *, form: forms.Form | None = None, status: int = 200, reads: bool = False
) -> HttpResponse:
    """Render the page; ``form`` is an answer that could not be posted, with its text; ``reads`` moves the position."""
    return render(request, "threads/detail.html", _context(request, thread, form, reads=reads), status=status)


def dress(thread: Thread, shown: list[Answer], reader: Reader) -> None:
    """Attach to thread and answers what their templates show: comments, the viewer's votes and powers."""
    opinions = answers.opinions(reader.member, shown)
    comments = answers.comments_of(thread, shown, viewer=reader.member)
    remarks = [comment for below in comments.values() for comment in below]
    authors = {answer.author_id for answer in shown} | {comment.author_id for comment in remarks}
    blocked = blocks.among(reader.member, authors)
    moderation.judge("answer", shown)
    for comment in remarks:
        vars(comment).update(can=reader.powers(comment), folded=comment.author_id in blocked)
    vars(thread)["comments_shown"] = comments[None]
    ownership.attach(thread.product_id, [thread.author, *(answer.author for answer in shown)])
    for answer in shown:
        vars(answer).update(
            comments_shown=comments[answer.pk],
            opinion=opinions.get(answer.pk, 0),
            can=reader.powers(answer),
            folded=answer.author_id in blocked,
        )


def _context(request: HttpRequest, thread: Thread, form: forms.Form | None, *, reads: bool) -> dict[str, Any]:
    reader = Reader.of(request)
    asked = request.GET.get("sort", "")
    sort = asked if asked in answers.ORDERS else "helpful"
    slots = answers.slots(thread)
    found = answers.page(
        thread,
        viewer=reader.member,
        moderator=reader.moderator,
        sort=sort,
        without=slots,
        cursor=request.GET.get("cursor"),
    )
    dress(thread, [*found, *slots.values()], reader)
    moderation.judge("thread", [thread])
    powers = reader.powers(thread)
    if form is None and reader.member and thread.is_visible:
        form = ReplyForm(initial=composing.reply(request, reader.member, thread))
    context: dict[str, Any] = {
        "thread": thread,
        **_slots(thread, slots),
        "answers": found,
        "sort": sort,
        "composer_form": form,
        # One for all comment forms of the page: text and target belong to the key too.
        "remark_key": str(uuid4()),
        "similar": threads.similar_to(access.threads_for(reader.person), thread),
        "merged": threads.merged_into(thread),
        "can": {
            "edit_thread": powers.edit,
            "delete_thread": powers.delete,
            "merge_thread": powers.merge,
            "merge_any": reader.moderator,
        },
        "newest": 0,
        "divide": None,
    }
    if reader.member:
        context["newest"] = reading.newest(thread)
        context["stance"] = reading.stance(reader.member, thread)
        context["levels"] = Follow.Level.choices
        ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
        if reads and not ahead and thread.is_visible:
            shown = Shown(thread, found, tuple(slots), context["newest"], sort, first=not request.GET.get("cursor"))
            context["divide"] = _read(reader.member, shown)
    return context


def _slots(thread: Thread, found: dict[int, Answer]) -> dict[str, Answer | None]:
    """The answers in their slots; one that is both stands once, as accepted."""
    accepted, official = found.get(thread.accepted_answer_id or 0), found.get(thread.official_answer_id or 0)
    return {"accepted": accepted, "official": None if official == accepted else official}


def _read(member: Member, shown: Shown) -> int | None:
    """Move the member's position to what the page shows; return the answer above which the dividing line stands.

    A page with a part of a long thread in the order of help says little about how far somebody read: only the first
    visit counts as all of it, later ones leave the news marked until all of them were looked at.
    """
    former = reading.position(member, shown.thread)
    reached = _reached(member, shown, former)
    if former is None or reached > former:
        progress.advance(member=member, thread=shown.thread, position=reached, at=timezone.now())
    return _first_new(member, shown.page, former) if shown.sort == "old" else None


def _reached(member: Member, shown: Shown, former: int | None) -> int:
    if former is None or (shown.first and (not shown.page.next or shown.sort == "new")):
        return shown.newest
    if shown.sort == "old":
        return max((answer.pk for answer in shown.page), default=0) if shown.page.next else shown.newest
    seen = {*shown.slots, *(answer.pk for answer in shown.page)}
    elsewhere = former < shown.newest and reading.first_unread(member, shown.thread, without=seen)
    return former if elsewhere else shown.newest


def _first_new(member: Member, found: keyset.Page[Answer], former: int | None) -> int | None:
    """The answer above which the dividing line stands: the first of others that the member has not read."""
    if former is None:
        return None
    return next((answer.pk for answer in found if answer.pk > former and answer.author_id != member.pk), None)


def _mark_read(request: HttpRequest, thread: Thread) -> None:
    """What was told about this thread is read with it, unless a browser only fetches ahead."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if isinstance(request.user, Member) and not ahead and waiting.wait_at(request.user, thread.pk):
        notifications.mark_read(member=request.user, at=timezone.now(), thread_id=thread.pk)
