"""The four-node example and a factory of small random instances."""

from collections.abc import Callable
from pathlib import Path

import pytest
import solve_case

from models import Instance
from models.instance import TABLES
from siting.assemble import inline_table
from siting.config import InlineStudy, read_config

TOY = Path(__file__).parents[2] / "configs" / "toy.yaml"


@pytest.fixture(scope="session")
def toy() -> Instance:
    """Return the instance of the four-node example."""
    study = read_config(TOY).study
    assert isinstance(study, InlineStudy)
    return Instance(**{name: inline_table(name, study.instance.get(name, [])) for name in TABLES})


@pytest.fixture(scope="session")
def random_instance() -> Callable[..., Instance]:
    """Return the function that draws an instance from a seed."""
    return solve_case.random_instance
