"""The cheapest plan of an instance is the optimum of its network, worked out by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from public_file import Network, read_network
from public_folder import without_capacity
from public_instance import PERIOD, instance_of

from models import Plan
from siting.solve import Effort, solve
from siting.solve.direct import fewer
from siting.solve.line import built_model

HUB = ("warehouse", "whole", PERIOD)


def best(network: Network) -> Plan:
    return solve(instance_of(network), Effort(gap=0.0, time_limit_s=20))


def open_sites(plan: Plan) -> set[str]:
    return set(plan.hubs.index[plan.hubs["lines"] > 0.5].unique("site"))


@pytest.mark.parametrize("form", ["orlib_cap", "holmberg", "tbed1"])
def test_full_warehouse_shares_a_customer(form: str, sets: dict[str, Path]) -> None:
    # 60 units fit in no single warehouse: 100 + 120 to open both. Each customer at its cheaper
    # one costs 10 + 20 + 30, but 40 units for the first one are 5 too many. A unit of the first
    # customer costs 3 more at the second warehouse, one of the third 2 more: 5 * 2.
    plan = best(read_network(sets[form]))
    assert plan.objective_jpy == pytest.approx(100 + 120 + 10 + 20 + 30 + 5 * 2)
    assert plan.bound_jpy == pytest.approx(290)


@pytest.mark.parametrize("form", ["orlib_cap", "koerkel_ghosh"])
def test_one_warehouse_without_limit_serves_all(form: str, sets: dict[str, Path]) -> None:
    # Only the first: 100 + 10 + 40 + 30; only the second: 120 + 40 + 20 + 90; both: 280.
    plan = best(without_capacity(read_network(sets[form])))
    assert plan.objective_jpy == pytest.approx(180)
    assert open_sites(plan) == {"warehouse-0001"}


def test_plant_too_small_for_all_is_not_worth_its_fixed_cost(sets: dict[str, Path]) -> None:
    # Plant 1 by satellite 2: 50 + 10, 10 * 2 to it, 4 * 2 + 6 * 1 from it. The second plant
    # makes 8 of 10 units; with both: 50 + 20 + 10 + 20 + 14.
    plan = best(read_network(sets["two_stage"]))
    assert plan.objective_jpy == pytest.approx(50 + 10 + 20 + 14)
    assert open_sites(plan) == {"plant-0001", "satellite-0002"}


def test_plant_without_limit_is_the_cheaper_one(sets: dict[str, Path]) -> None:
    # Plant 2 by satellite 2: 20 + 10 + 10 * 4 + 14.
    plan = best(without_capacity(read_network(sets["two_stage"])))
    assert plan.objective_jpy == pytest.approx(20 + 10 + 40 + 14)


def test_products_share_the_fixed_cost_of_a_site(sets: dict[str, Path]) -> None:
    # Only plant 2 makes the second product, and it cannot make all of the first: both plants and
    # satellite 2, the first product as before from plant 1, and 2 * (1 + 1) for the second.
    plan = best(read_network(sets["mauri"]))
    assert plan.objective_jpy == pytest.approx(50 + 20 + 10 + 20 + 14 + 4)
    assert open_sites(plan) == {"plant-0001", "plant-0002", "satellite-0002"}


def test_cost_far_below_a_yen_is_not_taken_for_rounding(sets: dict[str, Path]) -> None:
    network = read_network(sets["tbed1"])
    levels = tuple(
        replace(level, fixed=level.fixed * 1e-6, cost=level.cost * 1e-6) for level in network.levels
    )
    plan = best(replace(network, levels=levels))
    assert plan.objective_jpy == pytest.approx(290e-6, rel=1e-9)
    assert plan.bound_jpy == pytest.approx(290e-6, rel=1e-9)


def test_first_plan_opens_no_line_for_a_few_tonnes(sets: dict[str, Path]) -> None:
    built = built_model(instance_of(read_network(sets["tbed1"])))
    column = {index[1]: at for index, at in built.columns().items()}
    x = np.zeros(len(built.form.columns))
    x[column["warehouse-0001"]], x[column["warehouse-0002"]] = 1.0, 0.2
    opened = [[h for h in column if way["run_hub", h, *HUB] > 0.5] for way in fewer(built, x)]
    assert opened == [["warehouse-0001", "warehouse-0002"], ["warehouse-0001"]]


def test_every_customer_is_served_however_dear(sets: dict[str, Path]) -> None:
    network = read_network(sets["tbed1"])
    levels = tuple(replace(level, cost=level.cost * 1e9) for level in network.levels)
    plan = best(replace(network, levels=levels))
    assert plan.objective_jpy == pytest.approx(220 + 70e9, rel=1e-9)


def test_facilities_that_cannot_serve_all_are_refused(sets: dict[str, Path]) -> None:
    network = read_network(sets["mauri"])
    more = replace(network, demand=network.demand + np.array([[0, 4], [0, 0]]))
    with pytest.raises(ValueError, match="all plants serve 5 of product 2, expected 6 or more"):
        instance_of(more)
