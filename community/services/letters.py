"""Letters: written once in the transaction of what they tell of, sent by the worker, kept as they were."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation

from community.models import Letter, Member
from community.services import attempts, brands

LEASE = timedelta(minutes=5)

logger = logging.getLogger("kundenkreis.letters")


def write(
    *, key: str, template: str, to: str, language: str, context: Mapping[str, object], at: datetime,
    member: Member | None = None,
) -> None:  # fmt: skip
    """Word the letter of ``template`` and queue it, once for each ``key``; its first line is the subject.

    An empty address gets none: a notice about the abuse of children may be given without a name.
    """
    if not to:
        return
    known = {"brand": brands.current().name, "site": settings.PUBLIC_URL, **context}
    with translation.override(language):
        subject, _line, body = render_to_string(f"letters/{template}.txt", known).strip().partition("\n")
    letter = Letter(
        key=key, to=to, member=member, language=language, subject=subject[:200], body=body.strip(), at=at,
        leased_until=at,
    )  # fmt: skip
    Letter.objects.bulk_create([letter], ignore_conflicts=True)


def to_member(*, key: str, template: str, member: Member, context: Mapping[str, object], at: datetime) -> None:
    """Write to a member, in their language; who has left has no address any more."""
    address = "" if member.erased_at else member.email
    write(
        key=key, template=template, to=address, language=member.language, member=member,
        context={"name": member.display_name, **context}, at=at,
    )  # fmt: skip


def send_next(*, at: datetime) -> bool:
    """Send the letter that is due longest; return whether there was one.

    The attempt is counted and committed before it goes out, so that one which kills its worker is parked all the same.
    """
    letter = _lease(at)
    if letter is None:
        return False
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except Exception as error:
        logger.warning("letter failed", extra={"letter": letter.pk}, exc_info=True)
        _failed(letter, error, at)
    else:
        Letter.objects.filter(pk=letter.pk).update(sent_at=at, error="")
    return True


@transaction.atomic
def _lease(at: datetime) -> Letter | None:
    due = Letter.objects.filter(sent_at=None, parked_at=None, leased_until__lte=at).order_by("leased_until", "id")
    letter = due.select_for_update(skip_locked=True, of=("self",)).first()
    if letter is not None:
        Letter.objects.filter(pk=letter.pk).update(attempts=F("attempts") + 1, leased_until=at + LEASE)
    return letter


def _failed(letter: Letter, error: Exception, at: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(**attempts.after_failure(letter.attempts + 1, error, at=at))
