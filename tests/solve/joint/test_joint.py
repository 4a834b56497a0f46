"""Blocks that share sites and sell to each other: bound and plan enclose the optimum."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from solve_case import (
    EXACT,
    crowded_instance,
    indexed,
    list_columns,
    optimum_jpy,
    random_instance,
    reselling_instance,
    trading_instance,
)

from models import Instance
from siting.solve import solve
from siting.solve.joint.block import blocks_of
from siting.solve.joint.land import Rents, thrifty_first
from siting.solve.start import Prices

JOINT = replace(EXACT, strategy="joint")
SEEDS = range(4)


def names(data: Instance) -> list[str]:
    return [block.name for block in blocks_of(data)]


def test_blocks_sell_to_those_that_come_later() -> None:
    blocks = {block.name: block for block in blocks_of(trading_instance(1))}
    assert list(blocks)[-1] == "residue"
    assert blocks["residue"].buys == {"residue"}
    assert blocks["residue"].sells == set()
    for name in ("waste_plastic", "waste_pv"):
        assert blocks[name].sells == {"residue"}
        assert set(blocks[name].data.supply.index.unique("commodity")) == {name}


def test_every_arc_that_matters_is_in_the_block_of_its_commodity() -> None:
    data = trading_instance(2)
    sites = data.hubs.index.unique("site")
    between = data.arcs.index[
        data.arcs.index.get_level_values("origin").isin(sites)
        & data.arcs.index.get_level_values("destination").isin(sites)
    ]
    found = [block.data.arcs.index for block in blocks_of(data)]
    together = found[0].append(found[1:])
    assert not together.intersection(between).size, "sales between blocks are no arcs of one"
    assert set(together) | set(between) == set(data.arcs.index)


@pytest.mark.parametrize("table", ["limits", "contract", "landfill"])
def test_what_holds_for_all_together_is_not_split(table: str) -> None:
    data = trading_instance(1)
    t = data.periods.index[-1]
    if table == "limits":
        rows = [("kgco2e", t, -np.inf, 1e12)]
        data = replace(
            data,
            limits=pd.DataFrame(
                rows, columns=["quantity", "period", "at_least", "at_most"]
            ).set_index(["quantity", "period"]),
        )
        assert len(blocks_of(data)) == 1
    elif table == "contract":
        sinks = data.sinks.assign(
            contracted_t=(data.sinks.index.get_level_values("commodity") == "residue") * 1.0
        )
        assert len(names(replace(data, sinks=sinks))) == 1
    else:
        caps = indexed(list_columns("disposal_limits"), [("residue", t, 1e6)])
        assert len(names(replace(data, disposal_limits=caps))) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_bound_and_plan_enclose_the_optimum(seed: int) -> None:
    data = trading_instance(seed)
    exact, plan = optimum_jpy(data), solve(data, JOINT)
    slack = 1e-6 * abs(exact) + 1
    assert plan.bound_jpy <= exact + slack
    assert plan.objective_jpy >= exact - slack
    assert plan.gap < 0.15


@pytest.mark.parametrize("seed", [4, 7])
def test_a_block_may_buy_and_sell(seed: int) -> None:
    data = reselling_instance(seed)
    trades = {block.name: (block.buys, block.sells) for block in blocks_of(data)}
    assert trades["residue"] == ({"residue"}, {"ash"})
    assert list(trades)[-2:] == ["residue", "ash"]
    exact, plan = optimum_jpy(data), solve(data, JOINT)
    assert plan.bound_jpy <= exact + 1
    assert plan.objective_jpy >= exact - 1


@pytest.mark.parametrize("seed", SEEDS)
def test_land_that_blocks_compete_for_has_a_rent(seed: int) -> None:
    data = crowded_instance(seed)
    exact, plan = optimum_jpy(data), solve(data, JOINT)
    rent = plan.multipliers.xs("land_within_plot", level="law")["dual_jpy"]
    assert rent.min() < 0
    assert rent.max() <= 0
    assert plan.bound_jpy <= exact + 1
    assert exact - 1 <= plan.objective_jpy <= 1.1 * exact


def test_blocks_of_little_land_come_first_and_else_in_their_order() -> None:
    data = trading_instance(1)
    blocks = blocks_of(data)
    last = min(blocks[-1].technologies)
    pairs = [(site, g) for site in data.sites.index for block in blocks for g in block.technologies]
    index = pd.MultiIndex.from_tuples(pairs, names=["site", "technology"])
    much_m2 = float(data.sites["plot_m2"].sum())
    land_m2 = pd.Series([1.0 if g == last else much_m2 for _, g in pairs], index=index)
    nothing = pd.Series(dtype=float)
    rents = Rents(nothing, land_m2, worth_at=nothing, others=Prices({}))
    assert thrifty_first(blocks, rents, data.sites) == [blocks[-1], *blocks[:-1]]
    assert thrifty_first(blocks, replace(rents, land_m2=0 * land_m2), data.sites) == blocks


@pytest.mark.parametrize("seed", SEEDS)
def test_joint_plan_is_not_far_from_the_search_in_one_piece(seed: int) -> None:
    """A quarter of all mass is traded here; in the national study it is one hundredth."""
    data = trading_instance(seed)
    joint, certified = (
        solve(data, replace(EXACT, strategy=strategy)) for strategy in ("joint", "certified")
    )
    assert joint.objective_jpy <= certified.objective_jpy + 0.1 * abs(certified.objective_jpy)


def test_what_one_block_makes_is_taken_by_another() -> None:
    data = trading_instance(0)
    dear = data.baseline["cost_jpy_per_t"].where(
        data.baseline.index.get_level_values("commodity") != "residue", 0.0
    )
    supply = data.supply.copy()
    of_residue = supply.index.get_level_values("commodity") == "residue"
    supply.loc[of_residue, "acquisition_jpy_per_t"] = 90_000.0
    sinks = data.sinks.copy()
    sinks.loc[sinks.index.get_level_values("commodity") == "residue", "price_jpy_per_t"] = -90_000.0
    data = replace(
        data,
        baseline=data.baseline.assign(cost_jpy_per_t=dear),
        supply=supply,
        sinks=sinks,
        targets=data.targets.drop("residue", level="commodity"),
        commodities=data.commodities.assign(disposal_jpy_per_t=90_000.0),
    )
    plan = solve(data, JOINT)
    burnt = plan.hubs.xs("residue_burning", level="technology")["throughput_t"].sum()
    from_sources = plan.sources.xs("residue", level="commodity")["collected_t"].sum()
    assert burnt > 0
    assert from_sources < 1e-3
    assert plan.bound_jpy <= optimum_jpy(data) + 1


def test_blocks_that_trade_nothing_share_sites() -> None:
    data = random_instance(2, kinds=2)
    sites = data.hubs.index.unique("site")
    columns = ["site", "opening_jpy", "annuity_per_yr"]
    shared = replace(data, sites=indexed(columns, [(h, 5e7, 0.06) for h in sites]))
    assert len(blocks_of(shared)) == 2
    exact, plan = optimum_jpy(shared), solve(shared, JOINT)
    assert plan.bound_jpy <= exact + 1
    assert exact - 1 <= plan.objective_jpy <= 1.1 * exact
    assert "made_is_placed" not in plan.multipliers.index.get_level_values("law")


def test_parts_of_one_block_are_searched_in_one_piece() -> None:
    data = random_instance(3)
    joint, certified = (
        solve(data, replace(EXACT, strategy=strategy)) for strategy in ("joint", "certified")
    )
    assert joint.objective_jpy == certified.objective_jpy
    assert joint.bound_jpy == certified.bound_jpy


def test_plan_found_earlier_is_never_beaten_by_what_follows() -> None:
    data = trading_instance(1)
    first = solve(data, JOINT)
    again = solve(data, replace(JOINT, time_limit_s=1.0), known=[first])
    assert again.objective_jpy <= first.objective_jpy + 1
    assert again.known_jpy[0] == pytest.approx(first.objective_jpy, rel=1e-9)
