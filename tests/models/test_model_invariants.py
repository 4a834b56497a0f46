"""Laws that hold for every instance: made-up ones, small enough to be solved exactly."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_case import imbalance

from models import Instance
from siting.solve import Effort, solve

EXACT = Effort(gap=0, time_limit_s=20)
SOME = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MONEY = ("opening_jpy", "running_jpy_per_yr", "handling_jpy_per_t", "labour_jpy_per_yr")


@st.composite
def studies(draw: st.DrawFn) -> Instance:
    """Return two or three towns, two sites, one mill, and a share of every feature."""
    number = st.integers(1, 60)
    towns = [f"T{n}" for n in range(draw(st.integers(2, 3)))]
    sites, periods = ["H", "K"], [2025, 2030]
    supply = [(i, "waste", t, draw(number), 0) for i in towns for t in periods]
    hubs = [
        (h, "make", s, q * draw(st.integers(1, 2)), 2, 1e4 * draw(number), 0.1, 1e3 * draw(number),
         10 * draw(number), 100, 5, draw(st.sampled_from([0, 1])), draw(number), 1e3 * draw(number))
        for h in sites
        for s, q in (("small", 20), ("large", 50))
    ]  # fmt: skip
    arcs = [
        (i, h, "truck", "waste", 10, 1, 20 * draw(number), draw(number))
        for i in towns
        for h in sites
    ]
    arcs += [(h, "J", "truck", "goods", 10, 1, 20 * draw(number), draw(number)) for h in sites]
    return Instance(
        periods=frame("period", [(2025, 5, 4.5, draw(number) * 100, 0.4), (2030, 5, 3.6, 0, 0.3)],
                      "years discount_yr carbon_price_jpy_per_t grid_kgco2e_per_kwh"),
        commodities=frame("commodity", [(k, 500, 10) for k in ("waste", "goods", "rest")],
                          "disposal_jpy_per_t disposal_kgco2e_per_t"),
        supply=frame("source commodity period", supply, "supply_t acquisition_jpy_per_t"),
        baseline=frame("source commodity period",
                       [(*r[:3], 100 * draw(number), 30) for r in supply],
                       "cost_jpy_per_t kgco2e_per_t"),
        targets=frame("commodity period", [("waste", 2030, draw(number) / 100, 1e5)],
                      "min_collected_share shortfall_jpy_per_t"),
        recipes=frame("technology commodity", [("make", "waste", 1, 0), ("make", "goods", 0, 0.75),
                                               ("make", "rest", 0, 0.25)],
                      "input_t_per_t yield_t_per_t"),
        hubs=frame("site technology size", hubs,
                   "capacity_t max_lines opening_jpy annuity_per_yr running_jpy_per_yr "
                   "handling_jpy_per_t kwh_per_t kgco2e_per_t may_close jobs labour_jpy_per_yr"),
        sinks=frame("sink commodity period",
                    [("J", "goods", t, 50 * draw(number), 60, 20) for t in periods],
                    "price_jpy_per_t demand_t credit_kgco2e_per_t"),
        arcs=frame("origin destination mode commodity", arcs,
                   "distance_km hours cost_jpy_per_t kgco2e_per_t"),
        sites=frame("site", [(h, 1e4 * draw(number), 0.08) for h in sites],
                    "opening_jpy annuity_per_yr"),
    )  # fmt: skip


def frame(index: str, rows: list[tuple[object, ...]], columns: str) -> pd.DataFrame:
    """Return `rows` with the words of `index` as index and those of `columns` as columns."""
    table = pd.DataFrame(rows, columns=[*index.split(), *columns.split()])
    return table.set_index(index.split()).sort_index()


@SOME
@given(studies())
def test_mass_balances_and_costs_sum_to_the_objective(data: Instance) -> None:
    plan = solve(data, EXACT)
    assert imbalance(plan, data).abs().max() <= 1e-6
    assert plan.costs["present_value_jpy"].sum() == pytest.approx(plan.objective_jpy, abs=1)
    assert plan.bound_jpy <= plan.objective_jpy + 1


@SOME
@given(studies())
def test_bound_of_the_merged_model_is_below_the_optimum(data: Instance) -> None:
    exact = solve(data, EXACT)
    merged = solve(data, replace(EXACT, strategy="certified", clusters=1, arcs_per_source=1))
    tolerance = 1e-6 * abs(exact.objective_jpy) + 1
    assert merged.bound_jpy <= exact.objective_jpy + tolerance
    assert merged.objective_jpy >= exact.objective_jpy - tolerance


@SOME
@given(studies())
def test_a_further_site_never_raises_cost(data: Instance) -> None:
    without = replace(
        data,
        hubs=data.hubs.drop("K", level="site"),
        sites=data.sites.drop("K"),
        arcs=data.arcs.drop("K", level="origin").drop("K", level="destination"),
    )
    assert solve(data, EXACT).objective_jpy <= solve(without, EXACT).objective_jpy + 1


@SOME
@given(studies())
def test_all_money_doubled_doubles_the_cost(data: Instance) -> None:
    twice = replace(
        data,
        periods=data.periods.assign(
            carbon_price_jpy_per_t=data.periods["carbon_price_jpy_per_t"] * 2
        ),
        commodities=data.commodities.assign(
            disposal_jpy_per_t=data.commodities["disposal_jpy_per_t"] * 2
        ),
        baseline=data.baseline.assign(cost_jpy_per_t=data.baseline["cost_jpy_per_t"] * 2),
        targets=data.targets.assign(shortfall_jpy_per_t=data.targets["shortfall_jpy_per_t"] * 2),
        hubs=data.hubs.assign(**{name: data.hubs[name] * 2 for name in MONEY}),
        sinks=data.sinks.assign(price_jpy_per_t=data.sinks["price_jpy_per_t"] * 2),
        arcs=data.arcs.assign(cost_jpy_per_t=data.arcs["cost_jpy_per_t"] * 2),
        sites=data.sites.assign(opening_jpy=data.sites["opening_jpy"] * 2),
    )
    once = solve(data, EXACT).objective_jpy
    assert solve(twice, EXACT).objective_jpy == pytest.approx(2 * once, abs=2)


@SOME
@given(studies())
def test_renaming_changes_nothing(data: Instance) -> None:
    names = {"H": "Z", "T0": "A9"}
    renamed = {
        name: getattr(data, name).rename(index=names).sort_index()
        for name in ("supply", "baseline", "hubs", "arcs", "sites")
    }
    same = solve(replace(data, **renamed), EXACT).objective_jpy
    assert same == pytest.approx(solve(data, EXACT).objective_jpy, abs=1)
