"""What the community keeps beside its rows, checked against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from community.models import (
    Activity,
    Answer,
    Ballot,
    Comment,
    Contest,
    Delivery,
    HelpfulVote,
    Idea,
    IdeaComment,
    IdeaVote,
    Member,
    MeToo,
    Ownership,
    Product,
    Rating,
    Review,
    ReviewPhoto,
    Thread,
    Topic,
    Vote,
)
from community.queries import ownership
from community.registry import Difference
from community.search import index
from community.services import ownerships


def counters() -> Iterator[Difference]:
    """Every kept counter equals the number of rows that it counts."""
    yield from _kept(Thread, "answer_count", _count(Answer.objects.visible(), "thread"))
    yield from _kept(Thread, "comment_count", _count(Comment.objects.visible(), "thread"))
    yield from _kept(Thread, "score", _sum(Answer.objects.visible(), "thread", "helpful_count"))
    yield from _kept(Thread, "me_too_count", _sum(MeToo.objects.all(), "thread", "value"))
    yield from _kept(Answer, "score", _sum(Vote.objects.all(), "answer", "value"))
    yield from _kept(Member, "thread_count", _count(Thread.objects.visible(), "author"))
    yield from _kept(Member, "answer_count", _count(Answer.objects.visible(), "author"))
    yield from _kept(Member, "accepted_count", _count(Thread.objects.all(), "accepted_answer__author"))
    yield from _kept(Answer, "helpful_count", _count(Vote.objects.filter(value=1), "answer"))
    yield from _kept(Member, "helpful_count", _count(Vote.objects.filter(value=1), "answer__author"))
    yield from _kept(Topic, "thread_count", _count(Thread.objects.visible(), "topic"))
    yield from _kept(Product, "thread_count", _count(Thread.objects.visible(), "product"))
    yield from _kept(Idea, "vote_count", _count(IdeaVote.objects.all(), "idea"))
    yield from _kept(Idea, "comment_count", _count(IdeaComment.objects.visible(), "idea"))
    yield from _kept(Contest, "idea_count", _count(Idea.objects.visible().filter(merged_into=None), "contest"))
    yield from _kept(Review, "helpful_count", _sum(HelpfulVote.objects.all(), "review", "value"))
    yield from _kept(Review, "photo_count", _count(ReviewPhoto.objects.all(), "review"))
    yield from _kept(Product, "owner_count", _count(Ownership.objects.all(), "product"))


def states() -> Iterator[Difference]:
    """A thread is solved by an accepted answer, else open with answers, else unanswered."""
    wrong = Thread.objects.exclude(
        Q(accepted_answer__isnull=False, state=Thread.State.SOLVED)
        | Q(accepted_answer=None, answer_count__gt=0, state=Thread.State.OPEN)
        | Q(accepted_answer=None, answer_count=0, state=Thread.State.UNANSWERED)
    )
    for thread in wrong.order_by("id"):
        yield Difference("states", f"thread {thread.pk}", "the state that its answers say", thread.state)


def deliveries() -> Iterator[Difference]:
    """Nothing is parked: a parked delivery is a deed without its effect."""
    for delivery in Delivery.objects.exclude(parked_at=None).order_by("id"):
        yield Difference("deliveries", f"delivery {delivery.pk}", "handled", f"parked: {delivery.error}")


def acceptances() -> Iterator[Difference]:
    """Each accepted answer has exactly one acceptance in the journal that was not taken back."""
    standing = (
        Activity.objects.filter(verb="answer.accepted", undone_by=None, subject_id=OuterRef("accepted_answer_id"))
        .order_by()
        .values("subject_id")
        .annotate(n=Count("id"))
        .values("n")
    )
    rows = Thread.objects.filter(accepted_answer__isnull=False).annotate(n=Coalesce(Subquery(standing), Value(0)))
    for thread in rows.exclude(n=1).order_by("id"):
        yield Difference("acceptances", f"thread {thread.pk}", "1 acceptance in the journal", str(thread.n))


def owners() -> Iterator[Difference]:
    """Members own what their orders say, since the first of them."""
    wanted = ownerships.derived()
    found = {(row.member_id, row.product_id): row.since for row in Ownership.objects.all()}
    for member, product in sorted(wanted.keys() | found.keys()):
        said, kept = wanted.get((member, product)), found.get((member, product))
        if said != kept:
            yield Difference("owners", f"member {member} product {product}", str(said), str(kept))


def rated() -> Iterator[Difference]:
    """The rating of each product counts its visible reviews by stars, those with a disclosure apart."""
    expected: Counter[tuple[int, str]] = Counter()
    groups = Review.objects.visible().order_by().values_list("product", "stars", "disclosure", "verified")
    for product, stars, disclosure, verified, n in groups.annotate(n=Count("id")):
        expected[product, f"{'sample' if disclosure else 'stars'}_{stars}"] += n
        expected[product, "verified"] += n if verified and not disclosure else 0
    names = [field.name for field in Rating._meta.get_fields() if field.name not in {"id", "product"}]
    found = {(row.product_id, name): getattr(row, name) for row in Rating.objects.order_by("pk") for name in names}
    for product, name in sorted(expected.keys() | found.keys()):
        kept = found.get((product, name), 0)
        if expected[product, name] != kept:
            yield Difference("ratings", f"product {product} {name}", str(expected[product, name]), str(kept))


def verified_reviews() -> Iterator[Difference]:
    """A review is verified exactly if the shop's orders say that its author bought the product."""
    rows = Review.objects.order_by("id").values_list("id", "author", "product", "verified")
    bought = ownership.purchases({author for _pk, author, _product, _verified in rows})
    for pk, author, product, verified in rows:
        if verified != ((author, product) in bought):
            yield Difference("verified_reviews", f"review {pk}", str(not verified), str(verified))


