"""Notices of illegal content: received from anybody with a receipt, decided with reasons told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.models import Case, Member, Notice, Reason
from community.refusals import Refusal
from community.services import cases, letters

#: Without the signs that are mixed up when they are read out.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: The law gives notices precedence over what members report (article 16, paragraph 6).
WEIGHT = 20


class NoticeDecided(Refusal):
    """The notice was decided meanwhile."""

    code = "notice_decided"
    message = _("This notice was decided in the meantime.")


@transaction.atomic
def receive(
    *,
    kind: str,
    url: str,
    explanation: str,
    name: str,
    email: str,
    language: str,
    at: datetime,
    member: Member | None = None,
    about: tuple[str, Any] | None = None,
) -> Notice:
    """Keep a notice given in good faith and write the receipt; ``about`` is the kind and post that ``url`` leads to.

    That post comes into the queue; where the address leads elsewhere, the notice is decided by itself.
    """
    notice = Notice.objects.create(
        number=f"N{at:%y%m}-{get_random_string(8, SIGNS)}",
        member=member,
        name=words.line(name),
        email=email.strip(),
        language=language,
        kind=kind,
        url=url.strip(),
        explanation=words.lines(explanation),
        in_good_faith=True,
        at=at,
        case=_case_of(*about, at) if about else None,
    )
    _write(notice, "notice_received", f"notice:{notice.pk}", at)
    return notice


@transaction.atomic
def decide(*, notice: Notice, by: Member, removed: bool, answer: str, at: datetime) -> None:
    """Say what became of a notice and why, also to who gave it. Raises ``NoticeDecided``."""
    outcome = Notice.Outcome.REMOVED if removed else Notice.Outcome.KEPT
    waiting = Notice.objects.filter(pk=notice.pk, outcome=Notice.Outcome.OPEN)
    if not waiting.update(outcome=outcome, decided_by=by, decided_at=at, answer=answer):
        raise NoticeDecided
    notice.refresh_from_db()
    activity.repeat(
        verb=activity.NOTICE_DECIDED,
        actor=by,
        subject=("notice", notice.pk),
        at=at,
        facts={"notice": notice.pk, "outcome": outcome, "case": notice.case_id},
    )
    _write(notice, "notice_decided", f"notice:{notice.pk}:decided:{at.timestamp():.0f}", at)


def reopen(*, case: Case) -> None:
    """Let the notices of a case wait again: its decision was undone."""
    Notice.objects.filter(case=case).update(outcome=Notice.Outcome.OPEN, decided_by=None, decided_at=None, answer="")


def _case_of(kind: str, post: Any, at: datetime) -> Case:
    return cases.open_for(kind=kind, post=post, source=Case.Source.NOTICE, reason=Reason.ILLEGAL, at=at, weight=WEIGHT)


def _write(notice: Notice, template: str, key: str, at: datetime) -> None:
    letters.write(
        key=key, template=template, to=notice.email, language=notice.language, member=notice.member,
        context={"notice": notice, "name": notice.name}, at=at,
    )  # fmt: skip
