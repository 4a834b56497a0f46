"""What a plan's tables say agrees with the model, with each other and with the instance."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from model_case import SHIP, imbalance, with_column, with_port, with_ship, without_rows

from models import Instance, Plan
from models.plan import COST_PARTS, KGCO2E_PARTS, gap, merged
from siting.solve import Effort, solve

EXACT = Effort(gap=0, time_limit_s=20)
VARIANTS: dict[str, Callable[[Instance], Instance]] = {
    "toy": lambda data: data,
    "market": lambda data: without_rows(data, "targets"),
    "short": lambda data: with_column(data, "hubs", max_lines=0),
    "dump": lambda data: with_column(data, "sinks", demand_t=30.0),
    "carbon": lambda data: with_column(data, "periods", carbon_price_jpy_per_t=20_000.0),
    "service": lambda data: with_port(with_ship(data, hold_t_per_t=1.7), SHIP, 35),
}


def tables_of(plan: Plan) -> dict[str, pd.DataFrame]:
    """Return every table of `plan` by its name."""
    found = {field.name: getattr(plan, field.name) for field in fields(Plan)}
    return {name: value for name, value in found.items() if isinstance(value, pd.DataFrame)}


@pytest.fixture(scope="module", params=VARIANTS)
def solved(request: pytest.FixtureRequest, toy: Instance) -> tuple[Instance, Plan]:
    data = VARIANTS[request.param](toy)
    return data, solve(data, EXACT)


def test_nothing_appears_or_vanishes_at_any_node(solved: tuple[Instance, Plan]) -> None:
    data, plan = solved
    assert imbalance(plan, data).abs().max() < 1e-6


def test_costs_sum_to_the_objective(solved: tuple[Instance, Plan]) -> None:
    data, plan = solved
    assert plan.costs["present_value_jpy"].sum() == pytest.approx(plan.objective_jpy, rel=1e-9)
    discount_yr = data.periods["discount_yr"].reindex(plan.costs.index.get_level_values("period"))
    yearly = plan.costs["cost_jpy_per_yr"] * discount_yr.to_numpy()
    pd.testing.assert_series_equal(yearly, plan.costs["present_value_jpy"], check_names=False)


def test_cost_parts_follow_from_the_tables(solved: tuple[Instance, Plan]) -> None:
    data, plan = solved
    parts = plan.costs["cost_jpy_per_yr"].groupby(level="part").sum()
    assert parts["transport"] == pytest.approx(plan.flows["cost_jpy"].sum())
    assert parts["market"] == pytest.approx(-plan.sinks["sales_jpy"].sum())
    left = plan.sources["uncollected_t"] * data.baseline["cost_jpy_per_t"]
    assert parts["baseline"] == pytest.approx(left.sum())
    hubs = plan.hubs.join(data.hubs[["running_jpy_per_yr", "annuity_per_yr"]])
    assert parts["running"] == pytest.approx((hubs["lines"] * hubs["running_jpy_per_yr"]).sum())
    once = hubs["opening_jpy"] * hubs["annuity_per_yr"]
    yearly = once.groupby(level=["site", "technology", "size"]).cumsum().sum()
    assert parts["opening"] == pytest.approx(yearly)


def test_services_and_berths_follow_from_the_flows(solved: tuple[Instance, Plan]) -> None:
    data, plan = solved
    parts = plan.costs["cost_jpy_per_yr"].groupby(level="part").sum()
    assert parts["services"] == pytest.approx(plan.services["cost_jpy"].sum())
    assert len(plan.services) == len(data.services) * len(data.periods)
    assert len(plan.berths) == len(data.berths) * len(data.periods)
    by_ship = plan.flows["flow_t"][plan.flows.index.get_level_values("mode") == SHIP].sum()
    assert plan.services["carried_t"].sum() == pytest.approx(1.7 * by_ship)
    assert plan.berths["handled_t"].sum() == pytest.approx(by_ship)
    assert (plan.services["carried_t"] <= plan.services["capacity_t"] + 1e-6).all()
    assert (plan.berths["handled_t"] <= plan.berths["capacity_t_per_yr"] + 1e-6).all()


def test_service_of_the_variants_is_used(toy: Instance) -> None:
    plan = solve(VARIANTS["service"](toy), EXACT)
    assert plan.services["running"].to_dict() == {(SHIP, 2025): 0, (SHIP, 2030): 1}
    assert plan.berths["handled_t"].xs(2030, level="period").to_list() == pytest.approx([35])


def test_emissions_follow_from_the_tables(solved: tuple[Instance, Plan]) -> None:
    data, plan = solved
    parts = plan.kgco2e["kgco2e_per_yr"].groupby(level="part").sum()
    assert set(parts.index) == set(KGCO2E_PARTS)
    assert parts["transport"] == pytest.approx(plan.flows["kgco2e"].sum())
    credit = (plan.sinks["inflow_t"] * data.sinks["credit_kgco2e_per_t"]).sum()
    assert parts["market"] == pytest.approx(-credit)


def test_hubs_treat_at_most_their_capacity(solved: tuple[Instance, Plan]) -> None:
    _, plan = solved
    assert (plan.hubs["throughput_t"] <= plan.hubs["capacity_t"] + 1e-6).all()
    assert (plan.sinks["inflow_t"] <= plan.sinks["demand_t"] + 1e-6).all()


def test_every_table_has_its_index_sorted(solved: tuple[Instance, Plan]) -> None:
    _, plan = solved
    for table in tables_of(plan).values():
        assert table.index.is_monotonic_increasing
        assert table.index.is_unique


def test_flow_costs_and_emits_by_the_tonne_of_its_arc(toy_plan: Plan) -> None:
    row = toy_plan.flows.loc[("B", "H", "truck", "waste_plastic", 2030)]
    expected = {
        "flow_t": 30, "distance_km": 90, "hours": 2.5,
        "tkm": 30 * 90, "cost_jpy": 30 * 8000, "kgco2e": 30 * 20,
    }  # fmt: skip
    assert row.to_dict() == pytest.approx(expected)


def test_line_is_opened_once(toy: Instance) -> None:
    hubs = solve(without_rows(toy, "targets"), EXACT).hubs
    assert hubs["lines"].to_list() == [1, 1]
    assert hubs["opened_lines"].to_list() == [1, 0]
    assert hubs["opening_jpy"].to_list() == [1_000_000, 0]


def test_target_reports_what_is_collected(toy_plan: Plan) -> None:
    target = toy_plan.targets.loc[("waste_plastic", 2030)]
    assert target["supply_t"] == 100
    assert target["collected_share"] == pytest.approx(0.9)
    assert target["min_collected_share"] == 0.9


def test_what_no_sink_takes_is_disposed_of(toy: Instance) -> None:
    plan = solve(with_column(toy, "sinks", demand_t=30.0), EXACT)
    pellet = plan.disposals["disposal_t"].xs("recycled_pellet", level="commodity")
    assert pellet.to_dict() == pytest.approx({("H", 2030): 0.8 * 90 - 30})


def test_blocks_own_the_cost_parts(toy_plan: Plan) -> None:
    pairs = toy_plan.costs.index.droplevel("period").unique()
    assert {part: block for block, part in pairs} == COST_PARTS


def test_merged_plan_adds_costs_and_bounds(toy_plan: Plan) -> None:
    half = replace(toy_plan, bound_jpy=toy_plan.bound_jpy / 2)
    both = merged([toy_plan, half], tolerance=0.2)
    assert both.objective_jpy == 2 * toy_plan.objective_jpy
    assert both.bound_jpy == 1.5 * toy_plan.bound_jpy
    assert both.gap == pytest.approx(0.25)
    pd.testing.assert_frame_equal(both.costs, 2 * toy_plan.costs)
    pd.testing.assert_frame_equal(both.kgco2e, 2 * toy_plan.kgco2e)
    pd.testing.assert_frame_equal(both.disposals, 2 * toy_plan.disposals)
    assert both.flows["flow_t"].sum() == pytest.approx(2 * toy_plan.flows["flow_t"].sum())
    assert both.flows["distance_km"].max() == toy_plan.flows["distance_km"].max()
    assert both.sinks["demand_t"].to_list() == toy_plan.sinks["demand_t"].to_list()
    assert len(both.bounds) == 2


@pytest.mark.parametrize(("tolerance", "status"), [(0.2, "limit"), (0.25, "optimal")])
def test_merged_plan_is_optimal_if_its_sums_are(
    toy_plan: Plan, tolerance: float, status: str
) -> None:
    half = replace(toy_plan, bound_jpy=toy_plan.bound_jpy / 2)
    assert merged([toy_plan, half], tolerance).status == status


def test_merging_one_plan_changes_nothing(toy_plan: Plan) -> None:
    alone = merged([toy_plan], tolerance=0)
    for name, table in tables_of(toy_plan).items():
        pd.testing.assert_frame_equal(getattr(alone, name), table)


@pytest.mark.parametrize(
    ("objective", "bound", "expected"),
    [(100, 99, 0.01), (-99, -100, 1 / 99), (5, 5, 0), (0, 0, 0), (5, 6, 0)],
)
def test_gap_is_relative_to_the_plan(objective: float, bound: float, expected: float) -> None:
    assert gap(objective, bound) == pytest.approx(expected)


def test_gap_of_a_free_plan_is_nothing_or_unknown() -> None:
    assert gap(0.0, -0.5) == 0.0
    assert gap(0.0, -1e6) == float("inf")


def test_amounts_that_are_rounding_are_nothing(toy_plan: Plan) -> None:
    amounts = [toy_plan.flows["flow_t"], toy_plan.sinks["inflow_t"]]
    assert all(np.min(amount) > 1e-7 for amount in amounts)
