"""A truck's tonne costs what the published tariff and tolls come to by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from siting.figures import read_csv, read_figures
from siting.network.road import Routes
from siting.network.truck import ferry, haul, nights, toll, tonne_cost, tonne_kgco2e, trip_cost

PARAMS = Path(__file__).parents[2] / "configs" / "params"
KITAKYUSHU_KM = 1060.0
MANIFEST = {
    "density_key": "transport/steel_scrap/metal_manifest/bulk_density",
    "empty_return_key": "transport/truck/waste_licensed/empty_return_factor",
    "multiplier_key": "",
    "preparation_key": "",
}
BALE = MANIFEST | {
    "density_key": "transport/waste_plastic/bale/bulk_density",
    "preparation_key": "transport/waste_plastic/bale/baling_cost",
}
PALLET = MANIFEST | {
    "density_key": "transport/pv_panel/pallet/bulk_density",
    "multiplier_key": "transport/pv_panel/pallet/handling_cost_multiplier",
}
"""Forms as rows of the loading table."""

TARIFFS = read_csv(PARAMS / "transport.csv")
"""The table itself, for the published points."""


def driven(*road_km, ferry_km=0.0, ferries=0.0):
    """Return routes of `road_km` from one origin, each with the same ferries."""
    km = np.array([road_km], dtype=float)
    return Routes(km, np.full_like(km, ferry_km), np.full_like(km, ferries), km / 50)


def test_toll_falls_with_distance_as_published(figures):
    by_hand = [
        1.1 * (150 + 40.59 * 45),
        1.1 * (150 + 40.59 * (100 + 0.75 * 35)),
        1.1 * (150 + 40.59 * (100 + 75 + 0.70 * 70)),
    ]
    found = toll(figures, "transport/truck/truck_10t", np.array([50.0, 150.0, 300.0]))
    np.testing.assert_allclose(found, by_hand)
    np.testing.assert_allclose(found, [2174.205, 5801.936, 10166.376], atol=1e-3)


def test_night_is_due_for_each_further_nine_hours(figures):
    hours = np.array([0.0, 8.9, 9.0, 9.1, 18.0, 18.1])
    assert nights(figures, hours).tolist() == [0, 0, 0, 1, 1, 2]


def test_trip_within_a_day_adds_up_by_hand(figures):
    tariff = 21600 + 146.25 * (1 + 1.0) * 300
    by_hand = 0.8 * tariff + 10166.376 + 3 * 2340
    assert trip_cost(figures, "truck_10t", driven(300), 1.0, 1.0).item() == pytest.approx(by_hand)


def test_trip_over_night_adds_the_nights(figures):
    by_hand = 0.8 * (21600 + 146.25 * 1.6 * 600) + 3 * 2340 + 16000
    by_hand += 1.1 * (150 + 40.59 * (175 + 0.70 * 340))
    assert trip_cost(figures, "truck_10t", driven(600), 0.6, 1.0).item() == pytest.approx(by_hand)


def test_tariff_index_of_the_origin_moves_the_tariff_alone(figures):
    full = trip_cost(figures, "truck_10t", driven(300), 1.0, 1.0).item()
    reduced = trip_cost(figures, "truck_10t", driven(300), 1.0, 0.855).item()
    assert full - reduced == pytest.approx(0.145 * 0.8 * (21600 + 292.5 * 300))


def test_dump_truck_pays_the_toll_of_its_class(figures):
    by_hand = 0.8 * (25920 + 175.5 * 2 * 300) + 10166.376 + 3 * 2340
    assert trip_cost(figures, "dump_10t", driven(300), 1.0, 1.0).item() == pytest.approx(by_hand)


def test_dense_cargo_is_limited_by_weight(figures):
    trip = trip_cost(figures, "truck_10t", driven(300), 1.0, 1.0).item()
    found = tonne_cost(figures, MANIFEST, "truck_10t", driven(300), 1.0).item()
    assert found == pytest.approx(trip / 10)


def test_bales_cube_out_on_a_trailer_and_are_charged_the_baling(figures):
    trip = trip_cost(figures, "trailer_20t", driven(300), 1.0, 1.0).item()
    found = tonne_cost(figures, BALE, "trailer_20t", driven(300), 1.0).item()
    assert found == pytest.approx(trip / 20 + 6000)
    lighter = read_figures(PARAMS, {BALE["density_key"]: 0.1})
    found = tonne_cost(lighter, BALE, "trailer_20t", driven(300), 1.0).item()
    assert found == pytest.approx(trip / (70 * 0.1) + 6000)


def test_bales_cube_out_before_they_weigh_four_tonnes_a_truck(figures):
    lighter = read_figures(PARAMS, {BALE["density_key"]: 0.1})
    trip = trip_cost(figures, "truck_4t", driven(50), 1.0, 1.0).item()
    found = tonne_cost(lighter, BALE, "truck_4t", driven(50), 1.0).item()
    assert found == pytest.approx(trip / 2.8 + 6000)


def test_panels_on_pallets_cost_the_handling_multiplier(figures):
    trip = trip_cost(figures, "truck_4t", driven(50), 1.0, 1.0).item()
    found = tonne_cost(figures, PALLET, "truck_4t", driven(50), 1.0).item()
    assert found == pytest.approx(1.05 * trip / 3.5)


@pytest.mark.parametrize(("vehicle", "jpy_per_t"), [("truck_10t", 33_000), ("trailer_20t", 21_800)])
def test_tokyo_to_kitakyushu_costs_what_the_formulas_say(figures, vehicle, jpy_per_t):
    found = tonne_cost(figures, MANIFEST, vehicle, driven(KITAKYUSHU_KM), 1.0).item()
    assert found == pytest.approx(jpy_per_t, rel=0.03)


def test_cheapest_vehicle_and_form_is_taken(figures, loading):
    routes = driven(5, 50, 500)
    rows = loading[loading["commodity"] == "waste_plastic"].to_dict("records")
    vehicles = ["truck_4t", "truck_10t", "trailer_20t"]
    each = [tonne_cost(figures, row, v, routes, 1.0) for row in rows for v in vehicles]
    found = haul(figures, loading, "waste_plastic", routes, np.ones((1, 1)))
    np.testing.assert_allclose(found.cost_jpy_per_t, np.min(each, axis=0))


def test_loose_is_cheapest_on_a_short_way_and_baled_on_a_long_one(figures):
    light = read_figures(PARAMS, {"transport/waste_plastic/loose/bulk_density": 0.1})
    loose = BALE | {
        "density_key": "transport/waste_plastic/loose/bulk_density",
        "preparation_key": "",
    }
    short, long = driven(5), driven(1000)
    cost = {
        (name, routes is short): tonne_cost(light, form, "trailer_20t", routes, 1.0).item()
        for name, form in (("loose", loose), ("bale", BALE))
        for routes in (short, long)
    }
    assert cost["loose", True] < cost["bale", True]
    assert cost["loose", False] > cost["bale", False]


def test_loading_time_is_part_of_the_hours(figures, loading):
    found = haul(figures, loading, "waste_plastic", driven(100), np.ones((1, 1)))
    assert found.hours.item() == pytest.approx(100 / 50 + 1.5)


def test_ferry_adds_boarding_and_kilometres(figures):
    by_hand = 25_000 * 2 + 80 * 1.5 * 100
    assert ferry(figures, driven(0, ferry_km=100, ferries=2)).item() == pytest.approx(by_hand)
    dry = trip_cost(figures, "truck_10t", driven(300), 1.0, 1.0)
    wet = trip_cost(figures, "truck_10t", driven(300, ferry_km=100, ferries=2), 1.0, 1.0)
    assert (wet - dry).item() == pytest.approx(by_hand)


def test_tonne_emits_by_the_tonne_kilometre_method(figures):
    by_hand = (216 * KITAKYUSHU_KM + 43 * 100) / 1000
    found = tonne_kgco2e(figures, driven(KITAKYUSHU_KM, ferry_km=100, ferries=1)).item()
    assert found == pytest.approx(by_hand)
    assert tonne_kgco2e(figures, driven(KITAKYUSHU_KM)).item() == pytest.approx(229, abs=0.1)


def published_points():
    """Return vehicle, km and published tariff [JPY] of each point of the table."""
    km = TARIFFS["parameter"].str.extract(r"^tariff_(\d+)km$")[0]
    vehicles = TARIFFS["vehicle_class"].isin(["truck_4t", "truck_10t"])
    rows = TARIFFS.assign(km=km)[vehicles & km.notna()]
    return [(r.vehicle_class, float(r.km), float(r.value)) for r in rows.itertuples()]


def test_tariff_is_published_at_six_distances():
    assert pd.Series([v for v, _, _ in published_points()]).value_counts().min() >= 6


@pytest.mark.parametrize(("vehicle", "km", "tariff_jpy"), published_points())
def test_line_through_the_tariff_meets_its_published_points(figures, vehicle, km, tariff_jpy):
    truck = f"transport/truck/{vehicle}"
    line = figures[f"{truck}/trip_fixed"] + figures[f"{truck}/cost_per_vehicle_km"] * 2 * km
    assert line == pytest.approx(tariff_jpy, rel=0.03)


@pytest.mark.parametrize(("vehicle", "km", "tariff_jpy"), published_points())
def test_trip_at_full_tariff_is_the_published_tariff_and_its_extras(vehicle, km, tariff_jpy):
    full = read_figures(PARAMS, {"transport/truck/market_realisation_of_tariff": 1.0})
    trip = trip_cost(full, vehicle, driven(km), 1.0, 1.0)
    extras = toll(full, f"transport/truck/{vehicle}", np.array([[km]]))
    extras = extras + 3 * full[f"transport/truck/{vehicle}/loading_fee_30min_machine"]
    hours = np.array([[km]]) / full[f"transport/truck/{vehicle}/speed_avg"]
    extras = extras + 16_000 * nights(full, hours)
    assert (trip - extras).item() == pytest.approx(tariff_jpy, rel=0.03)
