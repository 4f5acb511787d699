"""Talks that were paid, in tests: who advised whom, and how it went on."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from ambassadors.models import Consultation, Payout, Statement
from ambassadors.queries import statements as reading
from ambassadors.services import consultations, payouts, statements, tax_profiles
from chat.models import Conversation, HelpRequest, Message, Participant, Rating, Responder
from chat.services import help as helping
from chat.services import messages
from community.models import Activity, Delivery, Member, Role
from tests import factories
from tests.chat import desks

#: In the middle of a month; its statement is issued in the next one.
NOW = datetime(2026, 10, 14, 12, tzinfo=UTC)
NEXT_MONTH = datetime(2026, 11, 2, 6, tzinfo=UTC)
IBAN = "DE89370400440532013000"
_minutes = itertools.count(1)


def ambassador(name: str = "Mara Lindqvist") -> Responder:
    """Somebody who advises."""
    return desks.responder(name=name)


def talk(
    by: Responder, *, helper: int = 2, replies: int = 1, at: datetime | None = None, about_order: bool = False
) -> HelpRequest:
    """A talk that ``by`` has joined, with so many messages of either, not over yet."""
    at = at or NOW + timedelta(minutes=next(_minutes))
    asked = desks.helped(by, desks.asked(about_order=about_order))
    place = Participant.objects.get(conversation=asked.conversation, member=by.member)
    asker = Participant.objects.get(conversation=asked.conversation, part=Participant.Part.ASKER)
    Participant.objects.filter(pk=place.pk).update(joined_at=at)
    Message.objects.filter(conversation=asked.conversation).update(at=at - timedelta(minutes=5))
    for who, count in ((place, helper), (asker, replies)):
        for number in range(count):
            messages.send(participant=who, client_id=uuid.uuid4(), body=f"Word {number}", at=at)
    return asked


def close(asked: HelpRequest, by: Responder, *, at: datetime | None = None) -> Consultation:
    """End the talk, and let the background do its work."""
    helping.close(asked=asked, by=by.member, at=at or NOW + timedelta(hours=1))
    work_off()
    return Consultation.objects.get(conversation=asked.conversation)


def work_off() -> None:
    """What the worker does with talks that are over."""
    consultations.handle(list(Delivery.objects.filter(consumer="consultations").select_related("activity")))
    Delivery.objects.filter(consumer="consultations").delete()


def consultation(by: Responder, *, at: datetime | None = None, stars: int | None = None) -> Consultation:
    """A talk that counts, rated if ``stars`` are given."""
    asked = talk(by)
    made = close(asked, by, at=at)
    if stars is not None:
        Rating.objects.create(help=asked, responder=by, stars=stars, at=made.closed_at)
    return made


def bare(
    member: Member, *, fee: str = "4.50", at: datetime | None = None, state: str = "payable", why: str = ""
) -> Consultation:
    """A row as a talk leaves it, without the talk's words."""
    at = at or NOW
    room = Conversation.objects.create(
        kind="help", state="closed", token=uuid.uuid4().hex, created_at=at, active_at=at, closed_at=at
    )
    HelpRequest.objects.create(conversation=room, visitor=desks.visitor(), phase="before", asked_at=at)
    return Consultation.objects.create(
        member=member,
        conversation=room,
        state=state,
        why=why,
        helper_messages=2,
        visitor_replies=1,
        fee=Decimal(fee),
        closed_at=at,
        tier={"de": "Guide", "en": "Guide"},
    )


def details(**fields: object) -> tax_profiles.Details:
    """Where somebody is paid."""
    given = {
        "name": "Mara Lindqvist",
        "street": "Ahornweg 3",
        "postcode": "28195",
        "city": "Bremen",
        "country": "DE",
        "tax_number": "60/123/45678",
        "iban": IBAN,
        "small_business": True,
    }
    return tax_profiles.Details(**{**given, **fields})  # type: ignore[arg-type] # a test's own fields


def profile(member: Member, **fields: object) -> None:
    """Let ``member`` tell where they are paid."""
    tax_profiles.keep(member=member, details=details(**fields), at=NOW)


def statement(member: Member, *fees: str, at: datetime = NEXT_MONTH) -> Statement:
    """The statement of the month before ``at``, over talks with these fees."""
    period = reading.month_before(reading.month_of(at))
    for fee in fees or ("4.50", "4.50", "4.50"):
        bare(member, fee=fee, at=at - timedelta(days=9))
    issued = statements.issue(member=member, period=period, currency="EUR", at=at)
    assert issued is not None
    return issued


def manager(name: str = "Clara Holm") -> Member:
    """Somebody who sees to the money."""
    return factories.member(name, Role.MANAGER)


def payout(*, by: Member | None = None, at: datetime = NEXT_MONTH) -> Payout:
    """Everything that is owed, proposed."""
    return payouts.propose(by=by or manager(), at=at)


def deeds(verb: str) -> list[Activity]:
    """What the journal says of ``verb``."""
    return list(Activity.objects.filter(verb=verb).order_by("pk"))
