"""Letters in the admin: kept as they were sent, without what only their reader may open or read."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.contrib import admin
from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from community.admin.base import ReadOnlyPage, Spoken
from community.models import Letter

LINK = re.compile(r"https?://\S+")
#: Letters that hold what people said to each other.
PRIVATE = "transcript:"


@admin.register(Letter)
class LetterPage(Spoken, ReadOnlyPage):
    """Letters as they were sent, and those that did not go out."""

    list_display = ("subject", "to", "at", "sent_at", "attempts", "error")
    list_filter = (("sent_at", admin.EmptyFieldListFilter), ("parked_at", admin.EmptyFieldListFilter))
    search_fields = ("to", "key")
    search_help_text = _("Address")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": (("to", "spoken"), "subject", "text")}),
        (_("State"), {"fields": (("at", "sent_at"), ("attempts", "parked_at"), "error")}),
    )
    readonly_fields = ("spoken", "text")

    @display(description=_("text"))
    def text(self, row: Letter) -> str:
        if row.key.startswith(PRIVATE):
            return gettext("(what they said to each other is theirs)")
        return LINK.sub(_unless_secret, row.body)


def _unless_secret(link: re.Match[str]) -> str:
    """Keep a link that anybody could follow; one whose address is the proof would open the reader's door."""
    try:
        named = resolve(urlsplit(link[0]).path).kwargs
    except Resolver404:
        return link[0]
    return gettext("(a link for its reader alone)") if "token" in named else link[0]
