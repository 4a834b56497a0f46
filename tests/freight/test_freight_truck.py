"""A truck's tonne costs what the published tariff, tolls and fees come to by hand."""

from pathlib import Path

import numpy as np
import pytest

from siting.figures import read_csv
from siting.freight.leg import Terms
from siting.freight.truck import (
    driver_hours,
    expressway_km,
    ferry,
    rest_h,
    road_leg,
    shift_cost,
    standing,
    toll,
    trip_cost,
    trip_leg,
)

PARAMS = Path(__file__).parents[2] / "configs" / "params"
TOLL_10T, TOLL_20T = 40.59, 67.65  # JPY/km before tax
LOADING_10T, LOADING_20T = 3 * 2340, 3 * 2750  # 1.5 h at the fee of half an hour
TARIFF_POINTS = read_csv(PARAMS / "transport.csv").query("group == 'tariff_point'")


def km(*values):
    """Return distances as an array."""
    return np.array(values, dtype=float)


def test_share_of_the_expressway_grows_from_none_to_nine_tenths(terms):
    by_hand = [0, 0, 80 * 0.9 * 50 / 100, 130 * 0.9, 300 * 0.9]
    np.testing.assert_allclose(expressway_km(terms, km(10, 30, 80, 130, 300)), by_hand)


def test_short_haul_pays_no_toll(terms, carriers):
    assert toll(terms, carriers["truck_10t"], km(0, 10, 30)).tolist() == [0, 0, 0]
    assert toll(terms, carriers["truck_10t"], km(31)).item() > 1.1 * 150


def test_toll_falls_with_distance_as_published(terms, carriers):
    by_hand = [
        1.1 * (150 + TOLL_10T * 36),  # 80 km: 45 % of it
        1.1 * (150 + TOLL_10T * (100 + 0.75 * 17)),  # 130 km: 117 km
        1.1 * (150 + TOLL_10T * (100 + 75 + 0.70 * 70)),  # 300 km: 270 km
    ]
    found = toll(terms, carriers["truck_10t"], km(80, 130, 300))
    np.testing.assert_allclose(found, by_hand)
    np.testing.assert_allclose(found, [1772.364, 5199.175, 10166.376], atol=1e-3)


def test_toll_is_that_of_the_class_of_the_vehicle(terms, carriers):
    distances = km(100, 400)
    same = [toll(terms, carriers[name], distances) for name in ("dump_10t", "truck_10t")]
    np.testing.assert_array_equal(*same)
    by_hand = 1.1 * (150 + TOLL_20T * (100 + 75 + 0.70 * 160))
    assert toll(terms, carriers["trailer_20t"], km(400)).item() == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("road_km", "expressway", "by_hand_km"),
    [
        (100, 100 * 0.9 * 0.7, 63),
        (150, 135, 100 + 0.75 * 35),
        (200, 180, 100 + 0.75 * 80),
        (300, 270, 175 + 0.70 * 70),
        (400, 360, 175 + 0.70 * 160),
        (500, 450, 175 + 0.70 * 250),
    ],
)
def test_toll_at_the_distances_of_the_tariff(terms, carriers, road_km, expressway, by_hand_km):
    assert expressway_km(terms, km(road_km)).item() == pytest.approx(expressway)
    found = toll(terms, carriers["truck_10t"], km(road_km)).item()
    assert found == pytest.approx(1.1 * (150 + TOLL_10T * by_hand_km))


@pytest.mark.parametrize(
    ("road_km", "breaks"), [(100, 0), (150, 1), (200, 1), (300, 2), (400, 3), (500, 4)]
)
def test_driver_rests_half_an_hour_for_each_four_at_the_wheel(terms, carriers, road_km, breaks):
    by_hand = road_km * 2 / 55 + 1.5 + 0.5 * breaks
    found = driver_hours(terms, carriers["truck_10t"], km(road_km), 1.0, 1.5).item()
    assert found == pytest.approx(by_hand)


def test_driver_with_a_load_back_works_less(terms, carriers):
    found = driver_hours(terms, carriers["truck_10t"], km(300), 0.6, 1.5).item()
    assert found == pytest.approx(300 * 1.6 / 55 + 1.5 + 0.5 * 2)  # 8.7 h: two breaks


def test_night_is_due_for_each_further_nine_hours(terms, carriers):
    road_km = 55 * km(0, 8.9, 9.0, 9.1, 18.0, 18.1)  # 55 km/h
    nights = [0, 0, 0, 1, 1, 2]
    truck = carriers["truck_10t"]
    assert (shift_cost(terms, truck, road_km) / 16_000).tolist() == nights
    assert (rest_h(terms, truck, road_km) / 9).tolist() == nights


