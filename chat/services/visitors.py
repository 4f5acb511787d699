"""Visitors: what they say of themselves, what the shop's server vouches for, and how they are forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from chat import identity
from chat.models import (
    Attachment,
    HelpRequest,
    Message,
    Note,
    Participant,
    Rating,
    RoutingDecision,
    SeenToken,
    Visit,
    Visitor,
    VisitorSession,
    Widget,
)
from chat.services import stored_files, widgets
from community import words
from community.models import ShopCustomer
from community.refusals import Refusal
from community.services import shop_customers

#: How long what the shop vouched for counts. It says it again with each page, so a change is known soon.
VOUCHED_FOR = timedelta(minutes=30)
NAME_MOST = 60


class IdentityRefused(Refusal):
    """The identity proves nothing: it was forged, or is no token that we read."""

    code = "identity_invalid"
    message = _("This identity was not signed with the widget's secret, or a part of it is missing.")
    field = "identity"
    status = 403


class IdentityExpired(IdentityRefused):
    """Too old, too early or good for too long."""

    code = "identity_expired"
    message = _("This identity is over. Sign a new one for each page, good for ten minutes at most.")


class IdentityForeign(IdentityRefused):
    """Made for another widget."""

    code = "identity_foreign"
    message = _("This identity was made for another widget.")


class IdentityReplayed(IdentityRefused):
    """Used before."""

    code = "identity_replayed"
    message = _("This identity was used before. Sign a new one with another jti.")


@transaction.atomic
def identify(*, session: VisitorSession, token: str, at: datetime) -> VisitorSession:
    """Believe what the shop's server says of the one behind ``session``; return the session with its visitor.

    On another device of the same customer it becomes the same visitor. When somebody else signs in on a shared one,
    the talks of the former stay with the former. Raises ``IdentityRefused`` and its kinds.
    """
    locked = VisitorSession.objects.select_for_update().get(pk=session.pk)
    visitor = Visitor.objects.select_related("widget").get(pk=locked.visitor_id)
    told = _once(visitor.widget, token, at)
    customer = shop_customers.known(told.customer)
    owner = _owner(visitor, customer, at)
    if owner.pk != visitor.pk:
        locked.visitor = owner
        locked.save(update_fields=["visitor"])
    owner.customer = customer
    # Not its name: that is what the visitor typed, and ambassadors see it.
    owner.crm = {**told.crm, **({"name": told.name} if told.name else {})}
    owner.email = told.email or owner.email
    owner.vouched_until, owner.seen_at = at + VOUCHED_FOR, at
    owner.save(update_fields=["customer", "crm", "email", "vouched_until", "seen_at"])
    locked.visitor = owner
    return locked


@transaction.atomic
def describe(*, visitor: Visitor, at: datetime, name: str | None = None, language: str | None = None) -> None:
    """Keep how a visitor wants to be called, and their language."""
    if name is not None:
        visitor.name = words.line(name)[:NAME_MOST]
    if language is not None:
        visitor.language = language
    visitor.seen_at = at
    visitor.save(update_fields=["name", "language", "seen_at"])


@transaction.atomic
def erase(*, visitor: Visitor, at: datetime) -> None:
    """Forget a visitor: what they wrote goes, the numbers of the messages stay, and their sessions end."""
    Message.objects.filter(visitor=visitor, deleted_at=None).update(body="", html="", data={}, deleted_at=at)
    stored_files.remove(Attachment.objects.filter(visitor=visitor))
    VisitorSession.objects.filter(visitor=visitor).delete()
    Visit.objects.filter(visitor=visitor).delete()
    Note.objects.filter(visitor=visitor).delete()
    forget_requests(visitor.help_requests.all())
    visitor.name, visitor.email, visitor.crm, visitor.customer = "", "", {}, None
    visitor.vouched_until, visitor.erased_at = None, at
    visitor.save()


def forget_requests(rows: QuerySet[HelpRequest]) -> None:
    """Empty what requests say of their askers. Who was chosen and why stays; what was known of the asker does not.

    Of a rating the stars stay, its words go.
    """
    Rating.objects.filter(help__in=rows).update(text="", word="")
    RoutingDecision.objects.filter(help__in=rows).update(situation={})
    rows.update(crm={}, cart=[], cart_value=None, page_url="", page_title="", summary="")


def unseen_since(moment: datetime) -> QuerySet[Visitor]:
    """Visitors who were not here since, and whom nobody wrote to since."""
    talked = Participant.objects.filter(visitor=OuterRef("pk"), conversation__active_at__gte=moment)
    return Visitor.objects.filter(~Exists(talked), seen_at__lt=moment, erased_at=None)


def _once(widget: Widget, token: str, at: datetime) -> identity.Identity:
    """What the token proves, the first time that it is shown."""
    try:
        told = identity.read(token, secret=widgets.secret_of(widget), audience=widget.key, now=int(at.timestamp()))
    except identity.Expired as error:
        raise IdentityExpired from error
    except identity.Foreign as error:
        raise IdentityForeign from error
    except identity.Refused as error:
        raise IdentityRefused from error
    try:
        with transaction.atomic():
            SeenToken.objects.create(
                widget=widget, token_id=told.token_id, expires_at=datetime.fromtimestamp(told.expires, UTC)
            )
    except IntegrityError as error:
        raise IdentityReplayed from error
    return told


def _owner(visitor: Visitor, customer: ShopCustomer, at: datetime) -> Visitor:
    """Which visitor is ``customer``: this one, the same one of another device, or a new one."""
    if visitor.customer_id == customer.pk:
        return visitor
    known = (
        Visitor.objects.filter(widget=visitor.widget_id, customer=customer, erased_at=None)
        .order_by("-seen_at", "-id")
        .first()
    )
    if visitor.customer_id is None and (known is None or visitor.participations.exists()):
        return visitor
    return known or Visitor.objects.create(widget=visitor.widget, language=visitor.language, first_at=at, seen_at=at)
