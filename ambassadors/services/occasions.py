"""Occasions: rules look at the journal and say whom to get in touch with; people deal with them or let them rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Occasion, OccasionRule
from community import activity, words
from community.models import Activity, Delivery, Member, Ownership, Review, RoleGrant
from community.refusals import Refusal

Trigger = OccasionRule.Trigger
#: Which deed may speak for which rule.
TRIGGERS = {
    activity.ANSWER_FOUND_HELPFUL: Trigger.HELPFUL,
    activity.ANSWER_ACCEPTED: Trigger.ACCEPTED,
    activity.REVIEW_CREATED: Trigger.REVIEW,
}
VERBS = frozenset(TRIGGERS)
#: A purchase is an occasion for so long.
FRESH = timedelta(days=7)


class AlreadyDone(Refusal):
    """Somebody has dealt with it."""

    code = "occasion_done"
    message = _("Somebody has dealt with this already.")


def handle(deliveries: list[Delivery]) -> None:
    """Let the rules look at these deeds; a rule speaks once for a member."""
    rules = list(OccasionRule.objects.filter(is_active=True).exclude(trigger=Trigger.PURCHASE).order_by("pk"))
    if rules:
        deeds = [delivery.activity for delivery in deliveries]
        _store([row for deed in deeds for rule in rules for row in _look(rule, deed)])


@transaction.atomic
def sweep(*, at: datetime) -> None:
    """Let the rules about purchases look at what came to be owned in the last days."""
    for rule in OccasionRule.objects.filter(is_active=True, trigger=Trigger.PURCHASE).order_by("pk"):
        owned = Ownership.objects.order_by().values("member").annotate(n=Count("pk"), latest=Max("since"))
        rows = owned.filter(n__gte=rule.threshold, latest__gt=at - FRESH, latest__lte=at)
        _store([Occasion(rule=rule, member_id=row["member"], facts={"n": row["n"]}, at=at) for row in rows])


@transaction.atomic
def settle(*, occasion: Occasion, by: Member, at: datetime, note: str = "") -> None:
    """Somebody got in touch, or decided not to. Raises ``AlreadyDone``."""
    rows = Occasion.objects.filter(pk=occasion.pk, done_at=None)
    if not rows.update(done_at=at, done_by=by, note=words.line(note), rests_until=None):
        raise AlreadyDone


@transaction.atomic
def rest(*, occasion: Occasion, until: datetime) -> None:
    """Not now: it comes back later. Raises ``AlreadyDone``."""
    if not Occasion.objects.filter(pk=occasion.pk, done_at=None).update(rests_until=until):
        raise AlreadyDone


def _look(rule: OccasionRule, deed: Activity) -> Iterable[Occasion]:
    if TRIGGERS[deed.verb] != rule.trigger:
        return
    if rule.trigger == Trigger.REVIEW:
        review = Review.objects.visible().filter(pk=deed.subject_id).first()
        if review is not None and review.stars >= rule.threshold:
            facts = {"stars": review.stars, "review": review.pk}
            yield Occasion(rule=rule, member_id=review.author_id, facts=facts, at=deed.at)
        return
    member = deed.beneficiary
    if member is None:
        return
    n = member.helpful_count if rule.trigger == Trigger.HELPFUL else member.accepted_count
    if n >= rule.threshold:
        yield Occasion(rule=rule, member=member, facts={"n": n, "answer": deed.subject_id}, at=deed.at)


def _store(rows: list[Occasion]) -> None:
    busy = set(RoleGrant.objects.order_by().values_list("member", flat=True))
    kept = [row for row in rows if row.member_id not in busy]
    Occasion.objects.bulk_create(kept, ignore_conflicts=True)
