"""What the pages of badges and levels share: a worker follows a moved threshold, and the page tells of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.admin.base import Page
from gamification import tasks
from gamification.admin.versions import person
from gamification.models import Badge
from gamification.queries import adjustments as queries
from gamification.services import adjustments

MOVING = "admin/gamification/adjustment/moving.html"


class ThresholdPage(Page):
    """A page on which thresholds are moved."""

    list_before_template = MOVING

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Say above the list what is under way, and what failed."""
        told = {"moving": bool(queries.moving()), "failed": bool(queries.failed())}
        return super().changelist_view(request, {**(extra_context or {}), **told})


def hand_over(request: HttpRequest, *, badge: Badge | None, at: datetime) -> None:
    """Let a worker bring everybody in line, and say that it takes a moment."""
    adjustments.ask(badge=badge, by=person(request), at=at)
    # Lost with a dead broker, the sweep finds it.
    transaction.on_commit(tasks.travel.delay, robust=True)
    messages.info(
        request,
        _(
            "Saved. In the background everybody is brought in line now. Whoever would lose something keeps it for "
            "three days and is told."
        ),
    )


def has_failed(badge: Badge | None) -> bool:
    """Whether the last attempt to bring everybody in line failed, so that saving again is one more."""
    last = queries.last(badge)
    return last is not None and last.state == last.State.FAILED
