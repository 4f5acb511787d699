"""Renewals of training: a reminder before a proof runs out, and what follows when its grace is over, too."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from ambassadors import tier_rules
from ambassadors.models import Ambassador, TrainingAttempt, TrainingModule, TrainingRenewal
from ambassadors.queries import training as queries
from ambassadors.services import programme, programme_telling
from community.models import Member, RoleGrant

AHEAD = timedelta(days=30)
#: Of what is valid for one month only half is over then, so that nobody is reminded of what they have just passed.
HALF_A_MONTH = timedelta(days=15)
BATCH = 200


def review(*, at: datetime) -> None:
    """Remind of every proof that runs out soon, and end those whose grace is over. Twice a day is once."""
    for module in TrainingModule.objects.filter(is_active=True, validity_months__gt=0).order_by("pk"):
        while _remind_some(module, at):
            pass
    over = TrainingRenewal.objects.filter(lapsed_at=None, grace_until__lte=at, attempt__module__is_active=True)
    for renewal in over.exclude(queries.passed_again("attempt")).order_by("pk"):
        _lapse(pk=renewal.pk, at=at)


@transaction.atomic
def _remind_some(module: TrainingModule, at: datetime) -> bool:
    """Remind the next ones; return whether there may be more."""
    months = module.validity_months or 0
    before = tier_rules.months_later(at + min(AHEAD, months * HALF_A_MONTH), -months)
    due = queries.latest_passes().filter(module=module, renewal=None, at__lte=before)
    rows = [_renewal(attempt, at) for attempt in due.order_by("pk")[:BATCH]]
    TrainingRenewal.objects.bulk_create(rows, ignore_conflicts=True)
    learning = _who_learns(module, {row.attempt.member_id for row in rows})
    programme_telling.training_due([row for row in rows if row.attempt.member_id in learning], at=at)
    return len(rows) == BATCH


def _renewal(attempt: TrainingAttempt, at: datetime) -> TrainingRenewal:
    until = queries.valid_until(attempt)
    # Whoever passed before there was a validity gets the month all the same.
    valid_until = until if until and until > at else at + AHEAD
    grace = timedelta(days=attempt.module.grace_days)
    return TrainingRenewal(attempt=attempt, reminded_at=at, valid_until=valid_until, grace_until=valid_until + grace)


def _who_learns(module: TrainingModule, members: set[int]) -> set[int]:
    """Those of ``members`` for whom the module is still meant."""
    learning: set[int] = set()
    if module.for_ambassadors:
        rows = Ambassador.objects.filter(member__in=members).exclude(state=Ambassador.State.ALUMNI)
        learning.update(rows.values_list("member", flat=True))
    if module.for_team:
        learning.update(
            RoleGrant.objects.filter(member__in=members, role__in=queries.TEAM).values_list("member", flat=True)
        )
    return learning


@transaction.atomic
def _lapse(*, pk: int, at: datetime) -> None:
    renewal = TrainingRenewal.objects.select_related("attempt__module").get(pk=pk)
    attempt = renewal.attempt
    # The same row that an attempt at the test takes: whoever passes in this moment keeps their proof.
    member = Member.objects.select_for_update(no_key=True).get(pk=attempt.member_id)
    rows = TrainingRenewal.objects.filter(lapsed_at=None, attempt__module=attempt.module, attempt__member=member)
    if rows.filter(pk=pk).exclude(queries.passed_again("attempt")).exists():
        rows.update(lapsed_at=at)
        if attempt.module.is_required and attempt.module.for_ambassadors:
            programme.rest_unready(member=member, module=attempt.module, at=at)
