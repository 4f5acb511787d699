"""Who hears of deeds around ideas: authors, voters, and those who had a part in a contest."""

from __future__ import annotations

from collections.abc import Iterator

from community import activity
from community.models import Activity, Contest, Idea, IdeaComment, IdeaVote
from community.services import telling
from community.services.telling import Told


def register() -> None:
    """Name the tellers of these deeds."""
    telling.of(activity.IDEA_STATUS_CHANGED, status_changed)
    telling.of(activity.IDEA_WON, won)
    telling.of(activity.IDEA_COMMENT_CREATED, comment_created)
    telling.of(activity.CONTEST_CLOSED, contest_closed)


def status_changed(deed: Activity, idea: Idea) -> Iterator[Told]:
    """Author and voters hear what was decided, unless something else was decided since."""
    if deed.facts["status"] == idea.status:
        voters = IdeaVote.objects.filter(idea=idea).order_by("voter_id").values_list("voter_id", flat=True)
        yield Told({idea.author_id, *voters}, group=f"idea:{idea.pk}", facts={"status": idea.status})


def won(deed: Activity, idea: Idea) -> Iterator[Told]:
    """The winner hears of it."""
    yield Told({idea.author_id}, group=f"idea-won:{idea.pk}", facts={"place": deed.facts["place"]})


def comment_created(deed: Activity, comment: IdeaComment) -> Iterator[Told]:
    """The author of the idea hears what others say about it."""
    yield Told({comment.idea.author_id}, group=f"idea-comments:{comment.idea_id}")


def contest_closed(deed: Activity, contest: Contest) -> Iterator[Told]:
    """Everybody who proposed or voted hears that the result is out."""
    authors = Idea.objects.visible().filter(contest=contest).order_by("author_id").values_list("author_id", flat=True)
    voters = contest.ballots.filter(spent__gt=0).order_by("member_id").values_list("member_id", flat=True)
    yield Told({*authors, *voters}, group=f"contest:{contest.pk}")
