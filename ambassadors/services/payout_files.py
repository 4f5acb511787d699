"""What a payout is given to the bank as: a table, or a credit transfer that banks read (ISO 20022 pain.001)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from sepaxml import SepaTransfer
from sepaxml.validation import try_valid_xml
from text_unidecode import unidecode

from ambassadors.models import Payout, PayoutItem
from ambassadors.queries import payouts as queries
from ambassadors.services import moves, tax_profiles
from community import sheets
from community.models import Member
from community.refusals import Refusal
from gamification.queries.days import site_day

SCHEMA = "pain.001.001.09"
#: The letters that every bank of SEPA takes.
_OTHERS = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "&": "+"})
HEAD = ("transfer", "name", "iban", "amount", "currency", "reference", "statements")
State = Payout.State


class AccountGone(Refusal):
    """Somebody's account is not known any more."""

    code = "payout_account_gone"
    message = _("Somebody in this payout has no bank account on file any more. Cancel it and propose it anew.")


class NoSender(Refusal):
    """We do not know from which account to pay."""

    code = "payout_no_sender"
    message = _("The account that pays is not set up: PAYOUT_NAME and PAYOUT_IBAN.")


class NotEuro(Refusal):
    """SEPA moves euros."""

    code = "payout_not_euro"
    message = _("SEPA transfers are in euros. Take the table.")


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line of the file."""

    item: PayoutItem
    details: tax_profiles.Details

    @property
    def reference(self) -> str:
        """What the one who is paid reads on their account."""
        numbers = ", ".join(str(share.statement.number) for share in self.item.shares.all())
        return f"Statement {numbers}"

    @property
    def end_to_end(self) -> str:
        """The transfer's own name, the same in every file of it."""
        return f"KK-{self.item.payout_id}-{self.item.pk}"


@transaction.atomic
def as_csv(*, payout: Payout, by: Member, at: datetime) -> bytes:
    """The transfers as a table. The first file takes the payout to "exported"; who saw the accounts is noted.

    Raises ``AccountGone`` and what ``moves.make`` raises.
    """
    rows = []
    for one in _transfers(payout, by, at):
        amount = f"{one.item.amount:.2f}"
        numbers = " ".join(str(share.statement.number) for share in one.item.shares.all())
        row = (one.end_to_end, one.details.name, one.details.iban, amount, payout.currency, one.reference, numbers)
        rows.append(row)
    return sheets.table(HEAD, rows, delimiter=";").encode("utf-8-sig")


@transaction.atomic
def as_pain(*, payout: Payout, by: Member, at: datetime) -> bytes:
    """The transfers as pain.001, valid by its schema. The first file takes the payout to "exported".

    Raises ``NoSender``, ``NotEuro``, ``AccountGone`` and what ``moves.make`` raises.
    """
    if not (settings.PAYOUT_NAME and settings.PAYOUT_IBAN):
        raise NoSender
    if payout.currency != "EUR":
        raise NotEuro
    transfers = _transfers(payout, by, at)
    sender = {"name": plain(settings.PAYOUT_NAME, 70), "IBAN": settings.PAYOUT_IBAN, "batch": True, "currency": "EUR"}
    if settings.PAYOUT_BIC:
        sender["BIC"] = settings.PAYOUT_BIC
    file = SepaTransfer(sender, schema=SCHEMA, clean=False)
    day = site_day(at) + timedelta(days=1)
    for one in transfers:
        file.add_payment(
            {
                "name": plain(one.details.name, 70),
                "IBAN": one.details.iban,
                "amount": int(one.item.amount.scaleb(2)),
                "execution_date": day,
                "description": plain(one.reference, 140),
                "endtoend_id": one.end_to_end,
            }
        )
    named = _named(file.export(validate=False), payout)
    try_valid_xml(named, SCHEMA)
    return named


def plain(text: str, longest: int) -> str:
    """``text`` in the letters that every bank takes."""
    return _OTHERS.sub(" ", unidecode(text.translate(_UMLAUTS))).strip()[:longest]


def _named(file: bytes, payout: Payout) -> bytes:
    """Name the file after the payout instead of at random: a bank refuses a name that it has seen."""
    name = f"KK-PAYOUT-{payout.pk}-{queries.exports(payout)}"
    file, found = re.subn(rb"<MsgId>[^<]*</MsgId>", f"<MsgId>{name}</MsgId>".encode(), file)
    file, batches = re.subn(rb"<PmtInfId>[^<]*</PmtInfId>", f"<PmtInfId>{name}-1</PmtInfId>".encode(), file)
    if (found, batches) != (1, 1):
        raise RuntimeError("One file has one name and one batch.")
    return file


def _transfers(payout: Payout, by: Member, at: datetime) -> list[Transfer]:
    if payout.state != State.EXPORTED:
        moves.make(subject=payout, to=State.EXPORTED, by=by, at=at)
    found = []
    for item in queries.items_of(payout):
        details = tax_profiles.show(member=item.member, subject=("payout", payout.pk), by=by, at=at)
        if details is None:
            raise AccountGone
        found.append(Transfer(item, details))
    return found
