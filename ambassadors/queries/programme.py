"""Reads of the programme: who is an ambassador, what they have agreed to, what is still missing, how far a tier is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from ambassadors import tier_rules
from ambassadors.models import (
    Agreement,
    AgreementGiven,
    AgreementVersion,
    Ambassador,
    Consultation,
    Tier,
    TierChange,
    TierFee,
)
from ambassadors.queries import statements, training
from ambassadors.tier_rules import Asked, Criterion, Numbers
from chat.models import Rating
from community.models import Member

State = Ambassador.State
#: Still to be decided, or to be stated.
UNSETTLED = (Consultation.State.CLOSED, Consultation.State.PAYABLE, Consultation.State.DISPUTED)
COUNTING = (Consultation.State.PAYABLE, Consultation.State.SETTLED)


@dataclass(frozen=True, slots=True)
class Text:
    """An agreement with the version that is in force, and what of it was signed."""

    agreement: Agreement
    version: AgreementVersion
    given: AgreementGiven | None

    @property
    def is_current(self) -> bool:
        """Whether the version in force is the one that was signed."""
        return self.given is not None and self.given.version_id == self.version.pk


@dataclass(frozen=True, slots=True)
class Progress:
    """The way from a tier to the next one; without ``next`` there is none above."""

    tier: Tier | None
    next: Tier | None
    criteria: list[Criterion]
    all_time: Numbers


def ambassador_of(member: Member) -> Ambassador | None:
    """The member's place in the programme, if they ever had one."""
    return Ambassador.objects.filter(member=member).select_related("tier", "member").first()


def texts_of(member: Member) -> list[Text]:
    """Every agreement that has words, and what the member signed of it."""
    newest = AgreementVersion.objects.filter(agreement=OuterRef("agreement")).order_by("-number").values("pk")[:1]
    versions = AgreementVersion.objects.filter(pk=Subquery(newest)).select_related("agreement")
    given = {
        row.agreement_id: row
        for row in AgreementGiven.objects.filter(member=member, withdrawn_at=None).select_related("version")
    }
    rows = versions.order_by("agreement__position", "agreement_id")
    return [Text(version.agreement, version, given.get(version.agreement_id)) for version in rows]


def history_of(member: Member) -> list[AgreementGiven]:
    """Everything that the member ever signed, the latest first."""
    rows = AgreementGiven.objects.filter(member=member).select_related("agreement", "version")
    return list(rows.order_by("-given_at", "-id"))


def unsigned(member: Member) -> list[Agreement]:
    """The required agreements that the member has not given."""
    return [text.agreement for text in texts_of(member) if text.agreement.is_required and text.given is None]


def is_ready(member: Member) -> bool:
    """Whether everything is signed and passed that chatting asks for. Without a contract nobody is ready."""
    texts = texts_of(member)
    contracted = any(text.agreement.kind == Agreement.Kind.CONTRACT for text in texts)
    signed = all(text.given is not None for text in texts if text.agreement.is_required)
    return contracted and signed and not training.missing(member)


def owes_nothing(member: Member) -> bool:
    """Whether every talk is settled and everything stated is transferred."""
    open_talks = Consultation.objects.filter(member=member, state__in=UNSETTLED).exists()
    return not open_talks and not any(statements.owed(member).values())


def fee_of(tier: Tier | None, at: datetime) -> TierFee | None:
    """What a consultation is paid in ``tier`` at this moment."""
    rows = TierFee.objects.filter(tier=tier, valid_from__lte=at) if tier else TierFee.objects.none()
    return rows.order_by("-valid_from", "-id").first()


def names(tier: Tier | None) -> dict[str, str]:
    """A tier's name in each language."""
    if tier is None:
        return {}
    return {code: getattr(tier, f"name_{code}") or tier.name for code, _label in settings.LANGUAGES}


def asked_of(tier: Tier) -> Asked:
    """A tier's criteria as the rules take them."""
    return Asked(tier.consultations, tier.rating, tier.window_consultations, tier.window_rating)


def numbers(members: Collection[int], *, since: datetime | None = None) -> Mapping[int, Numbers]:
    """What each of them has done, in two queries whatever their number."""
    talks = Q(closed_at__gte=since) if since else Q()
    stars = Q(at__gte=since) if since else Q()
    counted = dict(
        Consultation.objects.filter(talks, member__in=members, state__in=COUNTING)
        .order_by()
        .values_list("member")
        .annotate(n=Count("pk"))
    )
    rated = {
        member: (count, total)
        for member, count, total in Rating.objects.filter(stars, responder__member__in=members, counts=True)
        .order_by()
        .values_list("responder__member")
        .annotate(n=Count("pk"), total=Sum("stars"))
    }
    return {member: Numbers(counted.get(member, 0), *rated.get(member, (0, 0))) for member in members}


def tier_progress(ambassador: Ambassador, at: datetime | None = None) -> Progress:
    """How far it is to the next tier, criterion by criterion."""
    now, member = at or timezone.now(), ambassador.member_id
    above = next_tier(ambassador.tier)
    all_time = numbers([member])[member]
    if above is None:
        return Progress(ambassador.tier, None, [], all_time)
    window = numbers([member], since=now - timedelta(days=above.window_days))[member]
    return Progress(ambassador.tier, above, tier_rules.criteria(asked_of(above), all_time, window), all_time)


def next_tier(tier: Tier | None) -> Tier | None:
    """The one above, or the first."""
    return Tier.objects.filter(position__gt=tier.position if tier else 0).order_by("position").first()


def ladder(at: datetime) -> Sequence[tuple[Tier, Decimal | None, str]]:
    """Every tier with its fee, from the first on."""
    found = []
    for tier in Tier.objects.order_by("position"):
        fee = fee_of(tier, at)
        found.append((tier, fee.amount if fee else None, fee.currency if fee else ""))
    return found


def tier_history(ambassador: Ambassador) -> list[TierChange]:
    """What became of the tier, the latest first."""
    rows = TierChange.objects.filter(ambassador=ambassador).select_related("before", "after", "by")
    return list(rows.order_by("-at", "-id")[:10])
