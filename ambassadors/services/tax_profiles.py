"""Tax profiles: kept sealed, opened for their owner and for whoever pays; each look of others is noted."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from ambassadors.models import TaxProfile
from ambassadors.queries import payouts
from ambassadors.services import disclosures
from community import vault, words
from community.models import Member
from community.refusals import Refusal


class BadIban(Refusal):
    """No bank has such an account."""

    code = "iban_invalid"
    message = _("This is no IBAN. Compare it with your bank card: two letters, two digits, then your account.")
    field = "iban"
    status = 422


class OutsideSepa(Refusal):
    """We cannot transfer there."""

    code = "iban_outside_sepa"
    message = _("We pay by SEPA transfer. Name an account in a country that takes part.")
    field = "iban"
    status = 422


@dataclass(frozen=True, slots=True)
class Details:
    """Everything that is needed to pay somebody and to write down that it was done."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    tax_number: str
    iban: str
    small_business: bool = True

    @property
    def account(self) -> str:
        """The account so that its owner knows it and nobody else does."""
        return f"{self.iban[:2]} … {self.iban[-4:]}"


@transaction.atomic
def keep(*, member: Member, details: Details, at: datetime) -> Details:
    """Store the details of ``member``, sealed. Raises ``BadIban`` and ``OutsideSepa``."""
    told = dataclasses.asdict(details)
    said: dict[str, Any] = {
        name: words.line(value) if isinstance(value, str) else value for name, value in told.items()
    }
    kept = Details(**{**said, "iban": _iban(said["iban"])})
    sealed = vault.seal(json.dumps(dataclasses.asdict(kept)))
    TaxProfile.objects.update_or_create(member=member, defaults={"sealed": sealed, "updated_at": at})
    return kept


@transaction.atomic
def forget(*, member: Member) -> None:
    """Delete the details; without them nothing is transferred."""
    TaxProfile.objects.filter(member=member).delete()


@transaction.atomic
def erase(member: Member, at: datetime) -> None:
    """Delete the details of somebody who is erased; where money is owed, once their term after its transfer is over."""
    payouts.without_open_money(TaxProfile.objects.filter(member=member)).delete()


def own(member: Member) -> Details | None:
    """What ``member`` told about themselves."""
    profile = TaxProfile.objects.filter(member=member).first()
    return _opened(profile) if profile else None


@transaction.atomic
def show(*, member: Member, subject: tuple[str, int], by: Member, at: datetime) -> Details | None:
    """The details of ``member`` for ``by``, who needs them to pay ``subject``; the look is noted."""
    details = own(member)
    if details is not None:
        disclosures.note(member=member, what=disclosures.TAX_PROFILE, subject=subject, by=by, at=at)
    return details


@transaction.atomic
def exported(member: Member, at: datetime) -> list[dict[str, object]]:
    """The details of ``member`` for the file that they asked for; that they are opened is kept."""
    rows = []
    for profile in TaxProfile.objects.filter(member=member):
        disclosures.note_export(member=member, what=disclosures.TAX_PROFILE, subject=("taxprofile", profile.pk), at=at)
        rows.append({"updated_at": profile.updated_at, **dataclasses.asdict(_opened(profile))})
    return rows


def charges_vat(member: Member) -> bool:
    """Whether the fees of ``member`` include VAT."""
    details = own(member)
    return details is not None and not details.small_business


def _opened(profile: TaxProfile) -> Details:
    return Details(**json.loads(vault.unseal(profile.sealed)))


def _iban(text: str) -> str:
    try:
        iban = IBAN(text, validate_bban=True)
    except SchwiftyException as error:
        raise BadIban from error
    if not iban.in_sepa_zone:
        raise OutsideSepa
    return str(iban)
