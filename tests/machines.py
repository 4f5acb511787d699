"""Run a state machine: how long is said, all else is the same for each of them."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def run(machine: type[RuleBasedStateMachine], *, examples: int, steps: int) -> None:
    """Let ``machine`` go ``examples`` ways of up to ``steps`` steps. A step is a few queries and may take its time."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            print_blob=True,
            phases=[Phase.generate, Phase.shrink],
        ),
    )
