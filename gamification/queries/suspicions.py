"""What the nightly search looks at: paid deeds of a window that honour somebody else and were not judged before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from community.models import Activity, Member, Thread
from gamification.models import Entry, HeldDeed, HeldEntry, Hold, HoldCase, RuleVersion
from gamification.suspicion import Gift

#: What a deed still pays: the end of its chain of grant, hold and release, or what a correction paid for it later.
PAYS = Q(
    kind__in=(Entry.Kind.GRANT, Entry.Kind.RELEASE, Entry.Kind.CORRECTION),
    amount__gt=0,
    reversed_by=None,
)

#: So many entries are listed to their member; what is held is summed up over all.
LISTED = 400


def gifts(*, since: datetime) -> list[Gift]:
    """The deeds from ``since`` on that earned something for whom they honour, and still stand."""
    first = first_id_since(since)
    honouring = RuleVersion.objects.exclude(active_from=None).filter(recipient=RuleVersion.Recipient.BENEFICIARY)
    # Two plain reads: joined into one, a database without statistics may compare every deed with every entry.
    paid = set(Entry.objects.filter(PAYS, activity__gte=first).values_list("activity_id", "member_id"))
    deeds = (
        Activity.objects.filter(pk__gte=first, at__gte=since, verb__in=list(honouring.values_list("verb", flat=True)))
        .filter(~Exists(Activity.objects.filter(undoes=OuterRef("pk"))))
        .filter(~Exists(HeldDeed.objects.filter(activity=OuterRef("pk"))))
        .exclude(actor=F("beneficiary"))
        .order_by("pk")
    )
    rows = deeds.values_list("pk", "actor_id", "beneficiary_id", "at", "actor__joined_at")
    return [Gift(*row) for row in rows if (row[0], row[2]) in paid]


def first_id_since(since: datetime) -> int:
    """The first id from which deeds are as late as ``since``: halved until found, so old deeds cost nothing.

    The journal is written in the order of time, so nothing but the ids has to be sorted by it.
    """
    low, high = 1, (Activity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        found = Activity.objects.filter(pk__gte=middle).order_by("pk").values_list("pk", "at").first()
        if found is None or found[1] >= since:
            high = middle
        else:
            low = found[0] + 1
    return low


def paid_to(member: Member, *, since: datetime, giver: Member | None = None) -> QuerySet[Activity]:
    """Deeds from ``since`` on that still pay ``member``, by ``giver`` if one is named, and were not judged yet."""
    deeds = Activity.objects.filter(pk__gte=first_id_since(since), at__gte=since, held_in=None)
    paid = deeds.filter(Exists(Entry.objects.filter(PAYS, activity=OuterRef("pk"), member=member)))
    return (paid.filter(actor=giver) if giver else paid).order_by("pk")


def holds_of(member: Member) -> QuerySet[Hold]:
    """Every hold on the member's points, newest first."""
    return Hold.objects.filter(member=member).select_related("case").order_by("-placed_at", "-id")


def entries_of(hold: Hold) -> QuerySet[HeldEntry]:
    """The counter-entries of a hold with their deeds, in the order of the deeds."""
    rows = HeldEntry.objects.filter(hold=hold).select_related("entry__activity", "entry__reverses")
    return rows.order_by("entry__activity_id", "entry_id")


@dataclass(slots=True)
class DeedHeld:
    """A deed as its member sees it: the rule's reason, what it earned, the question, and whether it counts again."""

    reason: str
    at: datetime
    thread: Thread | None
    amounts: dict[str, int]
    counts: bool


def deeds_of(hold: Hold) -> list[DeedHeld]:
    """The newest held deeds; who did them is nobody's business but the desk's."""
    rows = entries_of(hold).select_related("entry__rule_version__rule", "entry__reversed_by")
    rows = rows.order_by("-entry__activity_id", "entry_id")[:LISTED]
    found: dict[int, DeedHeld] = {}
    for row in rows:
        entry, deed = row.entry, row.entry.activity
        reason = entry.rule_version.rule.reason if entry.rule_version else ""
        counts = getattr(entry, "reversed_by", None) is not None
        told = found.setdefault(deed.pk, DeedHeld(reason, deed.at, None, {}, counts))
        told.amounts[entry.currency] = told.amounts.get(entry.currency, 0) - entry.amount
    ids = {row.entry.activity_id: row.entry.activity.facts.get("thread") for row in rows}
    threads = Thread.objects.visible().in_bulk({pk for pk in ids.values() if pk})
    for deed_id, told in found.items():
        told.thread = threads.get(ids[deed_id])
    return sorted(found.values(), key=lambda told: told.at, reverse=True)


def waiting() -> int:
    """How many cases wait for a decision, counted up to 100."""
    return HoldCase.objects.filter(waiting__gt=0).order_by()[:100].count()
