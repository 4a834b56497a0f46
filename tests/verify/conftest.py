"""Instances of the tests of the model and of the solver, and outputs of small runs."""

import sys
from pathlib import Path

import pytest

from models import Instance

TESTS = Path(__file__).parents[1]
for folder in ("models", "solve"):
    sys.path.append(str(TESTS / folder))


@pytest.fixture(scope="session")
def full(toy: Instance) -> Instance:
    """Return an instance in which every table has rows."""
    from filled_case import filled

    return filled(toy)
