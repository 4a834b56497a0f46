"""Clusters stand for their members: nothing is lost, and the plan is costed with all sources."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from solve_case import EXACT, optimum_jpy

from models import Instance
from siting.solve import Effort, solve
from siting.solve.arc import collecting
from siting.solve.cluster import clustered

Draw = Callable[..., Instance]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_clusters_keep_the_total_supply(random_instance: Draw, count: int) -> None:
    data = random_instance(0, kinds=2)
    small = clustered(data, count)
    totals = [d.supply["supply_t"].groupby(["commodity", "period"]).sum() for d in (data, small)]
    pd.testing.assert_series_equal(*totals)
    assert small.supply.groupby("commodity").apply(sources).le(count).all()


def sources(table: pd.DataFrame) -> int:
    return table.index.get_level_values("source").nunique()


def test_clusters_keep_the_total_cost_of_present_treatment(random_instance: Draw) -> None:
    data = random_instance(2)
    small = clustered(data, 3)
    for table, column in (("baseline", "cost_jpy_per_t"), ("supply", "acquisition_jpy_per_t")):
        totals = [(getattr(d, table)[column] * d.supply["supply_t"]).sum() for d in (data, small)]
        assert totals[1] == pytest.approx(totals[0])


def test_cluster_ships_at_its_members_mean_price(random_instance: Draw) -> None:
    data = random_instance(1)
    one = clustered(data, 1)
    weight = data.supply["supply_t"].groupby(level="source").sum()
    arcs = data.arcs[collecting(data)]["cost_jpy_per_t"].unstack("origin")
    mean = (arcs * weight).sum(axis=1) / weight.sum()
    merged = one.arcs[collecting(one)]["cost_jpy_per_t"].droplevel("origin")
    pd.testing.assert_series_equal(merged.sort_index(), mean.sort_index(), check_names=False)


def test_deliveries_are_not_merged(random_instance: Draw) -> None:
    data = random_instance(0)
    small = clustered(data, 2)
    pd.testing.assert_frame_equal(
        small.arcs[~collecting(small)], data.arcs[~collecting(data)], check_like=True
    )


def test_enough_clusters_change_nothing(random_instance: Draw) -> None:
    data = random_instance(0)
    assert clustered(data, 12) is data


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("seed", [1, 2, 5])
def test_plan_from_clusters_is_never_below_the_optimum(
    random_instance: Draw, seed: int, count: int
) -> None:
    data = random_instance(seed)
    plan = solve(data, replace(EXACT, clusters=count))
    optimum = optimum_jpy(data)
    assert plan.objective_jpy >= optimum * (1 - 1e-9)
    assert plan.bound_jpy <= optimum * (1 + 1e-9)
    assert len(plan.sources) == len(data.supply)


def test_source_without_an_arc_keeps_its_supply(random_instance: Draw) -> None:
    data = random_instance(0)
    stranded = data.with_arcs(data.arcs.index.get_level_values("origin") != "00000")
    small = clustered(stranded, 3)
    assert small.supply["supply_t"].sum() == pytest.approx(data.supply["supply_t"].sum())


def test_instance_without_arcs_leaves_everything(toy: Instance) -> None:
    bare = toy.with_arcs(pd.Series(False, index=toy.arcs.index).to_numpy())
    plan = solve(bare, Effort(gap=0))
    assert plan.targets["shortfall_t"].to_list() == pytest.approx([90])
