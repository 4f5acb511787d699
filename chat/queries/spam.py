"""Whether a talk was spam: words of somebody else than its helper were reported as that; what the team made of it."""

from __future__ import annotations

from django.db.models import QuerySet

from chat.models import HelpRequest, MessageReport
from community.models import Member, Reason


def is_spam(asked: HelpRequest, helper: Member) -> bool:
    """Whether what ``helper`` had to read there was spam; what they wrote themselves makes no talk spam."""
    return _reports(asked, helper).exclude(outcome=MessageReport.Outcome.KEPT).exists()


def is_confirmed(asked: HelpRequest, helper: Member) -> bool:
    """Whether the team says so too: a helper who reports cannot keep a rating away by it."""
    return _reports(asked, helper).filter(outcome=MessageReport.Outcome.REMOVED).exists()


def _reports(asked: HelpRequest, helper: Member) -> QuerySet[MessageReport]:
    rows = MessageReport.objects.filter(message__conversation=asked.conversation_id, reason=Reason.SPAM)
    return rows.exclude(message__member=helper)
