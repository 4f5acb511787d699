"""Ratings: one for each talk with a person, in the widget or by a link, and fair to the one who helped."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chat.models import Conversation, HelpRequest, Message, Rating, Responder
from chat.queries.rating_links import WITHIN, token_for
from community import activity, links, words
from community.models import Member, Notification, Role
from community.refusals import Refusal
from community.services import letters, notifications

#: A rating that somebody should look at.
LOW = 2
LOW_RATING = "chat.low_rating"
TEXT_MOST = 1_000


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


@transaction.atomic
def rate(*, asked: HelpRequest, stars: int, text: str, shop_at_fault: bool, at: datetime) -> Rating:
    """Rate a talk, once; the same words again are the same rating.

    Raises ``BadStars``, ``NotRatable`` and ``AlreadyRated``.
    """
    if not 1 <= stars <= 5:
        raise BadStars
    said = words.lines(text)[:TEXT_MOST]
    if found := Rating.objects.filter(help=asked).first():
        return _same(found, stars, said, shop_at_fault=shop_at_fault)
    responder = asked.responder
    if responder is None or not is_open(asked, at):
        raise NotRatable
    counts = not shop_at_fault and not (asked.about_order and responder.group == Responder.Group.AMBASSADORS)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                help=asked,
                responder=responder,
                stars=stars,
                text=said,
                shop_at_fault=shop_at_fault,
                counts=counts,
                at=at,
            )
    except IntegrityError:
        return _same(Rating.objects.get(help=asked), stars, said, shop_at_fault=shop_at_fault)
    if counts:
        kept = Responder.objects.filter(pk=responder.pk)
        kept.update(rating_sum=F("rating_sum") + stars, rating_count=F("rating_count") + 1)
    _record(rating, at)
    if stars <= LOW:
        _alert(rating, at)
    return rating


def is_open(asked: HelpRequest, at: datetime) -> bool:
    """Whether a talk may be rated now: a person said something in it, and it ended less than two weeks ago."""
    talk = asked.conversation
    if talk.state != Conversation.State.CLOSED or talk.closed_at is None or at - talk.closed_at > WITHIN:
        return False
    helper = asked.responder
    return helper is not None and Message.objects.filter(conversation=talk, member=helper.member_id).exists()


def may_rate(asked: HelpRequest, at: datetime) -> bool:
    """Whether a rating of the talk is still to be had."""
    return is_open(asked, at) and not Rating.objects.filter(help=asked).exists()


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
            "link": links.absolute(reverse("chat:rate", args=[token_for(asked)])),
            "days": WITHIN.days,
        },
        at=at,
    )


def _same(found: Rating, stars: int, text: str, *, shop_at_fault: bool) -> Rating:
    if (found.stars, found.text, found.shop_at_fault) != (stars, text, shop_at_fault):
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
