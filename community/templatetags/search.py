"""What the search shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from community.search import snippets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from community.search.snippets import Piece

register = template.Library()


@register.filter
def marked(pieces: Sequence[Piece]) -> SafeString:
    """Write a text with the words that were looked for in ``mark``."""
    return SafeString(snippets.html(pieces))
