"""What a block on somebody else's page needs: addresses with their host, and texts without markup."""

from __future__ import annotations

from django import template
from django.urls import reverse

from community import markdown
from community.links import absolute

register = template.Library()

register.filter("excerpt", markdown.excerpt)


@register.simple_tag
def here(path: str) -> str:
    """Return ``path`` of this community with the public host before it."""
    return absolute(path)


@register.simple_tag
def here_to(view: str) -> str:
    """Return the whole address of a page of the community."""
    return absolute(reverse(view))


@register.filter
def rounded(value: float) -> int:
    """Return the whole stars to draw, halves up."""
    return int(value + 0.5)
