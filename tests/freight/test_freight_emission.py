"""A tonne emits and burns what each of the two methods says by hand, never a mixture."""

import numpy as np
import pytest

from siting.freight.emission import by_line, by_truck, truck_l_per_tkm
from siting.freight.leg import Terms

DIESEL_KGCO2E_PER_L, DIESEL_MJ_PER_L = 2.619, 38.04


@pytest.fixture(scope="module")
def improved(figures):
    """Return the terms of a study that counts by load and class."""
    return Terms(figures, "improved")


def km(*values):
    """Return distances as an array."""
    return np.array(values, dtype=float)


def test_truck_emits_216_grams_by_the_conventional_method(terms, carriers):
    kgco2e, energy = by_truck(terms, carriers["truck_10t"], 10.0, 1.0, km(1060))
    assert kgco2e.item() == pytest.approx(0.216 * 1060)
    assert kgco2e.item() == pytest.approx(229, abs=0.1)
    assert energy.item() == pytest.approx(0.216 * 1060 / DIESEL_KGCO2E_PER_L * DIESEL_MJ_PER_L)


def test_conventional_method_knows_no_load_and_no_way_back(terms, carriers):
    half = by_truck(terms, carriers["truck_4t"], 1.5, 0.0, km(50))
    full = by_truck(terms, carriers["trailer_20t"], 20.0, 1.0, km(50))
    np.testing.assert_array_equal(half, full)


@pytest.mark.parametrize(
    ("mode", "kgco2e_per_tkm", "mj_per_tkm"), [("rail", 0.020, 0.491), ("ship", 0.043, 0.555)]
)
def test_line_emits_the_fleet_mean_by_the_conventional_method(
    terms, mode, kgco2e_per_tkm, mj_per_tkm
):
    kgco2e, energy = by_line(terms, mode, km(1000))
    assert kgco2e.item() == pytest.approx(1000 * kgco2e_per_tkm)
    assert energy.item() == pytest.approx(1000 * mj_per_tkm)


@pytest.mark.parametrize(
    ("mode", "kgco2e_per_tkm", "mj_per_tkm"), [("rail", 0.022, 0.491), ("ship", 0.039, 0.555)]
)
def test_line_emits_the_default_of_the_guideline_by_the_improved_method(
    improved, mode, kgco2e_per_tkm, mj_per_tkm
):
    kgco2e, energy = by_line(improved, mode, km(1000))
    assert kgco2e.item() == pytest.approx(1000 * kgco2e_per_tkm)
    assert energy.item() == pytest.approx(1000 * mj_per_tkm)


@pytest.mark.parametrize(
    ("payload_t", "load", "g_per_tkm"),
    [
        (10, 1.00, 95), (10, 0.62, 140), (10, 0.40, 200),
        (20, 1.00, 61), (20, 0.62, 89), (20, 0.40, 127),
        (4, 1.00, 174), (4, 0.62, 256), (4, 0.40, 365),
    ],
)  # fmt: skip
def test_laden_truck_emits_as_the_notice_says(payload_t, load, g_per_tkm):
    litres = truck_l_per_tkm(payload_t, load * payload_t)
    assert 1000 * litres * DIESEL_KGCO2E_PER_L == pytest.approx(g_per_tkm, abs=0.7)


@pytest.mark.parametrize("vehicle", ["truck_2t", "truck_4t", "truck_10t", "trailer_20t"])
@pytest.mark.parametrize("percent", [40, 62, 100])
def test_laden_truck_emits_what_the_table_lists_for_its_class(figures, vehicle, percent):
    listed = figures.amount(f"transport/truck/{vehicle}/co2_tkm_load{percent}", "kgCO2e/(t*km)")
    payload_t = float(vehicle.split("_")[1][:-1])  # of the class: a 4 t truck takes 4 t at most
    litres = truck_l_per_tkm(payload_t, payload_t * percent / 100)
    assert litres * DIESEL_KGCO2E_PER_L == pytest.approx(listed, rel=0.001)


def test_fuel_of_a_laden_truck_is_the_formula():
    by_hand = np.exp(2.71 - 0.812 * np.log(0.62) - 0.654 * np.log(10_000))
    assert truck_l_per_tkm(10.0, 6.2) == pytest.approx(by_hand)


def test_load_below_a_tenth_counts_as_a_tenth():
    assert truck_l_per_tkm(10.0, 0.2) == truck_l_per_tkm(10.0, 1.0)
    assert truck_l_per_tkm(10.0, 1.0) > truck_l_per_tkm(10.0, 1.1)


def test_improved_method_adds_the_empty_way_by_fuel_economy(improved, carriers):
    truck = carriers["truck_10t"]  # 2.89 km/L
    laden_l_per_tkm = np.exp(2.71 - 0.812 * np.log(0.62) - 0.654 * np.log(10_000))
    litres = 100 * (laden_l_per_tkm + 0.6 / 2.89 / 6.2)
    kgco2e, energy = by_truck(improved, truck, 6.2, 0.6, km(100))
    assert kgco2e.item() == pytest.approx(litres * DIESEL_KGCO2E_PER_L)
    assert energy.item() == pytest.approx(litres * DIESEL_MJ_PER_L)


def test_dump_truck_returns_with_the_economy_of_its_class(improved, carriers):
    legs = [by_truck(improved, carriers[v], 10.0, 1.0, km(100))[0] for v in ("dump_10t",
            "truck_10t")]  # fmt: skip
    assert legs[0].item() == legs[1].item()


def test_fuller_truck_emits_less_per_tonne(improved, carriers):
    found = [by_truck(improved, carriers["truck_10t"], t, 1.0, km(100))[0] for t in (3, 6, 10)]
    assert found[0] > found[1] > found[2]
