"""The plan obeys the laws every optimum obeys, and its bound is honest."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from solve_case import EXACT, optimum_jpy, without_site

from models import Instance, build_model
from models.instance import TABLES
from siting.solve import Effort, solve
from siting.solve.highs import relax
from siting.solve.line import Built, built_model, carried, lines_of
from siting.solve.matrix import JPY_PER_UNIT, load, matrix

Draw = Callable[..., Instance]
MONEY = {
    "periods": ["carbon_price_jpy_per_t"],
    "commodities": ["disposal_jpy_per_t"],
    "supply": ["acquisition_jpy_per_t"],
    "baseline": ["cost_jpy_per_t"],
    "targets": ["shortfall_jpy_per_t"],
    "hubs": ["opening_jpy", "running_jpy_per_yr", "handling_jpy_per_t"],
    "sinks": ["price_jpy_per_t"],
    "arcs": ["cost_jpy_per_t"],
}


def rough(arcs_per_source: int) -> Effort:
    """Return an effort that merges sources and leaves arcs out."""
    return Effort(gap=0, arcs_per_source=arcs_per_source, clusters=3, strategy="certified")


def doubled(data: Instance) -> Instance:
    """Return `data` with every price twice as high."""
    tables = {name: getattr(data, name).copy() for name in MONEY}
    for name, columns in MONEY.items():
        tables[name][columns] *= 2
    return replace(data, **tables)


def renamed(data: Instance) -> Instance:
    """Return `data` with its nodes renamed, so that they sort the other way round."""
    levels = ["source", "site", "sink", "origin", "destination"]
    names = sorted({n for lv in levels for t in tables_with(data, lv) for n in t.index.unique(lv)})
    new = {name: f"N{len(names) - number:03d}" for number, name in enumerate(names)}
    tables = {}
    for name, spec in TABLES.items():
        table = getattr(data, name)
        for level in set(levels) & set(spec.index):
            table = table.rename(index=new, level=level)
        tables[name] = table.sort_index()
    return Instance(**tables)


def tables_with(data: Instance, level: str) -> list[pd.DataFrame]:
    return [getattr(data, name) for name, spec in TABLES.items() if level in spec.index]


def relaxed_share(data: Instance, commodity: str, t: int) -> float:
    """Return the share that is collected where lines may be fractions."""
    m = build_model(data)
    form = matrix(m)
    load(form, relax(form).x)
    total = data.supply["supply_t"].xs((commodity, t), level=("commodity", "period")).sum()
    left = sum(v.value for (_, k, tt), v in m.uncollected.items() if (k, tt) == (commodity, t))
    return float(1 - left / total)


def test_toy_is_proven_optimal_at_gap_zero(toy: Instance) -> None:
    plan = solve(toy, Effort(gap=0, time_limit_s=20))
    assert plan.status == "optimal"
    assert plan.gap <= 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_plan_is_the_optimum_where_all_arcs_are_kept(random_instance: Draw, seed: int) -> None:
    data = random_instance(seed)
    plan = solve(data, EXACT)
    assert plan.objective_jpy == pytest.approx(optimum_jpy(data), rel=1e-6)
    assert plan.gap < 1e-6


@pytest.mark.parametrize("arcs_per_source", [1, 2, 3])
@pytest.mark.parametrize("seed", [0, 3])
def test_optimum_lies_between_bound_and_plan(
    random_instance: Draw, seed: int, arcs_per_source: int
) -> None:
    data = random_instance(seed)
    plan = solve(data, rough(arcs_per_source))
    optimum = optimum_jpy(data)
    assert plan.bound_jpy <= optimum * (1 + 1e-9)
    assert plan.objective_jpy >= optimum * (1 - 1e-9)
    assert (plan.status == "optimal") == (plan.gap <= 1e-9)
    assert (plan.bounds["core_arcs"] <= plan.bounds["arcs"]).all()


@pytest.mark.parametrize("seed", [1, 3])
def test_adding_a_site_never_raises_cost(random_instance: Draw, seed: int) -> None:
    data = random_instance(seed)
    fewer = solve(without_site(data, "S0"), EXACT).objective_jpy
    assert solve(data, EXACT).objective_jpy <= fewer * (1 + 1e-9)


@pytest.mark.parametrize("seed", [1, 6])
def test_doubling_every_price_doubles_the_cost(random_instance: Draw, seed: int) -> None:
    data = random_instance(seed)
    once, twice = solve(data, EXACT), solve(doubled(data), EXACT)
    assert twice.objective_jpy == pytest.approx(2 * once.objective_jpy, rel=1e-6)
    fees = [plan.targets["fee_jpy_per_t"].iloc[0] for plan in (once, twice)]
    assert fees[1] == pytest.approx(2 * fees[0], rel=1e-4, abs=1e-3)


@pytest.mark.parametrize("seed", [1, 6])
def test_renaming_nodes_changes_nothing(random_instance: Draw, seed: int) -> None:
    data = random_instance(seed)
    once, again = solve(data, EXACT), solve(renamed(data), EXACT)
    assert again.objective_jpy == pytest.approx(once.objective_jpy, rel=1e-6)
    assert sorted(again.hubs["lines"]) == sorted(once.hubs["lines"])


def test_same_instance_gives_the_same_plan(random_instance: Draw) -> None:
    plans = [solve(random_instance(6), EXACT) for _ in range(2)]
    pd.testing.assert_frame_equal(plans[0].flows, plans[1].flows)
    pd.testing.assert_frame_equal(plans[0].hubs, plans[1].hubs)


def test_targets_are_met_or_missed_at_their_price(random_instance: Draw) -> None:
    plan = solve(random_instance(6), EXACT)
    wanted = plan.targets["min_collected_share"] * plan.targets["supply_t"]
    reached = plan.targets["collected_t"] + plan.targets["shortfall_t"]
    assert (reached >= wanted - 1e-6).all()


@pytest.mark.parametrize(("extra_jpy", "share"), [(-50, 0.6), (50, 1.0)])
def test_market_reaches_the_target_for_its_fee(
    toy: Instance, extra_jpy: float, share: float
) -> None:
    fee = solve(toy, EXACT).targets["fee_jpy_per_t"].loc["waste_plastic", 2030]
    later = toy.supply.index.get_level_values("period") == 2030
    paid = toy.supply["acquisition_jpy_per_t"] - (fee + extra_jpy) * later
    free = replace(
        toy, supply=toy.supply.assign(acquisition_jpy_per_t=paid), targets=toy.targets.iloc[:0]
    )
    assert relaxed_share(free, "waste_plastic", 2030) == pytest.approx(share, abs=1e-4)


def test_progress_names_the_part_and_each_step(toy: Instance) -> None:
    told: list[str] = []
    solve(toy, Effort(gap=0), told.append)
    assert all(line.startswith("waste_plastic: ") for line in told)
    steps = ("relaxation", "search", "plan")
    assert all(any(line.split(": ")[1].startswith(s) for line in told) for s in steps)


ROUGH = Effort(gap=0.2, time_limit_s=5, arcs_per_source=1, clusters=2, strategy="certified")


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_plan_with_services_is_the_optimum_where_all_arcs_are_kept(
    shared_instance: Draw, seed: int
) -> None:
    data = shared_instance(seed)
    plan = solve(data, EXACT)
    assert plan.objective_jpy == pytest.approx(optimum_jpy(data), rel=1e-6)
    assert plan.gap < 1e-6


@pytest.mark.parametrize("arcs_per_source", [1, 3])
@pytest.mark.parametrize("seed", [0, 2])
def test_optimum_with_services_lies_between_bound_and_plan(
    shared_instance: Draw, seed: int, arcs_per_source: int
) -> None:
    data = shared_instance(seed)
    plan = solve(data, rough(arcs_per_source))
    optimum = optimum_jpy(data)
    assert plan.bound_jpy <= optimum * (1 + 1e-9)
    assert plan.objective_jpy >= optimum * (1 - 1e-9)
    lots = data.services["min_lot_t"].reindex(plan.services.index.get_level_values("service"))
    short = plan.services["carried_t"] < lots.to_numpy() * plan.services["running"] - 1e-5
    assert not short.any()


def by_truck(data: Instance) -> Instance:
    """Return `data` with no mode but trucks."""
    only = data.with_arcs(data.arcs.index.get_level_values("mode") == "truck")
    return replace(only, services=data.services.iloc[:0], stowage=data.stowage.iloc[:0])


@pytest.mark.parametrize("table_only", [True, False])
@pytest.mark.parametrize("seed", [0, 1, 2, 4])
def test_adding_modes_never_raises_the_cost_of_a_known_plan(
    shared_instance: Draw, seed: int, *, table_only: bool
) -> None:
    data = shared_instance(seed)
    before = solve(by_truck(data), EXACT)
    after = solve(data, ROUGH, known=[before.hubs if table_only else before])
    if not table_only:
        assert after.objective_jpy <= before.objective_jpy * (1 + 1e-9)
    lines = lines_of(built := model_of(data), before.hubs)
    evaluated = carried(built, lines).objective * JPY_PER_UNIT
    assert evaluated <= before.objective_jpy * (1 + 1e-9)
    all_arcs = solve(data, replace(ROUGH, arcs_per_source=99), known=[before.hubs])
    assert all_arcs.objective_jpy <= evaluated * (1 + 1e-9)
    assert len(after.known_jpy) == len(all_arcs.known_jpy) == 1
    assert all_arcs.known_jpy[0] <= evaluated * (1 + 1e-9)
    assert after.objective_jpy <= after.known_jpy[0] * (1 + 1e-9)


def model_of(data: Instance) -> Built:
    return built_model(data)


@pytest.mark.parametrize("seed", [1, 3])
def test_known_plan_with_services_is_not_forgotten(shared_instance: Draw, seed: int) -> None:
    data = shared_instance(seed)
    best = solve(data, EXACT)
    rough = solve(data, ROUGH)
    again = solve(data, ROUGH, known=[rough, best])
    assert again.objective_jpy == pytest.approx(best.objective_jpy, rel=1e-6)
    assert rough.objective_jpy > best.objective_jpy * (1 + 1e-4)
    assert again.bound_jpy <= best.objective_jpy


def test_known_plan_of_another_place_does_no_harm(random_instance: Draw) -> None:
    data, other = random_instance(1), random_instance(2)
    once = solve(data, EXACT)
    again = solve(data, EXACT, known=[solve(other, ROUGH), once.hubs.iloc[:0]])
    assert again.objective_jpy == pytest.approx(once.objective_jpy, rel=1e-9)
