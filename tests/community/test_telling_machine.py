"""Telling as a machine: whatever is done, read, undone and delivered again, nobody is told of anything twice."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.models import Activity, Answer, Delivery, Follow, Mailing, Member, Notification, Thread
from community.queries import live
from community.queries import notifications as queries
from community.services import answers, channels, follows, mailing, notifications
from tests import factories

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "answer",
                "delete",
                "restore",
                "accept",
                "unaccept",
                "hide",
                "show",
                "read",
                "work",
                "again",
                "mail",
                "day",
            ]
        ),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=24,
)


class World:
    """One thread, whom it concerns, and the clock."""

    def __init__(self) -> None:
        self.asker, self.follower = factories.member("Lena Sommer"), factories.member("Felix Brandt")
        self.helpers = [factories.member(name) for name in ("Mara Lindqvist", "Ben Achterberg", "Ida Holm")]
        self.thread: Thread = factories.thread(self.asker)
        self.at: datetime = timezone.now()
        follows.follow(member=self.follower, target=self.thread, level=Follow.Level.ALL, at=self.at)
        channels.choose(member=self.follower, channels={"answers": "daily"})

    @property
    def everybody(self) -> list[Member]:
        return [self.asker, self.follower, *self.helpers]

    def written(self, number: int) -> Answer | None:
        found = list(Answer.objects.filter(thread=self.thread).order_by("id"))
        return found[number % len(found)] if found else None

    def step(self, what: str, number: int) -> None:
        answer = self.written(number)
        match what:
            case "answer":
                factories.answer(self.thread, self.helpers[number])
            case "read":
                notifications.mark_read(member=self.everybody[number], at=self.at, thread_id=self.thread.pk)
            case "work":
                factories.work_off()
            case "again":
                for deed in Activity.objects.filter(verb__in=["answer.created", "answer.accepted"]):
                    Delivery.objects.get_or_create(
                        consumer="notifications", activity=deed, defaults={"leased_until": timezone.now()}
                    )
            case "mail":
                self.send(timedelta(minutes=2))
            case "day":
                self.send(timedelta(days=1))
            case _ if answer:
                self.change(what, answer)

    def change(self, what: str, answer: Answer) -> None:
        rows = Answer.objects.filter(pk=answer.pk)
        match what:
            case "delete":
                answers.delete(answer=answer, by=answer.author, at=timezone.now())
            case "restore":
                answers.restore(answer=answer, by=answer.author, at=timezone.now())
            case "hide":
                rows.update(hidden_at=self.at)
            case "show":
                rows.update(hidden_at=None)
            case "accept" if answer.is_visible:
                answers.accept(answer=answer, by=self.asker, at=timezone.now())
            case "unaccept":
                answers.unaccept(answer=answer, by=self.asker, at=timezone.now())

    def send(self, later: timedelta) -> None:
        """Let time pass and send what is due."""
        self.at += later
        mailing.gather(at=self.at)
        while mailing.send_next(at=self.at):
            pass

    def check(self) -> None:
        rows = list(Notification.objects.select_related("mailing"))
        assert max(Counter((row.member_id, row.key) for row in rows).values(), default=1) == 1
        assert [row for row in rows if row.member_id == row.actor_id] == []
        for member in self.everybody:
            lines = queries.page(member, cursor=None, size=50).results
            shown = [line for line in lines if line.subject_kind == "answer"]
            assert all(Answer.objects.get(pk=line.facts["answer"]).is_visible for line in shown)
            assert len({line.group for line in lines}) == len(lines)
            assert sum(not line.read_at for line in lines) == live.unread_count(member)
        sent = Mailing.objects.filter(sent_at__isnull=False)
        assert sent.count() == len({message.extra_headers["Message-ID"] for message in mail.outbox}) == len(mail.outbox)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_in_any_order_of_deeds_reads_and_undos_each_thing_is_told_at_most_once(steps: list[tuple[str, int]]) -> None:
    mail.outbox.clear()
    with transaction.atomic():
        world = World()
        for what, number in steps:
            world.step(what, number)
        factories.work_off()
        world.send(timedelta(days=2))
        world.check()
        transaction.set_rollback(True)
