"""Telling: from a deed in the journal to the rows of those who are told of it.

A table leads from a verb to a function that says who. To tell of a new deed, in ``registrations``:

1. ``registry.add_notification_kind(NotificationKind("review.replied", group="reviews", label=…))``; its template,
   ``notifications/review_replied.html``, extends ``layout`` and fills the blocks ``text`` and ``address``;
2. ``registry.add_readable("review", lambda: Review.objects.visible().select_related("product"))`` once for each kind of
   subject: what is not among these rows is never told, and not listed, counted or mailed any more;
3. ``telling.of(activity.REVIEW_REPLIED, who_hears_of_reply)``, a function ``(deed, post) → iterable of Told``.

The rest happens here: nobody is told of their own deed, of one that was taken back, by somebody whom they blocked, or
twice of the same deed; a member named by several ``Told`` of one deed gets the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from community import activity
from community.models import Activity, Answer, Block, Comment, Delivery, News, Notification, Thread
from community.queries import follows
from community.registry import registry
from community.services import mailing, notifications


@dataclass(frozen=True, slots=True)
class Told:
    """Whom a deed is told: ``readers`` are ids of members. What is left out follows from the deed.

    ``kind`` is the deed's verb, ``facts`` the id of its subject, and rows of one ``group`` (without one: of one
    thread) become one line.
    """

    readers: Collection[int]
    thread: int | None = None
    kind: str = ""
    group: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


Teller = Callable[[Activity, Any], Iterable[Told]]

TELLERS: dict[str, Teller] = {}
#: The verbs above and their inverses, which take back what was told; a live view for the consumer of the journal.
_verbs: dict[str, None] = {}
WORTH_TELLING = _verbs.keys()


def of(verb: str, teller: Teller) -> None:
    """Let ``teller`` say who is told of deeds of ``verb``."""
    TELLERS[verb] = teller
    inverse = activity.INVERSES.get(verb)
    _verbs.update(dict.fromkeys((verb, inverse) if inverse else (verb,)))


def handle(deliveries: list[Delivery]) -> None:
    """Store who is to be told of this batch, and take back what was told of deeds that are undone."""
    deeds = [delivery.activity for delivery in deliveries]
    now = timezone.now()
    notifications.retract(keys=[deed.undoes.key for deed in deeds if deed.undoes is not None])
    undone = set(Activity.objects.filter(undoes__in=deeds).order_by().values_list("undoes_id", flat=True))
    standing = [deed for deed in deeds if deed.pk not in undone and deed.verb in TELLERS]
    posts = _posts(standing)
    about = [(deed, posts.get((deed.subject_kind, deed.subject_id))) for deed in standing]
    about = [(deed, post) for deed, post in about if post is not None or deed.subject_kind not in registry.readable]
    blocked = _blocked({deed.actor_id for deed, _post in about})
    notifications.tell([row for deed, post in about for row in _rows(deed, post, blocked[deed.actor_id], now)])
    mailing.expect_summaries(
        members={deed.beneficiary_id for deed, _post in about if deed.verb in mailing.EFFECTS and deed.beneficiary_id},
        at=now,
    )


def _posts(deeds: list[Activity]) -> dict[tuple[str, int], Any]:
    """What the deeds are about, as far as everybody may read it."""
    ids: dict[str, set[int]] = defaultdict(set)
    for deed in deeds:
        ids[deed.subject_kind].add(deed.subject_id)
    return {
        (kind, pk): post
        for kind, wanted in ids.items()
        if kind in registry.readable
        for pk, post in registry.readable[kind]().in_bulk(wanted).items()
    }


def _blocked(actors: set[int]) -> dict[int, set[int]]:
    """By actor, who does not want to hear from them."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Block.objects.filter(blocked_id__in=actors).order_by() if actors else Block.objects.none()
    for actor, member in rows.values_list("blocked_id", "member_id"):
        found[actor].add(member)
    return found


def _rows(deed: Activity, post: Any, deaf: set[int], now: datetime) -> Iterator[Notification]:
    told = {deed.actor_id} | deaf
    for telling in TELLERS[deed.verb](deed, post):
        for member in sorted(set(telling.readers) - told):
            told.add(member)
            yield Notification(
                member_id=member,
                kind=telling.kind or deed.verb,
                key=deed.key,
                group=f"{telling.kind or deed.verb}:{telling.group}" if telling.group else "",
                actor_id=deed.actor_id,
                thread_id=telling.thread,
                subject_kind=deed.subject_kind,
                subject_id=deed.subject_id,
                facts=dict(telling.facts) or {deed.subject_kind: deed.subject_id},
                created_at=deed.at,
                shown_at=now if deed.at < now - notifications.FRESH else None,
            )


def thread_created(deed: Activity, thread: Thread) -> Iterator[Told]:
    """A new question: who follows its topic or product."""
    yield Told(follows.followers_of_new(thread), thread=thread.pk)


def answer_created(deed: Activity, answer: Answer) -> Iterator[Told]:
    """A new answer: who asked and who follows."""
    yield Told(follows.followers_of(answer.thread), thread=answer.thread_id)


def answer_accepted(deed: Activity, answer: Answer) -> Iterator[Told]:
    """An accepted answer: who helped, as long as it stands. The followers are told by ``metoos``."""
    if answer.thread.accepted_answer_id == answer.pk:
        yield Told(follows.without_silent(answer.thread, {answer.author_id}), thread=answer.thread_id)


def comment_created(deed: Activity, comment: Comment) -> Iterator[Told]:
    """A comment: who follows the thread, and who wrote the answer above it."""
    readers = follows.followers_of(comment.thread)
    if comment.answer is not None:
        readers |= follows.without_silent(comment.thread, {comment.answer.author_id})
    yield Told(readers, thread=comment.thread_id)


def news_published(deed: Activity, news: News) -> Iterator[Told]:
    """News: who follows the brand, or the product that they are about."""
    yield Told(follows.followers_of_brand(news.product))


def nobody(deed: Activity, post: Any) -> Iterator[Told]:
    """Told to nobody at once; it counts in the weekly mail."""
    yield from ()
