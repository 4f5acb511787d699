"""Sessions of visitors: begun with their first click, proven by a token of which only a digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from chat.models import Visitor, VisitorSession, Widget

#: How long a visitor may stay away; each use within it makes it start anew.
KEPT = timedelta(days=30)
#: A use is noted this often at most: a write for every request would hold up all.
NOTED_EVERY = timedelta(minutes=10)


@transaction.atomic
def begin(
    *, widget: Widget, origin: str, language: str, at: datetime, visitor: Visitor | None = None
) -> tuple[VisitorSession, str]:
    """Begin a session, of a new visitor unless one is given; its token is returned and never again."""
    if visitor is None:
        visitor = Visitor.objects.create(widget=widget, language=language, first_at=at, seen_at=at)
    token = secrets.token_urlsafe(32)
    session = VisitorSession.objects.create(
        visitor=visitor, digest=_digest(token), origin=origin, created_at=at, expires_at=at + KEPT
    )
    return session, token


def find(token: str, at: datetime) -> VisitorSession | None:
    """The session of a token, with its visitor and widget; ``None`` when it is over or the widget is switched off."""
    found = VisitorSession.objects.select_related("visitor__widget", "visitor__customer").filter(
        digest=_digest(token),
        ended_at=None,
        expires_at__gt=at,
        visitor__erased_at=None,
        visitor__widget__is_active=True,
    )
    return found.first()


@transaction.atomic
def note_use(*, session: VisitorSession, at: datetime) -> None:
    """Keep a used session from running out, and count it as another visit after half an hour of silence."""
    rows = VisitorSession.objects.filter(pk=session.pk, ended_at=None, expires_at__lt=at + KEPT - NOTED_EVERY)
    if not rows.update(expires_at=at + KEPT):
        return
    again = Visitor.objects.filter(pk=session.visitor_id, seen_at__lt=at - timedelta(minutes=30))
    if not again.update(seen_at=at, visits=F("visits") + 1):
        Visitor.objects.filter(pk=session.visitor_id, seen_at__lt=at).update(seen_at=at)


@transaction.atomic
def end(*, session: VisitorSession, at: datetime) -> None:
    """End a session, as the shop's log-out does: its token is worth nothing from now on. Twice is once."""
    VisitorSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=at)


def _digest(token: str) -> str:
    """The token has 256 random bits, so a fast hash keeps it as well as a slow one."""
    return hashlib.sha256(token.encode()).hexdigest()
