"""A tonne at sea costs by hand what hold, chassis, container, quay and drayage ask."""

import numpy as np
import pytest

from siting.freight.load import BULK, CHASSIS, CONTAINER
from siting.freight.ship import (
    box_chain,
    box_leg,
    hold_fare,
    hold_leg,
    quay,
    ship_chains,
    slot_fare,
)

PORTS = (np.ones(2, dtype=bool), ~np.eye(2, dtype=bool))
WASTE_PORTS = (np.array([True, False]), ~np.eye(2, dtype=bool))
USES = {BULK: PORTS, "bulk_waste": WASTE_PORTS, CHASSIS: PORTS, CONTAINER: PORTS}


def km(*values):
    """Return distances as an array."""
    return np.array(values, dtype=float)


@pytest.mark.parametrize(
    ("ship", "by_hand"),
    [
        ("coastal_199GT", 600 * (4.09 * 1000 + 1996)),
        ("coastal_499GT", 1500 * (2.21 * 1000 + 1248)),
        ("coastal_749GT", 2000 * (1.86 * 1000 + 1185)),
    ],
)
def test_voyage_costs_distance_and_time_in_both_ports(terms, carriers, ship, by_hand):
    assert hold_fare(terms, carriers[ship], km(1000)).item() == pytest.approx(by_hand)


def test_dense_cargo_fills_the_hold_by_weight(terms, carriers, dense):
    ship = carriers["coastal_499GT"]
    leg = hold_leg(terms, dense("coastal_499GT"), ship, km(1000))
    assert leg.cost_jpy_per_t.item() == pytest.approx(2.21 * 1000 + 1248)
    assert leg.hours.item() == pytest.approx(1000 / 21.3)
    assert leg.kgco2e_per_t.item() == pytest.approx(43)
    assert leg.mj_per_t.item() == pytest.approx(555)
    assert leg.driver_h_per_t.item() == 0


def test_bales_fill_the_hold_by_volume_and_pay_for_all_of_it(terms, carriers, forms):
    bale, ship = forms("waste_plastic")["bale"], carriers["coastal_499GT"]
    leg = hold_leg(terms, bale, ship, km(1000))  # 2,400 m3 at 0.30 t/m3 are 720 t
    assert leg.cost_jpy_per_t.item() == pytest.approx((2.21 * 1000 + 1248) * 1500 / 720)


def test_quay_asks_stevedoring_and_storage_and_half_the_dwell_time(terms, carriers, forms, dense):
    ship = carriers["coastal_499GT"]
    assert quay(terms, dense("coastal_499GT"), ship).cost_jpy_per_t == 1500 + 450
    at_quay = quay(terms, forms("waste_plastic")["bale"], ship)
    assert at_quay.cost_jpy_per_t == 2200 + 450
    assert at_quay.hours == 10 * 24 / 2 + 30
    assert at_quay.distance_km == 0


def test_stevedoring_is_multiplied_and_storage_is_not(terms, carriers, dense):
    bulky = dense("coastal_499GT", multiplier=1.35)
    leg = quay(terms, bulky, carriers["coastal_499GT"])
    assert leg.cost_jpy_per_t == pytest.approx(1.35 * 1500 + 450)
    line = hold_leg(terms, bulky, carriers["coastal_499GT"], km(1000))
    assert line.cost_jpy_per_t.item() == pytest.approx(1.35 * (2210 + 1248))


def test_bulk_pays_the_quay_at_both_ends(terms, dense):
    (chain,) = ship_chains(terms, [dense("truck_10t", "coastal_499GT")], USES)
    ends = [chain.loading, chain.unloading]
    assert [leg.cost_jpy_per_t for leg in ends] == [1950, 1950]
    assert (chain.mode, chain.lot_t) == ("ship", 1500)
    assert [haul.vehicle for haul in (*chain.first, *chain.last)] == ["truck_10t", "truck_10t"]


def test_waste_in_bulk_uses_the_ports_that_may_handle_it(terms, dense):
    for is_waste, open_ports in ((True, WASTE_PORTS[0]), (False, PORTS[0])):
        form = dense("truck_10t", "coastal_499GT", is_waste=is_waste)
        (chain,) = ship_chains(terms, [form], USES)
        assert chain.may_load is open_ports
        assert chain.may_unload is open_ports


def test_waste_on_a_chassis_uses_every_roro_port(terms, dense):
    (chain,) = ship_chains(terms, [dense("roro_chassis_13m", is_waste=True)], USES)
    assert chain.may_load.all()


def test_bales_are_made_at_the_source_or_cheaper_at_the_port(terms, forms):
    chains = ship_chains(terms, list(forms("waste_plastic").values()), USES)
    by_499gt = {c.first_form: c for c in chains if c.vehicle == "coastal_499GT"}
    assert set(by_499gt) == {"bale", "loose"}
    at_source, at_port = by_499gt["bale"], by_499gt["loose"]
    assert at_source.preparation.cost_jpy_per_t == 6000
    assert at_source.loading.cost_jpy_per_t == 2200 + 450
    assert at_port.preparation.cost_jpy_per_t == 0
    assert at_port.loading.cost_jpy_per_t == 2200 + 450 + 4440
    assert at_port.unloading.cost_jpy_per_t == 2200 + 450
    assert {c.form for c in by_499gt.values()} == {"bale"}


def test_loose_goods_on_the_way_to_the_baler_fill_the_truck_by_volume(terms, forms, ways):
    chains = ship_chains(terms, list(forms("waste_plastic").values()), USES)
    (at_port,) = [c for c in chains if (c.vehicle, c.first_form) == ("coastal_499GT", "loose")]
    trips = {haul.vehicle: haul.leg(ways(30)).cost_jpy_per_t.item() for haul in at_port.first}
    by_hand = 0.8 * (27_000 + 195.35 * 2 * 30) + 3 * 2750
    assert trips["trailer_20t"] == pytest.approx(by_hand / (70 * 0.1))
    after = {haul.vehicle: haul.leg(ways(30)).cost_jpy_per_t.item() for haul in at_port.last}
    assert after["trailer_20t"] == pytest.approx(by_hand / 20)  # 70 m3 of bales are 21 t


