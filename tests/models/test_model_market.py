"""Sinks pay for what arrives and take no more than they need."""

import numpy as np
import pyomo.environ as pyo
from model_case import coefficients, limits, with_column

from models import Instance, build_model

PELLET = "flow[H,J,truck,recycled_pellet,2025]"


def test_demand_within_sink_limits_its_inflow(toy_model: pyo.ConcreteModel) -> None:
    row = toy_model.demand_within_sink["J", "recycled_pellet", 2025]
    assert coefficients(row.body) == {PELLET: 1}
    assert limits(row) == (None, 1000)


def test_sink_without_limit_has_no_demand_within_sink(toy: Instance) -> None:
    assert not len(build_model(with_column(toy, "sinks", demand_t=np.inf)).demand_within_sink)


def test_sales_lower_the_market_cost(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.market_cost[2025]) == {PELLET: -8000}
