"""A technology is its row of technologies.csv, or what the study says in its place."""

import pytest

from siting.assemble.candidate import candidate_sites
from siting.assemble.hub.facility import earliest_period, hub_table
from siting.assemble.hub.technology import processes
from siting.errors import ConfigError
from siting.figures import Figures

HEAD = """\
study: example
title_ja: 例
title_en: Example
periods: {start: 2025, end: 2050, step_years: 5}
discount_rate: 0.05
carbon_price: scenario_base
growth: {waste_plastic: base}
candidates: {from: [eco_towns, case_study_sites]}
"""
LEAD = "facility/plastic_sorting/permit_lead_time"


@pytest.fixture
def offer(written, rules, layers):
    """Return a function from the text of the technologies to what they are."""

    def read(text):
        config = written(f"{HEAD}technologies: {text}\n")
        sites, _ = candidate_sites(config, config.study, layers)
        return processes(config, config.study, rules.technologies, layers, sites)

    return read


def test_listed_technology_is_its_row(offer, rules):
    row = rules.technologies.set_index("technology").loc["plastic_recycling"]
    (found,) = offer("[plastic_recycling]").values()
    assert found.input == row["input"] == "waste_plastic"
    assert found.steps == {"plastic_sorting": 1.0, "plastic_mechanical": 0.78}
    assert (found.recipe, found.max_lines) == (row["recipe"], int(row["max_lines"]))
    assert found.sizes == ["small", "medium", "large"]
    assert found.earliest_key == LEAD
    assert found.sites is None


def test_outputs_of_a_row_are_renamed(offer):
    found = offer("[chem_pyrolysis]")["chem_pyrolysis"]
    assert found.outputs == {"gas_energy": "process_gas", "char_residue": "residue"}


def test_study_overrides_fields_of_a_row(offer):
    text = "{plastic_recycling: {max_lines: 2, sizes: [large], earliest_key: '', outputs: {}}}"
    found = offer(text)["plastic_recycling"]
    assert (found.max_lines, found.sizes, found.earliest_key) == (2, ["large"], "")
    assert found.recipe == "P_PL_SORT"


def test_full_definition_needs_no_row(offer):
    text = "{own: {input: waste_plastic, steps: {rpf: 1.0}, recipe: P_PL_SORT}}"
    found = offer(text)["own"]
    assert (found.sizes, found.max_lines) == (["small", "medium", "large"], 1)
    assert found.earliest_key == ""


def test_site_merged_into_another_stands_for_it(offer):
    assert offer("{rpf_making: {sites: [CS11, CS05a]}}")["rpf_making"].sites == {"ET01", "CS05a"}


def test_undefined_technologies_are_all_told_with_their_places(written, rules, layers, sites):
    config = written(HEAD + "technologies:\n  - plastic_recyling\n  - rpf_making\n  - dancing\n")
    with pytest.raises(ConfigError) as caught:
        processes(config, config.study, rules.technologies, layers, sites)
    said = str(caught.value)
    assert "2 faults" in said
    assert "10:5: technology 'plastic_recyling' is not in technologies.csv, and has no " in said
    assert "Did you mean 'plastic_recycling'?" in said
    assert "12:5: technology 'dancing' is not in technologies.csv" in said


def test_unknown_site_of_a_technology_is_told_with_its_place(written, rules, layers, sites):
    config = written(HEAD + "technologies:\n  rpf_making: {sites: [ET01, ET99]}\n")
    with pytest.raises(ConfigError, match=r"10:30: site 'ET99' is unknown\. Did you mean 'ET"):
        processes(config, config.study, rules.technologies, layers, sites)


def test_technology_runs_only_at_its_sites(offer, figures, study, sites):
    offered = offer("{rpf_making: {sites: [ET01, CS05a]}, chem_pyrolysis: {}}")
    hubs = hub_table(figures, study, offered, sites)
    here = hubs.xs("rpf_making", level="technology").index.unique("site")
    assert list(here) == ["CS05a", "ET01"]
    assert len(hubs.xs("chem_pyrolysis", level="technology").index.unique("site")) == len(sites)


@pytest.mark.parametrize(
    ("months", "period"),
    [(0, 2025), (24, 2025), (29, 2025), (30, 2030), (48, 2030), (90, 2035), (400, 2055)],
)
def test_line_runs_first_in_the_period_whose_middle_is_after_its_permit(
    figures, study, months, period
):
    table = figures.table.copy()
    table.loc[LEAD, ["value", "low", "high"]] = months
    assert earliest_period(Figures(table), study, LEAD) == period


def test_line_without_a_permit_runs_from_the_start(figures, study):
    assert earliest_period(figures, study, "") == 2025
