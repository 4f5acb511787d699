"""What a thread page shows about its answers: the words that solved it, and who stands behind the official one."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from community import markdown
from community.access import BRAND
from community.models import Answer
from community.services import brands

register = template.Library()


@register.filter
def extract(answer: Answer) -> str:
    """The beginning of an answer as plain text."""
    return markdown.excerpt(answer.html)


@register.simple_tag
def official_words(answer: Answer) -> str:
    """Say what the brand has to do with its official answer: it wrote it, or found it right."""
    standing = getattr(answer.author, "standing", None)
    if standing and standing.role in BRAND:
        return _("Official answer of %(brand)s") % {"brand": brands.current().name}
    return _("Confirmed by %(brand)s") % {"brand": brands.current().name}
