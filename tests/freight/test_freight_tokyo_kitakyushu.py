"""Dense cargo from Tokyo to Kitakyushu costs what the sources say, and so do the break-evens."""

import numpy as np
import pytest

from siting.freight.breakeven import chain_cost, crossings, curves
from siting.freight.rail import rail_chains
from siting.freight.ship import ship_chains
from siting.freight.truck import road_leg

ROAD_KM, RAIL_KM, SEA_KM = 1060.0, 1110.0, 1000.0
STATION_KM, PORT_KM = 10.0, 30.0
"""Truck legs at each end."""

PORTS = (np.ones(2, dtype=bool), ~np.eye(2, dtype=bool))
USES = dict.fromkeys(("bulk", "bulk_waste", "chassis", "container"), PORTS)


def by_ship(terms, form, feeder_km):
    """Return the cost of a tonne by the only ship of `form`."""
    (chain,) = ship_chains(terms, [form], USES)
    return float(chain_cost(chain, np.array(SEA_KM), feeder_km))


@pytest.mark.parametrize(("vehicle", "jpy_per_t"), [("truck_10t", 33_000), ("trailer_20t", 21_800)])
def test_truck(terms, carriers, dense, ways, vehicle, jpy_per_t):
    leg = road_leg(terms, dense(vehicle), carriers[vehicle], ways(ROAD_KM))
    assert leg.cost_jpy_per_t.item() == pytest.approx(jpy_per_t, rel=0.03)


@pytest.mark.parametrize(("box", "jpy_per_t"), [("jr_12ft", 17_600), ("jr_31ft", 16_600)])
def test_train(terms, dense, box, jpy_per_t):
    (chain,) = rail_chains(terms, dense(box), PORTS[1])
    found = float(chain_cost(chain, np.array(RAIL_KM), STATION_KM))
    assert found == pytest.approx(jpy_per_t, rel=0.01)


@pytest.mark.parametrize(
    ("ship", "feeder_km", "jpy_per_t"),
    [
        ("coastal_499GT", PORT_KM, 13_600),
        ("coastal_499GT", None, 7_400),
        ("roro_chassis_13m", PORT_KM, 12_000),
        ("feeder_40ft", PORT_KM, 8_700),
    ],
)
def test_ship(terms, dense, ship, feeder_km, jpy_per_t):
    found = by_ship(terms, dense("truck_10t", ship), feeder_km)
    assert found == pytest.approx(jpy_per_t, rel=0.01)


def test_chains_of_499gt_add_up_by_hand(terms, dense):
    at_quay = 2.21 * 1000 + 1248 + 2 * (1500 + 450)
    feeder = (0.8 * (21_600 + 292.5 * 30) + 3 * 2340) / 10
    form = dense("truck_10t", "coastal_499GT")
    assert by_ship(terms, form, None) == pytest.approx(at_quay)
    assert by_ship(terms, form, PORT_KM) == pytest.approx(at_quay + 2 * feeder)


@pytest.mark.parametrize(
    ("truck", "other", "km"),
    [
        ("truck_10t", "jr_12ft", 250),
        ("truck_10t", "coastal_499GT", 360),
        ("truck_10t", "coastal_499GT:quay", 110),
        ("trailer_20t", "coastal_499GT:quay", 220),
        ("trailer_20t", "roro_chassis_13m", 315),
        ("trailer_20t", "feeder_40ft", 270),
    ],
)
def test_break_even(terms, dense, truck, other, km):
    found = crossings(curves(terms, [dense(truck, other.split(":")[0])]))
    assert found.loc[("x", "dense", truck, other), "distance_km"] == pytest.approx(km, rel=0.03)


def test_longer_ways_make_train_and_ship_cheaper_for_good(terms, dense):
    table = curves(terms, [dense("truck_10t", "jr_12ft", "coastal_499GT")])["cost_jpy_per_t"]
    wide = table.droplevel(["commodity", "form"]).unstack("vehicle")
    far = wide[wide.index >= 380]
    assert (far["jr_12ft"] < far["truck_10t"]).all()
    assert (far["coastal_499GT"] < far["truck_10t"]).all()