def test_relay_costs_half_a_night_and_takes_no_rest(figures, carriers):
    relayed, truck = Terms(figures, long_haul="relay"), carriers["truck_10t"]
    road_km = 55 * km(9.0, 9.1, 18.1)
    assert shift_cost(relayed, truck, road_km).tolist() == [0, 8_000, 16_000]
    assert rest_h(relayed, truck, road_km).tolist() == [0, 0, 0]


def test_one_driver_reaches_495_km_in_a_day(terms, carriers, ways):
    truck = carriers["truck_10t"]
    by_hand = [
        0.8 * (21_600 + 292.5 * d) + 1.1 * (150 + TOLL_10T * (175 + 0.7 * (0.9 * d - 200)))
        for d in (495, 496)
    ]
    found = trip_cost(terms, truck, ways([495, 496]), 1.0, 3.0) - LOADING_10T
    np.testing.assert_allclose(found, [by_hand[0], by_hand[1] + 16_000])


def test_trip_within_a_day_adds_up_by_hand(terms, carriers, ways):
    by_hand = 0.8 * (21_600 + 146.25 * 2 * 300) + 10_166.376 + LOADING_10T
    found = trip_cost(terms, carriers["truck_10t"], ways(300), 1.0, 3.0).item()
    assert found == pytest.approx(by_hand)


def test_trip_over_night_adds_the_nights(terms, carriers, ways):
    by_hand = 0.8 * (21_600 + 146.25 * 1.6 * 600) + LOADING_10T + 16_000
    by_hand += 1.1 * (150 + TOLL_10T * (175 + 0.70 * 340))
    found = trip_cost(terms, carriers["truck_10t"], ways(600), 0.6, 3.0).item()
    assert found == pytest.approx(by_hand)


def test_trip_of_thirty_kilometres_is_tariff_and_loading(terms, carriers, ways):
    by_hand = 0.8 * (16_560 + 109.5 * 2 * 30) + 3 * 2180
    assert trip_cost(terms, carriers["truck_4t"], ways(30), 1.0, 3.0).item() == by_hand


def test_tariff_index_moves_the_tariff_alone(terms, carriers, ways):
    costs = [
        trip_cost(terms, carriers["truck_10t"], ways(300, index), 1.0, 3.0).item()
        for index in (1.0, 0.855)
    ]
    assert costs[0] - costs[1] == pytest.approx(0.145 * 0.8 * (21_600 + 292.5 * 300))


def test_waiting_is_charged_by_the_half_hour(overridden, terms, carriers):
    waiting = overridden({"transport/truck/waiting_half_hours": 2})
    assert standing(terms, carriers["truck_10t"], 3.0) == LOADING_10T
    assert standing(waiting, carriers["truck_10t"], 3.0) == LOADING_10T + 2 * 1890
    assert standing(waiting, carriers["truck_10t"], 0.0) == 0.0


def test_dump_truck_pays_fees_of_its_class_and_a_higher_tariff(terms, carriers, ways):
    by_hand = 0.8 * (25_920 + 175.5 * 2 * 300) + 10_166.376 + LOADING_10T
    found = trip_cost(terms, carriers["dump_10t"], ways(300), 1.0, 3.0).item()
    assert found == pytest.approx(by_hand)


def test_dense_cargo_is_limited_by_weight(terms, dense, carriers, ways):
    trip = trip_cost(terms, carriers["truck_10t"], ways(300), 1.0, 3.0).item()
    leg = road_leg(terms, dense("truck_10t"), carriers["truck_10t"], ways(300))
    assert leg.cost_jpy_per_t.item() == pytest.approx(trip / 10)


def test_light_cargo_is_limited_by_volume(terms, dense, carriers, ways):
    trip = trip_cost(terms, carriers["trailer_20t"], ways(300), 1.0, 3.0).item()
    light = dense("trailer_20t", density_t_per_m3=0.1)
    leg = road_leg(terms, light, carriers["trailer_20t"], ways(300))
    assert leg.cost_jpy_per_t.item() == pytest.approx(trip / (70 * 0.1))


def test_multiplier_of_the_form_raises_the_price_alone(terms, dense, carriers, ways):
    legs = [
        road_leg(terms, dense("truck_10t", multiplier=m), carriers["truck_10t"], ways(300))
        for m in (1.0, 1.35)
    ]
    assert legs[1].cost_jpy_per_t.item() == pytest.approx(1.35 * legs[0].cost_jpy_per_t.item())
    assert legs[1].kgco2e_per_t.item() == legs[0].kgco2e_per_t.item()
    assert legs[1].driver_h_per_t.item() == legs[0].driver_h_per_t.item()


