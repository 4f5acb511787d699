"""Who may apply for a product test: the same rule for the member who asks and for the count that the manager sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import ProductTest
from community.models import Member, Product, Role

#: Who works for the brand tests its products at work.
STAFF = (Role.MANAGER, Role.AGENT)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may apply; ``owns`` are products of which one has to be owned by a verified purchase."""

    audience: str = ProductTest.Audience.MEMBERS
    least_level: int = 0
    least_days: int = 0
    least_answers: int = 0
    owns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One part of the rule in words, and whether the member who asks meets it."""

    label: str
    met: bool


@dataclass(frozen=True, slots=True)
class _Part:
    label: Callable[[], str]
    condition: Q


def rule_of(test: ProductTest) -> Rule:
    """The rule of a test that is stored."""
    return Rule(
        audience=test.audience,
        least_level=test.least_level,
        least_days=test.least_days,
        least_answers=test.least_answers,
        owns=tuple(test.owns.order_by("pk").values_list("pk", flat=True)),
    )


def eligible(rule: Rule, *, at: datetime) -> QuerySet[Member]:
    """Everybody who may apply now."""
    rows = candidates(at=at)
    for part in _parts(rule, at):
        rows = rows.filter(pk__in=_meeting(part))
    return rows.order_by("pk")


def candidates(*, at: datetime) -> QuerySet[Member]:
    """Everybody to whom the rule is put: active members who do not work for the brand."""
    active = Q(suspended_until=None) | Q(suspended_until__lte=at)
    works = Member.objects.filter(role_grants__role__in=STAFF).order_by().values("pk")
    return Member.objects.filter(active, is_active=True, is_staff=False, erased_at=None).exclude(pk__in=works)


def criteria(test: ProductTest, member: Member | None, *, at: datetime) -> list[Criterion]:
    """The rule in words; a visitor meets nothing of it yet."""
    parts = _parts(rule_of(test), at)
    if member is None or not parts:
        return [Criterion(part.label(), met=False) for part in parts]
    return [Criterion(part.label(), _meeting(part).filter(pk=member.pk).exists()) for part in parts]


def may_apply(test: ProductTest, member: Member, *, at: datetime) -> bool:
    """Whether ``member`` meets the whole rule."""
    return eligible(rule_of(test), at=at).filter(pk=member.pk).exists()


def _meeting(part: _Part) -> QuerySet[Member]:
    return Member.objects.filter(part.condition).order_by()


def _parts(rule: Rule, at: datetime) -> list[_Part]:
    parts = []
    if rule.audience == ProductTest.Audience.AMBASSADORS:
        parts.append(_Part(lambda: _("Ambassador"), Q(role_grants__role=Role.AMBASSADOR)))
    if rule.least_level:
        parts.append(
            _Part(
                lambda: _("Level %(n)d or higher") % {"n": rule.least_level}, Q(standing__level__gte=rule.least_level)
            )
        )
    if rule.least_days:
        since = at - timedelta(days=rule.least_days)
        parts.append(
            _Part(
                lambda: (
                    ngettext("Member for %(n)d day", "Member for %(n)d days", rule.least_days) % {"n": rule.least_days}
                ),
                Q(joined_at__lte=since),
            )
        )
    if rule.least_answers:
        parts.append(
            _Part(
                lambda: (
                    ngettext("%(n)d accepted answer", "%(n)d accepted answers", rule.least_answers)
                    % {"n": rule.least_answers}
                ),
                Q(accepted_count__gte=rule.least_answers),
            )
        )
    if rule.owns:
        parts.append(_Part(lambda: _owned(rule.owns), Q(ownerships__product__in=rule.owns)))
    return parts


def _owned(products: tuple[int, ...]) -> str:
    names = list(Product.objects.filter(pk__in=products).order_by("position", "pk").values_list("name", flat=True))
    if len(names) == 1:
        return _("You bought the %(name)s") % {"name": names[0]}
    return _("You bought one of these: %(names)s") % {"names": ", ".join(names)}
