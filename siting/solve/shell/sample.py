"""A few sources and arcs that stand for all: every law that sums over them has its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from siting.solve.shell.place import COMMODITY, ORIGIN

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance


def sample(data: Instance) -> Instance:
    """Return `data` with the first arc at each place where a law sums over arcs, and few sources.

    The sources are those of these arcs, and the first of each commodity and region.
    """
    arcs = data.arcs[standing_for_all(data)]
    calls = data.calls[data.calls.index.droplevel("port").isin(arcs.index)]
    kept = set(arcs.index.get_level_values("origin")) | first_sources(data)
    mine = data.supply.index.get_level_values("source").isin(list(kept))
    return data.with_tables(
        arcs=arcs, calls=calls, supply=data.supply[mine], baseline=data.baseline[mine]
    )


def standing_for_all(data: Instance) -> npt.NDArray[np.bool_]:
    """Return which arcs stand for all.

    The places are a site and what leaves it, a destination and commodity from sources or from
    sites, a mode, and a port.
    """
    index = data.arcs.index
    origin, destination, mode, kind = (np.asarray(c, dtype=np.int64) for c in index.codes)
    kinds = len(index.levels[COMMODITY])
    supplied = index.levels[ORIGIN].isin(data.supply.index.unique("source"))[origin]
    sites = np.flatnonzero(~supplied)
    few = np.zeros(len(index), dtype=bool)
    few[sites[first(origin[sites] * kinds + kind[sites])]] = True
    few[first((destination * kinds + kind) * 2 + supplied)] = True
    few[first(mode)] = True
    handled = data.calls.index[data.calls["handled_t_per_t"] > 0]
    called = handled[~handled.get_level_values("port").duplicated()].droplevel("port")
    few[index.get_indexer(called)] = True
    return few


def first(place: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where each value of `place` stands first."""
    if not len(place):
        return place
    found = np.full(int(place.max()) + 1, -1, dtype=np.int64)
    found[place[::-1]] = np.arange(len(place) - 1, -1, -1)
    return found[found >= 0]


def first_sources(data: Instance) -> set[str]:
    """Return the first source of each commodity, and of each region and commodity that counts."""
    rows = data.supply[["counts_to_target"]].reset_index()
    rows = rows.assign(counts=rows["counts_to_target"] > 0)
    of_kind = rows.drop_duplicates(["commodity", "counts"])
    regions: pd.DataFrame = data.regions.index.to_frame(index=False)
    of_region = rows.merge(regions, left_on="source", right_on="node")
    of_region = of_region.drop_duplicates(["region", "commodity", "counts"])
    return set(of_kind["source"]) | set(of_region["source"])
