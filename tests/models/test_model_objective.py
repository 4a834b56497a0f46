"""Only the objective discounts."""

import pyomo.environ as pyo
import pytest
from model_case import coefficients

from models.plan import COST_PARTS

DISCOUNT_YR = {2025: 5, 2030: 4}


def test_yearly_cost_adds_every_part_of_every_block(toy_model: pyo.ConcreteModel) -> None:
    for t in toy_model.PERIODS:
        parts = sum(toy_model.component(f"{part}_cost")[t] for part in COST_PARTS)
        assert coefficients(toy_model.yearly_cost[t]) == pytest.approx(coefficients(parts))


def test_total_cost_weighs_each_period_by_its_discounted_years(
    toy_model: pyo.ConcreteModel,
) -> None:
    total = coefficients(toy_model.total_cost)
    assert total["flow[A,H,truck,waste_plastic,2025]"] == 5 * 1000
    assert total["flow[A,H,truck,waste_plastic,2030]"] == 4 * 1000
    yearly = {t: coefficients(toy_model.yearly_cost[t]) for t in DISCOUNT_YR}
    expected = {
        name: DISCOUNT_YR[t] * cost for t, row in yearly.items() for name, cost in row.items()
    }
    assert total == pytest.approx(expected)
    assert coefficients(toy_model.objective) == total
    assert toy_model.objective.sense == pyo.minimize
