"""A container leaves by the port that is cheapest to its buyer overseas, and comes back so."""

import numpy as np
import pandas as pd
import pytest
from freight_case import ways

from siting.freight.chain import hauled
from siting.freight.offer import chosen
from siting.freight.overseas import Overseas, homeward, nowhere, ocean_offer, reached

OVERSEAS_KM = np.array([[1000.0, np.inf], [1500.0, 3000.0], [np.inf, np.inf]])
PORTS = pd.Index(["P1", "P2", "P3"])
TO = ways([[20.0, 150.0, 1.0], [400.0, 10.0, 1.0]], tariff_index=0.9)


@pytest.fixture
def abroad():
    """Return two ports overseas, one of them joined to one port of Japan only."""
    return Overseas(pd.DataFrame(index=pd.Index(["busan", "haiphong"])), OVERSEAS_KM)


@pytest.fixture
def offer(terms, dense, abroad):
    """Return the offer of two places to both of them in boxes of 20 ft."""
    return ocean_offer(terms, [dense("truck_10t", "ocean_20ft")], PORTS, TO, abroad)["ship"]


def by_hand(offer, place, port, km):
    """Return drayage to the port and the fare of the box [JPY/t]."""
    haul = hauled(offer.chains[0].first, TO.at([place], [port]))[0].cost_jpy_per_t.item()
    return haul + (110_000 + 16 * km) / 18


def test_cheapest_port_with_a_line_is_taken(offer):
    best = offer.best(np.array([0, 1]))
    assert offer.terminal(best.loaded.ravel()).tolist() == ["P1", "P2", "P2", "P2"]
    assert offer.terminal(best.unloaded.ravel()).tolist() == ["busan", "haiphong"] * 2
    expected = [
        [by_hand(offer, 0, 0, 1000), by_hand(offer, 0, 1, 3000)],
        [by_hand(offer, 1, 1, 1500), by_hand(offer, 1, 1, 3000)],
    ]
    np.testing.assert_allclose(best.cost_jpy_per_t, expected)


def test_no_truck_runs_overseas(offer):
    best = offer.best(np.array([0]))
    steps = offer.steps(0, both_buyers(best))
    assert steps[-1].kind == "haul"
    assert steps[-1].vehicle.tolist() == ["", ""]
    assert [column.tolist() for column in steps[-1].leg.columns()] == [[0, 0]] * 6


def both_buyers(best):
    """Return the choice of both buyers for the first place."""
    return chosen(best, np.array([0]), np.array([0, 0]), np.array([0, 1]))


def test_form_without_a_container_is_not_offered(terms, dense, abroad):
    assert ocean_offer(terms, [dense("truck_10t", "feeder_20ft")], PORTS, TO, abroad) == {}


def test_import_costs_what_the_export_costs(offer):
    out = offer.best(np.array([0, 1]))
    back = homeward(offer).best(np.array([0, 1]))
    np.testing.assert_allclose(back.cost_jpy_per_t, out.cost_jpy_per_t.T)
    np.testing.assert_array_equal(back.loaded, out.unloaded.T)


def test_port_without_international_lines_is_not_reached():
    index = pd.MultiIndex.from_tuples(
        [("P1", "busan"), ("P2", "busan"), ("P2", "haiphong")], names=["port_id", "overseas_id"]
    )
    table = pd.Series([1000.0, 1500.0, 3000.0], index=index)
    found = reached(table, PORTS, pd.Index(["busan", "haiphong"]))
    np.testing.assert_array_equal(found, OVERSEAS_KM)


def test_nowhere_is_driven_to_by_none():
    routes = nowhere((2, 3))
    assert np.isinf(routes.road_km).all()
    assert routes.road_km.shape == routes.ferries.shape == (2, 3)
