"""Layers, network and study -> the instance the mathematics reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from models.instance import TABLES, Instance
from models.table import no_rows as empty_table
from siting.assemble.candidate import candidate_sites
from siting.assemble.hub.facility import hub_table, recipe_table
from siting.assemble.hub.limit import limit_tables
from siting.assemble.hub.shared import (
    energy_table,
    region_table,
    salvage_table,
    shared_site_table,
)
from siting.assemble.hub.standing import standing_hubs
from siting.assemble.hub.technology import processes
from siting.assemble.market import commodity_table, demand_table, refuse_unplaced
from siting.assemble.period import period_table
from siting.assemble.region import with_region
from siting.assemble.source.imports import import_tables
from siting.assemble.source.supply import baseline_tables, supply_table, target_table
from siting.assemble.transport.arc import Lanes, arc_table, call_table, find_arcs
from siting.assemble.transport.export import export_lanes, export_table
from siting.assemble.transport.network import Ground, find_net
from siting.assemble.transport.service import berth_table, service_table, stowage_table
from siting.figures import SHOWN, Figures

if TYPE_CHECKING:
    from siting.assemble.hub.technology import Process
    from siting.assemble.rule import Rules
    from siting.config import Config, InlineStudy, Study
    from siting.freight.net import Net
    from siting.layers import Layers
    from siting.network.road import RoadGraph

Ends = tuple[str, pd.Index, pd.Index, npt.NDArray[np.float64]]
"""Commodity, origins, destinations, and the most each origin has to send [t/yr]."""
PLACE_COLUMNS = ["kind", "name_ja", "name_en", "pref_ja", "lat", "lon", "detail", "confidence"]


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
    """Return the instance of `study`."""
    offered = processes(config, study, rules.technologies)
    candidates, merged = candidate_sites(config, study, layers)
    imported, unimported, entries = import_tables(config, study, figures, rules.imports, layers)
    ground = Ground(town_table(layers), site_table(layers, candidates), sink_table(layers), entries)
    recipes = recipe_table(offered, rules.material_flow)
    made = set(recipes.index[recipes["yield_t_per_t"] > 0].unique("commodity"))
    taken = {process.input for process in offered.values()}
    refuse_unplaced(made, rules.disposals)
    hubs, being_built = all_hubs(figures, study, offered, rules, ground.sites)
    limits, regions = limit_tables(config, study, figures, layers, ground.sites, hubs)
    at_home = demand_table(figures, rules.markets, ground.sinks, made, study.periods.years)
    abroad = export_table(config, study, layers, made)
    amounts = supply_table(config, study, layers, taken, made)
    supply, baseline = baseline_tables(figures, rules.baselines, amounts, ground.towns)
    supply = pd.concat([supply, imported]).fillna({"counts_to_target": 1.0}).sort_index()
    baseline = pd.concat([baseline, unimported]).sort_index()
    periods = period_table(config, study, figures)
    net = find_net(config, layers, roads, figures, rules, ground)
    ends = [
        *collection_ends(supply, hubs, recipes),
        *transfer_ends(hubs, recipes),
        *delivery_ends(at_home, hubs, recipes),
    ]
    limited = berth_table(config, net)
    lanes = [
        Lanes(k, o, d, net.offers(k, o, d, t), frozenset(limited.index)) for k, o, d, t in ends
    ]
    lanes += export_lanes(net, abroad, sites_by_commodity(hubs, recipes, "yield_t_per_t"))
    carbon = periods["carbon_price_jpy_per_t"].to_numpy(float)
    arcs = [find_arcs(lane, net.content_hash, carbon, figures.used) for lane in lanes]
    targets = target_table(figures, rules.targets, amounts)
    names = recipes.index.unique("commodity").union(supply.index.unique("commodity"))
    sites = ground.sites[ground.sites.index.isin(hubs.index.unique("site"))]
    sites = sites.assign(stands=sites.index.isin(standing_sites(hubs)))
    instance = Instance(
        periods=periods,
        commodities=commodity_table(figures, rules.disposals, names),
        supply=supply,
        baseline=baseline,
        targets=targets if study.targets else no_rows("targets"),
        recipes=recipes,
        hubs=hubs,
        sinks=pd.concat([at_home, abroad]).fillna({"virgin_t_per_t": 0.0}).sort_index(),
        arcs=pd.concat([arc_table(*pair) for pair in zip(lanes, arcs, strict=True)]).sort_index(),
        services=service_table(net),
        stowage=stowage_table(net, [lane.commodity for lane in lanes]),
        berths=limited,
        calls=pd.concat([call_table(*pair) for pair in zip(lanes, arcs, strict=True)]).sort_index(),
        sites=shared_site_table(figures, study, sites),
        energy=energy_table(figures, study, sorted(sites["electricity_area"].unique())),
        regions=region_table(regions | members(sites["electricity_area"])),
        salvage=salvage_table(figures, study, lives(hubs), sites.index),
        **limits | {"orders": pd.concat([limits["orders"], being_built]).sort_index()},
    )
    buyers = net.overseas.places.loc[abroad.index.unique("sink")]
    tables = [ground.towns, ground.sites, ground.sinks, entries, buyers, *terminal_tables(net)]
    places = pd.concat([table for table in tables if len(table)])[PLACE_COLUMNS].rename_axis("node")
    notes = [*ferry_notes(ground.towns), *merged]
    return Assembled(instance, places, lanes, figures.assumptions(), notes)


def all_hubs(
    figures: Figures,
    study: Study,
    offered: dict[str, Process],
    rules: Rules,
    sites: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the hubs that may be built or stand, and the orders for those being built."""
    free = hub_table(figures, study, offered, sites)
    standing, being_built = standing_hubs(figures, study, offered, rules.existing, sites)
    if not len(standing):
        return free, being_built
    columns = ["stands", "may_close"]
    return pd.concat([free, standing]).fillna(dict.fromkeys(columns, 0.0)).sort_index(), being_built


