"""What hubs yield, take in land and berths, and burn, by hand."""

import pytest

from siting.outcome import Outcome
from siting.report.viewpoints.plant.energy import energy
from siting.report.viewpoints.plant.siting import siting
from siting.report.viewpoints.plant.technology import technology


def test_loss_is_what_a_technology_s_sites_dispose(rich: Outcome) -> None:
    row = technology(rich).table("treated").loc[("pv_recycling", 2040)]
    assert row["throughput_t"] == 4500
    assert row["loss_t"] == pytest.approx(1350)
    assert row["loss_share"] == pytest.approx(0.3)


def test_more_yield_is_worth_a_hundredth_of_what_the_main_product_sells_for(
    built: Outcome,
) -> None:
    table = technology(built).table("value_of_yield")
    row = table.loc[("plastic_recycling", "recycled_pellet", 2040)]
    assert row["price_jpy_per_t"] == 90_000
    assert row["hundredth_jpy"] == pytest.approx(0.01 * row["yield_t_per_t"] * 5700 * 90_000)
    yields = built.instance.recipes["yield_t_per_t"]
    assert row["yield_t_per_t"] == yields["plastic_recycling", "recycled_pellet"] < 1


def test_plan_without_hubs_yields_nothing(empty: Outcome) -> None:
    assert all(table.data.empty for table in technology(empty).tables)


def test_land_is_measured_against_the_plot(rich: Outcome) -> None:
    table = siting(rich).table("land")
    assert table.loc[("S01", 2040), "land_m2"] == 16_000
    assert table.loc[("S01", 2040), "plot_share"] == pytest.approx(0.8)
    assert table.loc[("S02", 2040)].isna().to_list() == [False, True, True]


def test_ship_loads_at_one_port_and_unloads_at_the_other(built: Outcome) -> None:
    table = siting(built).table("ports")
    columns = ["loaded_t", "unloaded_t", "calls_count"]
    assert table.loc[("P1", 2040), columns].to_list() == [1400, 0, 140]
    assert table.loc[("P2", 2040), columns].to_list() == [0, 1400, 140]


def test_energy_of_a_site_by_hand(rich: Outcome) -> None:
    row = energy(rich).table("energy_by_site").loc[("S01", 2040)]
    assert row["used_kwh"] == 270_000
    assert row["peak_kw"] == pytest.approx(56.25)
    assert row["heat_mj"] == 450_000
    assert row["energy_jpy"] == 270_000 * 20 + 450_000 * 2.5


def test_area_is_the_region_that_has_tariffs(rich: Outcome) -> None:
    table = energy(rich).table("energy_by_area")["energy_kgco2e"]
    assert table["Hokkaido", 2040] == pytest.approx(270_000 * 0.3 + 450_000 * 0.05)
    assert table["no_area", 2040] == pytest.approx(2_280_000 * 0.2)
    assert set(energy(rich).table("tariffs").index.unique("area")) == {"Hokkaido"}
