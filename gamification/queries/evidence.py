"""The file of a case: who gave to whom, drawn and listed, what is held, and every step so far."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.models import Activity, Member, Thread
from gamification import web
from gamification.models import Entry, HeldDeed, HoldCase

#: So many deeds are listed; the drawing knows all.
LISTED = 200
#: How the points of a score are called.
PARTS = {
    "number": _("how many"),
    "balance": _("as much back as forth"),
    "closed": _("hardly to anybody else"),
    "swift": _("answered within a day"),
    "dense": _("each with each"),
    "young": _("by young accounts"),
    "single": _("for nobody else"),
}


def of(case: HoldCase) -> dict[str, Any]:
    """Everything that the desk needs to decide about ``case``."""
    evidence = case.evidence
    members = Member.objects.in_bulk(evidence.get("members", []))
    order = [pk for pk in evidence.get("members", []) if pk in members]
    nodes, arcs = web.lay_out(order, [tuple(edge) for edge in evidence.get("edges", [])])
    return {
        "case": case,
        "facts": evidence.get("facts", {}),
        "parts": [(PARTS.get(name, name), points) for name, points in evidence.get("parts", {}).items()],
        "web": {"width": web.WIDTH, "height": web.HEIGHT, "node": web.NODE},
        "nodes": [{"at": node, "member": members[node.member]} for node in nodes],
        "arcs": [
            {"at": arc, "giver": members[arc.giver], "receiver": members[arc.receiver]}
            for arc in sorted(arcs, key=lambda arc: (-arc.times, arc.giver, arc.receiver))
        ],
        "holds": list(case.holds.select_related("member", "decided_by", "answered_by").order_by("pk")),
        "deeds": deeds_of(case),
        "deed_count": case.deeds.count(),
        "steps": steps_of(case),
    }


def deeds_of(case: HoldCase) -> list[dict[str, Any]]:
    """The deeds of the case with what each paid, newest first."""
    rows = list(
        HeldDeed.objects.filter(case=case)
        .select_related("activity__actor", "activity__beneficiary")
        .order_by("-activity_id")[:LISTED]
    )
    deeds = [row.activity for row in rows]
    threads = Thread.objects.in_bulk({deed.facts["thread"] for deed in deeds if deed.facts.get("thread")})
    held: dict[int | None, dict[str, int]] = {}
    entries = Entry.objects.filter(held_by__hold__case=case, activity__in=deeds).order_by("pk")
    for deed, currency, amount in entries.values_list("activity", "currency", "amount"):
        sums = held.setdefault(deed, {})
        sums[currency] = sums.get(currency, 0) - amount
    return [
        {"deed": deed, "thread": threads.get(deed.facts.get("thread", 0)), "paid": held.get(deed.pk, {})}
        for deed in deeds
    ]


def steps_of(case: HoldCase) -> list[Activity]:
    """What the journal says of the case's holds: placed, appealed, decided, answered, in order."""
    holds = case.holds.values("pk")
    rows = Activity.objects.filter(subject_kind="hold", subject_id__in=holds)
    return list(rows.select_related("actor", "beneficiary").order_by("pk"))
