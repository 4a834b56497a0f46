"""The four-node example, as an instance, as a model and solved."""

from pathlib import Path

import pyomo.environ as pyo
import pytest

from models import Instance, Plan, build_model
from models.instance import TABLES
from siting.assemble import inline_table
from siting.config import InlineStudy, read_config
from siting.solve import Effort, solve

TOY = Path(__file__).parents[2] / "configs" / "toy.yaml"


@pytest.fixture(scope="session")
def toy() -> Instance:
    """Return the instance of the four-node example."""
    study = read_config(TOY).study
    assert isinstance(study, InlineStudy)
    return Instance(**{name: inline_table(name, study.instance.get(name, [])) for name in TABLES})


@pytest.fixture(scope="session")
def toy_model(toy: Instance) -> pyo.ConcreteModel:
    """Return the model of the four-node example; only read it."""
    return build_model(toy)


@pytest.fixture(scope="session")
def toy_plan(toy: Instance) -> Plan:
    """Return the proven optimum of the four-node example."""
    return solve(toy, Effort(gap=0, time_limit_s=20))
