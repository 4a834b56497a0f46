"""Layers, network and study -> the instance the mathematics reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from models.instance import TABLES, Instance, InstanceError
from models.table import no_rows as empty_table
from siting.assemble.candidate import candidate_sites
from siting.assemble.ends import all_ends, sites_by_commodity
from siting.assemble.ground import (
    NO_SITE,
    PLACE_COLUMNS,
    ferry_notes,
    place_table,
    sink_table,
    site_table,
    terminal_tables,
    town_table,
)
from siting.assemble.hub import all_hubs
from siting.assemble.hub.facility import recipe_table
from siting.assemble.hub.limit import limit_tables, must_orders
from siting.assemble.hub.limit_fault import Known
from siting.assemble.hub.shared import shared_tables
from siting.assemble.hub.technology import processes
from siting.assemble.market import commodity_table, demand_table, refuse_unplaced
from siting.assemble.period import period_table
from siting.assemble.place import prefectures_by_name, sites_by_point
from siting.assemble.source import find_sources
from siting.assemble.source.supply import PENALTY, target_table
from siting.assemble.transport.arc import Lanes, arc_table, call_table, find_arcs
from siting.assemble.transport.export import export_lanes, export_table
from siting.assemble.transport.network import Ground, find_net
from siting.assemble.transport.service import berth_table, service_table, stowage_table
from siting.errors import ConfigError
from siting.figures import SHOWN, Figures

if TYPE_CHECKING:
    from siting.assemble.rule import Rules
    from siting.config import Config, InlineStudy, Study
    from siting.layers import Layers
    from siting.network.road import RoadGraph

__all__ = ["PLACE_COLUMNS", "Assembled", "assemble", "assemble_inline", "inline_table", "no_rows"]


@dataclass(frozen=True)
class Assembled:
    """The numbers of a study, its places, and what was noted on the way.

    Attributes
    ----------
    places : index node; the columns of ``Outcome.places``; ports and stations are among them
    lanes : what every mode offers between the places
    assumptions : the figures the numbers rest on
    notes : sentences for the report
    """

    instance: Instance
    places: pd.DataFrame
    lanes: list[Lanes]
    assumptions: pd.DataFrame
    notes: list[str]


def assemble(
    config: Config, study: Study, layers: Layers, roads: RoadGraph, figures: Figures, rules: Rules
) -> Assembled:
    """Return the instance of `study`.

    Raises
    ------
    ConfigError
        If the study names what it does not have, or asks what nothing can keep.
    """
    candidates, merged = candidate_sites(config, study, layers)
    offered = processes(config, study, rules.technologies, layers, candidates)
    recipes = recipe_table(config, offered, rules.material_flow)
    made = set(recipes.index[recipes["yield_t_per_t"] > 0].unique("commodity"))
    refuse_unplaced(made, rules.disposals)
    sources = find_sources(config, study, layers, figures, rules, recipes)
    ground = Ground(
        town_table(layers), site_table(layers, candidates), sink_table(layers), sources.entries
    )
    hubs, being_built = all_hubs(config, study, figures, offered, rules, ground.sites)
    used_sites = ground.sites[ground.sites.index.isin(hubs.index.unique("site"))]
    penalty = figures.amount(PENALTY, "JPY/t")
    known = known_names(study, layers, hubs, recipes, ground.sites, sources.supply)
    limits, regions = limit_tables(config, study, known, penalty)
    musts = must_orders(config, study, ground.sites, hubs)
    limits["orders"] = limits["orders"].combine_first(musts).combine_first(being_built)
    at_home = demand_table(figures, rules.markets, ground.sinks, made, study.periods.years)
    abroad = export_table(config, study, layers, made)
    periods = period_table(config, study, figures)
    net = find_net(config, layers, roads, figures, rules, ground)
    limited = berth_table(config, net)
    ends = all_ends(sources.supply, at_home, hubs, recipes)
    lanes = [
        Lanes(k, o, d, net.offers(k, o, d, t), frozenset(limited.index)) for k, o, d, t in ends
    ]
    lanes += export_lanes(net, abroad, sites_by_commodity(hubs, recipes, "yield_t_per_t"))
    carbon = periods["carbon_price_jpy_per_t"].to_numpy(float)
    arcs = [find_arcs(lane, net.content_hash, carbon, figures.used) for lane in lanes]
    targets = target_table(figures, rules.targets, sources.supply)
    commodities = recipes.index.unique("commodity")
    tables = {
        "periods": periods,
        "commodities": commodity_table(figures, rules.disposals, commodities),
        "supply": sources.supply,
        "baseline": sources.baseline,
        "targets": targets if study.targets else no_rows("targets"),
        "recipes": recipes,
        "hubs": hubs,
        "sinks": pd.concat([at_home, abroad]).fillna({"virgin_t_per_t": 0.0}).sort_index(),
        "arcs": joined([arc_table(*pair) for pair in zip(lanes, arcs, strict=True)]),
        "services": service_table(net),
        "stowage": stowage_table(net, [lane.commodity for lane in lanes]),
        "berths": limited,
        "calls": joined([call_table(*pair) for pair in zip(lanes, arcs, strict=True)]),
        **limits,
        **shared_tables(figures, study, used_sites, hubs, regions),
    }
    towns = ground.towns[ground.towns.index.isin(sources.scope)]
    buyers = net.overseas.places.loc[abroad.index.unique("sink")]
    tables_of_places = [towns, ground.sites, ground.sinks, sources.entries, buyers]
    places = place_table([*tables_of_places, *terminal_tables(net)])
    notes = [*ferry_notes(towns, used_sites), *merged]
    return Assembled(made_instance(config, tables), places, lanes, figures.assumptions(), notes)


def known_names(
    study: Study,
    layers: Layers,
    hubs: pd.DataFrame,
    recipes: pd.DataFrame,
    sites: pd.DataFrame,
    supply: pd.DataFrame,
) -> Known:
    """Return the names that a limit of the study may use."""
    pairs = supply.index.droplevel("period").unique()
    code = layers.municipalities["pref_code"]
    return Known(
        periods=study.periods.years,
        technologies=list(study.technologies),
        commodities=[str(k) for k in recipes.index.unique("commodity")],
        home=sites_by_point(sites),
        prefectures=prefectures_by_name(layers),
        hubs=hubs.index,
        sites=sites,
        sources=pd.Series(pairs.get_level_values("source").map(code), index=pairs),
    )


def joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of `tables` in order of their index."""
    return pd.concat(tables).sort_index()


def made_instance(config: Config, tables: dict[str, pd.DataFrame]) -> Instance:
    """Return the instance of `tables`; what contradicts itself in them is a fault of the study."""
    try:
        return Instance(**tables)
    except InstanceError as fault:
        raise ConfigError(f"{config.path}: {fault}") from None


def assemble_inline(study: InlineStudy) -> Assembled:
    """Return the instance a study carries in its own tables."""
    tables = {name: inline_table(name, study.instance.get(name, [])) for name in TABLES}
    unsaid = {"pref_ja": "", "detail": "", "confidence": "study"} | NO_SITE
    places = pd.DataFrame([unsaid | place for place in study.places]).set_index("node")
    places = places.reindex(columns=PLACE_COLUMNS)
    empty = Figures(pd.DataFrame(columns=[*SHOWN, "basis"], dtype=object))
    return Assembled(Instance(**tables), places, [], empty.assumptions(), [])


def inline_table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the rows of a study's table with its index set."""
    if not rows:
        return no_rows(name)
    return pd.DataFrame(rows).set_index(list(TABLES[name].index)).sort_index()


def no_rows(name: str) -> pd.DataFrame:
    """Return the table `name` without rows: nothing it could demand is demanded."""
    return empty_table(TABLES[name])
