"""Links to decide about a publication: signed, good for as long as an answer is of use."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from chat.models import Publication

WITHIN = timedelta(days=30)
SALT = "chat.publication"


def token_for(publication: Publication) -> str:
    """What the link of this publication carries."""
    return signing.dumps(publication.pk, salt=SALT)


def named_by(token: str) -> Publication | None:
    """The publication of a link, fetched with its talk; ``None`` where the link is forged or too old."""
    try:
        named = signing.loads(token, salt=SALT, max_age=WITHIN)
    except signing.BadSignature:
        return None
    return Publication.objects.select_related("help__responder__member", "thread").filter(pk=named).first()
