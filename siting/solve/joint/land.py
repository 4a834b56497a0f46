"""Plots that blocks share: what is left to one, and what is kept for those that come later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.instance import Instance
    from siting.solve.relaxation import Prices


def land_needed(data: Instance, prices: Prices) -> pd.Series:
    """Return the most land that the relaxation behind `prices` takes at each site [m2]."""
    built = prices.small.built
    land_m2 = data.hubs["land_m2"].to_dict()
    taken: dict[tuple[str, int], float] = {}
    for (h, g, s, t), variable in built.m.run_hub.items():
        lines = float(prices.x[built.form.column_of[id(variable)]])
        taken[h, t] = taken.get((h, t), 0.0) + land_m2[h, g, s] * max(lines, 0.0)
    names = pd.MultiIndex.from_tuples(list(taken), names=["site", "period"])
    return pd.Series(list(taken.values()), index=names).groupby(level="site").max()


def with_land_kept(data: Instance, mine_m2: pd.Series, others_m2: Iterable[pd.Series]) -> Instance:
    """Return a block's `data` where later blocks have the land that their relaxations need.

    Where all of them need more than is left, each has a part of it by its need.
    """
    left_m2 = data.sites["plot_m2"]
    mine = mine_m2.reindex(left_m2.index, fill_value=0.0)
    kept = sum((need.reindex(left_m2.index, fill_value=0.0) for need in others_m2), 0.0 * mine)
    needed = mine + kept
    part = (mine / needed.where(needed > 0)).fillna(1.0)
    fair_m2 = (left_m2 * part).where(np.isfinite(left_m2), np.inf)
    return data.with_tables(sites=data.sites.assign(plot_m2=np.maximum(left_m2 - kept, fair_m2)))


def roomy_first(data: Instance, ranked: list[str]) -> list[str]:
    """Return `ranked` with the sites first that have room for the largest line of `data`."""
    plot_m2 = data.sites["plot_m2"].to_dict()
    largest_m2 = float(data.hubs["land_m2"].max())
    return sorted(ranked, key=lambda site: plot_m2.get(site, np.inf) < largest_m2)
