"""Lines of the system in words: a row keeps what happened, each reader gets it in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What may happen to a conversation, by the ``event`` in the data of its line; facts stand as %(fact)s.
EVENTS: Mapping[str, Promise] = {
    "helper_joined": _("%(name)s is with you now."),
    "helper_lost": _("%(name)s lost the connection. You are next in line, and nothing that was said is lost."),
    "handed_over": _("%(name)s hands you on. Whoever takes over reads what was said so far."),
    "queued": _("Looking for somebody who can help."),
    "left_message": _("Nobody is there right now. It became a message and will be answered later."),
    "closed": _("This conversation is closed."),
    "member_joined": _("%(name)s joined the group."),
    "member_left": _("%(name)s left the group."),
    "renamed": _("%(name)s named the group “%(title)s”."),
}


def line(data: Mapping[str, Any]) -> str:
    """What happened, for the reader of now; nothing for an event that this version does not know."""
    words = EVENTS.get(str(data.get("event")))
    return fill(str(words), data) if words is not None else ""


def fill(words: str, facts: Mapping[str, Any]) -> str:
    """Put ``facts`` into ``words``; what is missing stays empty instead of failing an old row."""
    return words % _Facts(facts)


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
