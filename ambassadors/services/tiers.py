"""Tiers: given, reached, renewed, warned of and lost; each change is kept with the numbers that it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors import tier_rules
from ambassadors.models import Ambassador, Tier, TierChange
from ambassadors.queries import programme as queries
from ambassadors.services import programme_telling
from ambassadors.tier_rules import Numbers, Step
from community import activity, words
from community.models import Member
from community.refusals import Refusal
from community.services import standings

Cause = TierChange.Cause
SHOWN = (Ambassador.State.ACTIVE, Ambassador.State.PAUSED, Ambassador.State.LEAVING)


class NoTiers(Refusal):
    """Without a first tier nobody can begin."""

    code = "no_tiers"
    message = _("There is no tier yet. Make one first.")


class ReasonMissing(Refusal):
    """A manager's decision is explained."""

    code = "reason_missing"
    message = _("Say why: the reason is told to whom it concerns.")
    field = "reason"
    status = 422


@transaction.atomic
def begin(*, ambassador: Ambassador, at: datetime) -> None:
    """Give the first tier. Raises ``NoTiers``."""
    first = queries.next_tier(None)
    if first is None:
        raise NoTiers
    _put(ambassador, first, Cause.BEGUN, at=at)


@transaction.atomic
def put(*, ambassador: Ambassador, tier: Tier, by: Member, at: datetime, reason: str) -> None:
    """Give a tier by hand, with a reason. Raises ``ReasonMissing``."""
    if not words.line(reason):
        raise ReasonMissing
    change = _put(ambassador, tier, Cause.SET, at=at, by=by, reason=words.line(reason))
    programme_telling.tier_changed(ambassador, change, at=at)


def show(ambassador: Ambassador) -> None:
    """Write the tier beside the name, or take it from there."""
    shown = queries.names(ambassador.tier) if ambassador.state in SHOWN else {}
    standings.put_tier(member_id=ambassador.member_id, tier=shown)


def review(*, at: datetime) -> int:
    """Look at every active ambassador's tier; return how many changes there were. Twice a day is once."""
    rows = list(Ambassador.objects.filter(state=Ambassador.State.ACTIVE).order_by("pk").values_list("pk", "member"))
    tiers = list(Tier.objects.order_by("position"))
    members = [member for _pk, member in rows]
    all_time = queries.numbers(members)
    recent = {tier.pk: queries.numbers(members, since=at - timedelta(days=tier.window_days)) for tier in tiers}
    return sum(
        review_one(
            pk=pk,
            tiers=tiers,
            all_time=all_time[member],
            recent={tier: found[member] for tier, found in recent.items()},
            at=at,
        )
        for pk, member in rows
    )


@transaction.atomic
def review_one(*, pk: int, tiers: list[Tier], all_time: Numbers, recent: Mapping[int, Numbers], at: datetime) -> bool:
    """Decide about one ambassador from their numbers; return whether something changed."""
    rows = Ambassador.objects.select_for_update(of=("self",)).select_related("tier", "member")
    ambassador = rows.filter(pk=pk, state=Ambassador.State.ACTIVE).first()
    if ambassador is None or ambassador.tier is None:
        return False
    step, tier = _decided(ambassador, ambassador.tier, tiers, all_time, recent, at)
    if step == Step.STAY:
        return False
    facts = _facts(all_time, recent.get(tier.pk, Numbers()))
    if step == Step.WARNED:
        grace = at + timedelta(days=tier.grace_days)
        Ambassador.objects.filter(pk=pk).update(grace_until=grace)
        ambassador.grace_until = grace
        change = _note(ambassador, tier, tier, Cause.WARNED, at=at, facts=facts)
    else:
        change = _put(ambassador, tier, Cause(step.value), at=at, facts=facts)
    programme_telling.tier_changed(ambassador, change, at=at)
    return True


def _decided(
    ambassador: Ambassador,
    current: Tier,
    tiers: list[Tier],
    all_time: Numbers,
    recent: Mapping[int, Numbers],
    at: datetime,
) -> tuple[Step, Tier]:
    for tier in reversed(tiers):
        if tier.position <= current.position:
            break
        if tier_rules.met(tier_rules.criteria(queries.asked_of(tier), all_time, recent[tier.pk])):
            return Step.REACHED, tier
    renewable = tier_rules.met(tier_rules.recent(queries.asked_of(current), recent.get(current.pk, Numbers())))
    step = tier_rules.kept(renewable=renewable, until=ambassador.tier_until, grace=ambassador.grace_until, at=at)
    if step != Step.LOST:
        return step, current
    below = [tier for tier in tiers if tier.position < current.position]
    # Below the first tier there is nothing: it is renewed rather than lost.
    return (Step.LOST, below[-1]) if below else (Step.RENEWED, current)


def _put(
    ambassador: Ambassador,
    tier: Tier,
    cause: Cause,
    *,
    at: datetime,
    by: Member | None = None,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
) -> TierChange:
    before = ambassador.tier
    ambassador.tier = tier
    ambassador.tier_until = tier_rules.months_later(at, tier.validity_months) if tier.validity_months else None
    ambassador.grace_until = None
    ambassador.save(update_fields=("tier", "tier_until", "grace_until"))
    change = _note(ambassador, before, tier, cause, at=at, by=by, reason=reason, facts=facts)
    if cause == Cause.REACHED:
        activity.record(
            verb=activity.TIER_REACHED,
            key=f"{activity.TIER_REACHED}:{change.pk}",
            actor=ambassador.member,
            subject=("ambassador", ambassador.pk),
            at=at,
            facts={"tier": tier.pk},
        )
    show(ambassador)
    return change


def _note(
    ambassador: Ambassador,
    before: Tier | None,
    after: Tier,
    cause: Cause,
    *,
    at: datetime,
    by: Member | None = None,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
) -> TierChange:
    return TierChange.objects.create(
        ambassador=ambassador, before=before, after=after, cause=cause, by=by, reason=reason, facts=facts or {}, at=at
    )


def _facts(all_time: Numbers, recent: Numbers) -> dict[str, object]:
    def worded(rating: Decimal | None) -> str | None:
        return None if rating is None else str(rating)

    return {
        "consultations": all_time.consultations,
        "rating": worded(all_time.rating),
        "recent_consultations": recent.consultations,
        "recent_rating": worded(recent.rating),
    }
