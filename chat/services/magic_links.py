"""The way back for somebody who left: told by e-mail that there is an answer, they go on where they stopped."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from chat.models import HelpRequest, MagicLink, Message, Participant, Visitor
from chat.services import visitor_sessions
from community.refusals import Refusal
from community.services import letters

KEPT = timedelta(days=14)
#: Whoever was seen so lately reads it where they are.
AWAY_AFTER = timedelta(seconds=60)
AT_ONCE = 200
#: Where the link leads; the part behind it is the secret.
PATH = "/messages/back/"
ANSWERS = (Message.Kind.TEXT, Message.Kind.CARD)


class LinkOver(Refusal):
    """There is no such link, or its time is over."""

    code = "link_over"
    message = _("This link is over. Ask for a new answer in the shop, or read on in the browser where you began.")
    status = 404


def tell(*, at: datetime) -> int:
    """Write to everybody who is away and has an unread answer; return how many letters that were.

    One letter for what came since they were last here: the next one only after they have read again.
    """
    places = Participant.objects.filter(part=Participant.Part.ASKER, conversation__help__tell=True)
    away = Q(conversation__help__asker_seen_at=None) | Q(conversation__help__asker_seen_at__lt=at - AWAY_AFTER)
    theirs = Q(conversation__messages__kind__in=ANSWERS, conversation__messages__seq__gt=F("read_seq"))
    theirs &= Q(conversation__messages__member__isnull=False, conversation__messages__deleted_at=None)
    rows = places.filter(away, visitor__isnull=False).annotate(
        newest=Max("conversation__messages__seq", filter=theirs),
        told=Max("conversation__help__links__seq", default=0),
    )
    # Told again only when the last letter was read: its message is behind them by then.
    due = rows.filter(newest__gt=F("told"), told__lte=F("read_seq")).order_by("pk")
    return sum(_tell_one(row.conversation_id, row.newest, at) for row in due[:AT_ONCE])


def _tell_one(conversation: int, seq: int, at: datetime) -> bool:
    asked = HelpRequest.objects.select_related("visitor__widget", "responder__member").get(conversation=conversation)
    visitor = asked.visitor
    if visitor is None or not visitor.email:
        return False
    token = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            MagicLink.objects.create(help=asked, digest=_digest(token), seq=seq, at=at, expires_at=at + KEPT)
            letters.write(
                key=f"chat_answer:{asked.pk}:{seq}",
                template="chat_answer",
                to=visitor.email,
                language=asked.language,
                context={
                    "name": visitor.name,
                    "helper": asked.responder.member.display_name if asked.responder else "",
                    "shop": visitor.widget.name,
                    "link": f"{settings.PUBLIC_URL}{PATH}{token}/",
                    "days": KEPT.days,
                },
                at=at,
            )
    except IntegrityError:
        # Another worker told it.
        return False
    return True


def find(token: str, *, at: datetime) -> MagicLink:
    """The link of a token. Raises ``LinkOver``."""
    rows = MagicLink.objects.select_related("help__conversation", "help__visitor__widget")
    found = rows.filter(digest=_digest(token), expires_at__gt=at, help__visitor__erased_at=None).first()
    if found is None or found.help.visitor is None or not found.help.visitor.widget.is_active:
        raise LinkOver
    return found


@transaction.atomic
def follow(*, link: MagicLink, at: datetime) -> tuple[Visitor, str]:
    """Begin a session of the same visitor on this device; return them and the session's token."""
    visitor = link.help.visitor
    if visitor is None:
        raise LinkOver
    _session, token = visitor_sessions.begin(
        widget=visitor.widget, origin=settings.PUBLIC_URL, language=visitor.language, at=at, visitor=visitor
    )
    MagicLink.objects.filter(pk=link.pk).update(used_at=at)
    HelpRequest.objects.filter(pk=link.help_id).update(asker_seen_at=at)
    return visitor, token


def _digest(token: str) -> str:
    """The token has 256 random bits, so a fast hash keeps it as well as a slow one."""
    return hashlib.sha256(token.encode()).hexdigest()
