"""Ratings: one for each talk with a person, in the widget or by a link, and fair to the one who helped."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chat import redaction
from chat.models import Conversation, HelpRequest, Message, Rating, Responder
from chat.queries import spam
from chat.queries.signed_links import RATING
from community import activity, links, words
from community.models import Member, Notification, Role
from community.refusals import Refusal
from community.services import letters, notifications

#: A rating that somebody should look at.
LOW = 2
LOW_RATING = "chat.low_rating"
TEXT_MOST, WORD_MOST = 1_000, 300


class NotRatable(Refusal):
    """There was no person in it, it is not over, or it is over for too long."""

    code = "rating_not_open"
    message = _("A talk with a person can be rated once it is over, for two weeks.")


class AlreadyRated(Refusal):
    """It was rated before."""

    code = "already_rated"
    message = _("You have rated this talk already. Thank you.")


class BadStars(Refusal):
    """That is no rating."""

    code = "stars_invalid"
    message = _("Choose 1 to 5 stars.")
    field = "stars"
    status = 422


class NobodyReadsIt(Refusal):
    """Words to a person who has no page on which to read them."""

    code = "rating_word_unread"
    message = _("Only ambassadors read what is said to them. Tell the team what we should know instead.")
    field = "word"
    status = 422


@transaction.atomic
def rate(*, asked: HelpRequest, stars: int, text: str, shop_at_fault: bool, at: datetime, word: str = "") -> Rating:
    """Rate a talk, once; the same words again are the same rating.

    Raises ``BadStars``, ``NotRatable``, ``NobodyReadsIt`` and ``AlreadyRated``.
    """
    if not 1 <= stars <= 5:
        raise BadStars
    said, to_person = words.lines(text)[:TEXT_MOST], _nameless(asked, word)
    if found := Rating.objects.filter(help=asked).first():
        return _same(found, stars, (said, to_person), shop_at_fault=shop_at_fault)
    # Whoever decides whether it was spam waits here, too.
    Conversation.objects.select_for_update().get(pk=asked.conversation_id)
    responder = asked.responder
    if responder is None or not is_open(asked, at):
        raise NotRatable
    if to_person and not takes_words(asked):
        raise NobodyReadsIt
    counts = not shop_at_fault and not (asked.about_order and responder.group == Responder.Group.AMBASSADORS)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                help=asked,
                responder=responder,
                stars=stars,
                text=said,
                word=to_person,
                shop_at_fault=shop_at_fault,
                counts=counts,
                at=at,
            )
    except IntegrityError:
        return _same(Rating.objects.get(help=asked), stars, (said, to_person), shop_at_fault=shop_at_fault)
    if counts:
        kept = Responder.objects.filter(pk=responder.pk)
        kept.update(rating_sum=F("rating_sum") + stars, rating_count=F("rating_count") + 1)
    _record(rating, at)
    if stars <= LOW:
        _alert(rating, at)
    return rating


def is_open(asked: HelpRequest, at: datetime) -> bool:
    """Whether a talk may be rated now: a person spoke in it, it ended in the last two weeks, the team found no spam."""
    talk = asked.conversation
    if talk.state != Conversation.State.CLOSED or talk.closed_at is None or at - talk.closed_at > RATING.within:
        return False
    helper = asked.responder
    if helper is None or not Message.objects.filter(conversation=talk, member=helper.member_id).exists():
        return False
    return not spam.is_confirmed(asked, helper.member)


def discount_spam(*, conversation: int) -> None:
    """Let the rating of a talk that the team found to be spam no longer count; the conversation is locked."""
    rows = Rating.objects.select_related("help", "responder__member").filter(help__conversation=conversation)
    for rating in rows.filter(counts=True).order_by("pk"):
        if spam.is_confirmed(rating.help, rating.responder.member):
            Rating.objects.filter(pk=rating.pk).update(counts=False)
            kept = Responder.objects.filter(pk=rating.responder_id)
            kept.update(rating_sum=F("rating_sum") - rating.stars, rating_count=F("rating_count") - 1)


def may_rate(asked: HelpRequest, at: datetime) -> bool:
    """Whether a rating of the talk is still to be had."""
    return is_open(asked, at) and not Rating.objects.filter(help=asked).exists()


def takes_words(asked: HelpRequest) -> bool:
    """Whether who helped reads what is said to them: ambassadors do, on their own page."""
    return asked.responder is not None and asked.responder.group == Responder.Group.AMBASSADORS


def invite(*, asked: HelpRequest, at: datetime) -> None:
    """Write to whoever left an address: the link to rate the talk that has just ended."""
    visitor, helper = asked.visitor, asked.responder
    if not asked.tell or visitor is None or helper is None or not is_open(asked, at):
        return
    letters.write(
        key=f"chat_rating:{asked.pk}",
        template="chat_rating",
        to=visitor.email,
        language=asked.language,
        context={
            "name": visitor.name,
            "helper": helper.member.display_name,
            "link": links.absolute(reverse("chat:rate", args=[RATING.token_for(asked)])),
            "days": RATING.within.days,
        },
        at=at,
    )


def _nameless(asked: HelpRequest, word: str) -> str:
    """What was said to the person, without what tells who said it."""
    asker = asked.visitor.name if asked.visitor else asked.member.display_name if asked.member else ""
    return redaction.redact(words.line(word), names=(asker,))[:WORD_MOST]


def _same(found: Rating, stars: int, said: tuple[str, str], *, shop_at_fault: bool) -> Rating:
    if (found.stars, (found.text, found.word), found.shop_at_fault) != (stars, said, shop_at_fault):
        raise AlreadyRated
    return found


def _record(rating: Rating, at: datetime) -> None:
    talk = rating.help.conversation_id
    activity.record(
        verb=activity.CONVERSATION_RATED,
        key=f"{activity.CONVERSATION_RATED}:{talk}",
        actor=rating.responder.member,
        subject=("conversation", talk),
        at=at,
        facts={"stars": rating.stars, "counts": rating.counts, "phase": rating.help.phase},
    )


def _alert(rating: Rating, at: datetime) -> None:
    managers = Member.objects.filter(is_active=True, role_grants__role=Role.MANAGER).distinct().order_by("pk")
    notifications.tell(
        [
            Notification(
                member=manager,
                kind=LOW_RATING,
                key=f"{LOW_RATING}:{rating.pk}",
                facts={"rating": rating.pk, "stars": rating.stars, "shop_at_fault": rating.shop_at_fault},
                created_at=at,
            )
            for manager in managers
        ]
    )
