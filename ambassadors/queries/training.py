"""Reads of training: who takes what, what is passed, and when somebody may try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ambassadors import tier_rules
from ambassadors.models import (
    Ambassador,
    TrainingAttempt,
    TrainingChoice,
    TrainingModule,
    TrainingQuestion,
    TrainingRenewal,
)
from community.models import Member, Role, RoleGrant

#: Whose work it is to help; they take the team's modules.
TEAM = (Role.AGENT, Role.MANAGER, Role.MODERATOR)


@dataclass(frozen=True, slots=True)
class Taken:
    """A module with what a member has made of it: ``passed`` is the pass that holds, if one does."""

    module: TrainingModule
    passed: TrainingAttempt | None
    last: TrainingAttempt | None
    renewal: TrainingRenewal | None = None

    @property
    def is_open(self) -> bool:
        """Whether the test can be attempted: never passed, or to be passed again."""
        return self.passed is None or self.renewal is not None


@dataclass(frozen=True, slots=True)
class Proven:
    """A module that was passed, and how long that proves something; without ``until`` for good."""

    attempt: TrainingAttempt
    until: datetime | None
    void_since: datetime | None


def is_team(member: Member) -> bool:
    """Whether the member works for the brand."""
    return RoleGrant.objects.filter(member=member, role__in=TEAM).exists()


def modules_for(member: Member) -> QuerySet[TrainingModule]:
    """What the member is to learn, in its order; nothing for everybody else."""
    mine = Q(pk__in=[])
    if Ambassador.objects.filter(member=member).exclude(state=Ambassador.State.ALUMNI).exists():
        mine |= Q(for_ambassadors=True)
    if is_team(member):
        mine |= Q(for_team=True)
    return TrainingModule.objects.filter(mine, is_active=True).order_by("position", "id")


def overview(member: Member) -> list[Taken]:
    """The member's modules with their attempts, in the same number of queries however many there are."""
    modules = list(modules_for(member))
    made: dict[int, list[TrainingAttempt]] = {module.pk: [] for module in modules}
    rows = TrainingAttempt.objects.filter(member=member, module__in=modules).select_related("renewal")
    for attempt in rows.order_by("-number"):
        made[attempt.module_id].append(attempt)
    return [taken(module, made[module.pk]) for module in modules]


def taken(module: TrainingModule, attempts: list[TrainingAttempt]) -> Taken:
    """What the ``attempts``, the latest first, come to."""
    passed = next((attempt for attempt in attempts if attempt.passed), None)
    renewal = renewal_of(passed)
    holds = None if renewal is not None and renewal.lapsed_at else passed
    return Taken(module, holds, attempts[0] if attempts else None, renewal)


def missing(member: Member) -> list[TrainingModule]:
    """The required modules for ambassadors that the member has not passed, or not again in time."""
    passed = TrainingAttempt.objects.filter(member=member, passed=True)
    done = passed.exclude(renewal__lapsed_at__isnull=False).values("module")
    rows = TrainingModule.objects.filter(is_active=True, for_ambassadors=True, is_required=True).exclude(pk__in=done)
    return list(rows.order_by("position", "id"))


def paper(module: TrainingModule) -> list[TrainingQuestion]:
    """The questions of a test with their choices; one without a right choice is not asked."""
    choices = Prefetch("choices", TrainingChoice.objects.order_by("position", "id"))
    rows = module.questions.filter(choices__is_right=True).distinct().prefetch_related(choices)
    return list(rows.order_by("position", "id"))


def attempts(member: Member, module: TrainingModule) -> list[TrainingAttempt]:
    """The member's attempts at one module, the latest first."""
    rows = TrainingAttempt.objects.filter(member=member, module=module).select_related("renewal")
    return list(rows.order_by("-number"))


def again_at(last: TrainingAttempt | None, module: TrainingModule) -> datetime | None:
    """From when on another attempt is possible."""
    return last.at + timedelta(hours=module.cooldown_hours) if last else None


def renewal_of(attempt: TrainingAttempt | None) -> TrainingRenewal | None:
    """When the validity of a pass ends, once its member was reminded; fetched together with the attempt."""
    return getattr(attempt, "renewal", None)


def passed_again(attempt: str) -> Exists:
    """Whether the member has passed the module of ``attempt``, a path to one or empty for the row itself, anew."""
    path = f"{attempt}__" if attempt else ""
    newer = TrainingAttempt.objects.filter(
        module=OuterRef(f"{path}module"),
        member=OuterRef(f"{path}member"),
        number__gt=OuterRef(f"{path}number"),
        passed=True,
    )
    return Exists(newer.order_by())


def proven(attempt: TrainingAttempt) -> Proven:
    """How long a pass holds: by its reminder, before that by the terms of its module."""
    renewal = renewal_of(attempt)
    if renewal is not None:
        return Proven(attempt, renewal.valid_until, renewal.lapsed_at)
    return Proven(attempt, valid_until(attempt), None)


def valid_until(attempt: TrainingAttempt) -> datetime | None:
    """The end of a pass by the terms of its module; ``None`` is no end."""
    months = attempt.module.validity_months
    return tier_rules.months_later(attempt.at, months) if months else None


def latest_passes() -> QuerySet[TrainingAttempt]:
    """The last pass of each member in each module, with what the proof needs."""
    rows = TrainingAttempt.objects.filter(passed=True).exclude(passed_again(""))
    return rows.select_related("module", "member", "renewal")


def proof_of(member: Member) -> list[Proven]:
    """What the member has passed, each module once, in the order of the modules."""
    rows = latest_passes().filter(member=member).order_by("module__position", "module_id")
    return [proven(attempt) for attempt in rows]