def standing_sites(hubs: pd.DataFrame) -> pd.Index:
    """Return the sites where a plant stands or is being built."""
    return (
        hubs.xs("existing", level="size", drop_level=False).index.unique("site")
        if ("existing" in hubs.index.unique("size"))
        else pd.Index([], dtype=object)
    )


def lives(hubs: pd.DataFrame) -> dict[str, float]:
    """Return the mean economic life of each technology [yr]."""
    return {
        str(g): float(life)
        for g, life in hubs["life_yr"].groupby(level="technology").mean().items()
    }


def members(group: pd.Series) -> dict[str, pd.Index]:
    """Return each value of `group` to the places that have it."""
    return {str(name): rows.index for name, rows in group.groupby(group)}


def collection_ends(amounts: pd.DataFrame, hubs: pd.DataFrame, recipes: pd.DataFrame) -> list[Ends]:
    """Return for each collected commodity its sources, the sites that take it, and its tonnes."""
    most_t = amounts["supply_t"].groupby(level=["commodity", "source"]).max()
    collected = most_t.index.unique("commodity")
    taking = recipes[recipes.index.isin(collected, level="commodity")]
    return [
        (k, most_t[k].index, sites, most_t[k].to_numpy(float))
        for k, sites in sites_by_commodity(hubs, taking, "input_t_per_t").items()
    ]


def transfer_ends(hubs: pd.DataFrame, recipes: pd.DataFrame) -> list[Ends]:
    """Return for each commodity that one technology makes and another takes both sets of sites."""
    makers = sites_by_commodity(hubs, recipes, "yield_t_per_t")
    takers = sites_by_commodity(hubs, recipes, "input_t_per_t")
    made_t = made_at_full_load(hubs, recipes)
    return [
        (k, makers[k], takers[k], made_t[k].reindex(makers[k], fill_value=0.0).to_numpy(float))
        for k in sorted(makers.keys() & takers.keys())
    ]


