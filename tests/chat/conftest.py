"""The two who talk to each other."""

from __future__ import annotations

import pytest

from community.models import Member
from tests import factories


@pytest.fixture
def lena(db: None) -> Member:
    """A customer."""
    return factories.member("Lena Sommer")


@pytest.fixture
def mara(db: None) -> Member:
    """An ambassador."""
    return factories.ambassador("Mara Lindqvist")
