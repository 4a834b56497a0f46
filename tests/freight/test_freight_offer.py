"""An offer takes the cheapest form and vehicle, and its legs add up to what it says."""

import numpy as np
import pandas as pd
import pytest
from freight_case import drawn, ways

from siting.freight.offer import Choice, Direct, Linked, chosen, total, trucks_of
from siting.freight.truck import road_leg

ROAD_KM = [[5.0, 50.0, 500.0], [20.0, 1000.0, 130.0]]
ROWS = np.array([0, 1])


@pytest.fixture(scope="module")
def by_road(terms, forms):
    """Return waste plastics by truck, loose or baled."""
    return Direct(terms, trucks_of(list(forms("waste_plastic").values())), ways(ROAD_KM))


@pytest.fixture(scope="module")
def by_sea():
    """Return a random offer by ship."""
    chains, to, between_km, away = drawn(11)
    return Linked(chains, pd.Index(["P1", "P2", "P3", "P4"]), to, between_km, away)


def all_chosen(offer, rows):
    """Return the best of `offer` from `rows`, and the choice for every pair it joins."""
    best = offer.best(rows)
    at = np.nonzero(np.isfinite(best.cost_jpy_per_t))
    return best.cost_jpy_per_t[at], chosen(best, rows, *at)


def test_every_form_is_tried_in_every_truck(by_road):
    tried = [(form.name, truck.name) for form, truck in by_road.trucks]
    trucks = ["truck_4t", "truck_10t", "trailer_20t"]
    assert tried == [(form, truck) for form in ("bale", "loose") for truck in trucks]


def test_cheapest_form_and_truck_is_taken(by_road, terms):
    each = [
        road_leg(terms, form, truck, ways(ROAD_KM)).cost_jpy_per_t + form.preparation_jpy_per_t
        for form, truck in by_road.trucks
    ]
    best = by_road.best(ROWS)
    np.testing.assert_array_equal(best.cost_jpy_per_t, np.min(each, axis=0))
    np.testing.assert_array_equal(best.option, np.argmin(each, axis=0))


def test_loose_is_cheapest_on_a_short_way_and_baled_on_a_long_one(by_road):
    option = by_road.best(ROWS).option
    forms = np.array([form.name for form, _ in by_road.trucks])[option]
    assert forms[0, 0] == "loose"
    assert forms[1, 1] == "bale"


def test_truck_has_two_legs_and_calls_nowhere(by_road):
    _, choice = all_chosen(by_road, ROWS)
    option = int(choice.option[0])
    legs = by_road.steps(option, choice.at(np.flatnonzero(choice.option == option)))
    assert [(leg.kind, leg.mode) for leg in legs] == [("preparation", ""), ("line", "truck")]
    assert set(by_road.terminal(choice.loaded)) == {""}
    form, truck = by_road.trucks[option]
    assert set(legs[1].vehicle) == {truck.name}
    assert {leg.form for leg in legs} == {form.name}


@pytest.mark.parametrize("name", ["by_road", "by_sea"])
def test_legs_add_up_to_the_cost_of_the_offer(name, request):
    offer = request.getfixturevalue(name)
    cost, choice = all_chosen(offer, ROWS)
    assert len(cost)
    np.testing.assert_allclose(total(offer, choice).cost_jpy_per_t, cost)


@pytest.mark.parametrize("name", ["by_road", "by_sea"])
def test_some_origins_alone_get_what_they_get_among_all(name, request):
    offer = request.getfixturevalue(name)
    alone, whole = offer.best(np.array([1])), offer.best(ROWS)
    np.testing.assert_array_equal(alone.cost_jpy_per_t[0], whole.cost_jpy_per_t[1])
    np.testing.assert_array_equal(alone.option[0], whole.option[1])
    np.testing.assert_array_equal(alone.loaded[0], whole.loaded[1])


def test_choice_counts_origins_as_the_offer_does(by_sea):
    _, choice = all_chosen(by_sea, np.array([2, 0]))
    assert set(choice.rows) == {0, 2}
    expected = by_sea.best(np.arange(3)).loaded[choice.rows, choice.columns]
    np.testing.assert_array_equal(choice.loaded, expected)


def test_ship_has_six_legs_between_named_ports(by_sea):
    _, choice = all_chosen(by_sea, ROWS)
    option = int(choice.option[0])
    legs = by_sea.steps(option, choice.at(np.flatnonzero(choice.option == option)))
    assert len(legs) == 6
    assert set(by_sea.terminal(choice.loaded)) <= {"P1", "P2", "P3", "P4"}
    assert list(by_sea.terminal(np.array([2, 0], dtype=np.int16))) == ["P3", "P1"]


def test_nothing_chosen_has_no_total(by_sea):
    none = np.array([], dtype=np.intp)
    numbers = none.astype(np.int16)
    assert total(by_sea, Choice(none, none, numbers, numbers, numbers)).hours.size == 0
