"""Texts: from what was typed to what is stored, with the pictures and people that it names."""

from __future__ import annotations

from community import markdown
from community.models import Member
from community.services import mentions, uploads


def shown(body: str, *, author: Member, by: Member | None = None, formerly: str = "") -> str:
    """The HTML of a post as it would be stored; see ``stored``."""
    pictures = uploads.shown_in(body, by=_owners(author, by), formerly=formerly)
    return markdown.render(body, pictures=pictures, people=mentions.people_in(body))


def stored(body: str, *, author: Member, by: Member | None = None, formerly: str = "") -> str:
    """The HTML of a post that is being stored; its pictures stay from now on.

    A text shows pictures of its author, of whoever changes it, and those that it showed ``formerly``.
    """
    pictures = uploads.keep(body, by=_owners(author, by), formerly=formerly)
    return markdown.render(body, pictures=pictures, people=mentions.people_in(body))


def remark(body: str) -> str:
    """The HTML of a comment."""
    return markdown.render_inline(body, people=mentions.people_in(body))


def _owners(author: Member, by: Member | None) -> set[int]:
    return {author.pk} | ({by.pk} if by else set())
