"""Arcs left out change no optimum, or are accounted for in the bound."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pyomo.environ as pyo
import pytest
import solve_case
from solve_case import optimum_jpy

from models import Instance, build_model
from siting.solve.arc import (
    collecting,
    most_saved,
    nearest_arcs,
    reduced_cost,
    shared_duals,
    undominated,
)
from siting.solve.highs import Answer, relax
from siting.solve.matrix import JPY_PER_UNIT, Array, Matrix, matrix
from siting.solve.mode import on_service, shared

Draw = Callable[..., Instance]
Relaxation = tuple[pyo.ConcreteModel, Matrix, Answer]


def relaxation(data: Instance) -> Relaxation:
    m = build_model(data)
    form = matrix(m)
    return m, form, relax(form)


def flow_duals(m: pyo.ConcreteModel, form: Matrix, duals: Array) -> pd.DataFrame:
    """Return c - A'y of every flow, as (arc, period)."""
    column_duals = form.cost - form.a.T @ duals
    position = {id(variable): n for n, variable in enumerate(form.columns)}
    found = {index: column_duals[position[id(v)]] for index, v in m.flow.items()}
    return pd.Series(found).unstack().loc[list(m.ARCS)]


def test_collecting_arcs_leave_a_source(toy: Instance) -> None:
    assert collecting(toy).tolist() == [True, True, False]


def test_nearest_arcs_are_the_cheapest_and_all_deliveries(random_instance: Draw) -> None:
    data = random_instance(0)
    kept = nearest_arcs(data, 2)
    assert kept[~collecting(data)].all()
    left, gone = data.arcs[kept & collecting(data)], data.arcs[~kept]
    by_source = ["origin", "commodity"]
    assert left.groupby(by_source).size().eq(2).all()
    dearest = left["cost_jpy_per_t"].groupby(by_source).max()
    assert (gone["cost_jpy_per_t"].groupby(by_source).min() >= dearest).all()


