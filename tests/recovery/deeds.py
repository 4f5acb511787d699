"""Prepares and counts deeds in the database of the environment; run as a process of its own.

``prepare N`` stores N answers that are not accepted and prints how to accept each by HTTP; after it ``serve`` loads no
demo data. ``effects`` prints what every acceptance has in the ledger.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from community.models import Activity, Delivery, Member
from gamification.models import Entry, Evaluation, RuleVersion
from tests import factories

HELPERS = 5
#: Answers that one asker accepts, below what a minute allows, and those that were cut off and asked again with them.
EACH = 30


def prepare(number: int) -> dict[str, object]:
    """Ask and answer ``number`` times; return a helper's session, and addresses that accept with the askers' sessions.

    What two members can give one another in a week is not capped, so that each acceptance pays.
    """
    RuleVersion.objects.update(limits=[])
    askers = [factories.member("Lena Sommer", email=f"lena{n}@example.com") for n in range(-(-number // EACH))]
    helpers = [factories.ambassador(email=f"helper{n}@example.com") for n in range(HELPERS)]
    with transaction.atomic():
        made = [factories.answer(factories.thread(askers[n // EACH]), helpers[n % HELPERS]) for n in range(number)]
    sessions = [session_of(asker) for asker in askers]
    return {
        "helper": session_of(helpers[0]),
        "accepting": [
            (f"/threads/{answer.thread_id}/answers/{answer.pk}/accept/", sessions[n // EACH])
            for n, answer in enumerate(made)
        ],
    }


def effects() -> dict[str, object]:
    """Every acceptance and the kinds of its ledger entries by currency; what waits and what was evaluated."""
    by_deed: dict[str, list[str]] = {
        key: [] for key in Activity.objects.filter(verb="answer.accepted").values_list("key", flat=True)
    }
    for entry in Entry.objects.order_by("currency", "id").select_related("activity"):
        by_deed[entry.activity.key].append(f"{entry.currency} {entry.kind}")
    return {
        "accepted": by_deed,
        "waiting": Delivery.objects.count(),
        "not_evaluated": Activity.objects.count() - Evaluation.objects.count(),
    }


def session_of(member: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", number]:
            answer: dict[str, object] = prepare(int(number))
        case ["effects"]:
            answer = effects()
        case _:
            raise SystemExit(__doc__)
    sys.stdout.write(json.dumps(answer))