@pytest.mark.parametrize(
    ("box", "by_hand"),
    [
        ("roro_chassis_13m", 25_000 + 80 * 1.5 * 1000),
        ("feeder_20ft", 34_000 + 36 * 1.3 * 1000),
        ("feeder_40ft", 50_000 + 56 * 1.3 * 1000),
        ("ocean_20ft", 110_000 + 16 * 1000),  # carriers reposition at their own cost
        ("ocean_40hc", 150_000 + 24 * 1000),
    ],
)
def test_slot_pays_its_fare_and_its_way_back(terms, carriers, box, by_hand):
    assert slot_fare(terms, carriers[box], km(1000)).item() == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("box", "speed_km_per_h", "kgco2e_per_tkm"),
    [("feeder_40ft", 26, 0.043), ("roro_chassis_13m", 37, 0.043), ("ocean_40hc", 31, 0.010)],
)
def test_box_sails_at_its_speed_and_emits_as_its_ship(
    terms, carriers, dense, box, speed_km_per_h, kgco2e_per_tkm
):
    leg = box_leg(terms, dense(box), carriers[box], km(1000))
    assert leg.hours.item() == pytest.approx(1000 / speed_km_per_h)
    assert leg.kgco2e_per_t.item() == pytest.approx(1000 * kgco2e_per_tkm)
    assert leg.mj_per_t.item() == pytest.approx(555)


def test_box_is_priced_by_what_it_takes(terms, carriers, dense):
    box = carriers["feeder_20ft"]
    light = dense("feeder_20ft", density_t_per_m3=0.4)
    fare = 34_000 + 36 * 1.3 * 1000
    found = [box_leg(terms, form, box, km(1000)) for form in (dense("feeder_20ft"), light)]
    costs = [leg.cost_jpy_per_t.item() for leg in found]
    np.testing.assert_allclose(costs, [fare / 17, fare / (33 * 0.4)])


def test_chassis_is_drawn_by_a_tractor_and_loaded_at_the_door(terms, carriers, dense, ways):
    box = carriers["roro_chassis_13m"]
    chain = box_chain(terms, dense("roro_chassis_13m"), box, PORTS)
    (haul,) = chain.first
    by_hand = 0.8 * (27_000 + 195.35 * 2 * 30) + 1.5 * 2750
    assert haul.vehicle == "trailer_20t"
    assert haul.leg(ways(30)).cost_jpy_per_t.item() == pytest.approx(by_hand / 18)
    assert chain.last == chain.first
    assert [leg.hours for leg in (chain.loading, chain.unloading)] == [8, 8]
    assert [leg.cost_jpy_per_t for leg in (chain.loading, chain.unloading)] == [0, 0]


def test_container_is_drayed_and_stuffed_by_the_shipper(terms, carriers, dense, ways):
    chain = box_chain(terms, dense("feeder_40ft"), carriers["feeder_40ft"], PORTS)
    leg = chain.first[0].leg(ways([30, 100]))
    near = 0.8 * (37_800 + 273.49 * 2 * 30)
    far = 0.8 * (37_800 + 273.49 * 2 * 100) + 1.1 * (150 + 67.65 * 63)
    np.testing.assert_allclose(leg.cost_jpy_per_t, [near / 24, far / 24])
    np.testing.assert_allclose(leg.hours, [30 / 50, 100 / 50])
    assert chain.first[0].vehicle == "drayage_container"
    assert chain.loading.hours == 24


def test_batteries_pay_packaging_and_the_dangerous_goods_multiplier(terms, forms, carriers):
    (form,) = forms("lib").values()
    chain = box_chain(terms, form, carriers["feeder_20ft"], PORTS)
    assert chain.preparation.cost_jpy_per_t == 35_000
    found = chain.line(km(1000)).cost_jpy_per_t.item()
    assert found == pytest.approx(1.35 * (34_000 + 36 * 1.3 * 1000) / (33 * 0.4))


def test_batteries_never_sail_in_a_hold(terms, forms, carriers):
    chains = ship_chains(terms, list(forms("lib").values()), USES)
    assert {c.vehicle for c in chains} == {"roro_chassis_13m", "feeder_20ft", "feeder_40ft"}
    assert not [c for c in chains if carriers[c.vehicle].kind == BULK]


def test_every_ship_of_the_form_is_a_chain_that_ends_in_its_ports(terms, dense):
    form = dense("truck_10t", "coastal_199GT", "roro_chassis_13m", "feeder_40ft", "jr_12ft")
    chains = ship_chains(terms, [form], USES)
    assert [c.vehicle for c in chains] == ["coastal_199GT", "roro_chassis_13m", "feeder_40ft"]
    assert [c.lot_t for c in chains] == [600, 18, 24]


def test_international_container_waits_longer_in_port_and_is_no_coastal_chain(
    terms, carriers, dense
):
    form = dense("truck_10t", "ocean_20ft")
    assert ship_chains(terms, [form], USES) == []
    chain = box_chain(terms, form, carriers["ocean_20ft"], PORTS)
    assert (chain.vehicle, chain.lot_t) == ("ocean_20ft", 18)
    assert [leg.hours for leg in (chain.loading, chain.unloading)] == [48, 48]
    cost = chain.line(km(1000)).cost_jpy_per_t.item()
    assert cost == pytest.approx((110_000 + 16 * 1000) / 18)
