"""What hubs share: the opening cost and plot of a site, tariffs and factors of an area, salvage."""

import pandas as pd
import pytest

from siting.assemble.hub.shared import energy_table, paid_share, salvage_table, shared_site_table

SITES = pd.DataFrame(
    {"detail": ["eco_towns", "study"], "plot_m2": float("nan"), "opening_factor": 1.0},
    index=["A", "B"],
)
GRID_TODAY, GRID_2030, GRID_2040 = 0.438, 0.25, 0.1


def test_site_pays_its_opening_and_has_its_plot(figures, study):
    found = shared_site_table(figures, study, SITES, pd.Index([]))
    assert found["opening_jpy"].tolist() == [1e9, 1e9]
    assert found["plot_m2"].tolist() == [500_000, 200_000]
    assert found["annuity_per_yr"].tolist() == pytest.approx([0.0650514] * 2, rel=1e-5)


def test_site_where_a_plant_stands_is_open(figures, study):
    found = shared_site_table(figures, study, SITES, pd.Index(["B"]))
    assert found["opening_jpy"].to_dict() == {"A": 1e9, "B": 0}


def test_power_costs_what_the_area_asks(figures, study):
    found = energy_table(figures, study, ["Kansai", "Hokkaido"])
    assert found.loc["Kansai", "power_jpy_per_kwh"].tolist() == [18] * 6
    assert found.loc["Hokkaido", "power_jpy_per_kwh"].tolist() == [24] * 6
    assert (found["heat_jpy_per_mj"] == 2.4).all()
    assert (found["heat_kgco2e_per_mj"] == 0.0513).all()


def test_grid_of_an_area_moves_as_that_of_the_nation(figures, study):
    found = energy_table(figures, study, ["Kansai"])["grid_kgco2e_per_kwh"].loc["Kansai"]
    middle_2027 = GRID_TODAY + (GRID_2030 - GRID_TODAY) * 5.5 / 8
    assert found[2025] == pytest.approx(0.375 * middle_2027 / GRID_TODAY)
    assert found[2030] == pytest.approx(0.375 * (0.75 * GRID_2030 + 0.25 * GRID_2040) / GRID_TODAY)
    assert found[2050] == pytest.approx(0.375 * GRID_2040 / GRID_TODAY)


def test_share_paid_is_less_what_is_left_at_the_horizon():
    assert paid_share(0.05, 20, 5) == pytest.approx(1 - 0.75 / 1.05**5)
    assert paid_share(0.0, 20, 5) == 0.25


def test_what_is_used_up_is_paid_in_full():
    assert paid_share(0.05, 15, 15) == 1
    assert paid_share(0.05, 15, 30) == 1


def test_no_share_is_below_nothing_or_above_all():
    shares = [paid_share(r, life, used) for r in (0, 0.2) for life in (1, 40) for used in (1, 60)]
    assert all(0 <= share <= 1 for share in shares)


def test_salvage_is_discounted_to_the_start(figures, study):
    paid = study.model_copy(update={"finance": "salvage"})
    found = salvage_table(figures, paid, {"g": 15.0}, pd.Index(["A"]))["paid_share"]
    assert found["g", 2025] == 1
    assert found["g", 2050] == pytest.approx(1.05**-25 * (1 - (1 - 5 / 15) / 1.05**5))
    assert found["A", 2045] == pytest.approx(1.05**-20 * (1 - (1 - 10 / 30) / 1.05**10))


def test_nothing_is_given_back_where_annuities_are_paid(figures, study):
    assert salvage_table(figures, study, {"g": 15.0}, pd.Index(["A"])).empty
