"""What a hub costs is the arithmetic of the facility table, at the prices of its place."""

from pathlib import Path

import pandas as pd
import pytest

from siting.assemble.hub.facility import (
    capital_recovery,
    hub_row,
    nameplate_t,
    recipe_table,
    step_costs,
)
from siting.assemble.hub.technology import processes
from siting.errors import ConfigError
from siting.figures import read_csv

CONFIGS = Path(__file__).parents[3] / "configs"
RATE = 0.05
CHAIN = {"plastic_sorting": 1.0, "plastic_mechanical": 0.78}
PLACE = {
    "opening_factor": 1.0,
    "detail": "study",
    "electricity_area": "Tokyo",
    "wage_index": 1.1,
    "industrial_land_price_jpy_per_m2": 30_000.0,
}
WORKER_JPY, PER_T, ECO_TOWN = 5e6, 10_000, 0.9


@pytest.fixture(scope="module")
def cell():
    """Return a function that reads one cell of the facility table as it stands in the file."""
    table = read_csv(CONFIGS / "params" / "facility.csv")
    values = table.set_index(["tech_id", "parameter", "capacity_level"])["value"].astype(float)
    return lambda tech, parameter, level="all": float(values[tech, parameter, level])


def annuity(rate, years):
    return rate * (1 + rate) ** years / ((1 + rate) ** years - 1)


def opening(cell, tech, capacity_t):
    """Return the opening cost of a facility of `capacity_t` on ordinary land."""
    scale = capacity_t / cell(tech, "capex_reference_capacity")
    return cell(tech, "capex_reference") * scale ** cell(tech, "scale_exponent")


def running(cell, tech, capacity_t, factor=1.0):
    """Return the yearly cost of a facility of `capacity_t` at the place of the tests."""
    land_m2 = cell(tech, "land") * capacity_t
    upkeep = cell(tech, "fixed_om") * opening(cell, tech, capacity_t) * factor
    return upkeep + RATE * land_m2 * 30_000


def staff(cell, tech, capacity_t):
    """Return the persons who work at a facility of `capacity_t`."""
    larger = capacity_t / cell(tech, "capacity", "medium")
    return cell(tech, "labour", "medium") * larger**-0.25 * capacity_t / PER_T


@pytest.fixture(scope="module")
def capacities(cell):
    """Return the capacity of each step of a medium hub [t/yr]."""
    hub_t = cell("plastic_sorting", "capacity", "medium")
    return {tech: share * hub_t for tech, share in CHAIN.items()}


def medium(figures, study, offered, place):
    """Return a medium plastics hub at `place`."""
    technology = offered["plastic_recycling"]
    return hub_row(figures, study, technology, nameplate_t(figures, technology, "medium"), place)


@pytest.fixture(scope="module")
def hub(figures, study, offered):
    """Return a medium plastics hub on ordinary land."""
    assert offered["plastic_recycling"].steps == CHAIN
    return medium(figures, study, offered, pd.Series(PLACE))


@pytest.fixture(scope="module")
def eco_hub(figures, study, offered):
    """Return the same hub at an eco-town."""
    place = pd.Series(PLACE | {"detail": "eco_towns"})
    return medium(figures, study, offered, place)


def test_hub_treats_its_capacity_times_its_utilisation(hub, cell):
    whole_t = cell("plastic_sorting", "capacity", "medium")
    assert hub["capacity_t"] == whole_t * cell("plastic_sorting", "expected_utilisation")


def test_opening_cost_adds_up_over_the_steps(hub, cell, capacities):
    by_hand = sum(opening(cell, tech, c) for tech, c in capacities.items())
    assert hub["opening_jpy"] == pytest.approx(by_hand, rel=1e-12)


def test_annuity_is_the_mean_of_the_steps(hub, cell, capacities):
    paid = sum(
        opening(cell, tech, c) * annuity(RATE, cell(tech, "economic_life"))
        for tech, c in capacities.items()
    )
    assert hub["annuity_per_yr"] == pytest.approx(paid / hub["opening_jpy"], rel=1e-12)


def test_running_cost_adds_up_over_the_steps(hub, cell, capacities):
    by_hand = sum(running(cell, tech, c) for tech, c in capacities.items())
    assert hub["running_jpy_per_yr"] == pytest.approx(by_hand, rel=1e-12)


def test_handling_cost_is_that_of_what_enters_each_step(hub, cell):
    by_hand = sum(share * cell(tech, "variable_om") for tech, share in CHAIN.items())
    assert hub["handling_jpy_per_t"] == pytest.approx(by_hand, rel=1e-12)


def test_power_and_heat_are_those_of_what_enters_each_step(hub, cell):
    kwh = sum(share * cell(tech, "electricity") for tech, share in CHAIN.items())
    assert hub["kwh_per_t"] == pytest.approx(kwh)
    heat_mj = sum(share * cell(tech, "heat") for tech, share in CHAIN.items())
    direct = sum(share * cell(tech, "process_co2") for tech, share in CHAIN.items())
    assert hub["heat_mj_per_t"] == pytest.approx(heat_mj)
    assert hub["kgco2e_per_t"] == pytest.approx(direct)