def test_leg_takes_the_hours_of_the_way_and_of_loading(terms, dense, carriers, ways):
    leg = road_leg(terms, dense("truck_10t"), carriers["truck_10t"], ways(100))
    assert leg.hours.item() == pytest.approx(100 / 50 + 1.5)
    assert leg.driver_h_per_t.item() == pytest.approx((100 * 2 / 55 + 1.5) / 10)
    assert leg.distance_km.item() == 100


def test_leg_loaded_at_one_end_takes_half_the_time(terms, dense, carriers, ways):
    truck = carriers["trailer_20t"]
    leg = trip_leg(terms, dense("trailer_20t"), truck, 18.0, ways(30), 1.5)
    by_hand = 0.8 * (27_000 + 195.35 * 2 * 30) + 1.5 * 2750
    assert leg.cost_jpy_per_t.item() == pytest.approx(by_hand / 18)
    assert leg.hours.item() == pytest.approx(30 / 50 + 0.75)
    assert leg.driver_h_per_t.item() == pytest.approx((60 / 55 + 0.75) / 18)


def test_ferry_adds_boarding_and_kilometres(terms, carriers, ways):
    by_hand = 25_000 * 2 + 80 * 1.5 * 100
    wet = ways(300, ferry_km=100.0, ferries=2.0)
    assert ferry(terms, wet.routes).item() == by_hand
    trips = [trip_cost(terms, carriers["truck_10t"], w, 1.0, 3.0).item() for w in (wet, ways(300))]
    assert trips[0] - trips[1] == pytest.approx(by_hand)


def test_ferry_emits_as_a_ship(terms, dense, carriers, ways):
    wet = ways(300, ferry_km=100.0, ferries=1.0)
    leg = road_leg(terms, dense("truck_10t"), carriers["truck_10t"], wet)
    assert leg.kgco2e_per_t.item() == pytest.approx(0.216 * 300 + 0.043 * 100)
    diesel_mj = 0.216 * 300 / 2.619 * 38.04
    assert leg.mj_per_t.item() == pytest.approx(diesel_mj + 0.555 * 100)
    assert leg.distance_km.item() == 400


TRUCKS = ["truck_2t", "truck_4t", "truck_10t", "trailer_20t", "packer_4t", "dump_10t"]


@pytest.mark.parametrize("vehicle", [*TRUCKS, "tank_lorry_10t", "drayage_container"])
def test_loaded_kilometre_is_two_vehicle_kilometres(figures, vehicle):
    loaded, each = (
        figures.amount(f"transport/truck/{vehicle}/{name}", "JPY/km")
        for name in ("cost_per_loaded_km", "cost_per_vehicle_km")
    )
    assert loaded == pytest.approx(2 * each, rel=1e-9)


def published():
    """Return vehicle, km and published tariff [JPY] of each point by distance."""
    found = TARIFF_POINTS["parameter"].str.extract(r"^tariff_(\d+)km(?:_Kanto)?$")[0]
    rows = TARIFF_POINTS.assign(km=found)[found.notna()]
    return [(r.vehicle_class, float(r.km), float(r.value)) for r in rows.itertuples()]


def test_tariff_is_published_for_four_vehicles():
    counts = [sum(v == name for v, _, _ in published()) for name in TRUCKS[:4]]
    assert counts == [1, 6, 6, 1]


@pytest.mark.parametrize(("vehicle", "road_km", "tariff_jpy"), published())
def test_line_through_the_tariff_meets_its_points_within_one_percent(
    overridden, ways, carriers, vehicle, road_km, tariff_jpy
):
    full = overridden({"transport/truck/market_realisation_of_tariff": 1.0})
    truck, way = carriers[vehicle], ways(road_km)
    extras = toll(full, truck, way.routes.road_km) + standing(full, truck, 3.0)
    extras += shift_cost(full, truck, way.routes.road_km)
    found = (trip_cost(full, truck, way, 1.0, 3.0) - extras).item()
    assert found == pytest.approx(tariff_jpy, rel=0.01)


@pytest.mark.parametrize("region", ["Kinki", "Chubu", "Okinawa", "other"])
def test_index_of_a_region_is_its_tariff_to_that_of_kanto(figures, tariff, region):
    points = tariff.set_index("parameter")["value"]
    ratio = points[f"tariff_10km_{region}"] / points["tariff_10km_Kanto"]
    index = figures.amount(f"transport/truck/regional_tariff_index_{region}", "1")
    assert index == pytest.approx(ratio, abs=0.001)
