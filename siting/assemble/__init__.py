"""Layers, network and study -> the instance the mathematics reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from models.instance import TABLES, Instance
from siting.assemble.candidate import candidate_sites
from siting.assemble.facility import hub_table, recipe_table
from siting.assemble.market import commodity_table, demand_table, refuse_unplaced
from siting.assemble.period import period_table
from siting.assemble.region import with_region
from siting.assemble.supply import baseline_tables, supply_table, target_table
from siting.assemble.transport.arc import Lanes, arc_table, call_table, find_arcs
from siting.assemble.transport.export import export_lanes, export_table
from siting.assemble.transport.network import Ground, find_net
from siting.assemble.transport.service import berth_table, service_table, stowage_table
from siting.figures import SHOWN, Figures

if TYPE_CHECKING:
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
    candidates, merged = candidate_sites(config, study, layers)
    ground = Ground(town_table(layers), site_table(layers, candidates), sink_table(layers))
    recipes = recipe_table(study, rules.material_flow)
    made = set(recipes.index[recipes["yield_t_per_t"] > 0].unique("commodity"))
    refuse_unplaced(made, rules.disposals)
    hubs = hub_table(figures, study, ground.sites)
    at_home = demand_table(figures, rules.markets, ground.sinks, made, study.periods.years)
    abroad = export_table(config, study, layers, made)
    amounts = supply_table(config, study, layers, made)
    supply, baseline = baseline_tables(figures, rules.baselines, amounts, ground.towns)
    periods = period_table(config, study, figures)
    net = find_net(config, layers, roads, figures, rules, ground)
    ends = [*collection_ends(amounts, hubs, recipes), *delivery_ends(at_home, hubs, recipes)]
    limited = berth_table(config, net)
    lanes = [
        Lanes(k, o, d, net.offers(k, o, d, t), frozenset(limited.index)) for k, o, d, t in ends
    ]
    lanes += export_lanes(net, abroad, sites_by_commodity(hubs, recipes))
    carbon = periods["carbon_price_jpy_per_t"].to_numpy(float)
    arcs = [find_arcs(lane, net.content_hash, carbon, figures.used) for lane in lanes]
    targets = target_table(figures, rules.targets, amounts)
    instance = Instance(
        periods=periods,
        commodities=commodity_table(figures, rules.disposals, recipes.index.unique("commodity")),
        supply=supply,
        baseline=baseline,
        targets=targets if study.targets else no_rows("targets"),
        recipes=recipes,
        hubs=hubs,
        sinks=pd.concat([at_home, abroad]).sort_index(),
        arcs=pd.concat([arc_table(*pair) for pair in zip(lanes, arcs, strict=True)]).sort_index(),
        services=service_table(net),
        stowage=stowage_table(net, [lane.commodity for lane in lanes]),
        berths=limited,
        calls=pd.concat([call_table(*pair) for pair in zip(lanes, arcs, strict=True)]).sort_index(),
    )
    buyers = net.overseas.places.loc[abroad.index.unique("sink")]
    tables = [ground.towns, ground.sites, ground.sinks, buyers, *terminal_tables(net)]
    places = pd.concat(tables)[PLACE_COLUMNS].rename_axis("node")
    notes = [*ferry_notes(ground.towns), *merged]
    return Assembled(instance, places, lanes, figures.assumptions(), notes)


def collection_ends(amounts: pd.DataFrame, hubs: pd.DataFrame, recipes: pd.DataFrame) -> list[Ends]:
    """Return for each collected commodity its sources, the sites that take it, and its tonnes."""
    most_t = amounts["supply_t"].groupby(level=["commodity", "source"]).max()
    collected = most_t.index.unique("commodity")
    taking = recipes[recipes.index.isin(collected, level="commodity")]
    return [
        (k, most_t[k].index, sites, most_t[k].to_numpy(float))
        for k, sites in sites_by_commodity(hubs, taking).items()
    ]


def delivery_ends(demand: pd.DataFrame, hubs: pd.DataFrame, recipes: pd.DataFrame) -> list[Ends]:
    """Return for each commodity that sinks take the sites that have it, the sinks, and its tonnes.

    A site has at most what all its lines make at full load.
    """
    capacity_t = (
        (hubs["capacity_t"] * hubs["max_lines"]).groupby(level=["site", "technology"]).sum()
    )
    pairs = demand.index.droplevel("period").unique().to_frame(index=False)
    sites = sites_by_commodity(hubs, recipes)
    found = []
    for k, rows in pairs.groupby("commodity"):
        share = recipes["yield_t_per_t"].xs(k, level="commodity")
        made_t = capacity_t.mul(share, level="technology").groupby(level="site").sum()
        amount_t = made_t.reindex(sites[k], fill_value=0.0).to_numpy(float)
        found.append((str(k), sites[k], pd.Index(rows["sink"]), amount_t))
    return found


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
    spec = TABLES[name]
    columns = [*spec.index, *spec.columns]
    return pd.DataFrame({column: [] for column in columns}).set_index(list(spec.index))


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


def sites_by_commodity(hubs: pd.DataFrame, recipes: pd.DataFrame) -> dict[str, pd.Index]:
    """Return each commodity of `recipes` to the sites where some hub handles it."""
    pairs = hubs.index.droplevel("size").unique().to_frame(index=False)
    pairs = pairs.merge(recipes.index.to_frame(index=False), on="technology")
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
