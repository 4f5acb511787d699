"""The page of one thread: question, accepted answer, answers, composer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import access
from community.forms.answers import ReplyForm
from community.models import Answer, Member, Thread
from community.queries import answers, threads
from community.queries import notifications as waiting
from community.services import notifications
from community.views.people import person_of


@require_safe
def show(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """The page at its one address; every other leads there for good."""
    thread = access.thread_for(person_of(request), pk)
    if slug != thread.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{thread.get_absolute_url()}{'?' if query else ''}{query}", permanent=True)
    _mark_read(request, thread)
    return page(request, thread)


@require_safe
def accepted(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the slot of the accepted answer, for the tabs that show the thread."""
    person = person_of(request)
    thread = access.thread_for(person, pk)
    answer = answers.accepted(thread)
    dress(thread, [answer] if answer else [], person, moderator=access.moderates(person))
    context = {"thread": thread, "accepted": answer, "remark_key": str(uuid4())}
    return render(request, "threads/accepted.html", context)


def page(request: HttpRequest, thread: Thread, *, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    """Render the page; ``form`` is an answer that could not be posted, with its text."""
    return render(request, "threads/detail.html", _context(request, thread, form), status=status)


def dress(thread: Thread, shown: list[Answer], person: access.Person, *, moderator: bool) -> None:
    """Attach to thread and answers what their templates show: comments, the viewer's votes and powers."""
    voted = answers.voted(person if isinstance(person, Member) else None, shown)
    comments = answers.comments_of(thread, shown)
    for remarks in comments.values():
        for comment in remarks:
            vars(comment)["can"] = access.powers_over(comment, person, moderator=moderator)
    vars(thread)["comments_shown"] = comments[None]
    for answer in shown:
        vars(answer).update(
            comments_shown=comments[answer.pk],
            voted=answer.pk in voted,
            can=access.powers_over(answer, person, moderator=moderator),
        )


def _context(request: HttpRequest, thread: Thread, form: forms.Form | None) -> dict[str, Any]:
    person = person_of(request)
    viewer = person if isinstance(person, Member) else None
    moderator = access.moderates(person)
    solution = answers.accepted(thread)
    found = answers.page(
        thread,
        viewer=viewer,
        moderator=moderator,
        sort="new" if request.GET.get("sort") == "new" else "helpful",
        without=thread.accepted_answer_id,
        cursor=request.GET.get("cursor"),
    )
    dress(thread, [*found, *([solution] if solution else [])], person, moderator=moderator)
    powers = access.powers_over(thread, person, moderator=moderator)
    if form is None and viewer and thread.is_visible:
        form = ReplyForm()
    return {
        "thread": thread,
        "accepted": solution,
        "answers": found,
        "composer_form": form,
        # One for all comment forms of the page: text and target belong to the key too.
        "remark_key": str(uuid4()),
        "similar": threads.similar_to(access.threads_for(person), thread),
        "can": {"edit_thread": powers.edit, "delete_thread": powers.delete},
    }


def _mark_read(request: HttpRequest, thread: Thread) -> None:
    """What was told about this thread is read with it, unless a browser only fetches ahead."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if isinstance(request.user, Member) and not ahead and waiting.wait_at(request.user, thread.pk):
        notifications.mark_read(member=request.user, at=timezone.now(), thread_id=thread.pk)
