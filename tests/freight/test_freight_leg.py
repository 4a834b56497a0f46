"""Legs add up, are chosen by their cost alone, and ways are picked as their routes are."""

from dataclasses import replace

import numpy as np
import pytest
from freight_case import leg_of

from siting.freight.leg import Leg, Ways, cheapest, still


def test_legs_add_up_in_every_amount():
    parts = [Leg(*(np.array([float(n + k)]) for n in range(6))) for k in (1, 10)]
    total = parts[0] + parts[1]
    assert [column.item() for column in total.columns()] == [11 + 2 * n for n in range(6)]


def test_leg_that_goes_nowhere_costs_and_waits_only():
    leg = still(2650.0, 150.0)
    assert [column.item() for column in leg.columns()] == [0, 150, 2650, 0, 0, 0]


def test_cheapest_takes_every_amount_of_the_cheaper_leg_and_the_first_of_a_tie():
    legs = [leg_of(np.array(cost)) for cost in ([5.0, 5, np.inf], [6.0, 5, 3], [4.0, 5, 9])]
    legs[2] = replace(legs[2], hours=np.full(3, 77.0))
    best, number = cheapest(legs)
    assert number.tolist() == [2, 0, 1]
    assert best.cost_jpy_per_t.tolist() == [4, 5, 3]
    assert best.hours.tolist() == [77, 0.5, 0.3]


def test_leg_is_the_other_where_it_is_not_kept():
    leg = leg_of(np.array([10.0, 20])).where(np.array([True, False]), leg_of(np.array([1.0, 2])))
    assert leg.cost_jpy_per_t.tolist() == [10, 2]
    assert leg.distance_km.tolist() == [1, 0.2]


def test_leg_at_pairs_takes_them_from_every_amount():
    leg = leg_of(np.arange(6.0).reshape(2, 3)).at(np.array([1, 0]), np.array([2, 1]))
    assert leg.cost_jpy_per_t.tolist() == [5, 1]
    np.testing.assert_allclose(leg.mj_per_t, [0.5, 0.1])


def test_ways_at_pairs_keep_index_and_quay_of_each(ways):
    grid = ways(np.arange(6.0).reshape(2, 3))
    beside = np.array([[True, False, False]])
    grid = Ways(grid.routes, np.array([[1.0], [0.9]]), beside)
    found = grid.at(np.array([0, 1]), np.array([2, 0]))
    assert found.routes.road_km.tolist() == [2, 3]
    assert found.tariff_index.tolist() == [1.0, 0.9]
    assert found.beside.tolist() == [False, True]


def test_terms_read_a_figure_in_the_unit_asked(terms):
    key = "transport/truck/truck_10t/payload_t"
    assert terms.amount(key, "t") == 10
    assert terms.amount(key, "kg") == pytest.approx(10_000)
    assert key in terms.figures.used
