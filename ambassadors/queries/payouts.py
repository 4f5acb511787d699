"""Reading payouts: their transfers, and who is paid without a minimum."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from ambassadors.models import Ambassador, Consultation, Disclosed, Move, Payout, PayoutItem, PayoutShare, TaxProfile
from ambassadors.queries import statements
from community.models import Member, Role, RoleGrant

LOOKS = 20
UNSETTLED = (Consultation.State.CLOSED, Consultation.State.PAYABLE, Consultation.State.DISPUTED)
OVER = (Payout.State.PAID, Payout.State.CANCELLED)
LEFT = (Ambassador.State.LEAVING, Ambassador.State.ALUMNI)


def items_of(payout: Payout) -> QuerySet[PayoutItem]:
    """The transfers of a payout with the statements that each one pays."""
    shares = PayoutShare.objects.select_related("statement").order_by("statement__number")
    rows = PayoutItem.objects.filter(payout=payout).select_related("member").order_by("member_id")
    return rows.prefetch_related(Prefetch("shares", shares))


def without_minimum(members: Iterable[int]) -> set[int]:
    """Who advises no more: they are paid the last cent, as nothing is coming to fill the minimum up."""
    wanted = set(members)
    in_programme = dict(Ambassador.objects.filter(member__in=wanted).values_list("member_id", "state"))
    helping = set(Member.objects.filter(pk__in=wanted, role_grants__role=Role.AMBASSADOR).values_list("pk", flat=True))
    return {one for one in wanted if in_programme.get(one) in LEFT or (one not in in_programme and one not in helping)}


def looks_at(member: Member, what: str) -> QuerySet[Disclosed]:
    """Who was shown the member's data of this kind, the last ones first."""
    rows = Disclosed.objects.filter(member=member, what=what).select_related("by")
    return rows.order_by("-at", "-id")[:LOOKS]


def needless_profiles(end: datetime) -> QuerySet[TaxProfile]:
    """Accounts of those who advise no more and are owed nothing, unchanged since ``end``."""
    going_on = Ambassador.objects.filter(member=OuterRef("member")).exclude(state__in=LEFT)
    helping = RoleGrant.objects.filter(member=OuterRef("member"), role=Role.AMBASSADOR)
    rows = TaxProfile.objects.filter(~Exists(going_on), ~Exists(helping), updated_at__lt=end)
    return without_open_money(rows)


def without_open_money(rows: QuerySet[TaxProfile]) -> QuerySet[TaxProfile]:
    """Those of ``rows`` whose member has no talk to be stated, no statement to be paid and no transfer under way."""
    talks = Consultation.objects.filter(member=OuterRef("member"), state__in=UNSETTLED)
    stated = statements.unpaid().filter(member=OuterRef("member"), total__gt=0)
    moving = PayoutItem.objects.filter(member=OuterRef("member")).exclude(payout__state__in=OVER)
    return rows.filter(~Exists(talks), ~Exists(stated), ~Exists(moving))


def exports(payout: Payout) -> int:
    """How often a file of this payout went to the bank; each has a name of its own there."""
    return Move.objects.filter(kind="payout", subject_id=payout.pk, after=Payout.State.EXPORTED).count()
