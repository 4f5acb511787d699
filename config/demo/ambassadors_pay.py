"""The demo's pay: Mara's talks of three months, two statements, one of them paid, and a dispute for Clara."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ambassadors.models import Consultation, Statement
from ambassadors.queries import statements as reading
from ambassadors.services import consultations, payout_files, payouts, statements, tax_profiles
from chat.models import HelpRequest, Visitor, Widget
from chat.services import ratings
from community.models import Member, Product
from config.demo import chat_desk
from config.demo.ambassadors_pay_words import DISPUTED, OBJECTION, PAID, Paid
from config.demo.chat_desk_words import Asked

DAY = timedelta(days=1)
DETAILS = tax_profiles.Details(
    name="Mara Lindqvist",
    street="Ahornweg 3",
    postcode="28195",
    city="Bremen",
    country="Deutschland",
    tax_number="60/123/45678",
    iban="DE89370400440532013000",
)


@transaction.atomic
def play(people: Mapping[str, Member], products: Mapping[str, Product], now: datetime) -> None:
    """Let Mara's talks of the last months happen, where they are missing."""
    widget, desks = Widget.objects.order_by("id").first(), chat_desk.desks(("mara",))
    if widget is None or not desks or Visitor.objects.filter(widget=widget, name=PAID[0].name).exists():
        return
    tax_profiles.keep(member=people["mara"], details=DETAILS, at=now - 90 * DAY)
    for paid in PAID:
        at = _moment(paid, now)
        asked = chat_desk.talk(_asked(paid), desks, widget, products, at)
        if paid.stars:
            fresh = HelpRequest.objects.select_related("conversation", "responder__member").get(pk=asked.pk)
            ratings.rate(asked=fresh, stars=paid.stars, text="", word=paid.words, shop_at_fault=False, at=at + DAY / 24)


@transaction.atomic
def settle(people: Mapping[str, Member], now: datetime) -> None:
    """State both months, pay the first, and object to one judgement; once the background has looked at the talks."""
    mara = people["mara"]
    if Statement.objects.filter(member=mara).exists():
        return
    this = reading.month_of(now)
    first = reading.end_of(reading.month_before(reading.month_before(this)))
    for number, end in enumerate((first, reading.end_of(reading.month_before(this)))):
        statements.issue_due(at=min(end + DAY / 4, now))
        if number == 0:
            _pay(people, min(end + 3 * DAY, now))
    row = Consultation.objects.filter(member=mara, conversation__help__visitor__name=DISPUTED).first()
    if row is not None and consultations.is_disputable(row, now):
        consultations.dispute(consultation=row, by=mara, reason=OBJECTION, at=now - DAY / 12)


def _pay(people: Mapping[str, Member], at: datetime) -> None:
    payout = payouts.propose(by=people["clara"], at=at)
    payouts.approve(payout=payout, by=people["admin"], at=at)
    payout_files.as_csv(payout=payout, by=people["admin"], at=at)
    payouts.settle(payout=payout, by=people["clara"], at=at + DAY)


def _asked(paid: Paid) -> Asked:
    return Asked(paid.name, 0, paid.language, "before", paid.lines, "mara", paid.product)


def _moment(paid: Paid, now: datetime) -> datetime:
    """Late in the morning of that day; what has not come yet this month was in the last hours."""
    month = reading.month_of(now)
    for _step in range(paid.months):
        month = reading.month_before(month)
    zone = timezone.get_default_timezone()
    planned = datetime(month.year, month.month, paid.day, 10, 30 + paid.day % 20, tzinfo=zone)
    return min(planned, now - timedelta(hours=1, minutes=paid.day))
