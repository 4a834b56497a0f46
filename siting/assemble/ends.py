"""What is carried from where to where: to the sites, between them, and on to the sinks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Ends = tuple[str, pd.Index, pd.Index, npt.NDArray[np.float64]]
"""Commodity, origins, destinations, and the most each origin has to send [t/yr]."""


def all_ends(
    supply: pd.DataFrame, demand: pd.DataFrame, hubs: pd.DataFrame, recipes: pd.DataFrame
) -> list[Ends]:
    """Return the ends of everything that is carried in the country."""
    return [
        *collection_ends(supply, hubs, recipes),
        *transfer_ends(hubs, recipes),
        *delivery_ends(demand, hubs, recipes),
    ]


def collection_ends(supply: pd.DataFrame, hubs: pd.DataFrame, recipes: pd.DataFrame) -> list[Ends]:
    """Return for each collected commodity its sources, the sites that take it, and its tonnes."""
    most_t = supply["supply_t"].groupby(level=["commodity", "source"]).max()
    collected = most_t.index.unique("commodity")
    taking = recipes[recipes.index.isin(collected, level="commodity")]
    return [
        (k, most_t[k].index, sites, most_t[k].to_numpy(float))
        for k, sites in sites_by_commodity(hubs, taking, "input_t_per_t").items()
    ]


def transfer_ends(hubs: pd.DataFrame, recipes: pd.DataFrame) -> list[Ends]:
    """Return for each commodity that one technology makes and another takes both sets of sites.

    What is made and taken at one and the same site is not carried.
    """
    makers = sites_by_commodity(hubs, recipes, "yield_t_per_t")
    takers = sites_by_commodity(hubs, recipes, "input_t_per_t")
    made_t = made_at_full_load(hubs, recipes)
    return [
        (k, makers[k], takers[k], made_t[k].reindex(makers[k], fill_value=0.0).to_numpy(float))
        for k in sorted(makers.keys() & takers.keys())
        if len(makers[k].union(takers[k])) > 1
    ]


def delivery_ends(demand: pd.DataFrame, hubs: pd.DataFrame, recipes: pd.DataFrame) -> list[Ends]:
    """Return for each commodity that sinks take the sites that make it, the sinks, and its tonnes.

    A site has at most what all its lines make at full load.
    """
    pairs = demand.index.droplevel("period").unique().to_frame(index=False)
    makers = sites_by_commodity(hubs, recipes, "yield_t_per_t")
    made_t = made_at_full_load(hubs, recipes)
    found = []
    for name, rows in pairs.groupby("commodity"):
        k = str(name)
        amount_t = made_t[k].reindex(makers[k], fill_value=0.0).to_numpy(float)
        found.append((k, makers[k], pd.Index(rows["sink"]), amount_t))
    return found


def made_at_full_load(hubs: pd.DataFrame, recipes: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what all lines of each site make of each commodity at full load [t/yr]."""
    whole_t = hubs["capacity_t"] * hubs["max_lines"]
    capacity_t = whole_t.groupby(level=["site", "technology"]).sum()
    made = recipes["yield_t_per_t"][recipes["yield_t_per_t"] > 0]
    found = {}
    for k, share in made.groupby(level="commodity"):
        made_t = capacity_t.mul(share.droplevel("commodity"), level="technology")
        found[str(k)] = made_t.groupby(level="site").sum()
    return found


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
