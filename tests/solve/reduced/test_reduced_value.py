"""Whatever duals it rests on, the Lagrangian value is below every plan of the whole."""

from collections.abc import Callable

import numpy as np
import pytest
import solve_case

from models import Instance, build_model
from siting.solve.highs import relax
from siting.solve.matrix import matrix
from siting.solve.reduced.collect import cheapest_by
from siting.solve.reduced.value import proof

Draw = Callable[..., Instance]
BOTH = pytest.mark.parametrize("draw", [solve_case.random_instance, solve_case.shared_instance])


def whole(data: Instance, objective: str = "cost") -> float:
    return relax(matrix(build_model(data, objective), objective)).objective


@BOTH
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("count", "per_cluster"), [(1, 1), (3, 2), (99, 1)])
def test_bound_of_few_clusters_and_lanes_holds_for_all(
    draw: Draw, seed: int, count: int, per_cluster: int
) -> None:
    data = draw(seed)
    model = solve_case.small(data, count, per_cluster)
    price = np.zeros(model.found.supply_t.shape)
    proven = proof(model, relax(model.priced(price)).duals)
    assert proven.bound <= whole(data) * (1 + 1e-9) + 1e-9


@BOTH
@pytest.mark.parametrize("seed", range(3))
def test_any_duals_prove_something_true(draw: Draw, seed: int) -> None:
    data, rng = draw(seed), np.random.default_rng(seed)
    model = solve_case.small(data, 3, 2)
    exact = relax(model.priced(np.zeros(model.found.supply_t.shape))).duals
    for noise in (0.1, 1.0):
        duals = exact * rng.uniform(1 - noise, 1 + noise, len(exact))
        assert proof(model, duals).bound <= whole(data) * (1 + 1e-9) + 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_all_sources_and_lanes_prove_the_relaxation_itself(seed: int) -> None:
    data = solve_case.random_instance(seed)
    model = solve_case.small(data, 99, 99)
    answer = relax(model.priced(np.zeros(model.found.supply_t.shape)))
    assert answer.objective == pytest.approx(whole(data), rel=1e-7)
    assert proof(model, answer.duals).bound == pytest.approx(whole(data), rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_prices_of_a_round_never_prove_less_in_the_next(seed: int) -> None:
    data = solve_case.random_instance(seed)
    model = solve_case.small(data, 2, 99)
    price, before = np.zeros(model.found.supply_t.shape), -np.inf
    for _ in range(4):
        answer = relax(model.priced(price))
        proven = proof(model, answer.duals)
        assert answer.objective >= before - 1e-6 * abs(answer.objective)
        assert proven.bound >= answer.objective - 1e-6 * abs(answer.objective)
        price, before = proven.price, proven.bound


@pytest.mark.parametrize("objective", ["kgco2e", "virgin_material_avoided_t", "jobs"])
def test_bound_holds_for_every_objective(objective: str) -> None:
    data = solve_case.random_instance(2)
    model = solve_case.small(data, 3, 2, objective)
    price = np.zeros(model.found.supply_t.shape)
    proven = proof(model, relax(model.priced(price)).duals)
    reached = whole(data, objective)
    assert proven.bound <= reached + 1e-9 * abs(reached) + 1e-9


@pytest.mark.parametrize("side", ["quantity", "horizon"])
def test_bound_holds_under_a_limit_on_emissions(side: str) -> None:
    data = solve_case.random_instance(3)
    limited = solve_case.emitting_less(data, by_period=side == "quantity")
    model = solve_case.small(limited, 3, 2)
    price = np.zeros(model.found.supply_t.shape)
    proven = proof(model, relax(model.priced(price)).duals)
    free, held = whole(data), whole(limited)
    assert held > free * (1 + 1e-6)
    assert proven.bound <= held * (1 + 1e-9)


@BOTH
def test_regret_of_an_arc_is_the_reduced_cost_of_its_column(draw: Draw) -> None:
    data = draw(1, kinds=2)
    model = solve_case.small(data, 99, 99)
    form, shape = model.priced(np.zeros(model.found.supply_t.shape)), model.shape
    answer = relax(form)
    proven = proof(model, answer.duals)
    price = answer.duals[model.balance[shape.node]]
    column = form.cost[model.flow] - (form.a.T @ answer.duals)[model.flow]
    least = cheapest_by(
        shape.place, proven.regret + proven.price[model.found.pair], len(shape.node)
    )
    np.testing.assert_allclose(least - price, column, atol=1e-8)
