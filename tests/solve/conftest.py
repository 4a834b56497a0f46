"""The four-node example and a factory of small random instances."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import solve_case

from models import Instance

sys.path.append(str(Path(__file__).parents[1] / "models"))


@pytest.fixture(scope="session")
def random_instance() -> Callable[..., Instance]:
    """Return the function that draws an instance from a seed."""
    return solve_case.random_instance


@pytest.fixture(scope="session")
def shared_instance() -> Callable[..., Instance]:
    """Return the function that draws an instance with services and a limited port from a seed."""
    return solve_case.shared_instance


@pytest.fixture(scope="session")
def full(toy: Instance) -> Instance:
    """Return an instance in which every table has rows."""
    from filled_case import filled

    return filled(toy)
