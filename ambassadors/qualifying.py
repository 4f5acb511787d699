"""Which talks are paid. Pure.

A talk counts if the ambassador wrote at least ``HELPER_MESSAGES`` and the visitor replied at least
``VISITOR_REPLIES`` times after the ambassador had joined, and if it was neither spam nor the team's business. Nothing
else is asked: not whether somebody bought something, and not how the talk was rated.
"""

from __future__ import annotations

from dataclasses import dataclass

HELPER_MESSAGES = 2
VISITOR_REPLIES = 1


@dataclass(frozen=True, slots=True)
class Talk:
    """What is known of a talk that is over."""

    helper_messages: int
    visitor_replies: int
    is_own: bool = False
    is_spam: bool = False
    is_about_order: bool = False


def why_not(talk: Talk) -> str:
    """What ``talk`` lacks, the weightiest first, as a value of ``Consultation.Why``; empty where it counts."""
    if talk.is_own:
        return "own"
    if talk.is_about_order:
        return "order"
    if talk.is_spam:
        return "spam"
    if talk.helper_messages < HELPER_MESSAGES:
        return "few_messages"
    if talk.visitor_replies < VISITOR_REPLIES:
        return "no_reply"
    return ""
