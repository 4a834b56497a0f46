"""The tables of params name only what exists, close their balances, and tell their sources."""

from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd
import pytest
import yaml

from siting.figures import Figures, read_csv, read_figures
from siting.layers import data_folder
from siting.layers.read import read_layer
from siting.layers.spec import CASE_STUDY_SITES, PORTS, SINKS
from siting.text import WORDS
from siting.units import parsed, same_kind

CONFIGS = Path(__file__).parents[1] / "configs"
PARAMS = CONFIGS / "params"
STUDIES = sorted([*CONFIGS.glob("case*.yaml"), CONFIGS / "japan.yaml"])
SOURCED = [
    "baselines",
    "disposals",
    "existing",
    "imports",
    "markets",
    "material_flow",
    "policy_levers",
    "technologies",
]
RESOURCES = {
    "aluminium_scrap",
    "copper_scrap",
    "e_scrap",
    "elv",
    "lib",
    "mixed_sludge",
    "pv_panel",
    "ship",
    "steel_scrap",
    "uco",
    "waste_plastic",
    "wind_turbine",
}
WHOLE = {
    "P_ELV": ("elv", ["elv_dismantling", "elv_shredding"]),
    "P_UCO_SAF": ("uco", ["uco_pretreatment", "hefa_saf"]),
    "P_UCO_BDF": ("uco", ["uco_pretreatment", "bdf_making"]),
    "P_ESC": ("e_scrap", ["escrap_preprocessing", "cu_smelter_escrap"]),
}
"""Recipe of a whole chain to its input and the technologies that share it."""

SAME = {"steel_scrap": "steel_shredded"}
"""Output of a whole chain to the recipe's own word for it, where they differ."""

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def figures() -> Figures:
    return read_figures(PARAMS, {})


@pytest.fixture(scope="module")
def rules() -> Tables:
    names = [*SOURCED, "carriers", "loading", "targets"]
    return {name: read_csv(PARAMS / f"{name}.csv") for name in names}


@pytest.fixture(scope="module")
def made(rules: Tables) -> dict[str, set[str]]:
    """Return technology to the commodities it makes."""
    return {
        row["technology"]: set(outputs(rules, row).map(renamed(row)))
        for row in rules["technologies"].to_dict("records")
    }


def outputs(rules: Tables, row: dict[str, str]) -> pd.Series:
    """Return the outputs of a technology's recipe on its input."""
    flow = rules["material_flow"]
    return flow[(flow["process_id"] == row["recipe"]) & (flow["input"] == row["input"])]["output"]


