"""Every machine: each allowed move is made and kept, each other one is refused and leaves everything as it was."""

import pytest

from ambassadors.machines import MACHINES, Machine
from ambassadors.models import Move

EACH = [pytest.param(machine, id=name) for name, machine in MACHINES.items()]


@pytest.mark.parametrize("machine", EACH)
def test_moves_lead_to_states_that_the_machine_knows(machine: Machine) -> None:
    assert {state for ways in machine.moves.values() for state in ways} <= set(machine.moves)


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


@pytest.mark.parametrize("machine", EACH)
def test_every_move_asks_for_words_or_knows_its_cause(machine: Machine) -> None:
    taken_back = {(after, before) for before, after in machine.undone - machine.reasoned}
    wordless = {way for way in machine.causes if way not in machine.reasoned}
    assert machine.reasoned <= machine.ways
    assert wordless == machine.ways - machine.reasoned | taken_back
    assert all(len(set(known)) == len(known) > 0 for known in machine.causes.values())


@pytest.mark.parametrize("machine", EACH)
def test_no_cause_is_taken_that_the_machine_does_not_know(machine: Machine) -> None:
    for way in machine.ways:
        known = machine.causes.get(way, ())
        assert [machine.cause(*way, named) for named in known] == list(known)
        with pytest.raises(ValueError, match=machine.name):
            machine.cause(*way, "the moon")
        if way in machine.reasoned:
            assert machine.cause(*way) == ""
        elif len(known) > 1:
            with pytest.raises(ValueError, match=machine.name):
                machine.cause(*way)
        else:
            assert machine.cause(*way) == known[0]


def test_every_cause_has_words_and_is_one_of_some_move() -> None:
    known = {cause for machine in MACHINES.values() for causes in machine.causes.values() for cause in causes}
    assert known == set(Move.Cause.values) - {Move.Cause.UNRECORDED}
    assert max(len(cause) for cause in Move.Cause.values) <= (Move._meta.get_field("cause").max_length or 0)
