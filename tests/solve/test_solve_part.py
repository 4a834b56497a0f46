"""Parts share no decision, so their optima add up to the whole."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from solve_case import EXACT, indexed, list_columns, optimum_jpy

from models import Instance
from models.instance import TABLES
from siting.solve import solve
from siting.solve.part import independent_parts, joining_commodities

Draw = Callable[..., Instance]
BOTH = ["plastic_recycling", "pv_recycling"]


def technologies(data: Instance) -> list[list[str]]:
    return [sorted(p.recipes.index.unique("technology")) for p in independent_parts(data)]


def with_unhandled_waste(data: Instance) -> Instance:
    """Return `data` with as much again of a waste that no technology takes."""
    tables = {name: getattr(data, name) for name in ("commodities", "supply", "baseline")}
    twice = {
        name: pd.concat([table, table.loc[rows(table)].rename(index={"waste_plastic": "wood"})])
        for name, table in tables.items()
    }
    return replace(data, **{name: table.sort_index() for name, table in twice.items()})


def rows(table: pd.DataFrame) -> np.ndarray:
    return table.index.get_level_values("commodity") == "waste_plastic"


def test_separate_inputs_and_endless_sinks_make_two_parts(random_instance: Draw) -> None:
    data = random_instance(0, kinds=2)
    assert technologies(data) == [[name] for name in BOTH]
    assert "residue" not in joining_commodities(data)


def test_limited_shared_sink_joins_the_parts(random_instance: Draw) -> None:
    data = random_instance(0, kinds=2, residue_demand_t=100.0)
    assert technologies(data) == [BOTH]
    assert "residue" in joining_commodities(data)


def test_shared_input_joins_the_parts(random_instance: Draw) -> None:
    data = random_instance(0, kinds=2)
    extra = data.recipes.rename(index={"waste_pv": "waste_plastic"}, level="commodity")
    half = pd.concat([data.recipes, extra.loc[["pv_recycling"]].iloc[-1:]])
    half.loc["pv_recycling", "input_t_per_t"] = [0, 0, 0.5, 0.5]
    assert technologies(replace(data, recipes=half)) == [BOTH]


def test_every_row_is_in_some_part_and_no_decision_in_two(random_instance: Draw) -> None:
    data = random_instance(1, kinds=2)
    parts = independent_parts(data)
    for name in TABLES:
        found = pd.concat([getattr(p, name) for p in parts]).index
        assert set(found) == set(getattr(data, name).index)
    for name in ("supply", "hubs", "targets", "recipes"):
        assert sum(len(getattr(p, name)) for p in parts) == len(getattr(data, name))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("residue_demand_t", [np.inf, 100.0])
def test_parts_sum_to_the_joint_optimum(
    random_instance: Draw, seed: int, residue_demand_t: float
) -> None:
    data = random_instance(seed, kinds=2, residue_demand_t=residue_demand_t)
    plan = solve(data, EXACT)
    assert plan.objective_jpy == pytest.approx(optimum_jpy(data), rel=1e-6)
    assert len(plan.bounds) == (2 if np.isinf(residue_demand_t) else 1)
    assert plan.bounds["objective_jpy"].sum() == pytest.approx(plan.objective_jpy)


def test_by_product_of_two_parts_is_one_row(random_instance: Draw) -> None:
    plan = solve(random_instance(1, kinds=2), EXACT)
    assert plan.flows.index.is_unique
    assert plan.sinks.index.is_unique
    arrived = plan.flows["flow_t"].groupby(level=["destination", "commodity", "period"]).sum()
    arrived = arrived.reindex(plan.sinks.index.rename(arrived.index.names))
    assert plan.sinks["inflow_t"].to_list() == pytest.approx(arrived.to_list())


def test_waste_without_a_technology_keeps_its_baseline_cost(toy: Instance) -> None:
    wider = with_unhandled_waste(toy)
    assert solve(wider, EXACT).objective_jpy == pytest.approx(optimum_jpy(wider))


def with_rides(data: Instance, commodities: list[str], min_lot_t: float = 0.0) -> Instance:
    """Return `data` with a cheap service for `commodities`, beside every truck."""
    trucks = data.arcs.xs("truck", level="mode", drop_level=False)
    chosen = trucks[trucks.index.get_level_values("commodity").isin(commodities)]
    ride = chosen.rename(index={"truck": "ship:S"}, level="mode")
    arcs = pd.concat([data.arcs, ride.assign(cost_jpy_per_t=1_000.0)])
    services = indexed(list_columns("services"), [("ship:S", 3e5, 400.0, min_lot_t)])
    return replace(data, arcs=arcs, services=services)


def test_shared_service_joins_the_parts(random_instance: Draw) -> None:
    data = random_instance(0, kinds=2)
    assert technologies(with_rides(data, ["waste_plastic"])) == [[name] for name in BOTH]
    assert technologies(with_rides(data, ["waste_plastic", "waste_pv"])) == [BOTH]
    assert technologies(with_rides(data, ["residue"])) == [BOTH]


def test_limited_port_joins_the_parts(random_instance: Draw) -> None:
    data = random_instance(0, kinds=2)
    arcs = data.arcs.xs("rail", level="mode", drop_level=False).index
    for commodities, expected in (
        (["waste_pv"], [[n] for n in BOTH]),
        (["waste_pv", "plastic_product"], [BOTH]),
    ):
        calls = [("P", *arc, 1.0) for arc in arcs if arc[3] in commodities]
        limited = replace(
            data,
            berths=indexed(list_columns("berths"), [("P", 100.0)]),
            calls=indexed(list_columns("calls"), calls),
        )
        assert technologies(limited) == expected
        assert sum(len(p.calls) for p in independent_parts(limited)) == len(calls)
        assert sum(len(p.berths) for p in independent_parts(limited)) == 1


@pytest.mark.parametrize("commodities", [["waste_plastic"], ["waste_plastic", "waste_pv"]])
def test_parts_with_a_service_sum_to_the_joint_optimum(
    random_instance: Draw, commodities: list[str]
) -> None:
    data = with_rides(random_instance(2, kinds=2), commodities, min_lot_t=100.0)
    plan = solve(data, EXACT)
    assert plan.objective_jpy == pytest.approx(optimum_jpy(data), rel=1e-6)
    assert len(plan.bounds) == 3 - len(commodities)
    assert len(plan.services) == len(data.periods)


def test_every_row_of_the_limits_is_in_one_part(shared_instance: Draw) -> None:
    data = shared_instance(1, kinds=2)
    idle = data.services.rename(index={"rail:R": "rail:idle"}).loc[["rail:idle"]]
    data = replace(data, services=pd.concat([data.services, idle]))
    parts = independent_parts(data)
    for name in ("services", "stowage", "berths", "calls"):
        found = pd.concat([getattr(p, name) for p in parts]).index
        assert sorted(found) == sorted(getattr(data, name).index)


def test_waste_without_a_technology_joins_by_its_service(random_instance: Draw) -> None:
    data = with_unhandled_waste(random_instance(0, kinds=2))
    sinks = data.sinks.xs("residue", level="commodity", drop_level=False)
    sinks = sinks.rename(index={"residue": "wood"}, level="commodity")
    source = data.supply.index.unique("source")[0]
    ride = data.arcs.xs("residue", level="commodity", drop_level=False).iloc[:1]
    to = (source, ride.index[0][1], "ship:S", "wood")
    ride = ride.set_axis(pd.MultiIndex.from_tuples([to], names=ride.index.names))
    data = with_rides(replace(data, sinks=pd.concat([data.sinks, sinks])), ["waste_pv"])
    parts = independent_parts(replace(data, arcs=pd.concat([data.arcs, ride])))
    assert ["wood" in p.supply.index.unique("commodity") for p in parts] == [False, True]
    assert [len(p.services) for p in parts] == [0, 1]
