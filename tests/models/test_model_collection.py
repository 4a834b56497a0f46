"""Supply is collected or left; what is missing to a target has a price."""

from dataclasses import replace

import pyomo.environ as pyo
import pytest
from model_case import coefficients, constant, limits, with_column

from models import Instance, build_model


def test_uncollected_is_at_most_what_arises(toy_model: pyo.ConcreteModel) -> None:
    left = toy_model.uncollected
    assert left["A", "waste_plastic", 2025].bounds == (0, 60)
    assert left["B", "waste_plastic", 2025].bounds == (0, 10)
    assert left["B", "waste_plastic", 2030].bounds == (0, 40)


def test_target_is_met_leaves_at_most_the_rest_uncollected(toy_model: pyo.ConcreteModel) -> None:
    assert list(toy_model.target_is_met) == [("waste_plastic", 2030)]
    row = toy_model.target_is_met["waste_plastic", 2030]
    assert coefficients(row.body) == {
        "uncollected[A,waste_plastic,2030]": 1,
        "uncollected[B,waste_plastic,2030]": 1,
        "shortfall[waste_plastic,2030]": -1,
    }
    assert row.ub == pytest.approx((1 - 0.9) * (60 + 40))
    assert row.lb is None


def test_target_without_supply_asks_for_nothing(toy: Instance) -> None:
    targets = toy.targets.rename(index={"waste_plastic": "residue"}, level="commodity")
    row = build_model(replace(toy, targets=targets)).target_is_met["residue", 2030]
    assert coefficients(row.body) == {"shortfall[residue,2030]": -1}
    assert limits(row) == (None, 0)


def test_baseline_cost_is_paid_for_what_is_left(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.baseline_cost[2025]) == {
        "uncollected[A,waste_plastic,2025]": 5000,
        "uncollected[B,waste_plastic,2025]": 5000,
    }


def test_acquisition_cost_is_paid_for_what_is_collected(toy: Instance) -> None:
    paid = build_model(with_column(toy, "supply", acquisition_jpy_per_t=300.0))
    assert constant(paid.acquisition_cost[2030]) == 300 * (60 + 40)
    assert coefficients(paid.acquisition_cost[2030]) == {
        "uncollected[A,waste_plastic,2030]": -300,
        "uncollected[B,waste_plastic,2030]": -300,
    }


def test_shortfall_cost_counts_only_targets_of_the_period(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.shortfall_cost[2025]) == {}
    assert coefficients(toy_model.shortfall_cost[2030]) == {
        "shortfall[waste_plastic,2030]": 200_000
    }


def test_collection_cost_adds_its_three_parts(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.collection_cost[2030]) == {
        "uncollected[A,waste_plastic,2030]": 5000,
        "uncollected[B,waste_plastic,2030]": 5000,
        "shortfall[waste_plastic,2030]": 200_000,
    }
