"""Template tags of a post's history."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.differences import GONE, NEW, Piece

register = template.Library()


@register.simple_tag
def pencil(pieces: Iterable[Piece]) -> SafeString:
    """Write a text with its changes marked: what went, what came, and both in words for who does not see marks."""
    marks = {
        GONE: format_html('<del><span class="vh">{} </span>{{}}</del>', _("Removed:")),
        NEW: format_html('<ins><span class="vh">{} </span>{{}}</ins>', _("Added:")),
    }
    parts = (format_html(marks.get(piece.kind, "{}"), piece.text) for piece in pieces)
    return format_html_join("", "{}", ((part,) for part in parts))
