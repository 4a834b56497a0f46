"""Split an instance into parts that share no decision, so that each is solved alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from models.instance import Instance


def independent_parts(data: Instance) -> list[Instance]:
    """Return the parts of `data`, ordered by their first technology.

    Two technologies belong together if a commodity joins them that is collected or whose sinks
    have a limit. A by-product that every sink takes without limit joins nothing: its flows from
    different technologies add up and do not compete.
    """
    joining = joining_commodities(data)
    pairs = data.recipes.index.to_frame(index=False)
    pairs = pairs[pairs["commodity"].isin(joining)]
    technologies = data.recipes.index.unique("technology").sort_values()
    row = technologies.get_indexer(pairs["technology"])
    column = pd.Index(sorted(joining)).get_indexer(pairs["commodity"])
    joint = coo_array((np.ones(len(pairs)), (row, column)), (len(technologies), len(joining)))
    count, label = connected_components(joint @ joint.T, directed=False)
    handled = data.recipes.index.unique("commodity")
    unhandled = data.supply.index.unique("commodity").difference(handled)
    return [
        part(data, technologies[label == number], unhandled[:0] if number else unhandled)
        for number in range(count)
    ]


def joining_commodities(data: Instance) -> set[str]:
    """Return the commodities that make the technologies handling them depend on each other."""
    limited = data.sinks.index[np.isfinite(data.sinks["demand_t"])].unique("commodity")
    inputs = data.recipes.index[data.recipes["input_t_per_t"] > 0].unique("commodity")
    return set(limited) | set(inputs) | set(data.supply.index.unique("commodity"))


def part(data: Instance, technologies: pd.Index, unhandled: pd.Index) -> Instance:
    """Return the rows of `data` that concern `technologies`.

    `unhandled` are commodities to add that no technology takes: their present treatment costs.
    """

    def of(table: pd.DataFrame, level: str, names: pd.Index) -> pd.DataFrame:
        return table[table.index.get_level_values(level).isin(names)]

    recipes = of(data.recipes, "technology", technologies)
    commodities = recipes.index.unique("commodity").union(unhandled)
    hubs = of(data.hubs, "technology", technologies)
    arcs = of(data.arcs, "commodity", commodities)
    sites = data.hubs.index.unique("site").difference(hubs.index.unique("site"))
    gone = arcs.index.get_level_values("origin").isin(sites)
    gone |= arcs.index.get_level_values("destination").isin(sites)
    return replace(
        data,
        commodities=data.commodities[data.commodities.index.isin(commodities)],
        supply=of(data.supply, "commodity", commodities),
        baseline=of(data.baseline, "commodity", commodities),
        targets=of(data.targets, "commodity", commodities),
        recipes=recipes,
        hubs=hubs,
        sinks=of(data.sinks, "commodity", commodities),
        arcs=arcs[~gone],
    )