def renamed(row: dict[str, str]) -> dict[str, str]:
    """Return every output to what it counts as."""
    pairs = dict(pair.split("=") for pair in row["outputs"].split(";") if pair)

    class Own(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return key

    return Own(pairs)


def study_of(path: Path) -> dict[str, object]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_every_process_closes_to_one(rules: Tables) -> None:
    flow = rules["material_flow"].astype({"value": float})
    total = flow.groupby(["process_id", "input"])["value"].sum()
    assert total[(total - 1).abs() > 1e-9].to_dict() == {}


@pytest.mark.parametrize("recipe", WHOLE)
def test_steps_in_a_row_give_the_yields_of_the_whole_chain(rules: Tables, recipe: str) -> None:
    flow = rules["material_flow"].astype({"value": float})
    resource, chain = WHOLE[recipe]
    rows = rules["technologies"].set_index("technology").loc[chain]
    into, got = {resource: 1.0}, pd.Series(dtype=float)
    for row in rows.to_dict("records"):
        step = flow[(flow["process_id"] == row["recipe"]) & (flow["input"] == row["input"])]
        yields = step.set_index("output")["value"] * into[row["input"]]
        got = got.add(yields, fill_value=0.0)
        into |= yields.to_dict()
    whole = flow[(flow["process_id"] == recipe) & (flow["input"] == resource)]
    wanted = whole[whole["output_kind"].isin(["material", "product"])].set_index("output")["value"]
    found = got.reindex([SAME.get(name, name) for name in wanted.index])
    assert found.to_numpy() == pytest.approx(wanted.to_numpy(), rel=1e-4)


def test_every_key_of_a_rule_is_a_figure(rules: Tables, figures: Figures) -> None:
    unknown = []
    for name in ("baselines", "disposals", "imports", "loading", "markets", "technologies"):
        table = rules[name]
        for column in [c for c in table if c.endswith("_key")]:
            keys = {key for key in table[column] if key and "{region}" not in key}
            unknown += [f"{name}.{column}: {key}" for key in sorted(keys) if key not in figures]
    assert unknown == []


def test_every_regional_key_has_a_figure_somewhere(rules: Tables, figures: Figures) -> None:
    cells = {cell for table in rules.values() for cell in table.to_numpy().ravel()}
    regional = [cell for cell in cells if isinstance(cell, str) and "{region}" in cell]
    assert regional
    assert [cell for cell in regional if cell.format(region="Kanto") not in figures] == []


def test_technologies_name_facilities_and_recipes(rules: Tables, figures: Figures) -> None:
    for row in rules["technologies"].to_dict("records"):
        steps = dict(step.split(":") for step in row["steps"].split(";"))
        for facility, share in steps.items():
            assert f"facility/{facility}/capex_reference" in figures, row["technology"]
            assert 0 < float(share) <= 1, row["technology"]
        first = next(iter(steps))
        for size in row["sizes"].split(";"):
            assert f"facility/{first}/capacity/{size}" in figures, row["technology"]
        found = set(outputs(rules, row))
        assert found, row["technology"]
        assert set(renamed(row)) <= found, row["technology"]


def test_no_technology_is_called_as_a_commodity(rules: Tables) -> None:
    assert not set(rules["technologies"]["technology"]) & set(rules["disposals"]["commodity"])


def test_every_output_has_one_disposal(rules: Tables, made: dict[str, set[str]]) -> None:
    disposals = rules["disposals"]["commodity"]
    assert disposals.is_unique
    assert set.union(*made.values()) == set(disposals)


def test_every_travelling_commodity_has_a_form(rules: Tables) -> None:
    travelling = set(rules["technologies"]["input"]) | set(rules["markets"]["commodity"])
    assert travelling == set(rules["loading"]["commodity"])


def test_every_vehicle_of_a_form_is_a_carrier(rules: Tables) -> None:
    named = {name for cell in rules["loading"]["vehicles"] for name in cell.split(";")}
    assert named <= set(rules["carriers"]["vehicle"])


def test_what_is_sold_is_made_and_finds_a_sink(rules: Tables, made: dict[str, set[str]]) -> None:
    markets = rules["markets"]
    assert set(markets["commodity"]) <= set.union(*made.values())
    sinks = read_layer(data_folder(), SINKS)
    for rule in markets.to_dict("records"):
        takers = sinks[sinks["kind"] == rule["sink_kind"]]
        takers = takers[[rule["accepts"] in cell.split(";") for cell in takers["accepts"]]]
        assert len(takers), rule["commodity"]
        if rule["demand_share_key"]:
            assert takers["capacity_t_per_yr"].notna().all(), rule["commodity"]


def test_every_resource_has_a_baseline_and_a_technology(rules: Tables) -> None:
    assert set(rules["baselines"]["commodity"]) >= RESOURCES
    assert set(rules["technologies"]["input"]) >= RESOURCES
    assert set(rules["targets"]["commodity"]) == RESOURCES


@pytest.mark.parametrize("name", SOURCED)
def test_every_row_has_source_and_confidence(rules: Tables, name: str) -> None:
    told = rules[name]["confidence"].isin(["published", "compiled", "estimate"])
    assert list(rules[name].index[~told]) == []
    bare = rules[name]["source"].str.strip() == ""
    assert list(rules[name].index[bare]) == []


def test_a_lever_pulls_figures_or_says_why_not(rules: Tables, figures: Figures) -> None:
    keys = list(figures.table.index)
    levers = rules["policy_levers"]
    assert len(levers) == 35
    assert levers["lever_id"].is_unique
    for lever in levers.to_dict("records"):
        globs = [glob for glob in lever["figure_keys"].split(";") if glob]
        modelled = lever["modelled"] == "yes"
        assert (bool(globs), bool(lever["why_not"])) == (modelled, not modelled), lever
        parsed(lever["unit"])
        for glob in globs:
            pulled = [key for key in keys if fnmatchcase(key, glob)]
            assert pulled, f"{lever['lever_id']}: {glob}"
            if lever["apply"] != "multiply":
                kinds = {figures.rows[key]["unit"] for key in pulled}
                assert all(same_kind(kind, lever["unit"]) for kind in kinds), lever["lever_id"]


def test_plants_stand_at_case_study_sites_and_imports_land_at_ports(rules: Tables) -> None:
    existing, imports = rules["existing"], rules["imports"]
    assert set(existing["site"]) <= set(read_layer(data_folder(), CASE_STUDY_SITES).index)
    assert set(existing["technology"]) <= set(rules["technologies"]["technology"])
    assert (existing["capacity_t_per_yr"].astype(float) > 0).all()
    assert set(existing["may_close"]) <= {"yes", "no"}
    assert set(imports["port"]) <= set(read_layer(data_folder(), PORTS).index)
    assert set(imports["commodity"]) <= set(rules["technologies"]["input"])


def test_every_commodity_and_technology_has_words(rules: Tables) -> None:
    named = set(rules["disposals"]["commodity"]) | set(rules["baselines"]["commodity"])
    named |= set(rules["technologies"]["technology"]) | set(rules["loading"]["form"])
    named |= set(rules["carriers"]["vehicle"])
    assert named - set(WORDS) == set()


def test_there_is_a_study_of_every_case() -> None:
    cases = [study_of(path).get("case") for path in STUDIES]
    assert sorted(case for case in cases if isinstance(case, int)) == list(range(1, 13))


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.stem)
def test_a_study_names_known_technologies_and_levers(
    rules: Tables, figures: Figures, path: Path, made: dict[str, set[str]]
) -> None:
    study = study_of(path)
    technologies = list(study["technologies"])  # type: ignore[call-overload]
    assert set(technologies) <= set(made)
    rows = rules["technologies"].set_index("technology").loc[technologies]
    inside = set.union(*(made[name] for name in technologies))
    assert set(rows["input"]) - inside <= set(study["growth"])  # type: ignore[call-overload]
    assert set(study["growth"]) <= set(rows["input"])  # type: ignore[call-overload]
    for scenario in study["scenarios"].values():  # type: ignore[attr-defined]
        assert set(scenario.get("levers", [])) <= set(
            rules["policy_levers"].query("modelled == 'yes'")["lever_id"]
        )
        assert [key for key in scenario.get("overrides", {}) if key not in figures] == []


def test_the_national_study_has_every_resource() -> None:
    growth = study_of(CONFIGS / "japan.yaml")["growth"]
    assert set(growth) == RESOURCES  # type: ignore[call-overload]
