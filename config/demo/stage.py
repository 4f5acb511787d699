"""Plays the demo's script through the services, at moments in the past, in the order in which it all happened."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.models import Answer, Member, Product, Thread, Topic
from community.services import answers, comments, threads, votes
from config.demo.script import Question, Remark, Reply

MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Stage:
    """The cast and the props, ready to play; ``now`` is when the last deed may happen."""

    members: dict[str, Member]
    topics: dict[str, Topic]
    products: dict[str, Product]
    now: datetime
    _deeds: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _order: itertools.count[int] = field(default_factory=itertools.count)

    def play(self, questions: Iterable[Question]) -> int:
        """Do everything that the questions tell, in one transaction; return how many of them were new."""
        known = set(Thread.objects.filter(author__in=self.members.values()).values_list("author_id", "title"))
        fresh = [q for q in questions if (self.members[q.by].pk, q.title) not in known]
        for question in fresh:
            self._rehearse(question)
        with transaction.atomic():
            for at, _number, deed in sorted(self._deeds, key=lambda entry: entry[:2]):
                deed(at)
        self._deeds.clear()
        return len(fresh)

    def _rehearse(self, question: Question) -> None:
        asked = self._moment(question.asked)
        made: list[Thread] = []

        def ask(at: datetime) -> None:
            made.append(
                threads.create(
                    author=self.members[question.by],
                    title=question.title,
                    body=question.body,
                    phase=question.phase,
                    topic=self.topics[question.topic],
                    product=self.products.get(question.product),
                    at=at,
                )
            )

        self._plan(asked, ask)
        for remark in question.remarks:
            self._remark(remark, asked, made, None)
        for reply in question.replies:
            self._reply(reply, question, asked, made)

    def _reply(self, reply: Reply, question: Question, asked: datetime, thread: list[Thread]) -> None:
        answered = asked + reply.after * MINUTE
        made: list[Answer] = []
        author = self.members[reply.by]
        self._plan(
            answered,
            lambda at: made.append(answers.create(thread=thread[0], author=author, body=reply.text, at=at)),
        )
        for number, voter in enumerate(reply.helpful.split(), start=1):
            # Votes trickle in: soon after the answer at first, then ever more rarely.
            self._plan(answered + number * number * 11 * MINUTE, self._vote(made, self.members[voter]))
        if reply.accepted:
            asker = self.members[question.by]
            self._plan(answered + 13 * MINUTE, lambda at: answers.accept(answer=made[0], by=asker, at=at))
        for remark in reply.remarks:
            self._remark(remark, answered, thread, made)

    @staticmethod
    def _vote(answer: list[Answer], voter: Member) -> Callable[[datetime], None]:
        def vote(at: datetime) -> None:
            votes.cast(answer=answer[0], voter=voter, value=1, at=at)

        return vote

    def _remark(self, remark: Remark, since: datetime, thread: list[Thread], answer: list[Answer] | None) -> None:
        author = self.members[remark.by]

        def comment(at: datetime) -> None:
            below = answer[0] if answer else None
            comments.create(thread=thread[0], answer=below, author=author, body=remark.text, at=at)

        self._plan(since + remark.after * MINUTE, comment)

    def _plan(self, at: datetime, deed: Callable[[datetime], None]) -> None:
        """Enter a deed; what would lie in the future happens just now, still in its order."""
        number = next(self._order)
        self._deeds.append((min(at, self.now - MINUTE + number * timedelta(microseconds=100)), number, deed))

    def _moment(self, asked: str) -> datetime:
        if asked.endswith("m"):
            return self.now - int(asked[:-1]) * MINUTE
        if asked.endswith("h"):
            return self.now - timedelta(hours=int(asked[:-1]))
        days, clock = asked.split("d ")
        hour, minute = clock.split(":")
        local = timezone.localtime(self.now, timezone.get_default_timezone())
        return local.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0) - timedelta(days=int(days))
