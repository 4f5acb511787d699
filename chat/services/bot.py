"""The bot: answers at once from what the community knows, says where it stands, and gives way to people.

It never invents: what it says are the words of accepted and official answers and the facts of the product. Where
nothing fits it says so. It is silent from the moment a person was asked for.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from chat.models import BotTalk, Conversation, HelpRequest, Message, Target
from chat.queries import cards, suggestions
from chat.queries.suggestions import Suggestion
from chat.services import messages, placing
from community import links
from community.services import brands

#: How many sources one answer cites.
SOURCES = 2
#: How many suggestions are looked at for them.
LOOKED_AT = 5
#: What a question is made of at most: the last few lines that were not answered yet.
LINES = 3
#: How many requests one sweep looks at.
AT_ONCE = 50
SUMMARY_MOST = 600


def waiting() -> QuerySet[HelpRequest]:
    """Requests that are the bot's to answer and have grown since it last looked."""
    rows = HelpRequest.objects.filter(
        conversation__state=Conversation.State.ACTIVE, target=Target.BOT, responder=None, conversation__last_seq__gt=0
    )
    grown = Q(bot_talk=None) | Q(conversation__last_seq__gt=F("bot_talk__answered_seq"))
    return rows.filter(grown).order_by("id")


@transaction.atomic
def answer(*, asked: HelpRequest, at: datetime) -> Message | None:
    """Answer what was asked since the bot last looked; ``None`` where there is nothing for it to say.

    The conversation is locked: two workers, or the same task twice, answer once.
    """
    state = placing.lock(asked)
    if state != Conversation.State.ACTIVE or asked.target != Target.BOT or asked.responder_id is not None:
        return None
    talk, is_new = BotTalk.objects.get_or_create(help=asked, defaults={"began_at": at})
    lines = list(_unanswered(asked, talk))
    if not lines:
        _looked(talk, asked.conversation.last_seq)
        return None
    question = "\n".join(line.body for line in lines[-LINES:])
    likely = suggestions.suggest(question, product=asked.product, count=LOOKED_AT)
    found = [one for one in likely if one.speaks_of(question, product=asked.product)][:SOURCES]
    with translation.override(asked.language):
        body = _words(asked, found, introduced=not is_new)
    said = messages.say(
        conversation=asked.conversation, kind=Message.Kind.BOT, body=body, data=_data(asked, found), at=at
    )
    talk.turns += 1
    talk.found += bool(found)
    _looked(talk, said.seq)
    return said


def answer_waiting(*, at: datetime) -> int:
    """Answer whatever a lost hint left unanswered; return how many answers were given."""
    return sum(answer(asked=asked, at=at) is not None for asked in waiting()[:AT_ONCE])


@transaction.atomic
def rate(*, asked: HelpRequest, helped: bool) -> None:
    """Keep what the asker says of the bot; the last word counts."""
    BotTalk.objects.filter(help=asked).update(helped=helped)


def hand_over(*, asked: HelpRequest, at: datetime) -> None:
    """Note that a person takes over, and leave them a summary. The request is locked, and stored by the caller."""
    if not BotTalk.objects.filter(help=asked, handed_over_at=None).update(handed_over_at=at):
        return
    asked.summary = asked.summary or _summary(asked)


def _unanswered(asked: HelpRequest, talk: BotTalk) -> QuerySet[Message]:
    own = Q(member=asked.member_id) if asked.member_id else Q(visitor=asked.visitor_id)
    rows = Message.objects.filter(own, conversation=asked.conversation_id, kind=Message.Kind.TEXT, deleted_at=None)
    return rows.filter(seq__gt=talk.answered_seq).exclude(body="").order_by("seq")


def _looked(talk: BotTalk, seq: int) -> None:
    talk.answered_seq = seq
    talk.save(update_fields=["answered_seq", "turns", "found"])


def _words(asked: HelpRequest, found: list[Suggestion], *, introduced: bool) -> str:
    parts = [] if introduced else [_introduction()]
    parts.extend(_cited(one) for one in found)
    if not found:
        parts.append(_("I found nothing about this that I could stand by. A person can help you further."))
    return "\n\n".join(parts)


def _introduction() -> str:
    brand = brands.current().name
    return _("I am the assistant of %(brand)s, a program. What I say is from the community.") % {"brand": brand}


def _cited(one: Suggestion) -> str:
    """The words of an answer, and where they stand. Its Markdown is gone by now: only words are quoted."""
    if one.thread is None:
        return one.text
    whose = _("The brand says") if one.official else _("From the community")
    return f"{one.text}\n\n{whose}: [{_plain(one.title)}]({links.absolute(one.thread.get_absolute_url())})"


def _plain(title: str) -> str:
    return title.replace("[", "(").replace("]", ")")


def _data(asked: HelpRequest, found: list[Suggestion]) -> dict[str, Any]:
    sources = [one.thread.pk for one in found if one.thread is not None]
    card = cards.card(asked.product, asked.language) if found and asked.product else None
    return {"found": len(found), "sources": sources, **({"card": card} if card else {})}


def _summary(asked: HelpRequest) -> str:
    """What was asked, for whoever takes over; they can read the rest above."""
    own = Q(member=asked.member_id) if asked.member_id else Q(visitor=asked.visitor_id)
    rows = Message.objects.filter(own, conversation=asked.conversation_id, kind=Message.Kind.TEXT, deleted_at=None)
    asking = " · ".join(rows.order_by("seq").values_list("body", flat=True)[:LINES])
    return suggestions.shortened(asking, SUMMARY_MOST)
