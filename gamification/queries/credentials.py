"""Which open badges still hold: each as long as its member has the award that it was made for."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from community.models import Member
from gamification.models import Award, Credential, Grade, IssuerKey
from gamification.openbadges import PLACES


def revoked(part: int) -> list[int]:
    """The ids of those of one part whose award is gone, or whose member asked to be forgotten."""
    award = Award.objects.filter(grade=OuterRef("grade"), member=OuterRef("member"), activity=OuterRef("activity"))
    gone = ~Exists(award) | Q(member__erased_at__isnull=False)
    rows = Credential.objects.filter(gone, pk__gte=part * PLACES, pk__lt=(part + 1) * PLACES)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def parts() -> int:
    """How many lists there are."""
    last = Credential.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return last // PLACES + 1


def public_keys() -> dict[str, dict[str, str]]:
    """Every public key that anything was signed by, by its id, the newest first."""
    return dict(IssuerKey.objects.order_by("-pk").values_list("kid", "public"))


def award_of(member: Member, slug: str, tier: str) -> Award | None:
    """The award of one grade that the member holds."""
    rows = Award.objects.select_related("grade__badge", "member")
    return rows.filter(member=member, grade__badge__slug=slug, grade__tier=tier).first()


def grade(slug: str, tier: str) -> Grade | None:
    """One grade of a badge."""
    return Grade.objects.select_related("badge").filter(badge__slug=slug, tier=tier).first()
