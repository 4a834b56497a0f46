"""A rail container costs its fare and its pick-ups by hand, and the fares meet the published."""

import numpy as np
import pytest

from siting.freight.leg import Terms
from siting.freight.rail import box_fare, line_leg, pickup_leg, rail_chains, truck_of

LINKS = ~np.eye(2, dtype=bool)


def km(*values):
    """Return distances as an array."""
    return np.array(values, dtype=float)


def test_small_container_pays_nothing_for_its_way_back(terms, carriers):
    assert box_fare(terms, carriers["jr_12ft"], km(1110)).item() == 12_500 + 48 * 1110


def test_large_container_pays_a_share_of_its_way_back(terms, carriers):
    by_hand = 27_000 + 104 * 1.35 * 1110
    assert box_fare(terms, carriers["jr_31ft"], km(1110)).item() == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("relation", "rail_km"),
    [
        ("tokyo_osaka", 556),
        ("tokyo_fukuoka", 1170),
        ("tokyo_sapporo", 1230),
        ("kyoto_fukuoka", 672),
        ("kyoto_sapporo", 1446),
    ],
)
def test_fare_meets_the_published_one_within_five_percent(
    terms, carriers, tariff, relation, rail_km
):
    row = tariff[tariff["parameter"] == f"fare_{relation}"].iloc[0]
    assert f"~{rail_km} km" in row["note"]
    fare = box_fare(terms, carriers["jr_12ft"], km(rail_km)).item()
    assert fare == pytest.approx(row["value"], rel=0.05)


def test_pick_up_covers_ten_kilometres_and_charges_the_rest(terms, carriers, dense, ways):
    leg = pickup_leg(terms, dense("jr_12ft"), carriers["jr_12ft"], ways([3, 10, 30]))
    by_hand = [11_000 / 5, 11_000 / 5, (11_000 + 277 * 20) / 5]
    np.testing.assert_allclose(leg.cost_jpy_per_t, by_hand)
    leg = pickup_leg(terms, dense("jr_31ft"), carriers["jr_31ft"], ways([10, 30]))
    np.testing.assert_allclose(leg.cost_jpy_per_t, km(23_140, 23_140 + 528 * 20) / 13.8)


def test_pick_up_of_dangerous_goods_costs_the_multiplier(terms, carriers, dense, ways):
    form = dense("jr_12ft", multiplier=1.35, density_t_per_m3=0.2)
    leg = pickup_leg(terms, form, carriers["jr_12ft"], ways(30))
    by_hand = 1.35 * (11_000 + 277 * 20) / (18.7 * 0.2)
    assert leg.cost_jpy_per_t.item() == pytest.approx(by_hand)


def test_pick_up_works_and_emits_as_the_truck_that_fetches(terms, carriers, dense, ways):
    leg = pickup_leg(terms, dense("jr_12ft"), carriers["jr_12ft"], ways(30))
    assert leg.driver_h_per_t.item() == pytest.approx(30 * 2 / 55 / 5)
    assert leg.kgco2e_per_t.item() == pytest.approx(0.216 * 30)
    assert leg.hours.item() == 30 / 50
    trucks = [truck_of(carriers[box]).name for box in ("jr_12ft", "jr_31ft")]
    assert trucks == ["truck_10t", "trailer_20t"]


def test_pick_up_by_the_improved_method_counts_the_load_of_one_box(figures, carriers, dense, ways):
    leg = pickup_leg(Terms(figures, "improved"), dense("jr_12ft"), carriers["jr_12ft"], ways(30))
    laden = np.exp(2.71 - 0.812 * np.log(0.5) - 0.654 * np.log(10_000))  # 5 t on a 10 t truck
    assert leg.kgco2e_per_t.item() == pytest.approx(30 * (laden + 1.0 / 2.89 / 5) * 2.619)


def test_no_box_is_fetched_across_the_sea(terms, carriers, dense, ways):
    way = ways(30, ferry_km=50.0, ferries=1.0)
    leg = pickup_leg(terms, dense("jr_12ft"), carriers["jr_12ft"], way)
    assert np.isinf(leg.cost_jpy_per_t).all()


def test_line_is_divided_by_the_load(terms, carriers, dense):
    box, light = carriers["jr_12ft"], dense("jr_12ft", density_t_per_m3=0.1, multiplier=1.35)
    leg = line_leg(terms, light, box, km(1110))
    assert leg.cost_jpy_per_t.item() == pytest.approx(1.35 * (12_500 + 48 * 1110) / 1.87)
    assert leg.kgco2e_per_t.item() == pytest.approx(0.020 * 1110)
    assert leg.mj_per_t.item() == pytest.approx(0.491 * 1110)
    assert leg.hours.item() == pytest.approx(1110 / 60)
    assert leg.driver_h_per_t.item() == 0


def test_box_stands_half_a_day_at_each_station(terms, dense):
    chain = rail_chains(terms, dense("jr_12ft", preparation_jpy_per_t=6000.0), LINKS)[0]
    ends = chain.loading, chain.unloading
    assert [leg.hours for leg in ends] == [12, 12]
    assert [leg.cost_jpy_per_t for leg in ends] == [0, 0]
    assert chain.preparation.cost_jpy_per_t == 6000


def test_every_container_of_the_form_is_a_chain_open_to_all_stations(terms, dense):
    chains = rail_chains(terms, dense("jr_12ft", "truck_10t", "jr_31ft"), LINKS)
    assert [(c.mode, c.vehicle, c.lot_t) for c in chains] == [
        ("rail", "jr_12ft", 5.0),
        ("rail", "jr_31ft", 13.8),
    ]
    assert all(c.may_load.all() and c.may_unload.all() for c in chains)
    assert all(c.may_link is LINKS for c in chains)
