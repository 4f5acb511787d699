"""Blocks: hear nothing more from somebody, and take that back. The other one is not told."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from community.models import Block, Member
from community.refusals import Refusal


class BlockedOneself(Refusal):
    """Nobody blocks themselves."""

    code = "blocked_oneself"
    message = _("That is you. There is nothing to block.")
    status = 403


def block(*, member: Member, blocked: Member, at: datetime) -> None:
    """Fold away what ``blocked`` writes, for ``member`` alone. Twice is once. Raises ``BlockedOneself``."""
    if member.pk == blocked.pk:
        raise BlockedOneself
    Block.objects.get_or_create(member=member, blocked=blocked, defaults={"at": at})


def unblock(*, member: Member, blocked: Member) -> None:
    """Show it again. Twice is once."""
    Block.objects.filter(member=member, blocked=blocked).delete()
