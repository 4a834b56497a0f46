"""Borders, imports and permits; emissions, the credit once, and what a tonne saved costs."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from siting.outcome import Outcome
from siting.report import facts
from siting.report.viewpoints.rule.environment import environment
from siting.report.viewpoints.rule.law import LEVER_JPY_PER_T, law


def with_figure(outcome: Outcome, name: str, value: float) -> Outcome:
    row = {"table": "choices", "name": name, "value": value, "unit": "JPY/t"}
    return replace(outcome, assumptions=pd.concat([outcome.assumptions, pd.DataFrame([row])]))


def test_waste_crosses_where_the_prefectures_differ(rich: Outcome) -> None:
    row = law(rich).table("crossings").loc[("pv_panel", 2040)]
    assert row["crossing_t"] == 1400
    assert row["crossing_share"] == pytest.approx(1400 / 4000)
    assert row["consent_jpy"] == 1400 * LEVER_JPY_PER_T
    assert law(rich).table("borders")["crossing_t"]["宮城県", "北海道", 2040] == 1400


def test_consent_costs_what_the_study_s_figure_says(rich: Outcome) -> None:
    view = law(with_figure(rich, "border/consent/cost", 3000.0))
    assert view.table("crossings").loc[("pv_panel", 2040), "consent_jpy"] == 1400 * 3000
    assert view.quoted == {"price": "3,000", "origin": "figure"}


def test_import_costs_its_purchase_and_basel_where_known(rich: Outcome) -> None:
    key = ("import-P9", "pv_panel", 2040)
    row = law(rich).table("imports").loc[key]
    assert row["imported_t"] == 500
    assert row["purchase_jpy"] == 500 * 50_000
    assert np.isnan(row["basel_jpy"])
    known = law(with_figure(rich, "import/pv_panel/basel_cost", 2000.0)).table("imports")
    assert known.loc[key, "basel_jpy"] == 1e6


def test_technology_that_waits_is_named(rich: Outcome) -> None:
    table = law(rich).table("permits")
    assert table.index.to_list() == ["pv_recycling"]
    assert table.loc["pv_recycling"].to_list() == [2040, 2030]


def test_credit_of_the_resources_is_the_plan_s_once(built: Outcome) -> None:
    table = environment(built).table("emissions_by_resource")
    credit = table["credit_kgco2e"].groupby(level="period").sum()
    assert credit.to_list() == pytest.approx([-2.6e6, -5.9e6])


def test_tonne_saved_costs_the_plan_less_the_baseline(built: Outcome) -> None:
    row = environment(built).table("abatement").loc["nothing_collected"]
    parts = facts.part_cost_jpy(built.plan)
    before = 32_000 * (8.5 * (1200 + 9000) + 5.7 * (5000 + 9500))
    extra = sum(parts.values()) - parts["emissions"] - before
    assert row["extra_jpy"] == pytest.approx(extra)
    assert row["cost_jpy_per_tco2e"] == pytest.approx(extra / facts.kgco2e_saved(built) * 1000)


def test_nothing_saved_has_no_cost_per_tonne(empty: Outcome) -> None:
    row = environment(empty).table("abatement").loc["nothing_collected"]
    assert np.isnan(row["cost_jpy_per_tco2e"])


def test_disposal_avoided_is_collected_less_residue(built: Outcome) -> None:
    row = environment(built).table("disposal_avoided").loc[("pv_panel", 2040)]
    assert row["avoided_t"] == 4000 - 1200


def test_disposal_of_what_is_imported_is_not_set_against_what_arises_here(rich: Outcome) -> None:
    row = environment(rich).table("disposal_avoided").loc[("pv_panel", 2040)]
    residue_t = 0.3 * (4000 + 500)  # of 500 t imported
    assert row["disposed_t"] == pytest.approx(residue_t * 4000 / 4500)
    assert row["avoided_t"] == pytest.approx(4000 - 1200)


def test_trucks_run_as_far_as_their_loads_need(built: Outcome) -> None:
    table = environment(built).table("heavy_vehicles")["truck_vehicle_km"]
    tkm = 2600 * 40 + 1400 * 40 + 5700 * 25 + 2800 * 120
    assert table["truck_10t", 2040] == pytest.approx(tkm / 10)


def test_truck_of_unknown_load_has_no_kilometres(built: Outcome) -> None:
    legs = built.legs.assign(lot_t=float("nan"))
    table = environment(replace(built, legs=legs)).table("heavy_vehicles")
    assert table["truck_vehicle_km"].isna().all()


def test_virgin_material_is_the_plan_s_quantity(rich: Outcome) -> None:
    assert environment(rich).table("virgin_avoided")["virgin_avoided_t"].to_dict() == {2030: 500}
