"""Plants that stand are hubs with their capacity, at no opening cost, where they are."""

import pandas as pd
import pytest

from siting.assemble.hub import all_hubs
from siting.assemble.hub.facility import hub_row
from siting.assemble.hub.standing import plants_here, standing_hubs
from siting.assemble.hub.technology import processes
from siting.errors import ConfigError

COLUMNS = ["site", "technology", "capacity_t_per_yr", "from_year", "may_close"]


@pytest.fixture(scope="module")
def offered(japan, study, rules, layers, sites):
    """Return the plastics and smelting technologies as the table has them."""
    named = {"plastic_recycling": study.technologies["plastic_recycling"]}
    plain = type(named["plastic_recycling"])()
    named |= {"cu_smelter_escrap": plain, "chem_pyrolysis": plain}
    other = study.model_copy(update={"technologies": named})
    return processes(japan, other, rules.technologies, layers, sites)


def stand(figures, study, offered, sites, *rows):
    """Return hubs and orders of the plants in `rows`."""
    existing = pd.DataFrame([[str(cell) for cell in row] for row in rows], columns=COLUMNS)
    return standing_hubs(figures, study, offered, existing, sites)


def test_plant_stands_with_its_own_capacity_and_sunk_opening(figures, study, offered, sites):
    row = ("CS05a", "cu_smelter_escrap", 50000, 2024, "yes")
    hubs, orders = stand(figures, study, offered, sites, row)
    found = hubs.loc[("CS05a", "cu_smelter_escrap", "existing")]
    new = hub_row(figures, study, offered["cu_smelter_escrap"], 50_000.0, sites.loc["CS05a"])
    assert found["capacity_t"] == 50_000
    assert (found["stands"], found["max_lines"], found["may_close"]) == (1, 1, 1)
    assert found["opening_jpy"] == 0
    assert found["earliest_period"] == 2025
    for name in ("running_jpy_per_yr", "labour_jpy_per_yr", "jobs", "land_m2", "kwh_per_t"):
        assert found[name] == new[name]
    assert orders.empty


def test_plant_stands_where_its_point_was_merged_into(figures, study, offered, sites):
    row = ("CS05b", "cu_smelter_escrap", 110000, 2016, "no")
    hubs, _ = stand(figures, study, offered, sites, row)
    assert list(hubs.index) == [("ET15", "cu_smelter_escrap", "existing")]
    assert hubs["may_close"].tolist() == [0]


def test_plant_of_later_is_ordered_and_not_standing(figures, study, offered, sites):
    row = ("CS05a", "cu_smelter_escrap", 50000, 2028, "no")
    hubs, orders = stand(figures, study, offered, sites, row)
    assert hubs[["stands", "opening_jpy", "earliest_period"]].to_numpy().tolist() == [[0, 0, 2030]]
    hub = ("CS05a", "cu_smelter_escrap", "existing")
    assert list(orders.index) == [(*hub, t) for t in (2030, 2035, 2040, 2045, 2050)]
    assert orders.to_numpy().tolist() == [[1, 1]] * 5


def test_plant_of_later_that_may_be_given_up_is_not_ordered(figures, study, offered, sites):
    row = ("CS05a", "cu_smelter_escrap", 50000, 2028, "yes")
    hubs, orders = stand(figures, study, offered, sites, row)
    assert hubs["earliest_period"].tolist() == [2030]
    assert orders.empty


def test_plant_of_the_first_half_of_a_period_stands_in_all_of_it(figures, study, offered, sites):
    row = ("CS05a", "cu_smelter_escrap", 50000, 2027, "yes")
    assert stand(figures, study, offered, sites, row)[0]["stands"].tolist() == [1]


def test_plants_of_one_site_are_one_unless_they_differ(figures, study, offered, sites):
    rows = [
        ("CS07b", "chem_pyrolysis", 20000, 2016, "yes"),
        ("CS11", "chem_pyrolysis", 5000, 2020, "yes"),
        ("ET01", "chem_pyrolysis", 7000, 2033, "yes"),
    ]
    hubs, _ = stand(figures, study, offered, sites, *rows)
    found = hubs.xs(("ET01", "chem_pyrolysis"), level=["site", "technology"])
    assert found["capacity_t"].to_dict() == {"existing": 25_000, "existing_2": 7_000}
    assert found["stands"].to_dict() == {"existing": 1, "existing_2": 0}


def test_plants_of_other_technologies_and_places_are_left_out(study, offered, rules, sites):
    here = plants_here(study, offered, rules.existing, sites.drop("CS05a"))
    assert {plant.technology for plant in here} == set(offered)
    assert "CS05a" not in {plant.site for plant in here}


def test_study_may_do_without_plants(figures, study, offered, rules, sites):
    bare = study.model_copy(update={"existing": False})
    hubs, orders = standing_hubs(figures, bare, offered, rules.existing, sites)
    assert hubs.empty
    assert orders.empty


@pytest.mark.parametrize(("capacity", "year"), [("many", 2020), (0, 2020), (100, "soon")])
def test_plant_without_a_number_is_told(figures, study, offered, sites, capacity, year):
    row = ("CS05a", "cu_smelter_escrap", capacity, year, "yes")
    with pytest.raises(ConfigError, match=r"existing\.csv: .* of 'CS05a' is no number above 0"):
        stand(figures, study, offered, sites, row)


def test_ordinary_hubs_do_not_stand(japan, study, figures, offered, rules, sites):
    hubs, _ = all_hubs(japan, study, figures, offered, rules, sites)
    ordinary = hubs.drop("existing", level="size")
    assert (ordinary[["stands", "may_close"]] == 0).all(axis=None)
    assert hubs.notna().all(axis=None)


def test_technology_that_may_run_nowhere_is_told(edited, figures, rules, layers, sites):
    config = edited("recipe: P_PV\n", "recipe: P_PV\n    sites: [ET01]\n")
    found = processes(config, config.study, rules.technologies, layers, sites.drop("ET01"))
    with pytest.raises(ConfigError, match="technology 'pv_recycling' may run at no site"):
        all_hubs(config, config.study, figures, found, rules, sites.drop("ET01"))
