"""Sanctions with reasons, appeals that a second person decides, notices with a receipt, letters that go out once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from community import access, limits
from community.models import Answer, Appeal, Case, Letter, Member, Notice, Role, Sanction, Thread
from community.services import appeals, letters, moderation, notices, sanctions
from tests import factories
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WEEK = NOW + timedelta(days=7)


def clara() -> Member:
    return factories.member("Clara Holm", Role.MANAGER)


def impose(member: Member, by: Member | None = None, grade: str = "silence") -> Sanction:
    until = WEEK if grade in ("silence", "suspension") else None
    return sanctions.impose(
        member=member, grade=Sanction.Grade(grade), facts="Twelve times the same link.", rule="No advertising.",
        until=until, by=by or clara(), at=NOW,
    )  # fmt: skip


def notice(url: str = "https://elsewhere.example/", **fields: Any) -> Notice:
    said: dict[str, Any] = {
        "name": "Nora Beck",
        "email": "nora@example.com",
        "kind": "defamation",
        "language": "en",
        **fields,
    }
    return notices.receive(url=url, explanation="This is a lie about me.", about=access.post_at(url), at=NOW, **said)


class TestSanctions:
    def test_a_silenced_member_votes_and_does_not_post(self, member: Member) -> None:
        impose(member)
        limits.spend(limits.VOTES, member=member, at=NOW)
        with pytest.raises(limits.Silenced):
            limits.spend(limits.ANSWERS, member=member, at=NOW)
        limits.spend(limits.ANSWERS, member=member, at=WEEK)

    def test_a_suspended_member_appeals_and_does_nothing_else(self, member: Member) -> None:
        impose(member, grade="suspension")
        limits.spend(limits.APPEALS, member=member, at=NOW)
        for limit in (limits.VOTES, limits.FLAGS, limits.THREADS):
            with pytest.raises(limits.Suspended):
                limits.spend(limit, member=member, at=NOW)

    def test_the_statement_of_reasons_says_all_that_the_law_asks(self, member: Member) -> None:
        impose(member)
        body = Letter.objects.get().body
        for part in ("Twelve times the same link.", "No advertising.", "a person decided", "appeal", "court", "until"):
            assert part in body

    def test_lifting_ends_it(self, member: Member) -> None:
        sanctions.lift(sanction=impose(member), by=clara(), at=NOW)
        member.refresh_from_db()
        assert (member.silenced_until, Letter.objects.count()) == (None, 2)

    def test_the_longest_counts(self, member: Member) -> None:
        first, _second = impose(member), impose(member)
        sanctions.lift(sanction=first, by=clara(), at=NOW)
        member.refresh_from_db()
        assert member.silenced_until == WEEK

    def test_nobody_sanctions_themselves_or_an_administrator(self) -> None:
        manager, root = clara(), factories.member(is_superuser=True)
        with refused(sanctions.Oneself):
            impose(manager, manager)
        with refused(sanctions.AboveYou):
            impose(root, manager)

    def test_a_restriction_needs_an_end_that_lies_ahead(self, member: Member) -> None:
        manager = clara()
        with refused(sanctions.NeedsEnd):
            sanctions.impose(
                member=member, grade=Sanction.Grade.SILENCE, facts="x", rule="y", until=NOW, by=manager, at=NOW
            )


class TestAppeals:
    def test_lifted_by_a_second_person_it_ends_and_the_post_is_back(self, answer: Answer) -> None:
        first, second = clara(), clara()
        flag = moderation.flag(kind="answer", post=answer, member=factories.member(), reason="rude", at=NOW)
        moderation.decide(case=flag.case, by=first, remove=True, at=NOW)
        appeal = appeals.file(sanction=Sanction.objects.get(), text="It was a joke.", at=NOW)

        appeals.decide(appeal=appeal, by=second, lift=True, answer="You are right.", at=NOW)

        answer.refresh_from_db()
        assert (answer.is_visible, Case.objects.get().outcome) == (True, "kept")
        assert Letter.objects.filter(key=f"appeal:{appeal.pk}", body__contains="You are right.").exists()

    def test_who_decided_first_does_not_decide_again(self, member: Member) -> None:
        first = clara()
        appeal = appeals.file(sanction=impose(member, first), text="No.", at=NOW)
        with refused(appeals.SecondPerson):
            appeals.decide(appeal=appeal, by=first, lift=False, answer="Yes.", at=NOW)
        with pytest.raises(IntegrityError, match="appeal_second_person"), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(outcome="stands", decided_by=first, decided_at=NOW)

    def test_once_and_within_six_months(self, member: Member) -> None:
        sanction = impose(member)
        with refused(appeals.TooLate):
            appeals.file(sanction=sanction, text="No.", at=NOW + timedelta(days=185))
        appeals.file(sanction=sanction, text="No.", at=NOW)
        with refused(appeals.AppealedAlready):
            appeals.file(sanction=sanction, text="No.", at=NOW)

    def test_decided_once(self, member: Member) -> None:
        appeal = appeals.file(sanction=impose(member), text="No.", at=NOW)
        appeals.decide(appeal=appeal, by=clara(), lift=False, answer="It stands.", at=NOW)
        other = clara()
        with refused(appeals.AppealDecided):
            appeals.decide(appeal=appeal, by=other, lift=True, answer="Lifted.", at=NOW)


class TestNotices:
    def test_gets_a_receipt_by_mail_and_puts_the_post_into_the_queue(self, thread: Thread, answer: Answer) -> None:
        made = notice(f"http://testserver{answer.get_absolute_url()}")
        assert (made.case and made.case.kind, made.case and made.case.subject_id) == ("answer", answer.pk)
        assert made.number in Letter.objects.get(to="nora@example.com").subject

    @pytest.mark.parametrize("url", ["https://elsewhere.example/x", "nonsense", "http://[", "/threads/99999999999999/"])
    def test_an_address_that_leads_nowhere_is_still_a_notice(self, url: str) -> None:
        assert (notice(url).case, Letter.objects.count()) == (None, 1)

    def test_its_decision_is_told_with_the_case(self, thread: Thread) -> None:
        made = notice(thread.get_absolute_url())
        assert made.case
        moderation.decide(case=made.case, by=clara(), remove=True, at=NOW)
        made.refresh_from_db()
        thread.refresh_from_db()
        assert (made.outcome, thread.is_hidden, Sanction.objects.get().from_notice) == ("removed", True, True)
        assert Letter.objects.filter(to="nora@example.com").count() == 2

    def test_without_a_post_it_is_decided_by_itself_and_once(self) -> None:
        made, manager = notice(), clara()
        notices.decide(notice=made, by=manager, removed=False, answer="It is not ours.", at=NOW)
        with refused(notices.NoticeDecided):
            notices.decide(notice=made, by=manager, removed=True, answer="It is gone.", at=NOW)

    def test_only_for_children_may_one_stay_unknown(self) -> None:
        assert notice(kind="children", name="", email="").outcome == ""
        assert Letter.objects.count() == 0
        with unchanged(), pytest.raises(IntegrityError, match="notice_says_who"), transaction.atomic():
            notice(name="", email="")


class TestLetters:
    def test_go_out_once_as_they_were_written(self) -> None:
        made = notice()
        assert (letters.send_next(at=NOW), letters.send_next(at=NOW)) == (True, False)
        assert [(sent.to, sent.subject) for sent in mail.outbox] == [
            (["nora@example.com"], f"We have your notice {made.number}")
        ]

    def test_one_that_fails_is_tried_five_times_and_parked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_args: object) -> int:
            raise OSError("no route")

        monkeypatch.setattr(EmailBackend, "send_messages", broken)
        notice()
        at = NOW
        for _attempt in range(7):
            letters.send_next(at=at)
            at += timedelta(hours=1)
        letter = Letter.objects.get()
        assert (letter.attempts, letter.parked_at is not None, letter.error) == (5, True, "OSError: no route")
