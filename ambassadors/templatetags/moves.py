"""Words for moves: where something came from and to, and who did it."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from ambassadors.models import Move
from ambassadors.queries import moves as queries
from community.models import Member

register = template.Library()


@register.filter
def left(move: Move) -> str:
    """The state that something left."""
    return queries.state(move, move.before)


@register.filter
def reached(move: Move) -> str:
    """The state that something came to."""
    return queries.state(move, move.after)


@register.simple_tag
def actor(move: Move, reader: Member | None = None) -> str:
    """Who did it, as ``reader`` is told."""
    if move.by is None:
        return str(queries.NOBODY)
    return _("You") if move.by == reader else str(move.by)