@pytest.mark.parametrize("seed", range(8))
def test_undominated_keeps_the_optimum(random_instance: Draw, seed: int) -> None:
    data = random_instance(seed)
    smaller = undominated(data)
    assert len(smaller.arcs) < len(data.arcs)
    assert collecting(smaller).sum() == collecting(data).sum()
    assert optimum_jpy(smaller) == pytest.approx(optimum_jpy(data), rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_undominated_counts_the_carbon_of_freight_and_sale(
    random_instance: Draw, seed: int
) -> None:
    data = random_instance(seed)
    rng = np.random.default_rng(seed)
    dirty = replace(
        data,
        arcs=data.arcs.assign(kgco2e_per_t=rng.uniform(0, 5_000, len(data.arcs))),
        sinks=data.sinks.assign(credit_kgco2e_per_t=rng.uniform(0, 5_000, len(data.sinks))),
        periods=data.periods.assign(carbon_price_jpy_per_t=10_000.0),
    )
    assert optimum_jpy(undominated(dirty)) == pytest.approx(optimum_jpy(dirty), rel=1e-6)


def test_undominated_keeps_every_arc_to_a_limited_sink(random_instance: Draw) -> None:
    data = random_instance(3)
    limited = [
        table.arcs.xs("Kplastic", level="destination") for table in (data, undominated(data))
    ]
    pd.testing.assert_frame_equal(*limited)


def test_undominated_leaves_an_instance_without_endless_sinks_alone(toy: Instance) -> None:
    assert undominated(toy) is toy


@pytest.mark.parametrize("seed", [0, 1])
def test_undominated_keeps_the_optimum_with_services_and_ports(
    shared_instance: Draw, seed: int
) -> None:
    data = shared_instance(seed)
    smaller = undominated(data)
    assert len(smaller.arcs) < len(data.arcs)
    assert shared(smaller).sum() == shared(data).sum()
    assert optimum_jpy(smaller) == pytest.approx(optimum_jpy(data), rel=1e-6)


def test_arc_of_a_service_neither_replaces_nor_is_replaced(random_instance: Draw) -> None:
    data = random_instance(0)
    endless = data.arcs.xs("residue", level="commodity", drop_level=False).iloc[:1]
    origin, destination = endless.index[0][:2]
    for price_jpy_per_t in (0.0, 1e6):
        ride = endless.rename(index={"truck": "ship:S"}).assign(cost_jpy_per_t=price_jpy_per_t)
        numbers = {"yearly_cost_jpy": [1e9], "capacity_t": [1.0], "min_lot_t": [0.0]}
        services = pd.DataFrame(numbers, index=pd.Index(["ship:S"], name="service"))
        more = replace(data, arcs=pd.concat([data.arcs, ride]), services=services)
        kept, without = undominated(more).arcs, undominated(data).arcs
        assert (origin, destination, "ship:S", "residue") in kept.index
        assert set(kept.index) - set(without.index) == set(ride.index)


def test_nearest_arcs_keep_the_cheapest_of_services_too(shared_instance: Draw) -> None:
    data = shared_instance(0)
    riding, ours = on_service(data), collecting(data)
    by_source = ["origin", "commodity"]
    kept = nearest_arcs(data, 4)
    for choice, count in ((riding, 1), (~riding, 4)):
        left, gone = data.arcs[kept & choice & ours], data.arcs[~kept & choice]
        assert left.groupby(by_source).size().eq(count).all()
        dearest = left["cost_jpy_per_t"].groupby(by_source).max()
        cheapest = gone["cost_jpy_per_t"].groupby(by_source).min()
        assert (cheapest >= dearest.reindex(cheapest.index)).all()
    assert kept[~ours].all()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("draw", [solve_case.random_instance, solve_case.shared_instance])
def test_reduced_cost_of_kept_arcs_is_that_of_their_columns(draw: Draw, seed: int) -> None:
    data = draw(seed, kinds=2)
    core = data.with_arcs(nearest_arcs(data, 2))
    m, form, answer = relaxation(core)
    reduced = pd.DataFrame(
        reduced_cost(data, m, form, answer.duals),
        index=data.arcs.index[collecting(data)],
        columns=data.periods.index,
    )
    kept = core.arcs.index[collecting(core)]
    columns = flow_duals(m, form, answer.duals)
    np.testing.assert_allclose(reduced.loc[kept], columns.loc[list(kept)], rtol=0, atol=1e-9)
    assert reduced.loc[kept].min(axis=None) > -1e-6


@pytest.mark.parametrize("per_source", [1, 2, 3])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("draw", [solve_case.random_instance, solve_case.shared_instance])
def test_bound_from_few_arcs_holds_for_all(draw: Draw, seed: int, per_source: int) -> None:
    data = draw(seed)
    m, form, answer = relaxation(data.with_arcs(nearest_arcs(data, per_source)))
    saved = most_saved(data, reduced_cost(data, m, form, answer.duals))
    whole = relaxation(data)[2].objective
    assert saved >= 0
    assert answer.objective - saved <= whole * (1 + 1e-9)
    assert (answer.objective - saved) * JPY_PER_UNIT <= optimum_jpy(data) * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kept", ["none", "services", "others"])
def test_bound_holds_whichever_arcs_the_model_has(
    shared_instance: Draw, kept: str, seed: int
) -> None:
    data = shared_instance(seed)
    choice = {"none": False, "services": on_service(data), "others": ~shared(data)}[kept]
    m, form, answer = relaxation(data.with_arcs(choice | ~collecting(data)))
    saved = most_saved(data, reduced_cost(data, m, form, answer.duals))
    assert saved > 0
    assert answer.objective - saved <= relaxation(data)[2].objective * (1 + 1e-9)


def test_hold_and_berth_are_paid_by_the_tonne(shared_instance: Draw) -> None:
    data = shared_instance(4)
    m, form, answer = relaxation(data)
    paid = pd.DataFrame(
        shared_duals(data, m, form, answer.duals), index=data.arcs.index[collecting(data)]
    )
    held = shared(data)[collecting(data)]
    assert (paid.loc[~held] == 0).all(axis=None)
    assert (paid.loc[held] < 0).any(axis=None)


def test_nothing_is_saved_where_every_arc_is_kept(random_instance: Draw) -> None:
    data = random_instance(0)
    m, form, answer = relaxation(data)
    saved = most_saved(data, reduced_cost(data, m, form, answer.duals))
    assert saved == pytest.approx(0, abs=1e-6 * answer.objective)


def test_most_saved_counts_the_best_arc_of_each_supply_once(toy: Instance) -> None:
    # Two arcs and two periods: only A gains, 2 in 2025 and 3 in 2030, on 60 t each.
    assert most_saved(toy, np.array([[-2.0, -3.0], [1.0, 0.0]])) == 60 * 2 + 60 * 3
