"""Doors to ideas, their comments, contests and juries."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from community.access.people import NotFound, Person, moderates
from community.models import Contest, Idea, IdeaComment, Member


def ideas_for(person: Person) -> QuerySet[Idea]:
    """Every idea that the person may read; an idea that was merged is another one now."""
    return Idea.objects.visible().filter(Q(contest=None) | Q(contest__is_public=True), merged_into=None)


def idea_for(person: Person, pk: int) -> Idea:
    """The idea to read, merged or not; its author and moderators also get a hidden one. Raises ``NotFound``."""
    rows = Idea.objects.select_related(
        "author__standing", "product", "topic", "contest", "merged_into", "remix_of__author", "configuration", "placing"
    )
    idea = rows.filter(pk=pk).first()
    if idea is None or (idea.contest is not None and not idea.contest.is_public and not moderates(person)):
        raise NotFound
    if not idea.is_visible and not _may_read_hidden(person, idea):
        raise NotFound
    return idea


def own_idea_for(person: Person, pk: int) -> Idea:
    """The idea to change. Raises ``NotFound`` for everybody but author and moderators, and for a merged one."""
    idea = idea_for(person, pk)
    if idea.merged_into_id or not may_change(person, idea, moderator=None):
        raise NotFound
    return idea


def present_idea_for(person: Person, pk: int) -> Idea:
    """The idea to vote for or to comment on. Raises ``NotFound`` for a merged one."""
    idea = idea_for(person, pk)
    if idea.merged_into_id:
        raise NotFound
    return idea


def remixed_idea_for(person: Person, pk: int, *, contest: Contest | None) -> Idea:
    """The composed idea to start from, in ``contest``. Raises ``NotFound``."""
    idea = present_idea_for(person, pk)
    if contest is None or idea.contest_id != contest.pk or not idea.is_visible or not hasattr(idea, "configuration"):
        raise NotFound
    return idea


def moderated_idea_for(person: Person, pk: int) -> Idea:
    """The idea to merge. Raises ``NotFound`` for everybody but moderators."""
    if not moderates(person):
        raise NotFound
    return present_idea_for(person, pk)


def own_idea_comment_for(person: Person, pk: int) -> IdeaComment:
    """The comment to change. Raises ``NotFound`` for everybody but author and moderators."""
    comment = IdeaComment.objects.select_related("idea").filter(pk=pk).first()
    if comment is None or not may_change(person, comment, moderator=None):
        raise NotFound
    return comment


def contests_for(person: Person) -> QuerySet[Contest]:
    """Every contest that the person may see."""
    return Contest.objects.filter(is_public=True)


def contest_for(person: Person, slug: str) -> Contest:
    """The contest to see; moderators also see one that is being prepared. Raises ``NotFound``."""
    contest = Contest.objects.select_related("host").filter(slug=slug).first()
    if contest is None or not (contest.is_public or moderates(person)):
        raise NotFound
    return contest


def judged_contest_for(person: Person, slug: str) -> Contest:
    """The contest whose jury the person sits in. Raises ``NotFound``."""
    contest = contest_for(person, slug)
    if not isinstance(person, Member) or not contest.jury.filter(pk=person.pk).exists():
        raise NotFound
    return contest


def judged_idea_for(person: Person, contest: Contest, pk: int) -> Idea:
    """An entry to score in ``contest``, which ``judged_contest_for`` returned. Raises ``NotFound``."""
    idea = Idea.objects.visible().filter(pk=pk, contest=contest, merged_into=None).first()
    if idea is None:
        raise NotFound
    return idea


def may_change(person: Person, post: Idea | IdeaComment, *, moderator: bool | None) -> bool:
    """Whether the person may change ``post``; what somebody else removed, its author does not bring back."""
    if not isinstance(person, Member):
        return False
    own = post.author_id == person.pk and (post.deleted_at is None or post.deleted_by_id == person.pk)
    return own or (moderates(person) if moderator is None else moderator)


def seat_of(person: Person, contest: Contest) -> bool:
    """Whether the person sits in the jury of ``contest``."""
    return isinstance(person, Member) and contest.jury.filter(pk=person.pk).exists()


def _may_read_hidden(person: Person, post: Idea) -> bool:
    return isinstance(person, Member) and (post.author_id == person.pk or moderates(person))
