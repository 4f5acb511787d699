"""Nominations: whoever knows a topic names somebody who knows more about it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Nomination
from ambassadors.queries import radar
from community import words
from community.models import Member, Topic
from community.refusals import Refusal


class OneselfNamed(Refusal):
    """The question is about others."""

    code = "nominated_oneself"
    message = _("Name somebody else.")
    field = "handle"
    status = 422


class NotKnown(Refusal):
    """Who is asked has helped in the topic."""

    code = "topic_not_known"
    message = _("You can name somebody in topics in which an answer of yours was accepted.")
    field = "topic"
    status = 403


@transaction.atomic
def name(*, topic: Topic, by: Member, member: Member, why: str, at: datetime) -> Nomination:
    """Name ``member`` for ``topic``; naming somebody else later replaces it. Raises ``OneselfNamed``, ``NotKnown``."""
    if member.pk == by.pk:
        raise OneselfNamed
    if topic.pk not in set(radar.topics_known_by(by)):
        raise NotKnown
    said = {"member": member, "why": words.line(why), "at": at}
    made, _new = Nomination.objects.update_or_create(topic=topic, by=by, defaults=said)
    return made