def test_staff_is_paid_by_the_wage_of_the_place(hub, cell, capacities):
    persons = sum(staff(cell, tech, c) for tech, c in capacities.items())
    assert hub["jobs"] == pytest.approx(persons, rel=1e-12)
    assert hub["labour_jpy_per_yr"] == pytest.approx(persons * WORKER_JPY * 1.1, rel=1e-12)
    land_m2 = sum(cell(tech, "land") * c for tech, c in capacities.items())
    assert hub["land_m2"] == pytest.approx(land_m2)


def test_eco_town_saves_a_tenth_of_opening(hub, eco_hub):
    assert eco_hub["opening_jpy"] == pytest.approx(ECO_TOWN * hub["opening_jpy"], rel=1e-12)
    assert eco_hub["annuity_per_yr"] == pytest.approx(hub["annuity_per_yr"], rel=1e-12)
    assert eco_hub["handling_jpy_per_t"] == hub["handling_jpy_per_t"]


def test_eco_town_saves_a_tenth_of_upkeep_and_no_wages(eco_hub, cell, capacities):
    by_hand = sum(running(cell, tech, c, ECO_TOWN) for tech, c in capacities.items())
    assert eco_hub["running_jpy_per_yr"] == pytest.approx(by_hand, rel=1e-12)


def test_hub_of_the_national_study_is_that_of_its_place(whole, sites, figures, study, offered):
    place = sites.loc["X01"]
    assert (place["detail"], place["electricity_area"]) == ("study", "Chugoku")
    row = medium(figures, study, offered, place)
    found = whole.instance.hubs.loc[("X01", "plastic_recycling", "medium")]
    assert found[list(row)].to_dict() == pytest.approx(row)


def test_larger_hubs_cost_less_per_tonne(whole):
    hubs = whole.instance.hubs[whole.instance.hubs["stands"] == 0]
    hubs = hubs[hubs.index.get_level_values("size") != "existing"]
    per_t = (hubs["opening_jpy"] / hubs["capacity_t"]).unstack("size")
    assert (per_t["small"] > per_t["medium"]).all()
    assert (per_t["medium"] > per_t["large"]).all()


def test_opening_cost_meets_the_levels_of_the_table(figures, cell):
    for level in ("small", "medium", "large"):
        capacity_t = cell("plastic_sorting", "capacity", level)
        row = step_costs(figures, RATE, "plastic_sorting", 1.0, capacity_t, pd.Series(PLACE))
        expected = cell("plastic_sorting", "capex", level)
        assert row["opening_jpy"] == pytest.approx(expected, rel=1e-3), level


@pytest.mark.parametrize(
    ("rate", "years", "expected"),
    [
        (0.05, 15, 0.0963),
        (0.05, 20, 0.0802),
        (0.05, 12, 0.1128),
        (0.03, 15, 0.0838),
        (0.08, 15, 0.1168),
        (0.0, 20, 0.05),
    ],
)
def test_capital_is_recovered_as_the_formulas_say(rate, years, expected):
    assert capital_recovery(rate, years) == pytest.approx(expected, abs=5e-5)


def test_recipes_lose_nothing(whole):
    recipes = whole.instance.recipes.groupby("technology").sum()
    assert recipes["input_t_per_t"].tolist() == [1.0] * 4
    assert recipes["yield_t_per_t"].tolist() == pytest.approx([1.0] * 4, abs=1e-9)


def test_outputs_of_one_name_are_added(whole):
    yields = whole.instance.recipes["yield_t_per_t"].loc["pv_recycling"]
    assert yields["pv_cell_sheet"] == pytest.approx(0.0006 + 0.034 + 0.13)
    assert yields["copper_scrap"] == pytest.approx(0.01)


def recipe_fault(config, rules, layers, sites):
    """Return the text of the study that the fault points at, and the fault."""
    offered = processes(config, config.study, rules.technologies, layers, sites)
    with pytest.raises(ConfigError) as caught:
        recipe_table(config, offered, rules.material_flow)
    path, line, column, said = str(caught.value).split(":", 3)
    assert path == str(config.path)
    text = config.path.read_text(encoding="utf-8").splitlines()[int(line) - 1]
    return text[int(column) - 1 :], said.strip()


def test_unknown_recipe_is_told_with_its_place(edited, rules, layers, sites):
    config = edited("recipe: P_PV\n", "recipe: P_PX\n")
    at, said = recipe_fault(config, rules, layers, sites)
    assert at == "P_PX"
    assert said == (
        "technologies.pv_recycling.recipe: process 'P_PX' is unknown. Did you mean 'P_PV'?"
    )


def test_recipe_of_another_input_is_told_with_its_place(edited, rules, layers, sites):
    config = edited("recipe: P_PV\n", "recipe: P_STEEL_UP\n")
    at, said = recipe_fault(config, rules, layers, sites)
    assert at == "P_STEEL_UP"
    assert said.startswith(
        "technologies.pv_recycling.input is pv_panel, but P_STEEL_UP takes steel_scrap"
    )
