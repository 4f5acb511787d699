"""Replays: the journal evaluated anew, compared with what is kept, and swapped in where somebody says so."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import freshness
from community.models import Member
from community.refusals import Refusal
from gamification.models import Entry, Replay, Retroaction, Shadow
from gamification.queries import history
from gamification.services import drift, falls, rerun, runs, settling, turns
from gamification.services.drift import Drift

#: So many differences are kept to be read and swapped; where there are more, the next replay finds the rest.
MOST = 20_000


class UnderWay(Refusal):
    """A replay waits already."""

    code = "replay_under_way"
    message = _("A replay is waiting already.")


class Outdated(Refusal):
    """Something was swapped or activated for the past since this replay looked."""

    code = "replay_outdated"
    message = _("Something was changed since this replay. Start a new one and look at that.")


def ask(*, by: Member | None, at: datetime) -> Replay:
    """Let a worker replay the journal and compare. Raises ``UnderWay``."""
    try:
        with transaction.atomic():
            return Replay.objects.create(asked_by=by, asked_at=at)
    except IntegrityError as error:
        raise UnderWay from error


def work_off(*, at: datetime) -> int:
    """Do the replays that wait; return how many it were."""
    return sum(runs.work(replay, do=_replay, at=at) for replay in list(runs.due(Replay, at=at)))


def compare() -> tuple[list[Drift], int]:
    """Replay what took effect until now; return all differences and the number of deeds."""
    last = history.end()
    pays = drift.Pays()
    state, deeds = rerun.run(rerun.rules(), pays, up_to=last, until=timezone.now())
    return list(drift.find(state, pays, up_to=last)), deeds


@transaction.atomic
def apply(*, replay: Replay, by: Member, at: datetime) -> None:
    """Swap in what the replay found, once: counts move by what they lack, the ledger gets corrections.

    Whoever loses a level by it keeps it for some days, and is told.

    Raises ``Outdated`` where the replay is not done, was swapped before, or something else was since.
    """
    turns.alone()
    newer = Replay.objects.filter(applied_at__gte=replay.started_at).exists() if replay.started_at else True
    settled = Retroaction.objects.filter(finished_at__gte=replay.started_at).exists() if replay.started_at else True
    mine = Replay.objects.filter(pk=replay.pk, state=Replay.State.DONE, applied_at=None)
    if newer or settled or not mine.update(applied_at=at, applied_by=by):
        raise Outdated
    rows = replay.shadows.order_by("id").values_list("part", "member_id", "key", "replayed", "kept")
    drifts = [Drift(part, member, tuple(key), replayed, kept) for part, member, key, replayed, kept in rows]
    with falls.softened((row.member for row in drifts if row.member), because="correction", at=at):
        settling.count(drifts, at=at)
        settling.book(drifts, kind=Entry.Kind.CORRECTION, at=at)
    transaction.on_commit(freshness.changed, robust=True)


def _replay(replay: Replay, at: datetime) -> None:
    with rerun.snapshot():
        drifts, deeds = compare()
    with transaction.atomic():
        found = Tally(row.part for row in drifts)
        if not runs.finish(
            replay, at=timezone.now(), deeds=deeds, differences=len(drifts), result={"parts": dict(found)}
        ):
            return
        Shadow.objects.bulk_create(
            (
                Shadow(
                    replay=replay,
                    part=row.part,
                    member_id=row.member,
                    key=list(row.key),
                    replayed=row.replayed,
                    kept=row.kept,
                )
                for row in drifts[:MOST]
            ),
            batch_size=500,
        )
