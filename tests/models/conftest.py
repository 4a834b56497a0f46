"""The four-node example, as an instance, as a model and solved."""

import pyomo.environ as pyo
import pytest

from models import Instance, Plan, build_model
from siting.solve import Effort, solve


@pytest.fixture(scope="session")
def toy_model(toy: Instance) -> pyo.ConcreteModel:
    """Return the model of the four-node example; only read it."""
    return build_model(toy)


@pytest.fixture(scope="session")
def toy_plan(toy: Instance) -> Plan:
    """Return the proven optimum of the four-node example."""
    return solve(toy, Effort(gap=0, time_limit_s=20))
