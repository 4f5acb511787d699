"""What pages show of conversations: lines of the system in words."""

from __future__ import annotations

from django import template

from chat import wording

register = template.Library()


@register.simple_tag
def chat_events() -> list[tuple[str, str]]:
    """Every event in words with its %(facts)s still open, for the script that fills them in."""
    return [(name, str(words)) for name, words in wording.EVENTS.items()]
