"""Mailing: each mail once, worded when it is sent, to people who want it and confirmed their address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from typing import cast

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from community.models import Answer, Channel, Mailing, Member, Notification, Thread
from community.services import answers, channels, mailing, notifications, threads, votes
from tests import factories

pytestmark = pytest.mark.django_db
#: A Wednesday at noon: neither near the hour of the digests nor in the night.
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
NEXT_WEEK = NOW + timedelta(days=8)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let the clock stand on ``NOW``, however long the tests before took."""
    with time_machine.travel(NOW, tick=False):
        yield


def post(at: datetime) -> list[EmailMessage]:
    """Let the queue run dry at ``at``; return what it sent."""
    factories.work_off()
    before = len(mail.outbox)
    while mailing.gather(at=at):
        pass
    while mailing.send_next(at=at):
        pass
    return [message.message() for message in mail.outbox[before:]]


def words(message: EmailMessage, kind: str = "plain") -> str:
    (part,) = [part for part in message.walk() if part.get_content_type() == f"text/{kind}"]
    return cast(bytes, part.get_payload(decode=True)).decode()


def subject(message: EmailMessage) -> str:
    return " ".join(str(message["Subject"]).split())


def prefer(member: Member, group: str, channel: Channel) -> None:
    channels.choose(member=member, channels={group: channel})


class TestAtOnce:
    def test_an_answer_is_mailed_once_in_the_members_language(self, answer: Answer) -> None:
        (message,) = post(SOON)
        asker = answer.thread.author
        assert (message["To"], subject(message)) == (
            asker.email,
            'Kundenkreis: Mara Lindqvist answered "Which grind for a moka pot?"',
        )
        assert "A little coarser than for espresso." in words(message)
        assert f"/answers/{answer.pk}/" in words(message)
        assert message.get_content_type() == "multipart/alternative"
        assert post(NEXT_WEEK) == []

    def test_several_answers_are_one_mail(self, thread: Thread) -> None:
        for name in ("Mara Lindqvist", "Ben Achterberg", "Ida Holm"):
            factories.answer(thread, factories.member(name))
        (message,) = post(SOON)
        assert subject(message) == 'Kundenkreis: Ida Holm and 2 others answered "Which grind for a moka pot?"'

    def test_what_was_read_in_time_is_not_mailed(self, answer: Answer) -> None:
        factories.work_off()
        notifications.mark_read(member=answer.thread.author, at=NOW, thread_id=answer.thread_id)
        assert post(SOON) == []

    def test_what_is_gone_between_queue_and_sending_is_not_mailed(self, thread: Thread) -> None:
        gone, hidden = factories.answer(thread), factories.answer()
        factories.work_off()
        mailing.gather(at=SOON)
        answers.delete(answer=gone, by=gone.author, at=NOW)
        threads.delete(thread=hidden.thread, by=hidden.thread.author, at=NOW)
        assert post(SOON) == []
        assert Mailing.objects.filter(dropped_at=SOON).count() == 2

    def test_a_change_of_mind_counts_until_the_last_moment(self, answer: Answer) -> None:
        factories.work_off()
        mailing.gather(at=SOON)
        prefer(answer.thread.author, "answers", Channel.IN_APP)
        assert post(SOON) == []

    def test_nothing_goes_to_unconfirmed_or_closed_accounts(self, answer: Answer) -> None:
        left = factories.answer()
        factories.work_off()
        EmailAddress.objects.filter(user=answer.thread.author).update(verified=False)
        Member.objects.filter(pk=left.thread.author_id).update(is_active=False)
        assert post(SOON) == []

    def test_off_means_that_it_is_not_even_listed(self, member: Member) -> None:
        prefer(member, "answers", Channel.OFF)
        factories.answer(factories.thread(member))
        assert post(SOON) == []
        assert Notification.objects.filter(member=member).count() == 0

    def test_old_deeds_are_listed_and_not_mailed(self, thread: Thread) -> None:
        factories.answer(thread, at=NOW - timedelta(days=2))
        assert post(SOON) == []
        assert Notification.objects.filter(member=thread.author).count() == 1


class TestQuietHours:
    def test_the_night_is_waited_for_and_one_mail_tells_it_all(self, member: Member) -> None:
        channels.keep_quiet(member=member, quiet_from=time(22), quiet_until=time(7))
        thread = factories.thread(member)
        night = (NOW + timedelta(days=1)).replace(hour=23, minute=30, tzinfo=UTC)
        factories.answer(thread, factories.member("Mara Lindqvist"))
        assert post(night) == []
        factories.answer(thread, factories.member("Ben Achterberg"))
        assert post(night + timedelta(hours=1)) == []
        (message,) = post(night + timedelta(hours=10))
        assert "Ben Achterberg and 1 other answered" in subject(message)


