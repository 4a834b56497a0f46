"""What arises in the study is what the layers say, and costs what its region pays."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from siting.assemble.source.supply import (
    baseline_tables,
    commodity_supply,
    household_share,
    supply_table,
)
from siting.errors import ConfigError

SOURCES = Path(__file__).parents[3] / "data" / "sources"
MUNICIPAL_SHARE = 0.515
STEEL_T_PER_T_LDT = 0.85
COLLECTION_JPY_PER_T = 55_000
COMMODITIES = ["pv_panel", "steel_scrap", "waste_plastic"]
TAKEN = {*COMMODITIES, "chem_feed"}


def taken_by(study):
    return {technology.input for technology in study.technologies.values()}


def total(whole, commodity):
    return (
        whole.instance.supply["supply_t"].xs(commodity, level="commodity").groupby("period").sum()
    )


def test_every_resource_arises_as_its_published_curve_says(japan, study, layers):
    curves = pd.read_csv(SOURCES / "growth.csv").set_index(["resource", "scenario"])
    assert curves.index.unique("resource").size == 12
    for name, scenario in curves.index.unique():
        rows = curves.loc[(name, scenario)].set_index("year")
        wanted = study.model_copy(update={"growth": {name: scenario}})
        table = commodity_supply(japan, wanted, layers, name)["supply_t"]
        told_t = 1000 * rows["value"].reindex(study.periods.years)
        if name == "ship":  # told in scrap, arises by light displacement
            told_t = told_t / STEEL_T_PER_T_LDT
        found_t = table.groupby("period").sum()
        np.testing.assert_allclose(found_t, told_t, rtol=1e-5, err_msg=f"{name} {scenario}")


def test_wave_of_panels_lies_near_the_two_published_years(layers):
    wave_t = layers.pv_waste["supply_t"].groupby("year").sum()
    assert wave_t[2035] == pytest.approx(250_000, rel=0.3)
    assert wave_t[2042] == pytest.approx(466_000, rel=0.2)


def test_ships_of_the_plan_of_chita_give_its_scrap(japan, study, layers, rules):
    ships = study.model_copy(update={"growth": {"ship": "base"}})
    ldt_t = commodity_supply(japan, ships, layers, "ship")["supply_t"].groupby("period").sum()
    recipe = rules.material_flow.set_index(["process_id", "output"])["value"]
    steel = float(recipe["P_SHIP", "steel_scrap_hq"])
    assert steel == STEEL_T_PER_T_LDT
    assert ldt_t[2030] * steel == pytest.approx(300_000, rel=1e-6)
    yard = rules.existing.set_index(["site", "technology"])["capacity_t_per_yr"]
    assert float(yard["CS04", "ship_recycling"]) == pytest.approx(ldt_t[2030], abs=1)


def test_supply_of_panels_is_the_wave_of_the_layer(whole, layers, study):
    wave = layers.pv_waste["supply_t"].groupby("year").sum().reindex(study.periods.years)
    np.testing.assert_allclose(total(whole, "pv_panel"), wave, rtol=1e-9)


@pytest.mark.parametrize("commodity", COMMODITIES)
def test_every_municipality_where_some_arises_is_a_source_in_every_period(whole, layers, commodity):
    rows = whole.instance.supply.xs(commodity, level="commodity")
    wave = layers.pv_waste["supply_t"].groupby("code").max()
    counts = {"pv_panel": int((wave > 0).sum())}
    assert (rows.groupby("period").size() == counts.get(commodity, 1741)).all()
    assert len(rows.index.unique("period")) == 6


def test_growth_of_what_does_not_exist_is_told(edited, layers):
    config = edited("steel_scrap: base", "steel_scrapp: base")
    at, said = fault(config, layers)
    assert at.startswith("steel_scrapp:")
    assert said == "commodity 'steel_scrapp' is unknown. Did you mean 'steel_scrap'?"


def test_what_another_technology_makes_arises_only_where_growth_says_so(edited, layers):
    taken, made = {"steel_scrap", "copper_scrap"}, {"copper_scrap"}
    config = edited("steel_scrap: base", "steel_scrap: base")
    table = supply_table(config, config.study, layers, taken, made)
    assert list(table.index.unique("commodity")) == ["steel_scrap"]
    config = edited("steel_scrap: base", "steel_scrap: base\n  copper_scrap: base")
    table = supply_table(config, config.study, layers, taken, made)
    found = table["supply_t"].xs(("copper_scrap", 2025), level=["commodity", "period"])
    np.testing.assert_allclose(
        found.sort_index(), layers.generation["supply_t"].xs("copper_scrap", level="commodity")
    )


def test_only_what_no_technology_makes_is_supplied(whole):
    assert sorted(whole.instance.supply.index.unique("commodity")) == COMMODITIES


def test_growth_between_the_years_of_the_layer_is_linear(japan, study, layers):
    periods = study.periods.model_copy(update={"start": 2026, "end": 2031})
    shifted = study.model_copy(update={"periods": periods})
    table = supply_table(japan, shifted, layers, TAKEN, {"chem_feed"})["supply_t"]
    found = table.xs("waste_plastic", level="commodity").groupby("period").sum()
    curve_t = layers.growth["national_t"].loc["waste_plastic", "base"]
    between_t = curve_t[2025] + (curve_t[2030] - curve_t[2025]) / 5
    assert found[2026] == pytest.approx(between_t, rel=1e-9)


def fault(config, layers):
    with pytest.raises(ConfigError) as caught:
        supply_table(config, config.study, layers, taken_by(config.study), {"chem_feed"})
    path, line, column, said = str(caught.value).split(":", 3)
    assert path == str(config.path)
    lines = config.path.read_text(encoding="utf-8").splitlines()
    return lines[int(line) - 1][int(column) - 1 :], said.strip()


def test_unknown_growth_scenario_is_told(edited, layers):
    at, said = fault(edited("steel_scrap: base", "steel_scrap: boom"), layers)
    assert at == "boom"
    assert said == "growth.steel_scrap is 'boom', expected one of ['base', 'low']."


def test_missing_growth_scenario_is_told(edited, layers):
    at, said = fault(edited("  steel_scrap: base\n", ""), layers)
    assert at.startswith("waste_plastic: base")
    assert said == "growth has no scenario for 'steel_scrap'. Add one."


def test_resource_that_arises_nowhere_is_told(edited, layers):
    at, said = fault(edited("input: pv_panel", "input: moon_dust"), layers)
    assert at.startswith("plastic_recycling")
    assert said.startswith("no layer says where 'moon_dust' arises, expected one of ")
    assert "'pv_panel'" in said


def test_household_share_follows_people_where_nothing_is_clipped():
    index = pd.MultiIndex.from_product(
        [["a", "b"], ["waste_plastic"], [2025]], names=["source", "commodity", "period"]
    )
    supply = pd.DataFrame({"supply_t": [300.0, 100.0]}, index=index)
    share = household_share(supply, pd.Series({"a": 2, "b": 1}), 0.3)
    assert share.tolist() == pytest.approx([0.3 * 400 * 2 / 3 / 300, 0.3 * 400 / 3 / 100])
    assert np.average(share, weights=supply["supply_t"]) == pytest.approx(0.3, abs=1e-3)


def test_household_share_is_none_where_nothing_arises():
    index = pd.MultiIndex.from_product(
        [["a", "b"], ["waste_plastic"], [2025]], names=["source", "commodity", "period"]
    )
    supply = pd.DataFrame({"supply_t": [0.0, 100.0]}, index=index)
    assert household_share(supply, pd.Series({"a": 1, "b": 9}), 0.5).tolist()[0] == 0


def test_oil_costs_what_business_is_paid_and_households_take_to_collect(
    japan, study, layers, figures, rules, towns
):
    oil = study.model_copy(update={"growth": {"uco": "base"}})
    supply = commodity_supply(japan, oil, layers, "uco")
    own, today = baseline_tables(figures, rules.baselines, supply, towns)
    tonnes = supply["supply_t"].xs(2025, level="period").droplevel("commodity")
    price = own["acquisition_jpy_per_t"].xs(2025, level="period").droplevel("commodity")
    mean = np.average(price.reindex(tonnes.index), weights=tonnes)
    assert mean == pytest.approx(0.189 * 90_000 + 0.811 * 150_000, rel=1e-3)
    at_home = (150_000 - price) / 60_000
    people = towns["population"].reindex(tonnes.index)
    np.testing.assert_allclose(at_home * tonnes, 0.189 * 530_000 * people / people.sum(), rtol=2e-3)
    gas = today["kgco2e_per_t"].xs(2025, level="period").droplevel("commodity")
    np.testing.assert_allclose(gas, -1500 * (1 - at_home.reindex(gas.index)))


def shares(whole):
    """Return each municipality's household share of plastics, from what its collection costs."""
    rows = whole.instance.supply.xs("waste_plastic", level="commodity")
    return rows["acquisition_jpy_per_t"] / COLLECTION_JPY_PER_T, rows["supply_t"]


