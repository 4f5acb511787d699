"""Links of e-mails that need no log-in: signed, good for a while, and naming one row and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet

from chat.models import HelpRequest, Publication

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class SignedLink(Generic[Row]):
    """One kind of link: ``salt`` keeps the kinds apart, ``rows`` are what it may name, as they are fetched by it."""

    salt: str
    within: timedelta
    rows: QuerySet[Row]

    def token_for(self, row: Row) -> str:
        """What the link of ``row`` carries."""
        return signing.dumps(row.pk, salt=self.salt)

    def named_by(self, token: str) -> Row | None:
        """The row of a link; ``None`` where the link is forged or too old."""
        try:
            named = signing.loads(token, salt=self.salt, max_age=self.within)
        except signing.BadSignature:
            return None
        return self.rows.filter(pk=named).first()


#: To rate a talk, fetched with its helper.
RATING: SignedLink[HelpRequest] = SignedLink(
    "chat.rating",
    timedelta(days=14),
    HelpRequest.objects.select_related("conversation", "responder__member", "visitor"),
)
#: To decide about a publication, fetched with its talk; good for as long as an answer is of use.
PUBLICATION: SignedLink[Publication] = SignedLink(
    "chat.publication",
    timedelta(days=30),
    Publication.objects.select_related("help__responder__member", "thread"),
)
