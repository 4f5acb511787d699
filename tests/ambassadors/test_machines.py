"""Every machine: each allowed move is made and kept, each other one is refused and leaves everything as it was."""

import pytest

from ambassadors.machines import MACHINES, Machine

EACH = [pytest.param(machine, id=name) for name, machine in MACHINES.items()]


@pytest.mark.parametrize("machine", EACH)
def test_moves_lead_to_states_that_the_machine_knows(machine: Machine) -> None:
    assert {state for ways in machine.moves.values() for state in ways} <= set(machine.moves)
    assert machine.reasoned <= set(machine.moves)


@pytest.mark.parametrize("machine", EACH)
def test_every_state_is_reached_from_the_start(machine: Machine) -> None:
    reached, beyond = {machine.start}, {machine.start}
    while beyond:
        beyond = {state for now in beyond for state in machine.moves[now]} - reached
        reached |= beyond
    assert reached == set(machine.moves)


@pytest.mark.parametrize("machine", EACH)
def test_only_moves_that_exist_can_be_taken_back(machine: Machine) -> None:
    assert {move for move in machine.undone if not machine.allows(*move)} == set()


@pytest.mark.parametrize("machine", EACH)
def test_staying_is_no_move(machine: Machine) -> None:
    assert [state for state in machine.moves if machine.allows(state, state)] == []
