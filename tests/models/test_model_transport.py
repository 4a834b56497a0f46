"""Carrying costs the price of the arc by the tonne."""

import pyomo.environ as pyo
from model_case import coefficients


def test_transport_cost_is_the_price_of_each_arc(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.transport_cost[2025]) == {
        "flow[A,H,truck,waste_plastic,2025]": 1000,
        "flow[B,H,truck,waste_plastic,2025]": 8000,
        "flow[H,J,truck,recycled_pellet,2025]": 500,
    }
