"""Links to rate a talk: signed, good for two weeks, and naming nothing else."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from chat.models import HelpRequest

WITHIN = timedelta(days=14)
SALT = "chat.rating"


def token_for(asked: HelpRequest) -> str:
    """What the link of this talk carries."""
    return signing.dumps(asked.pk, salt=SALT)


def named_by(token: str) -> HelpRequest | None:
    """The talk of a link, fetched with its helper; ``None`` where the link is forged or too old."""
    try:
        named = signing.loads(token, salt=SALT, max_age=WITHIN)
    except signing.BadSignature:
        return None
    rows = HelpRequest.objects.select_related("conversation", "responder__member", "visitor")
    return rows.filter(pk=named).first()
