"""Ways into a thread: to one answer or comment, and to the first answer that a member has not read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from community import access
from community.models import Answer
from community.queries import answers, reading
from community.views.people import person_of
from community.views.thread_page import Reader

#: So many answers that were read already stand above the dividing line.
CONTEXT = 2


@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer where it stands in its thread, on whichever page that is by now."""
    found = access.answer_for(person_of(request), pk)
    return HttpResponseRedirect(_place(Reader.of(request), found, f"answer-{found.pk}"))


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment where it stands, below the question or an answer."""
    found = access.comment_for(person_of(request), pk)
    anchor = f"comment-{found.pk}"
    if found.answer is None:
        return HttpResponseRedirect(f"{found.thread.get_absolute_url()}#{anchor}")
    found.answer.thread = found.thread
    return HttpResponseRedirect(_place(Reader.of(request), found.answer, anchor))


@require_safe
def unread(request: HttpRequest, pk: int) -> HttpResponse:
    """The first answer that the member has not read, in the order of time; else the thread from its beginning."""
    reader = Reader.of(request)
    thread = access.thread_for(reader.person, pk)
    slots = answers.slots(thread)
    first = reading.first_unread(reader.member, thread, without=slots) if reader.member else None
    if first is None:
        return HttpResponseRedirect(thread.get_absolute_url())
    return HttpResponseRedirect(_place(reader, first, "unread", sort="old", before=CONTEXT))


def _place(reader: Reader, found: Answer, anchor: str, *, sort: str = "helpful", before: int = 0) -> str:
    """The address of the page that shows ``found``, and the ``anchor`` there."""
    slots = answers.slots(found.thread)
    cursor = None
    if found.pk not in slots:
        cursor = answers.cursor_to(
            found, viewer=reader.member, moderator=reader.moderator, sort=sort, without=slots, before=before
        )
    chosen = {"sort": "" if sort == "helpful" else sort, "cursor": cursor or ""}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{found.thread.get_absolute_url()}{'?' if query else ''}{query}#{anchor}"
