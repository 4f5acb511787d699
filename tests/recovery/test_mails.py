"""Pull the plug in the middle of the queue of mails: afterwards each of them was sent once."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from community.models import Mailing
from community.services import mailing
from tests import factories
from tests.recovery.postbox import Postbox, postbox
from tests.recovery.product import PYTHON, ROOT, on_this_database

pytestmark = pytest.mark.django_db(transaction=True)
MAILS = 8


@pytest.fixture
def box() -> Iterator[Postbox]:
    """A mail server."""
    with postbox() as made:
        yield made


@pytest.fixture
def due() -> datetime:
    """Let ``MAILS`` members wait for one mail each; return when it is due."""
    for _ in range(MAILS):
        factories.answer(factories.thread(factories.member()), factories.member("Mara Lindqvist"))
    factories.work_off()
    return timezone.now() + timedelta(minutes=5)


def worker(box: Postbox, at: datetime) -> subprocess.Popen[bytes]:
    """Start a process that works on this test's database."""
    environment = on_this_database(EMAIL_URL=f"smtp://127.0.0.1:{box.port}")
    command = [PYTHON, "-m", "tests.recovery.mails", at.isoformat()]
    return subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own arguments


def killed_at(number: int, process: Callable[[], subprocess.Popen[bytes]]) -> Callable[[int], None]:
    """Return what kills ``process`` when the mail of this ``number`` arrives, and lets nobody hear of it."""

    def kill(arrived: int) -> None:
        if arrived == number:
            process().kill()
            process().wait()
            raise ConnectionAbortedError

    return kill


def test_each_mail_is_sent_once_though_its_worker_is_killed(box: Postbox, due: datetime) -> None:
    """One is killed while it hands a mail over: nobody has it yet, and it comes once.

    One is killed when the mail was taken and it could not know: the one instant that no queue can close. That mail
    comes again under the same name, by which the reader's program sees that it is the same.
    """
    running: list[subprocess.Popen[bytes]] = []
    for number, moment in ((3, "before"), (6, "after")):
        setattr(box, moment, killed_at(number, lambda: running[-1]))
        running.append(worker(box, due))
        assert running[-1].wait(60) == -9
        setattr(box, moment, lambda _number: None)
        due += mailing.LEASE
    assert worker(box, due).wait(60) == 0

    found = Counter(message["Message-ID"] for message in box.accepted)
    assert sorted(found.values()) == [1] * (MAILS - 1) + [2]
    assert found[box.accepted[5]["Message-ID"]] == 2
    assert len({message["To"] for message in box.accepted}) == MAILS
    assert sorted(Mailing.objects.values_list("attempts", flat=True)) == [1] * (MAILS - 2) + [2] * 2
    assert not Mailing.objects.filter(sent_at=None).exists()
