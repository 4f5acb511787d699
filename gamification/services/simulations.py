"""Simulations: what a draft would have paid over the recorded history. A dry run changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.refusals import Refusal
from gamification import comparison
from gamification.comparison import Comparison
from gamification.models import Award, Level, RuleVersion, Simulation
from gamification.queries import history, paid
from gamification.services import rerun, rules, runs
from gamification.state import State


class Result(Comparison):
    """What is stored: the comparison, the holders of badges on both sides, and how the draft decided."""

    badges: tuple[int, int]
    outcomes: dict[str, int]
    cents: tuple[int, int]


class UnderWay(Refusal):
    """Somebody asked a moment ago."""

    code = "simulation_under_way"
    message = _("This draft is being simulated already.")


def ask(*, version: RuleVersion, by: Member, at: datetime) -> Simulation:
    """Let a worker simulate the draft as it is now. Raises ``rules.NotADraft`` and ``UnderWay``."""
    if version.state not in rules.OPEN:
        raise rules.NotADraft
    try:
        with transaction.atomic():
            return Simulation.objects.create(
                version=version, asked_by=by, asked_at=at, credit_cents=paid.credit_cents()
            )
    except IntegrityError as error:
        raise UnderWay from error


def work_off(*, at: datetime) -> int:
    """Work through everything that was asked for; return how much it was."""
    return sum(runs.work(simulation, do=_simulate, at=at) for simulation in list(runs.due(Simulation, at=at)))


def _simulate(simulation: Simulation, at: datetime) -> None:
    version = RuleVersion.objects.get(pk=simulation.version_id)
    with rerun.snapshot():
        result, deeds = compare(version, simulation)
    with transaction.atomic():
        if runs.finish(simulation, at=timezone.now(), result=result, deeds=deeds):
            rules.note_simulation(version=version, revision=version.revision)


def compare(version: RuleVersion, simulation: Simulation) -> tuple[Result, int]:
    """Run the journal with ``version`` in place of its rule's other versions; return the result and the deeds read."""
    last = history.end()
    sums = rerun.Sums(watched=version.pk)
    state, deeds = rerun.run(rerun.rules(instead=version), sums, up_to=last, sparing=True)
    before, after = paid.side(), sums.side()
    ladder = list(Level.objects.values_list("number", "threshold"))
    compared = comparison.compare(before, after, ladder=ladder)
    each = simulation.credit_cents
    return Result(
        **compared,
        badges=(Award.objects.count(), _holders(state)),
        outcomes=dict(sums.outcomes),
        cents=(
            comparison.cents(compared["before"]["credits"], each=each),
            comparison.cents(compared["after"]["credits"], each=each),
        ),
    ), deeds


def _holders(state: State) -> int:
    """How many grades are held by what the journal counts."""
    steps = [step for ladder in state.badges.values() for step in ladder]
    return sum(
        value >= step.threshold
        for (_member, metric), value in state.counters.items()
        for step in steps
        if step.metric == metric
    )