def findable() -> Iterator[Difference]:
    """Every question and idea that everybody may read is in the search index; ``reindex`` puts it there."""
    for kind, missing in (("thread", index.missing()), ("idea", index.missing_ideas())):
        for pk in missing:
            yield Difference("findable", f"{kind} {pk}", "in the search index", "missing: run manage.py reindex")


def official_answers() -> Iterator[Difference]:
    """Each official answer belongs to its thread and has exactly one deed in the journal that was not taken back."""
    standing = Activity.objects.filter(
        verb="answer.made_official", undone_by=None, subject_id=OuterRef("official_answer_id")
    )
    counted = standing.order_by().values("subject_id").annotate(n=Count("id")).values("n")
    rows = Thread.objects.filter(official_answer__isnull=False).annotate(n=Coalesce(Subquery(counted), Value(0)))
    for thread in rows.exclude(n=1, official_answer__thread=F("pk")).order_by("id"):
        yield Difference("official answers", f"thread {thread.pk}", "its own answer, made official once", str(thread.n))


def mergers() -> Iterator[Difference]:
    """A merged thread has no posts any more, and leads to a thread that leads nowhere else."""
    left = Exists(Answer.objects.filter(thread=OuterRef("pk"))) | Exists(Comment.objects.filter(thread=OuterRef("pk")))
    rows = Thread.objects.filter(merged_into__isnull=False).filter(left | Q(merged_into__merged_into__isnull=False))
    for thread in rows.order_by("id"):
        yield Difference("mergers", f"thread {thread.pk}", "empty, and one step from its answers", "something else")


def ballots() -> Iterator[Difference]:
    """In a running contest each member has spent as many votes as they have given to ideas that are still there."""
    given = (
        IdeaVote.objects.filter(
            voter=OuterRef("member"),
            idea__contest=OuterRef("contest"),
            idea__deleted_at=None,
            idea__merged_into=None,
        )
        .order_by()
        .values("voter")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = Ballot.objects.filter(contest__closed_at=None).annotate(
        given=Coalesce(Subquery(given, output_field=IntegerField()), Value(0))
    )
    for ballot in rows.exclude(given=F("spent")).order_by("pk"):
        yield Difference("ballots", f"ballot {ballot.pk} spent", str(ballot.given), str(ballot.spent))


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {
    "counters": counters,
    "states": states,
    "acceptances": acceptances,
    "owners": owners,
    "official answers": official_answers,
    "mergers": mergers,
    "deliveries": deliveries,
    "ballots": ballots,
    "findable": findable,
    "ratings": rated,
    "verified_reviews": verified_reviews,
}


def _count(rows: QuerySet[Any], owner: str) -> Subquery:
    return _grouped(rows, owner, Count("pk"))


def _sum(rows: QuerySet[Any], owner: str, field: str) -> Subquery:
    return _grouped(rows, owner, Sum(field))


def _grouped(rows: QuerySet[Any], owner: str, aggregate: Count | Sum) -> Subquery:
    counted = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner).annotate(n=aggregate).values("n")
    return Subquery(counted, output_field=IntegerField())


def _kept(model: type[Model], field: str, actual: Subquery) -> Iterator[Difference]:
    rows = model._default_manager.annotate(actual=Coalesce(actual, Value(0))).exclude(actual=F(field))
    for pk, expected, found in rows.order_by("pk").values_list("pk", "actual", field):
        yield Difference("counters", f"{model.__name__.lower()} {pk} {field}", str(expected), str(found))
