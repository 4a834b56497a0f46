"""A scheduled line costs its trips, offers its holds, and carries without a fare."""

from dataclasses import replace

import numpy as np
import pytest
from freight_case import toy_chain, ways

from siting.freight.chain import best_chain
from siting.freight.service import Line, on_line
from siting.freight.ship import ship_chains

PORTS = (np.ones(3, dtype=bool), ~np.eye(3, dtype=bool))
USES = dict.fromkeys(("bulk", "bulk_waste", "chassis", "container"), PORTS)


@pytest.fixture(scope="module")
def line(carriers):
    """Return a 499GT that sails weekly from port 2 to port 0."""
    return Line("ship", 2, 0, carriers["coastal_499GT"], 52.0, 1.0, 0.8, 0.5)


def test_ship_costs_its_voyages_a_year(terms, line):
    by_hand = 52 * 0.8 * 1500 * (2.21 * 1000 + 1248)
    assert line.yearly_cost_jpy(terms, 1000.0) == pytest.approx(by_hand)


def test_train_costs_its_boxes_a_year(terms, carriers):
    train = Line("rail", 0, 1, carriers["jr_31ft"], 250.0, 6.0, 1.0, 0.0)
    by_hand = 250 * 6 * (27_000 + 104 * 1.35 * 1110)
    assert train.yearly_cost_jpy(terms, 1110.0) == pytest.approx(by_hand)
    assert train.boxes_per_yr == 1500
    assert train.capacity_t(terms) == pytest.approx(1500 * 13.8)


def test_booked_chassis_cost_their_slots_a_year(terms, carriers):
    roro = Line("ship", 0, 1, carriers["roro_chassis_13m"], 100.0, 4.0, 0.9, 0.0)
    by_hand = 100 * 4 * 0.9 * (25_000 + 80 * 1.5 * 1000)
    assert roro.yearly_cost_jpy(terms, 1000.0) == pytest.approx(by_hand)


def test_space_is_that_of_dense_cargo(terms, line):
    assert line.capacity_t(terms) == 52 * 1500


def test_bales_take_more_of_the_hold_than_they_weigh(terms, line, forms):
    bales = list(forms("waste_plastic").values())
    assert line.hold_t_per_t(terms, bales) == pytest.approx(1500 / (2400 * 0.3))


def test_dense_cargo_takes_what_it_weighs(terms, line, dense):
    form = dense("truck_10t", "coastal_499GT")
    assert line.hold_t_per_t(terms, [form]) == pytest.approx(1.0)


def test_space_of_a_commodity_is_that_of_its_densest_form(terms, line, dense):
    light = dense("truck_10t", "coastal_499GT", density_t_per_m3=0.1)
    heavy = replace(light, density_t_per_m3=0.4)
    assert line.hold_t_per_t(terms, [light, heavy]) == pytest.approx(1500 / (2400 * 0.4))


def test_line_keeps_only_its_vehicle_and_its_densest_form(line):
    chains = [
        toy_chain(vehicle="coastal_499GT", form="loose", lot_t=240.0),
        toy_chain(vehicle="coastal_499GT", form="bale", lot_t=720.0),
        toy_chain(vehicle="coastal_749GT", form="bale", lot_t=1020.0),
    ]
    assert [(c.vehicle, c.form) for c in on_line(chains, line)] == [("coastal_499GT", "bale")]


def test_line_joins_only_its_terminals_one_way_and_whatever_serves_the_public(line):
    shut = np.zeros(3, dtype=bool)
    (chain,) = on_line([toy_chain(vehicle="coastal_499GT", may_load=shut, may_unload=shut)], line)
    assert np.argwhere(chain.may_link).tolist() == [[2, 0]]
    best = best_chain(
        [chain], ways([[1.0, 1, 99]]), np.full((3, 3), 10.0), ways([[99.0], [1], [1]])
    )
    assert (best.loaded.item(), best.unloaded.item()) == (2, 0)


def test_line_carries_no_fare_but_sails_and_is_handled(terms, line, dense):
    chains = ship_chains(terms, [dense("truck_10t", "coastal_499GT")], USES)
    (chain,) = on_line(chains, line)
    sailed = chain.line(np.array([1000.0]))
    assert sailed.cost_jpy_per_t.tolist() == [0]
    assert sailed.hours.item() == pytest.approx(1000 / 21.3)
    assert sailed.kgco2e_per_t.item() == pytest.approx(43)
    assert chain.loading.cost_jpy_per_t == 1500 + 450


def test_commodity_that_cannot_ride_has_no_chain(line):
    assert on_line([toy_chain(vehicle="feeder_40ft")], line) == []
