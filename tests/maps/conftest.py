"""Made-up outcomes to draw."""

from pathlib import Path

import pytest
from map_chains import chained_outcome, national_chains
from map_studies import bare_outcome, small_outcome

from siting.outcome import Outcome


@pytest.fixture(scope="session")
def small() -> Outcome:
    """Return a small outcome with hostile names."""
    return small_outcome()


@pytest.fixture(scope="session")
def chained() -> Outcome:
    """Return a small outcome with a rail chain and a ship chain."""
    return chained_outcome()


@pytest.fixture(scope="session")
def bare() -> Outcome:
    """Return an outcome in which nothing is built and nothing moves."""
    return bare_outcome()


@pytest.fixture(scope="session")
def national() -> Outcome:
    """Return a random plan on all municipalities."""
    folder = Path(__file__).parents[2] / "data" / "gis"
    if not (folder / "municipalities.gpkg").exists():
        pytest.skip("data/gis is not built")
    return national_chains(str(folder))