def test_household_share_is_at_most_one(whole):
    share, _ = shares(whole)
    assert share.between(0, 1).all()


def test_mean_household_share_is_the_municipal_share_where_not_clipped(whole, towns):
    share, supply = shares(whole)
    people = share.index.get_level_values("source").map(towns["population"]).to_numpy(float)
    national = supply.groupby("period").transform("sum")
    unclipped = MUNICIPAL_SHARE * national * people / towns["population"].sum() / supply
    free = unclipped < 1
    assert (free | (share == 1)).all()
    np.testing.assert_allclose(share[free], unclipped[free], rtol=1e-9)
    whole_country = (unclipped * supply).groupby("period").sum() / supply.groupby("period").sum()
    np.testing.assert_allclose(whole_country, MUNICIPAL_SHARE, atol=1e-3)


def test_clipping_loses_little_of_the_municipal_share(whole):
    share, supply = shares(whole)
    mean = (share * supply).groupby("period").sum() / supply.groupby("period").sum()
    assert (mean <= MUNICIPAL_SHARE + 1e-9).all()
    assert (mean > 0.9 * MUNICIPAL_SHARE).all()


@pytest.mark.parametrize(
    ("source", "commodity", "jpy_per_t", "kgco2e_per_t"),
    [
        ("13104", "waste_plastic", 41_700, 2_600),
        ("01100", "waste_plastic", 41_000, 2_600),
        ("47201", "waste_plastic", 41_000, 2_600),
        ("13104", "steel_scrap", 0, 0),
        ("01100", "pv_panel", 24_600, 20),
    ],
)
def test_baseline_is_that_of_the_region(whole, source, commodity, jpy_per_t, kgco2e_per_t):
    row = whole.instance.baseline.loc[(source, commodity, 2025)]
    assert row["cost_jpy_per_t"] == jpy_per_t
    assert row["kgco2e_per_t"] == kgco2e_per_t


@pytest.mark.parametrize(
    ("source", "jpy_per_t"), [("13104", 40_167), ("27100", 37_875), ("47201", 30_000)]
)
def test_scrap_is_bought_at_the_price_of_its_region(whole, source, jpy_per_t):
    row = whole.instance.supply.loc[(source, "steel_scrap", 2030)]
    assert row["acquisition_jpy_per_t"] == jpy_per_t


def test_targets_are_those_of_the_table(whole, rules):
    table = rules.targets.set_index(["commodity", "period"])["min_collected_share"]
    held = whole.instance.targets
    expected = [float(table[k, str(t)]) for k, t in held.index]
    assert held["min_collected_share"].tolist() == expected
    assert (held["shortfall_jpy_per_t"] == 500_000).all()
    assert sorted(held.index.unique("commodity")) == COMMODITIES
