"""The curves are the prices of the carriers over the distance, and cross where they meet."""

import numpy as np
import pytest

from siting.freight.breakeven import ROAD_KM, crossing, crossings, curves

RATIO = 0.9524  # line km per road km: 1 / 1.05
QUAY_JPY_PER_T = 1500 + 450


@pytest.fixture(scope="module")
def table(terms, dense):
    """Return the curves of dense cargo by two trucks, two boxes and two ships."""
    names = ["truck_10t", "trailer_20t", "jr_12ft", "coastal_499GT", "feeder_40ft"]
    return curves(terms, [dense(*names)])


def cost(table, vehicle, km):
    """Return the cost of a tonne by `vehicle` over `km` of road."""
    return table.loc[("x", "dense", vehicle, km), "cost_jpy_per_t"]


def test_every_carrier_has_a_curve_over_all_distances(table):
    vehicles = table.index.unique("vehicle")
    assert set(vehicles) == {
        "truck_10t", "trailer_20t", "jr_12ft", "coastal_499GT", "coastal_499GT:quay", "feeder_40ft",
    }  # fmt: skip
    assert len(table) == len(vehicles) * len(ROAD_KM)
    assert table["mode"].groupby(level="vehicle").nunique().eq(1).all()


def test_truck_costs_its_trip(table):
    by_hand = 0.8 * (21_600 + 292.5 * 300) + 10_166.376 + 3 * 2340
    assert cost(table, "truck_10t", 300) == pytest.approx(by_hand / 10)


def test_train_runs_the_line_and_is_fetched_within_ten_kilometres(table):
    by_hand = 12_500 + 48 * RATIO * 300 + 2 * 11_000
    assert cost(table, "jr_12ft", 300) == pytest.approx(by_hand / 5)


def test_ship_at_the_quay_needs_no_truck(table):
    by_hand = 2.21 * RATIO * 300 + 1248 + 2 * QUAY_JPY_PER_T
    assert cost(table, "coastal_499GT:quay", 300) == pytest.approx(by_hand)
    feeder = (0.8 * (27_000 + 390.7 * 30) + 3 * 2750) / 20
    assert cost(table, "coastal_499GT", 300) == pytest.approx(by_hand + 2 * feeder)


def test_container_is_drayed_at_both_ends(table):
    by_hand = 50_000 + 56 * 1.3 * RATIO * 300 + 2 * 0.8 * (37_800 + 546.98 * 30)
    assert cost(table, "feeder_40ft", 300) == pytest.approx(by_hand / 24)


def test_preparation_is_part_of_every_curve(terms, forms):
    bale = forms("waste_plastic")["bale"]
    table = curves(terms, [bale], np.array([10.0]))["cost_jpy_per_t"]
    assert (table > 6000).all()
    by_hand = 0.8 * (27_000 + 390.7 * 10) + 3 * 2750
    assert table["waste_plastic", "bale", "trailer_20t", 10] == pytest.approx(6000 + by_hand / 20)


@pytest.mark.parametrize("commodity", ["waste_plastic", "steel_scrap", "pv_panel", "lib"])
def test_every_waste_has_curves_and_crossings(terms, forms, commodity):
    found = crossings(curves(terms, list(forms(commodity).values())))
    assert len(found)
    assert found.index.is_unique
    assert ((found["distance_km"] >= 10) | found["distance_km"].isna()).all()


def test_crossing_lies_on_the_line_between_two_points():
    km = np.array([10.0, 20.0, 30.0])
    assert crossing(km, np.array([1.0, 4, 7]), np.array([2.0, 3, 4])) == 15
    assert crossing(km, np.array([1.0, 2, 3]), np.array([5.0, 4, 2.5])) == pytest.approx(28)


def test_crossing_is_the_first_distance_where_the_other_is_always_cheaper():
    km = np.array([10.0, 20.0])
    assert crossing(km, np.array([5.0, 6]), np.array([4.0, 4])) == 10


def test_lines_that_never_meet_have_no_crossing():
    km = np.array([10.0, 20.0])
    assert np.isnan(crossing(km, np.array([1.0, 2]), np.array([4.0, 4])))


def test_crossings_are_those_of_each_truck_with_each_other_mode(table):
    found = crossings(table)
    assert set(found.index.unique("vehicle")) == {"truck_10t", "trailer_20t"}
    assert len(found) == 2 * 4
    km = found.loc[("x", "dense", "truck_10t", "jr_12ft"), "distance_km"]
    before, after = 10 * np.floor(km / 10), 10 * np.ceil(km / 10)
    assert cost(table, "truck_10t", before) <= cost(table, "jr_12ft", before)
    assert cost(table, "truck_10t", after) > cost(table, "jr_12ft", after)
