"""Which arcs leave sources, which pass sites by, and which delivery arcs no plan needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from siting.solve.mode import shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.instance import Instance


def undominated(data: Instance, objective: str = "cost") -> Instance:
    """Return `data` without delivery arcs that no plan needs.

    Among the sinks that take any amount of a commodity and ask for none, a site needs only the
    one that is best in some period, counting freight, price and the carbon price of both. An arc
    that shares a limit, a service or a berth, takes no part: it stays, and replaces no other.
    Nothing is dropped where anything but cost decides or limits.
    """
    arcs, sinks = data.arcs, data.sinks
    if objective != "cost" or len(data.limits) or len(data.horizon_limits):
        return data
    pairs = arcs.index.droplevel(["origin", "mode"])
    bounded = np.isfinite(sinks["demand_t"]) | (sinks["contracted_t"] > 0)
    free = ~bounded.groupby(level=["sink", "commodity"]).any()
    endless = free[free].index
    choice = np.flatnonzero(pairs.isin(endless) & ~collecting(data) & ~shared(data))
    if not len(choice):
        return data
    kept = np.ones(len(arcs), dtype=bool)
    kept[choice] = False
    offers = arcs.iloc[choice]
    groups = [offers.index.get_level_values(level) for level in ("origin", "commodity")]
    for t, period in data.periods.iterrows():
        sink = sinks.xs(t, level="period").reindex(pairs[choice])
        carbon = period["carbon_price_jpy_per_t"] / 1000
        freight = offers["cost_jpy_per_t"] + carbon * offers["kgco2e_per_t"]
        sale = sink["price_jpy_per_t"] + carbon * sink["credit_kgco2e_per_t"]
        net = pd.Series(freight.to_numpy() - sale.to_numpy(), index=choice)
        kept[net.groupby(groups).idxmin()] = True
    return data.with_arcs(kept)


def collecting(data: Instance) -> npt.NDArray[np.bool_]:
    """Return which arcs leave a source."""
    sources = data.supply.index.unique("source")
    return np.asarray(data.arcs.index.get_level_values("origin").isin(sources), dtype=bool)


def past(data: Instance, sites: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Return which arcs neither start nor end at one of `sites`."""
    names = list(sites)
    ends = [data.arcs.index.get_level_values(level) for level in ("origin", "destination")]
    return np.asarray(~(ends[0].isin(names) | ends[1].isin(names)), dtype=bool)