class TestDigests:
    def test_a_day_is_one_mail(self, member: Member) -> None:
        prefer(member, "answers", Channel.DAILY)
        for title in ("Which grind for a moka pot?", "How hot for a green tea?"):
            factories.answer(factories.thread(member, title=title))
        assert post(NOW) == []
        (message,) = post(NOW + timedelta(days=1, minutes=5))
        assert subject(message) == "Kundenkreis: Your day in the community"
        assert words(message).count("Mara Lindqvist answered") == 2
        assert post(NOW + timedelta(days=1, hours=1)) == []

    def test_a_second_digest_of_the_day_waits_for_tomorrow(self, member: Member) -> None:
        prefer(member, "answers", Channel.DAILY)
        morning = channels.slot(member, Channel.DAILY, NOW)
        factories.answer(factories.thread(member))
        assert len(post(morning)) == 1
        factories.answer(factories.thread(member, title="How hot for a green tea?"))
        Notification.objects.filter(mailing=None).update(mail_after=morning)
        assert post(morning + timedelta(minutes=1)) == []
        assert len(post(morning + timedelta(days=1, hours=1))) == 1

    def test_the_week_tells_whom_one_helped(self, ambassador: Member) -> None:
        thread = factories.thread()
        answer = factories.accepted_answer(thread, ambassador)
        voters = [factories.member() for _ in range(3)]
        for voter in voters:
            votes.cast(answer=answer, voter=voter, value=1, at=NOW)
        votes.cast(answer=answer, voter=voters[0], value=0, at=NOW)
        (message,) = [m for m in post(channels.slot(ambassador, Channel.WEEKLY, NOW)) if m["To"] == ambassador.email]
        assert subject(message) == "Kundenkreis: You helped 3 people this week"
        assert "1 answer accepted · 2 helpful votes" in words(message)
        assert post(NEXT_WEEK + timedelta(days=7)) == []

    def test_a_week_without_effect_or_news_is_no_mail(self, ambassador: Member) -> None:
        answer = factories.accepted_answer(None, ambassador)
        factories.work_off()
        answers.unaccept(answer=answer, by=answer.thread.author, at=NOW)
        assert [m for m in post(NEXT_WEEK) if m["To"] == ambassador.email] == []

    def test_who_wants_no_summary_gets_none(self, ambassador: Member) -> None:
        prefer(ambassador, "summary", Channel.OFF)
        factories.accepted_answer(None, ambassador)
        assert [m for m in post(NEXT_WEEK) if m["To"] == ambassador.email] == []


class TestHostileNames:
    @pytest.mark.parametrize(
        ("name", "title"),
        [
            ("Bcc: evil@example.com", "Is this\r\nBcc: evil@example.com?"),
            ("<script>alert(1)</script>", "</style><script>alert(2)</script> grind?"),
            ('"><img src=x onerror=alert(1)>', "<q>Quoted</q> & \N{RIGHT-TO-LEFT OVERRIDE}turned"),
            ("{{ settings.SECRET_KEY }}", "{% debug %} which grind is best?"),
        ],
    )
    def test_names_and_titles_stay_text(self, name: str, title: str) -> None:
        factories.answer(factories.thread(title=title), factories.member(name), body="<b onclick=x>bold</b> words")
        (message,) = post(SOON)
        assert [key for key, _value in message.items() if key.lower() in {"bcc", "cc"}] == []
        page = words(message, "html")
        assert "<script" not in page
        assert "<img" not in page
        assert "onclick=x>" not in page.replace("&gt;", "")
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page + subject(message)
        assert "\n" not in mail.outbox[-1].subject


class TestEachOnce:
    def test_a_mail_that_fails_waits_longer_each_time_and_is_parked_after_five(
        self, answer: Answer, settings: Settings
    ) -> None:
        settings.EMAIL_BACKEND = "tests.community.services.test_mailing.Refusing"
        at, tries = SOON, []
        factories.work_off()
        mailing.gather(at=at)
        for _ in range(40):
            mailing.send_next(at=at)
            tries.append(Mailing.objects.get().attempts)
            at += timedelta(minutes=1)
        row = Mailing.objects.get()
        assert [tries.index(n) for n in range(1, 6)] == [0, 2, 6, 14, 30]
        assert (row.parked_at is not None, row.error) == (True, "ConnectionRefusedError: no mail today")
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert post(at + timedelta(days=1)) == []
        mailing.release(mailing=row, at=at)
        assert len(post(at)) == 1

    def test_a_worker_that_died_while_sending_leaves_the_mail_to_the_next_after_its_lease(
        self, answer: Answer, settings: Settings
    ) -> None:
        settings.EMAIL_BACKEND = "tests.community.services.test_mailing.Dying"
        factories.work_off()
        mailing.gather(at=SOON)
        with pytest.raises(SystemExit):
            mailing.send_next(at=SOON)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert post(SOON + mailing.LEASE - timedelta(seconds=1)) == []
        assert len(post(SOON + mailing.LEASE)) == 1
        assert Mailing.objects.get().attempts == 2

    def test_every_mail_that_kills_its_worker_is_parked(self, answer: Answer) -> None:
        factories.work_off()
        mailing.gather(at=SOON)
        Mailing.objects.update(attempts=5)
        assert post(SOON) == []
        assert Mailing.objects.get().parked_at == SOON


class TestWayOut:
    def test_every_mail_carries_one_click(self, answer: Answer) -> None:
        (message,) = post(SOON)
        address = message["List-Unsubscribe"].strip("<>")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in words(message)
        member, scope = channels.read_token(address.rstrip("/").rpartition("/")[2])
        assert (member, scope) == (answer.thread.author, "answers")


class Refusing(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("no mail today")


class Dying(EmailBackend):
    """A process that ends in the middle."""

    def send_messages(self, messages: object) -> int:
        raise SystemExit
