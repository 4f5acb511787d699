"""Ideas: propose, edit, delete and restore."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.models import Contest, Idea, Member, Product, Topic
from community.queries.ideas import stems_of
from community.refusals import Refusal
from community.search import index
from community.services import ballots, mentions, screening, texts, toolkits


class IdeaGone(Refusal):
    """The idea was deleted or merged in the meantime."""

    code = "idea_gone"
    message = _("This idea was deleted or merged in the meantime. Your text is still here: copy it before you leave.")
    status = 409


class NotCollecting(Refusal):
    """The contest does not take ideas now."""

    code = "contest_not_collecting"
    message = _("This contest does not take ideas now. The open board always does.")
    status = 409


@transaction.atomic
def create(
    *,
    author: Member,
    title: str,
    body: str,
    at: datetime,
    product: Product | None = None,
    topic: Topic | None = None,
    contest: Contest | None = None,
    remix_of: Idea | None = None,
    choices: Mapping[str, str] | None = None,
) -> Idea:
    """Propose an idea, on the board or in ``contest``; ``choices`` is what was composed there from its toolkit.

    What somebody has to look at first is stored and not shown. Raises ``NotCollecting``, ``toolkits.NoToolkit``,
    ``toolkits.NotComposed`` and what ``screening.check`` raises.
    """
    title, body = words.line(title), words.lines(body)
    finding = screening.check(author=author, texts=(title, body))
    if contest is not None:
        _enter(contest, at, counts=not finding.hides)
    idea = Idea.objects.create(
        author=author,
        title=title,
        body=body,
        html=texts.stored(body, author=author),
        stems=stems_of(title),
        language=author.language,
        product=product,
        topic=topic,
        contest=contest,
        remix_of=remix_of,
        created_at=at,
        hidden_at=at if finding.hides else None,
    )
    index.put_idea(idea)
    if contest is not None:
        toolkits.attach(idea=idea, contest=contest, choices=choices)
    screening.queue(kind="idea", post=idea, finding=finding, at=at)
    if idea.is_visible:
        _note_creation(idea, at)
    return idea


@transaction.atomic
def edit(
    *,
    idea: Idea,
    by: Member,
    title: str,
    body: str,
    product: Product | None,
    topic: Topic | None,
    at: datetime,
    choices: Mapping[str, str] | None = None,
) -> Idea:
    """Change an idea. An entry to a contest keeps its words from the moment that votes count.

    Raises ``IdeaGone``, ``NotCollecting``, ``toolkits.NotComposed`` and what ``screening.check`` raises.
    """
    title, body = words.line(title), words.lines(body)
    finding = screening.check(author=by, texts=(title, body), new=False)
    screening.queue(kind="idea", post=idea, finding=finding, at=at)
    idea = lock_with_contest(idea)
    if idea.deleted_at or idea.merged_into_id:
        raise IdeaGone
    if idea.contest is not None and not idea.contest.takes_ideas(at):
        raise NotCollecting
    idea.html, idea.stems = texts.stored(body, author=idea.author, by=by, formerly=idea.body), stems_of(title)
    idea.title, idea.body = title, body
    idea.product, idea.topic, idea.edited_at = product, topic, at
    idea.save(update_fields=["title", "body", "html", "stems", "product", "topic", "edited_at"])
    index.put_idea(idea)
    if idea.contest is not None and choices is not None:
        toolkits.attach(idea=idea, contest=idea.contest, choices=choices)
    _note(idea, activity.IDEA_EDITED, by, at)
    if idea.is_visible:
        mentions.record(post=idea, by=by, at=at)
    if finding.hides:
        hide(idea=idea, by=by, at=at)
    return idea


@transaction.atomic
def delete(*, idea: Idea, by: Member, at: datetime) -> None:
    """Take an idea away; in a running contest its votes go back to those who gave them. Twice is once."""
    idea = lock_with_contest(idea)
    if idea.deleted_at or idea.merged_into_id:
        return
    Idea.objects.filter(pk=idea.pk).update(deleted_at=at, deleted_by=by)
    _count(idea, -1)
    ballots.give_back(idea)
    _note(idea, activity.IDEA_DELETED, by, at)


@transaction.atomic
def restore(*, idea: Idea, by: Member, at: datetime) -> None:
    """Show a deleted idea again, with the votes that their givers can still afford. Twice is once."""
    idea = lock_with_contest(idea)
    if not idea.deleted_at or idea.merged_into_id:
        return
    Idea.objects.filter(pk=idea.pk).update(deleted_at=None, deleted_by=None)
    _count(idea, 1)
    ballots.take_again(idea, at=at)
    _note(idea, activity.IDEA_RESTORED, by, at)


@transaction.atomic
def hide(*, idea: Idea, by: Member, at: datetime) -> None:
    """Take an idea away from everybody but its author and moderators; its votes wait with it. Twice is once."""
    idea = lock_with_contest(idea)
    if idea.hidden_at:
        return
    if not idea.deleted_at and not idea.merged_into_id:
        _count(idea, -1)
    Idea.objects.filter(pk=idea.pk).update(hidden_at=at)
    _note(idea, activity.IDEA_HIDDEN, by, at)


@transaction.atomic
def show(*, idea: Idea, by: Member, at: datetime) -> None:
    """Show a hidden idea; one that waited from the start counts as proposed now. Twice is once."""
    idea = lock_with_contest(idea)
    if not idea.hidden_at:
        return
    idea.hidden_at = None
    Idea.objects.filter(pk=idea.pk).update(hidden_at=None)
    _note(idea, activity.IDEA_SHOWN, by, at)
    if idea.deleted_at or idea.merged_into_id:
        return
    _count(idea, 1)
    if not activity.recorded(f"{activity.IDEA_CREATED}:{idea.pk}"):
        _note_creation(idea, at)


def lock(pk: int) -> Idea:
    """Read an idea for change, with its contest as it is now; whoever else changes it waits."""
    return (
        Idea.objects.select_for_update(of=("self",), no_key=True)
        .select_related("author", "contest", "product")
        .get(pk=pk)
    )


def lock_with_contest(idea: Idea) -> Idea:
    """Lock the contest first, as closing it does, so that the two never wait for one another in a circle."""
    if idea.contest_id:
        list(Contest.objects.select_for_update(no_key=True).filter(pk=idea.contest_id).values_list("pk"))
    return lock(idea.pk)


def lock_present(pk: int) -> Idea:
    """Read an idea for change. Raises ``IdeaGone`` for one that was deleted or merged."""
    idea = lock(pk)
    if idea.deleted_at or idea.merged_into_id:
        raise IdeaGone
    return idea


def facts(idea: Idea) -> dict[str, object]:
    """What the journal keeps of an idea: ids and classification."""
    return {
        "idea": idea.pk,
        "author": idea.author_id,
        "contest": idea.contest_id,
        "product": idea.product_id,
        "topic": idea.topic_id,
    }


def _enter(contest: Contest, at: datetime, *, counts: bool) -> None:
    """Count the entry if everybody sees it.

    The update meets the one that closes the contest, and whoever comes second is refused.
    """
    still_open = Contest.objects.filter(pk=contest.pk, closed_at=None)
    if not contest.takes_ideas(at) or not still_open.update(idea_count=F("idea_count") + int(counts)):
        raise NotCollecting


def _count(idea: Idea, step: int) -> None:
    if idea.contest_id and idea.hidden_at is None:
        Contest.objects.filter(pk=idea.contest_id).update(idea_count=F("idea_count") + step)


def _note_creation(idea: Idea, at: datetime) -> None:
    activity.record(
        verb=activity.IDEA_CREATED,
        key=f"{activity.IDEA_CREATED}:{idea.pk}",
        actor=idea.author,
        subject=("idea", idea.pk),
        at=at,
        facts=facts(idea),
    )
    mentions.record(post=idea, by=idea.author, at=at)


def _note(idea: Idea, verb: str, by: Member, at: datetime) -> None:
    activity.repeat(verb=verb, actor=by, subject=("idea", idea.pk), at=at, facts=facts(idea))
