"""Fixtures of gamification's tests."""

import pytest

from tests.gamification import world


@pytest.fixture
def small_world(db: None) -> None:
    """Replace the rules, badges and levels of the migrations by a few with round numbers."""
    world.build()
