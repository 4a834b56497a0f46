"""The best chain is the cheapest over all pairs of terminals, and no cheaper than its legs."""

from dataclasses import fields, replace

import numpy as np
import pytest
from freight_case import by_brute_force, drawn, leg_of, toy_chain, ways
from hypothesis import given, settings
from hypothesis import strategies as st

from siting.freight.chain import Best, Haul, best_chain, better, hauled, least_sum, steps
from siting.freight.leg import Ways, still
from siting.freight.ship import ship_chains

SEEDS = st.integers(0, 2**32 - 1)
COSTS = st.one_of(st.floats(0, 1e6), st.just(float("inf")))


def grid(rows, columns):
    """Return a strategy for a matrix of costs, some of them infinite."""
    row = st.lists(COSTS, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(lambda m: np.array(m, dtype=float))


@st.composite
def two_matrices(draw):
    """Return two matrices that can be multiplied."""
    rows, inner, columns = (draw(st.integers(1, 4)) for _ in range(3))
    return draw(grid(rows, inner)), draw(grid(inner, columns))


@given(two_matrices())
@settings(max_examples=150, deadline=None)
def test_least_sum_is_that_of_the_whole_cube(matrices):
    left, right = matrices
    cube = left[:, :, None] + right[None, :, :]
    least, through = least_sum(left, right)
    np.testing.assert_array_equal(least, cube.min(axis=1))
    reached = np.isfinite(least)
    found = np.take_along_axis(cube, through[:, None, :].astype(int), axis=1)[:, 0, :]
    np.testing.assert_array_equal(found[reached], least[reached])


def test_least_sum_of_ties_is_through_the_first():
    least, through = least_sum(np.array([[1.0, 2.0, 0.0]]), np.array([[2.0], [1.0], [3.0]]))
    assert (least.item(), through.item()) == (3.0, 0)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_best_chain_is_that_of_every_pair_of_terminals(seed):
    chains, to, between_km, away = drawn(seed)
    best = best_chain(chains, to, between_km, away)
    by_hand = by_brute_force(chains, to, between_km, away)
    np.testing.assert_allclose(best.cost_jpy_per_t, by_hand)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_named_terminals_are_open_and_cost_what_is_said(seed):
    chains, to, between_km, away = drawn(seed)
    best = best_chain(chains, to, between_km, away)
    for i, j in np.argwhere(np.isfinite(best.cost_jpy_per_t)):
        chain = chains[best.option[i, j]]
        a, b = int(best.loaded[i, j]), int(best.unloaded[i, j])
        assert chain.may_load[a]
        assert chain.may_unload[b]
        assert chain.may_link[a, b]
        legs = steps(chain, to.at([i], [a]), between_km[[a], [b]], away.at([b], [j]))
        costs = [np.asarray(step.leg.cost_jpy_per_t).item() for step in legs]
        assert sum(costs) == pytest.approx(best.cost_jpy_per_t[i, j])
        assert best.cost_jpy_per_t[i, j] >= max(costs) - 1e-9


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_way_back_costs_the_same_and_takes_the_same_legs(seed):
    rng = np.random.default_rng(seed)
    between_km = np.triu(rng.uniform(50, 900, (4, 4)), 1)
    between_km = between_km + between_km.T
    chains = [toy_chain(rng.uniform(2, 40), rng.uniform(0, 2000), 4) for _ in range(2)]
    here, there = ways(rng.uniform(1, 300, (2, 4))), ways(rng.uniform(1, 300, (3, 4)))
    out = best_chain(chains, here, between_km, there.turned())
    back = best_chain(chains, there, between_km, here.turned())
    np.testing.assert_allclose(back.cost_jpy_per_t, out.cost_jpy_per_t.T)
    np.testing.assert_array_equal(back.loaded, out.unloaded.T)
    np.testing.assert_array_equal(back.unloaded, out.loaded.T)
    np.testing.assert_array_equal(back.option, out.option.T)


def test_way_back_of_real_cargo_costs_the_same(terms, dense):
    form = dense("truck_4t", "trailer_20t", "coastal_499GT", "roro_chassis_13m", "feeder_40ft")
    rng = np.random.default_rng(7)
    ports = (np.ones(5, dtype=bool), ~np.eye(5, dtype=bool))
    uses = dict.fromkeys(("bulk", "bulk_waste", "chassis", "container"), ports)
    chains = ship_chains(terms, [form], uses)
    between_km = np.triu(rng.uniform(50, 1500, (5, 5)), 1)
    between_km = between_km + between_km.T
    here, there = ways(rng.uniform(1, 200, (6, 5))), ways(rng.uniform(1, 200, (4, 5)))
    out = best_chain(chains, here, between_km, there.turned())
    back = best_chain(chains, there, between_km, here.turned())
    np.testing.assert_allclose(back.cost_jpy_per_t, out.cost_jpy_per_t.T)
    for i, j in np.ndindex(out.cost_jpy_per_t.shape):
        a, b = out.loaded[[i], [j]], out.unloaded[[i], [j]]
        forth = steps(
            chains[out.option[i, j]], here.at([i], a), between_km[a, b], there.turned().at(b, [j])
        )
        a, b = back.loaded[[j], [i]], back.unloaded[[j], [i]]
        home = steps(
            chains[back.option[j, i]], there.at([j], a), between_km[a, b], here.turned().at(b, [i])
        )
        costs = [[float(np.sum(s.leg.cost_jpy_per_t)) for s in legs] for legs in (forth, home)]
        np.testing.assert_allclose(costs[0][1:], costs[1][:0:-1])


def test_no_chain_runs_from_a_terminal_to_itself():
    best = best_chain([toy_chain()], ways([[1.0, 1, 900]]), np.zeros((3, 3)), ways([[1.0]] * 3))
    assert best.loaded.item() != best.unloaded.item()


def test_pair_without_a_chain_costs_without_end():
    shut = toy_chain(may_load=np.zeros(3, dtype=bool))
    best = best_chain([shut], ways([[1.0, 1, 1]]), np.ones((3, 3)), ways([[1.0]] * 3))
    assert np.isinf(best.cost_jpy_per_t).all()


def test_first_chain_is_kept_where_two_tie():
    both = [toy_chain(), toy_chain()]
    best = best_chain(both, ways([[5.0, 1, 1]]), np.full((3, 3), 10.0), ways([[1.0]] * 3))
    assert best.option.item() == 0


def test_better_takes_all_of_the_cheaper_one():
    one, other = (
        Best(np.array([cost]), *(np.array([[n, n]], dtype=np.int16) for _ in range(3)))
        for n, cost in ((0, [5.0, np.inf]), (1, [6.0, 9.0]))
    )
    found = better(one, other)
    assert found.cost_jpy_per_t.tolist() == [[5, 9]]
    for field in fields(Best)[1:]:
        assert getattr(found, field.name).tolist() == [[0, 1]]


def test_cheapest_truck_hauls_and_is_named():
    flat, steep = (
        Haul(name, lambda w, f=f, k=k: leg_of(f + k * w.routes.road_km))
        for name, f, k in (("flat", 100.0, 1.0), ("steep", 0.0, 11.0))
    )
    leg, vehicle = hauled((flat, steep), ways([5.0, 20.0]))
    assert vehicle.tolist() == ["steep", "flat"]
    assert leg.cost_jpy_per_t.tolist() == [55, 120]


def test_place_on_the_quay_pays_no_truck(terms, dense):
    (chain,) = ship_chains(
        terms,
        [dense("truck_10t", "coastal_499GT")],
        dict.fromkeys(("bulk", "bulk_waste"), (np.ones(2, bool), ~np.eye(2, dtype=bool))),
    )
    leg, vehicle = hauled(chain.first, ways([1.5, 1.5], beside=[True, False]))
    assert [column[0] for column in leg.columns()] == [0] * 6
    assert leg.cost_jpy_per_t[1] > 0
    assert vehicle.tolist() == ["", "truck_10t"]


def test_steps_of_a_chain_stand_in_order_and_name_their_vehicles():
    chain = toy_chain(first_form="loose")
    legs = steps(chain, ways([10.0]), np.array([100.0]), ways([20.0]))
    assert [s.kind for s in legs] == [
        "preparation", "haul", "handling", "line", "handling", "haul",
    ]  # fmt: skip
    assert [s.mode for s in legs] == ["", "truck", "", "ship", "", "truck"]
    assert [s.form for s in legs] == ["loose", "loose", "dense", "dense", "dense", "dense"]
    assert [s.vehicle.item() for s in legs] == ["", "cart", "", "boat", "", "cart"]
    costs = [np.asarray(s.leg.cost_jpy_per_t).item() for s in legs]
    assert costs == [7, 400, 100, 1000, 100, 800]
    assert [s.lot_t for s in legs if s.kind == "line"] == [1000]
    assert all(np.isnan(s.lot_t) for s in legs if s.kind != "line")


def test_port_barred_for_loading_may_still_unload():
    chain = toy_chain(may_load=np.array([True, False, False]))
    free = replace(chain, preparation=still())
    best = best_chain([free], ways([[90.0, 1, 1]]), np.full((3, 3), 10.0), ways([[1.0], [2], [3]]))
    assert (best.loaded.item(), best.unloaded.item()) == (0, 1)


def test_haul_keeps_the_shape_of_its_ways():
    leg, vehicle = hauled(toy_chain().first, ways(np.ones((2, 5)), beside=np.eye(2, 5, dtype=bool)))
    assert leg.cost_jpy_per_t.shape == vehicle.shape == (2, 5)
    assert isinstance(ways(1.0), Ways)
