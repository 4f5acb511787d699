"""The queue of mails, by many workers at the same moment: each mail once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.core import mail
from django.db.models import Count

from community.models import Channel, Mailing, Member, Notification
from community.services import channels, mailing
from tests import factories
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 6
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
#: All that waits is due: mails at once and those of the day.
DUE = NOW + timedelta(days=1)


@pytest.fixture
def readers(time_machine: object) -> list[Member]:
    """Members who wait for mail: at once, and once a day for two answers."""
    time_machine.move_to(NOW, tick=False)  # type: ignore[attr-defined] # the plugin's fixture has no type
    at_once_readers, daily = [factories.member() for _ in range(4)], [factories.member() for _ in range(3)]
    for reader in daily:
        channels.choose(member=reader, channels={"answers": Channel.DAILY})
    for reader in [*at_once_readers, *daily, *daily]:
        factories.answer(factories.thread(reader))
    factories.work_off()
    return [*at_once_readers, *daily]


def send_all() -> int:
    """Send until nothing is due, as one worker does; return how often there was something."""
    sent = 0
    while mailing.send_next(at=DUE):
        sent += 1
    return sent


def work() -> int:
    """One whole round of a worker."""
    while mailing.gather(at=DUE):
        pass
    return send_all()


def mailed() -> list[str]:
    """To whom mails went, each address as often as mails."""
    return sorted(message.to[0] for message in mail.outbox)


def test_workers_that_gather_together_make_one_mail_for_each_reader(readers: list[Member]) -> None:
    outcome = at_once([partial(mailing.gather, at=DUE)] * CROWD)
    while mailing.gather(at=DUE):
        pass

    assert outcome.errors == []
    packed = Mailing.objects.exclude(channel=Channel.WEEKLY).values_list("member").annotate(n=Count("pk"))
    assert dict(packed.order_by("member")) == {reader.pk: 1 for reader in readers}
    assert not Notification.objects.filter(mail_after__lte=DUE, mailing=None).exists()


def test_workers_that_send_together_send_each_mail_once(readers: list[Member]) -> None:
    while mailing.gather(at=DUE):
        pass

    outcome = at_once([send_all] * CROWD)

    assert outcome.errors == []
    assert mailed() == sorted(reader.email for reader in readers)
    assert set(Mailing.objects.filter(due_at__lte=DUE).values_list("attempts", "parked_at")) == {(1, None)}


def test_workers_that_gather_and_send_at_once_send_each_notification_once(readers: list[Member]) -> None:
    outcome = at_once([work] * CROWD)
    work()

    assert outcome.errors == []
    assert mailed() == sorted(reader.email for reader in readers)
    told = Notification.objects.filter(mail_after__lte=DUE)
    assert set(told.values_list("mailing__sent_at", flat=True)) == {DUE}
