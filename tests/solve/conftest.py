"""The four-node example and a factory of small random instances."""

from collections.abc import Callable

import pytest
import solve_case

from models import Instance


@pytest.fixture(scope="session")
def random_instance() -> Callable[..., Instance]:
    """Return the function that draws an instance from a seed."""
    return solve_case.random_instance


@pytest.fixture(scope="session")
def shared_instance() -> Callable[..., Instance]:
    """Return the function that draws an instance with services and a limited port from a seed."""
    return solve_case.shared_instance
