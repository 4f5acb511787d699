"""Threads: ask, edit, delete and restore."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.models import Draft, Follow, Member, Product, Thread, Topic
from community.refusals import Refusal
from community.search import index
from community.services import drafts, follows, mentions, revisions, screening, texts, uploads

#: What keeps the number of its threads.
COUNTING: tuple[type[Model], ...] = (Member, Topic, Product)


class Gone(Refusal):
    """The post was deleted in the meantime."""

    code = "gone"
    message = _("This was deleted in the meantime. Your text is still here: copy it before you leave.")
    status = 409


class Merged(Refusal):
    """The thread went into another one for good."""

    code = "merged"
    message = _("This question was merged into another one. Its address leads there.")
    status = 409


@transaction.atomic
def create(
    *,
    author: Member,
    title: str,
    body: str,
    phase: str,
    topic: Topic | None = None,
    product: Product | None = None,
    draft: int | None = None,
    at: datetime,
) -> Thread:
    """Ask a question; returns the stored thread, rendered, and searchable unless somebody has to look at it first.

    ``draft`` is the version of the draft that it was, where a form knew one. Raises what ``screening.check`` raises.
    """
    title, body = words.line(title), words.lines(body)
    finding = screening.check(author=author, texts=(title, body))
    thread = Thread.objects.create(
        author=author,
        title=title,
        body=body,
        html=texts.stored(body, author=author),
        language=author.language,
        phase=phase,
        topic=topic,
        product=product,
        created_at=at,
        active_at=at,
        hidden_at=at if finding.hides else None,
    )
    follows.follow_own(member=author, thread=thread, level=Follow.Level.ALL, at=at)
    screening.queue(kind="thread", post=thread, finding=finding, at=at)
    drafts.settle(member=author, place=drafts.Place(Draft.Kind.NEW_THREAD), version=draft, texts=(title, body))
    if thread.is_visible:
        _appear(thread)
        _note_creation(thread, at)
    return thread


@transaction.atomic
def edit(
    *,
    thread: Thread,
    by: Member,
    title: str,
    body: str,
    phase: str,
    topic: Topic | None,
    product: Product | None,
    change: revisions.Change = revisions.PLAIN,
    at: datetime,
) -> Thread:
    """Change the question and keep what it said before; moves the counters of topic and product along.

    Raises ``Gone`` and what ``screening.check`` raises.
    """
    title, body = words.line(title), words.lines(body)
    finding = screening.check(author=by, texts=(title, body), new=False)
    screening.queue(kind="thread", post=thread, finding=finding, at=at)
    thread = lock(thread.pk)
    if thread.deleted_at:
        raise Gone
    former = _counting(thread)
    formerly = thread.body
    revisions.keep(post=thread, by=by, title=title, body=body, change=change, at=at)
    thread.title, thread.body = title, body
    thread.html = texts.stored(body, author=thread.author, by=by, formerly=formerly)
    thread.phase, thread.topic, thread.product, thread.edited_at = phase, topic, product, at
    thread.save(update_fields=["title", "body", "html", "phase", "topic", "product", "edited_at"])
    uploads.release(post=thread, formerly=formerly, at=at)
    place = drafts.Place(Draft.Kind.THREAD_EDIT, thread.pk)
    drafts.settle(member=by, place=place, version=change.draft, texts=(title, body))
    present = _counting(thread)
    if thread.is_visible:
        mentions.record(post=thread, by=by, at=at)
        _move({**dict.fromkeys(former - present, -1), **dict.fromkeys(present - former, 1)})
        index.put(thread)
    _note(thread, activity.THREAD_EDITED, by, at)
    if finding.hides:
        hide(thread=thread, by=by, at=at)
    return thread


@transaction.atomic
def delete(*, thread: Thread, by: Member, at: datetime) -> None:
    """Hide the thread and its answers from everybody; ``restore`` brings them back. Twice is once."""
    thread = lock(thread.pk)
    if thread.deleted_at:
        return
    Thread.objects.filter(pk=thread.pk).update(deleted_at=at, deleted_by=by)
    if thread.is_visible:
        _disappear(thread)
    _note(thread, activity.THREAD_DELETED, by, at)


@transaction.atomic
def restore(*, thread: Thread, by: Member, at: datetime) -> None:
    """Show a deleted thread again. Twice is once. Raises ``Merged``."""
    thread = lock(thread.pk)
    if thread.merged_into_id:
        raise Merged
    if not thread.deleted_at:
        return
    Thread.objects.filter(pk=thread.pk).update(deleted_at=None, deleted_by=None)
    if not thread.is_hidden:
        _appear(thread)
    _note(thread, activity.THREAD_RESTORED, by, at)


@transaction.atomic
def hide(*, thread: Thread, by: Member, at: datetime) -> None:
    """Take the thread away from everybody but its author and moderators. Twice is once."""
    thread = lock(thread.pk)
    if thread.hidden_at:
        return
    Thread.objects.filter(pk=thread.pk).update(hidden_at=at)
    if thread.is_visible:
        _disappear(thread)
    _note(thread, activity.THREAD_HIDDEN, by, at)


@transaction.atomic
def show(*, thread: Thread, by: Member, at: datetime) -> None:
    """Show a hidden thread to everybody; one that waited from the start counts as asked now. Twice is once."""
    thread = lock(thread.pk)
    if not thread.hidden_at:
        return
    Thread.objects.filter(pk=thread.pk).update(hidden_at=None)
    _note(thread, activity.THREAD_SHOWN, by, at)
    if thread.deleted_at:
        return
    _appear(thread)
    if not activity.recorded(_creation(thread)):
        _note_creation(thread, at)


def lock(pk: int) -> Thread:
    """Read a thread for change; whoever else changes it, or an answer of it, waits, but not who refers to it."""
    return Thread.objects.select_for_update(of=("self",), no_key=True).select_related("author").get(pk=pk)


def facts(thread: Thread) -> dict[str, object]:
    """What the journal keeps of a thread: ids and classification."""
    return {
        "thread": thread.pk,
        "phase": thread.phase,
        "language": thread.language,
        "topic": thread.topic_id,
        "product": thread.product_id,
        "author": thread.author_id,
    }


def count(thread: Thread, step: int) -> None:
    """Move the kept counters of everything that counts this thread by ``step``."""
    _move(dict.fromkeys(_counting(thread), step))


def _appear(thread: Thread) -> None:
    count(thread, 1)
    index.put(thread)


def _disappear(thread: Thread) -> None:
    count(thread, -1)
    index.remove(thread)


def _counting(thread: Thread) -> set[tuple[int, int]]:
    """The rows that count this thread: place among ``COUNTING``, id."""
    ids = (thread.author_id, thread.topic_id, thread.product_id)
    return {(place, pk) for place, pk in enumerate(ids) if pk is not None}


def _move(steps: Mapping[tuple[int, int], int]) -> None:
    """Rows are taken in one order, or two edits that swap topics would wait for one another in a circle."""
    for (place, pk), step in sorted(steps.items()):
        COUNTING[place]._default_manager.filter(pk=pk).update(thread_count=F("thread_count") + step)


def _creation(thread: Thread) -> str:
    return f"{activity.THREAD_CREATED}:{thread.pk}"


def _note_creation(thread: Thread, at: datetime) -> None:
    activity.record(
        verb=activity.THREAD_CREATED,
        key=_creation(thread),
        actor=thread.author,
        subject=("thread", thread.pk),
        at=at,
        facts=facts(thread),
    )
    mentions.record(post=thread, by=thread.author, at=at)


def _note(thread: Thread, verb: str, by: Member, at: datetime) -> None:
    activity.repeat(verb=verb, actor=by, subject=("thread", thread.pk), at=at, facts=facts(thread))
