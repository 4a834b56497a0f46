"""Clusters stand for their members: nothing is lost, and the plan is costed with all sources."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from solve_case import EXACT, indexed, list_columns, optimum_jpy

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
    data = data.with_arcs(data.arcs.index.get_level_values("mode") == "truck")
    one = clustered(data, 1)
    weight = data.supply["supply_t"].groupby(level="source").sum()
    arcs = data.arcs[collecting(data)]["cost_jpy_per_t"].xs("truck", level="mode")
    arcs = arcs.unstack("origin")
    mean = (arcs * weight).sum(axis=1) / weight.sum()
    merged = one.arcs[collecting(one)]["cost_jpy_per_t"].droplevel(["origin", "mode"])
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


def test_parallel_arcs_of_members_merge_to_the_cheapest_of_each(random_instance: Draw) -> None:
    data = random_instance(1)
    one = clustered(data, 1)
    weight = data.supply["supply_t"].groupby(level="source").sum()
    collected = data.arcs[collecting(data)]
    price = np.average(data.periods["carbon_price_jpy_per_t"])
    cost = collected["cost_jpy_per_t"] + collected["kgco2e_per_t"] * price / 1000
    best = collected.loc[cost.groupby(level=["origin", "destination", "commodity"]).idxmin()]
    arcs = best["cost_jpy_per_t"].droplevel(["mode", "commodity"]).unstack("origin")
    mean = (arcs * weight).sum(axis=1) / weight.sum()
    merged = one.arcs[collecting(one)]["cost_jpy_per_t"].droplevel(["origin", "mode", "commodity"])
    pd.testing.assert_series_equal(merged.sort_index(), mean.sort_index(), check_names=False)


def one_cluster(toy: Instance) -> Instance:
    """Return the toy in one cluster, where B has a service that A lacks and that calls at P."""
    lane = toy.arcs.xs("B", level="origin", drop_level=False)
    ride = lane.rename(index={"truck": "ship:S"}).assign(cost_jpy_per_t=2_000.0)
    call = ("P", "B", "H", "ship:S", "waste_plastic", 2.0)
    data = replace(
        toy,
        arcs=pd.concat([toy.arcs, ride]),
        services=indexed(list_columns("services"), [("ship:S", 1.0, 100.0, 0.0)]),
        berths=indexed(list_columns("berths"), [("P", 50.0)]),
        calls=indexed(list_columns("calls"), [call]),
    )
    return clustered(data, 1)


def test_member_without_the_service_is_priced_at_its_best_other_arc(toy: Instance) -> None:
    # A supplies 120 t in all and has no ship: 1,000 by truck. B supplies 50 t: 2,000 or 8,000.
    small = one_cluster(toy)
    cost = small.arcs[collecting(small)]["cost_jpy_per_t"].droplevel(["origin", "destination"])
    assert cost.droplevel("commodity").to_dict() == pytest.approx(
        {"any": (120 * 1_000 + 50 * 8_000) / 170, "ship:S": (120 * 1_000 + 50 * 2_000) / 170}
    )


def test_member_without_the_service_calls_at_no_port(toy: Instance) -> None:
    calls = one_cluster(toy).calls["handled_t_per_t"]
    assert calls.to_list() == pytest.approx([2 * 50 / 170])
    assert calls.index.get_level_values("mode").to_list() == ["ship:S"]


@pytest.mark.parametrize("seed", [0, 1])
def test_clusters_keep_services_and_their_calls(shared_instance: Draw, seed: int) -> None:
    data = shared_instance(seed)
    small = clustered(data, 3)
    assert set(small.calls.index.unique("mode")) == {"ship:S", "rail"}
    modes = small.arcs[collecting(small)].index.unique("mode")
    assert set(modes) == {"any", "rail", "rail:R", "ship:S"}
    assert small.calls["handled_t_per_t"].between(0, 2).all()
    assert not small.arcs.isna().any(axis=None)
