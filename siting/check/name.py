"""Every name that a study uses, looked up in the layers and tables that it stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble import known_names
from siting.assemble.candidate import candidate_sites
from siting.assemble.candidate.added import known_technologies
from siting.assemble.ground import ferry_notes, site_table, town_table
from siting.assemble.hub import all_hubs
from siting.assemble.hub.facility import recipe_table
from siting.assemble.hub.limit import limit_tables, must_orders
from siting.assemble.hub.technology import processes, undefined
from siting.assemble.lever import refuse_levers
from siting.assemble.period import carbon_path
from siting.assemble.place import find_place
from siting.assemble.source.imports import import_tables
from siting.assemble.source.supply import (
    commodity_supply,
    supply_table,
    towns_in_scope,
)
from siting.assemble.transport.export import export_table
from siting.assemble.transport.network import find_terminals, refuse_empty_modes, service_lines
from siting.freight.load import read_carriers
from siting.yaml_place import Key

if TYPE_CHECKING:
    from siting.assemble.hub.technology import Process
    from siting.assemble.rule import Rules
    from siting.check import Checked
    from siting.config import Config, Fault, Study
    from siting.config_model import Technology
    from siting.figures import Figures
    from siting.layers import Layers


SCREENING = "screening"
"""Source of candidates that are proposed when the land is screened, which no check does."""


@dataclass(frozen=True)
class Names:
    """A study and all that it may name."""

    config: Config
    study: Study
    layers: Layers
    figures: Figures
    rules: Rules


def check_names(found: Checked, names: Names, lost: set[str]) -> None:
    """Note in `found` every name of the study that nothing has.

    Parameters
    ----------
    lost : sections that could not be read: what only they would say is not asked for.
    """
    config, study, layers = names.config, names.study, names.layers
    found.tried(refuse_levers, config, study, names.rules.policy_levers)
    found.tried(refuse_graph, config, study, layers)
    check_transport(found, names)
    sites = check_sites(found, names)
    for number, site in enumerate(study.candidates.sites):
        if "technologies" not in lost:
            loc = ("candidates", "sites", number)
            found.tried(known_technologies, config, loc, site)
    if sites:
        found.counts["site"], found.notes = len(sites[0]), sites[1]
    supply = None
    if "technologies" not in lost:
        offered, recipes = check_technologies(found, names, sites[0] if sites else None)
        supply = check_supply(found, names, recipes)
        if sites and offered and supply is not None and not lost & {"candidates", "periods"}:
            check_limits(found, names, offered, recipes, sites[0], supply)
    check_figures(found, names)
    for scenario in study.scenarios:
        own = in_scenario(names, scenario)
        check_figures(found, own)
        if "technologies" not in lost and "growth" not in lost:
            check_supply(found, own, recipes)


def check_sites(found: Checked, names: Names) -> tuple[pd.DataFrame, list[str]] | None:
    """Return the candidates and what was merged; none where screening has yet to propose some."""
    config, study, layers = names.config, names.study, names.layers
    candidates = study.candidates
    if all(source.layer != SCREENING for source in candidates.sources):
        return found.tried(candidate_sites, config, study, layers)
    if len(candidates.sources) > 1 or candidates.sites:
        found.tried(candidate_sites, config, study, layers, frozenset({SCREENING}))
    return None


def check_figures(found: Checked, names: Names) -> None:
    """Note the overrides that no figure has, and a carbon price that no path has."""
    figures = names.figures
    faults: list[Fault] = [
        (("overrides", Key(key)), f"'{key}' is no figure.{figures.hint(key)}")
        for key in names.study.overrides
        if key not in figures
    ]
    found.note([names.config.located(*fault) for fault in faults])
    found.tried(carbon_path, names.config, names.study, figures)


def check_technologies(
    found: Checked, names: Names, sites: pd.DataFrame | None
) -> tuple[dict[str, Process], pd.DataFrame]:
    """Return the technologies that are as they must be, and their recipes."""
    config, study, table = names.config, names.study, names.rules.technologies
    known = pd.DataFrame({"points": []}) if sites is None else sites
    anywhere = {
        name: said.model_copy(update={"sites": None}) for name, said in study.technologies.items()
    }
    asked = study if sites is not None else with_technologies(study, anywhere)
    found.tried(processes, config, asked, table, names.layers, known)
    rows = table.set_index("technology").to_dict("index")
    defined = {
        name: said for name, said in anywhere.items() if not undefined(config, study, name, rows)
    }
    offered = processes(config, with_technologies(study, defined), table, names.layers, known)
    parts = {
        name: found.tried(recipe_table, config, {name: one}, names.rules.material_flow)
        for name, one in offered.items()
    }
    whole = {name: part for name, part in parts.items() if part is not None}
    recipes = pd.concat(whole.values()).sort_index() if whole else no_recipes()
    return {name: offered[name] for name in whole}, recipes


def with_technologies(study: Study, technologies: dict[str, Technology]) -> Study:
    """Return `study` with other `technologies`."""
    return study.model_copy(update={"technologies": technologies})


def no_recipes() -> pd.DataFrame:
    """Return the recipes of no technology."""
    index = pd.MultiIndex.from_arrays([[], []], names=["technology", "commodity"])
    return pd.DataFrame({"input_t_per_t": [], "yield_t_per_t": []}, index=index)


def check_supply(found: Checked, names: Names, recipes: pd.DataFrame) -> pd.DataFrame | None:
    """Return what arises; note what is wrong with growth, imports, exports and scope."""
    config, study, layers = names.config, names.study, names.layers
    taken = set(recipes.index[recipes["input_t_per_t"] > 0].unique("commodity"))
    made = set(recipes.index[recipes["yield_t_per_t"] > 0].unique("commodity"))
    arising = set(layers.generation.index.unique("commodity"))
    for name in sorted(arising & set(study.growth)):
        found.tried(commodity_supply, config, study, layers, name)
    scope = found.tried(towns_in_scope, config, study, layers)
    if recipes.index.unique("technology").size < len(study.technologies):
        return None
    imports = names.rules.imports
    found.tried(import_tables, config, study, layers, names.figures, imports, taken)
    found.tried(export_table, config, study, layers, made)
    supply = found.tried(supply_table, config, study, layers, taken, made)
    if supply is None or scope is None:
        return None
    inside = supply[supply.index.get_level_values("source").isin(scope)]
    found.counts.setdefault("source", inside.index.unique("source").size)
    return inside


def check_limits(
    found: Checked,
    names: Names,
    offered: dict[str, Process],
    recipes: pd.DataFrame,
    candidates: pd.DataFrame,
    supply: pd.DataFrame,
) -> None:
    """Note what is wrong with hubs and with the limits that name them."""
    config, study, layers, figures = names.config, names.study, names.layers, names.figures
    sites = site_table(layers, candidates)
    hubs = found.tried(all_hubs, config, study, figures, offered, names.rules, sites)
    if hubs is None:
        return
    found.counts["hub"] = len(hubs[0])
    known = known_names(study, layers, hubs[0], recipes, sites, supply)
    found.tried(limit_tables, config, study, known, 0.0)
    found.tried(must_orders, config, study, sites, hubs[0])
    towns = town_table(layers)
    sources = supply.index.unique("source")
    used_sites = sites[sites.index.isin(hubs[0].index.unique("site"))]
    notes = ferry_notes(towns[towns.index.isin(sources)], used_sites)
    found.notes = [*notes, *found.notes]


def check_transport(found: Checked, names: Names) -> None:
    """Note what is wrong with modes, services, ports and berths."""
    config, study = names.config, names.study
    carriers = found.tried(read_carriers, names.rules.carriers)
    if carriers is None:
        return
    found.tried(refuse_empty_modes, study, carriers, names.rules.loading)
    terminals = found.tried(find_terminals, study, names.layers)
    if terminals is None:
        return
    found.tried(service_lines, config, terminals, carriers)
    for name in study.transport.berths_t_per_yr:
        loc = ("transport", "berths_t_per_yr", Key(name))
        found.tried(partial(find_place, config, loc, name, terminals["ship"].places, "port"))


def refuse_graph(config: Config, study: Study, layers: Layers) -> None:
    """Refuse a road graph that is not there."""
    path = layers.folder / study.network.graph
    if not path.is_file():
        raise config.fault(("network", "graph"), f"{path} is not there. Correct the name.")


def in_scenario(names: Names, scenario: str) -> Names:
    """Return the study in a `scenario`; its faults are told where the scenario says it."""
    from siting.config import scenario_study

    own = names.config.places.seen_from(("scenarios", scenario))
    study = scenario_study(names.config, scenario)
    return replace(names, study=study, config=replace(names.config, study=study, places=own))