def made_at_full_load(hubs: pd.DataFrame, recipes: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what all lines of each site make of each commodity at full load [t/yr]."""
    capacity_t = (
        (hubs["capacity_t"] * hubs["max_lines"]).groupby(level=["site", "technology"]).sum()
    )
    made = recipes["yield_t_per_t"][recipes["yield_t_per_t"] > 0]
    return {
        str(k): capacity_t.mul(share.droplevel("commodity"), level="technology")
        .groupby(level="site")
        .sum()
        for k, share in made.groupby(level="commodity")
    }


def delivery_ends(demand: pd.DataFrame, hubs: pd.DataFrame, recipes: pd.DataFrame) -> list[Ends]:
    """Return for each commodity that sinks take the sites that have it, the sinks, and its tonnes.

    A site has at most what all its lines make at full load.
    """
    pairs = demand.index.droplevel("period").unique().to_frame(index=False)
    sites = sites_by_commodity(hubs, recipes, "yield_t_per_t")
    made_t = made_at_full_load(hubs, recipes)
    return [
        (
            str(k),
            sites[str(k)],
            pd.Index(rows["sink"]),
            made_t[str(k)].reindex(sites[str(k)], fill_value=0.0).to_numpy(float),
        )
        for k, rows in pairs.groupby("commodity")
    ]


def assemble_inline(study: InlineStudy) -> Assembled:
    """Return the instance a study carries in its own tables."""
    tables = {name: inline_table(name, study.instance.get(name, [])) for name in TABLES}
    unsaid = {"pref_ja": "", "detail": "", "confidence": "study"}
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


def town_table(layers: Layers) -> pd.DataFrame:
    """Return the municipalities as places; an island without a road is reached by ferry."""
    towns = pd.DataFrame(layers.municipalities.drop(columns="geometry"))
    towns["lat"] = layers.municipalities.geometry.y
    towns["lon"] = layers.municipalities.geometry.x
    towns["kind"], towns["detail"] = "source", towns["access_mode"]
    towns["by_ferry"] = towns["access_mode"] == "ferry"
    return with_region(towns, layers)


def site_table(layers: Layers, candidates: pd.DataFrame) -> pd.DataFrame:
    """Return the candidates as places, with the figures of their municipality and prefecture."""
    area = layers.municipalities["electricity_area"]
    sites = candidates.join(area, on="muni_code").assign(kind="site", by_ferry=False)
    return with_region(sites, layers)


def sink_table(layers: Layers) -> pd.DataFrame:
    """Return the sinks as places; `kind` is that of a place, `sink_kind` says which sink."""
    sinks = pd.DataFrame(layers.sinks.drop(columns="geometry"))
    sinks["lat"], sinks["lon"] = layers.sinks.geometry.y, layers.sinks.geometry.x
    sinks["sink_kind"] = sinks["detail"] = sinks["kind"]
    return with_region(sinks.assign(kind="sink", by_ferry=False), layers)


def terminal_tables(net: Net) -> list[pd.DataFrame]:
    """Return the ports and stations as places."""
    kinds = {"rail": "station", "ship": "port"}
    return [
        found.places.assign(kind=kinds[mode], detail="", confidence="compiled")
        for mode, found in net.terminals.items()
    ]


def sites_by_commodity(
    hubs: pd.DataFrame, recipes: pd.DataFrame, column: str
) -> dict[str, pd.Index]:
    """Return each commodity that has some `column` in `recipes` to the sites with such a hub."""
    pairs = hubs.index.droplevel("size").unique().to_frame(index=False)
    handled = recipes.index[recipes[column] > 0].to_frame(index=False)
    pairs = pairs.merge(handled, on="technology")
    return {
        str(k): pd.Index(sorted(rows["site"].unique())) for k, rows in pairs.groupby("commodity")
    }


def ferry_notes(towns: pd.DataFrame) -> list[str]:
    """Return the sentence on municipalities without a road to the main islands."""
    names = ", ".join(towns["name_ja"][towns["by_ferry"]])
    count = int(towns["by_ferry"].sum())
    text_ja = f"{count}市町村は道路網にフェリーでのみ届く({names})。"
    text_en = f"{count} municipalities reach a road only by ferry ({names})."
    return [f"{text_ja} / {text_en}"] if count else []
