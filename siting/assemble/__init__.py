"""Layers, network and study -> the instance the mathematics reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from models.instance import TABLES, Instance
from siting.assemble.arc import Haulage, collection_arcs, delivery_arcs
from siting.assemble.candidate import candidate_sites
from siting.assemble.facility import hub_table, recipe_table
from siting.assemble.market import commodity_table, demand_table, refuse_unplaced
from siting.assemble.period import period_table
from siting.assemble.region import with_region
from siting.assemble.supply import baseline_tables, supply_table, target_table
from siting.figures import Figures
from siting.network.road import Reach

if TYPE_CHECKING:
    from siting.assemble.rule import Rules
    from siting.config import Config, InlineStudy, Study
    from siting.layers import Layers
    from siting.network.road import RoadGraph

PLACE_COLUMNS = ["kind", "name_ja", "name_en", "pref_ja", "lat", "lon", "detail", "confidence"]


@dataclass(frozen=True)
class Assembled:
    """The numbers of a study, its places, and what was noted on the way.

    Attributes
    ----------
    places : index node; the columns of ``Outcome.places``
    assumptions : the figures the numbers rest on
    notes : sentences for the report
    """

    instance: Instance
    places: pd.DataFrame
    assumptions: pd.DataFrame
    notes: list[str]


def assemble(
    config: Config, study: Study, layers: Layers, roads: RoadGraph, figures: Figures, rules: Rules
) -> Assembled:
    """Return the instance of `study`."""
    candidates, merged = candidate_sites(config, study, layers)
    towns, sites, sinks = town_table(layers), site_table(layers, candidates), sink_table(layers)
    recipes = recipe_table(study, rules.material_flow)
    made = set(recipes.index[recipes["yield_t_per_t"] > 0].unique("commodity"))
    refuse_unplaced(made, rules.disposals)
    hubs = hub_table(figures, study, sites)
    demand = demand_table(figures, rules.markets, sinks, made, study.periods.years)
    amounts = supply_table(config, study, layers, made)
    supply, baseline = baseline_tables(figures, rules.baselines, amounts, towns)
    collected = recipes[recipes.index.isin(amounts.index.unique("commodity"), level="commodity")]
    reach = Reach(study.network.snap_km, figures["choices/network/detour/factor"])
    haulage = Haulage(figures, rules.loading, roads, reach)
    arcs = [
        collection_arcs(haulage, towns, sites_by_commodity(hubs, collected, sites)),
        delivery_arcs(haulage, sites_by_commodity(hubs, recipes, sites), buyers(demand, sinks)),
    ]
    targets = target_table(figures, rules.targets, amounts)
    instance = Instance(
        periods=period_table(config, study, figures),
        commodities=commodity_table(figures, rules.disposals, recipes.index.unique("commodity")),
        supply=supply,
        baseline=baseline,
        targets=targets if study.targets else no_rows("targets"),
        recipes=recipes,
        hubs=hubs,
        sinks=demand,
        arcs=pd.concat(arcs),
    )
    places = pd.concat([towns, sites, sinks])[PLACE_COLUMNS].rename_axis("node")
    return Assembled(instance, places, figures.assumptions(), [*ferry_notes(towns), *merged])


def assemble_inline(study: InlineStudy) -> Assembled:
    """Return the instance a study carries in its own tables."""
    tables = {name: inline_table(name, study.instance.get(name, [])) for name in TABLES}
    unsaid = {"pref_ja": "", "detail": "", "confidence": "study"}
    places = pd.DataFrame([unsaid | place for place in study.places]).set_index("node")
    places = places.reindex(columns=PLACE_COLUMNS)
    empty = Figures(pd.DataFrame(columns=["value", "low", "high", "unit", "source", "confidence"]))
    return Assembled(Instance(**tables), places, empty.assumptions(), [])


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


def buyers(demand: pd.DataFrame, sinks: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each commodity to the sinks that take it."""
    pairs = demand.index.droplevel("period").unique().to_frame(index=False)
    return {str(k): sinks.loc[rows["sink"]] for k, rows in pairs.groupby("commodity")}


def sites_by_commodity(
    hubs: pd.DataFrame, recipes: pd.DataFrame, sites: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return each commodity of `recipes` to the sites where some hub handles it."""
    pairs = hubs.index.droplevel("size").unique().to_frame(index=False)
    pairs = pairs.merge(recipes.index.to_frame(index=False), on="technology")
    return {
        str(k): sites.loc[sorted(rows["site"].unique())] for k, rows in pairs.groupby("commodity")
    }


def ferry_notes(towns: pd.DataFrame) -> list[str]:
    """Return the sentence on municipalities without a road to the main islands."""
    names = ", ".join(towns["name_ja"][towns["by_ferry"]])
    count = int(towns["by_ferry"].sum())
    text_ja = f"{count}市町村は道路網にフェリーでのみ届く({names})。"
    text_en = f"{count} municipalities reach a road only by ferry ({names})."
    return [f"{text_ja} / {text_en}"] if count else []
