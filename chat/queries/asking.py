"""What somebody who asked for help may know of it: who helps, or where they stand in the line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext

from chat import frames
from chat.models import HelpRequest, Offer
from chat.queries import waiting
from community.models import Ownership


def for_asker(asked: HelpRequest, at: datetime) -> dict[str, Any]:
    """The request as its asker sees it, fetched with conversation, product and ``responder__member``."""
    conversation = asked.conversation
    place = waiting.place_of(asked, at)
    return {
        "state": conversation.state,
        "target": asked.target,
        "token": conversation.token,
        "helper": _helper(asked),
        "place": place.as_json() if place else None,
        "cart_shared": asked.cart_shared,
        "told_by_mail": asked.tell,
        "offered": Offer.objects.filter(conversation=conversation, state=Offer.State.OPEN).exists(),
    }


def _helper(asked: HelpRequest) -> dict[str, Any] | None:
    if asked.responder is None:
        return None
    member = asked.responder.member
    return {**frames.member(member), "group": asked.responder.group, "owns": _owns(asked, member.pk)}


def _owns(asked: HelpRequest, member: int) -> str:
    """Since when the helper owns what this is about, in words; the best credential there is."""
    if asked.product_id is None:
        return ""
    row = Ownership.objects.filter(member=member, product=asked.product_id).first()
    if row is None:
        return ""
    return gettext("Owns it since %(month)s") % {"month": formats.date_format(timezone.localtime(row.since), "F Y")}
