"""Merged sources as tables of an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.solve.matrix import Array
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.small import Shape

CLUSTER = "cluster-{:05d}"


def merged_instance(data: Instance, found: Collection, shape: Shape) -> Instance:
    """Return `data` with clusters in place of its sources.

    Arcs and present treatment cost the least of what they stand for. The arcs of clusters come
    first, in the order of `shape`.
    """
    names, commodities = nodes(found, shape)
    supply, baseline = supply_tables(data, found, shape, names, commodities)
    arcs, calls = arc_tables(data, found, shape, names, commodities)
    sources = data.supply.index.unique("source")
    from_sites = ~data.arcs.index.get_level_values("origin").isin(sources)
    own = data.calls.index.get_level_values("origin").isin(sources)
    other = data.arcs[from_sites]
    return data.with_tables(
        supply=supply,
        baseline=baseline,
        arcs=pd.concat([arcs.reindex(columns=other.columns, fill_value=0.0), other]),
        calls=pd.concat([calls, data.calls[~own]]) if len(calls) else data.calls[~own],
        regions=region_table(data, found, shape, names),
    )


def nodes(found: Collection, shape: Shape) -> tuple[list[str], list[str]]:
    """Return name and commodity of each cluster."""
    commodity = np.empty(shape.clusters, dtype=object)
    commodity[shape.cluster] = found.pairs.get_level_values("commodity").to_numpy(dtype=object)
    return [CLUSTER.format(n) for n in range(shape.clusters)], list(commodity)


def summed(found: Collection, shape: Shape, amounts: Array) -> Array:
    """Return the sum of `amounts` (pairs, periods) by cluster."""
    total = np.zeros((shape.clusters, found.supply_t.shape[1]))
    np.add.at(total, shape.cluster, amounts)
    return total


def supply_tables(
    data: Instance, found: Collection, shape: Shape, names: list[str], commodities: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return supply and baseline of the clusters.

    Acquisition is the members' mean, and present treatment such that leaving a tonne costs the
    least of what leaving it costs a member more than collecting it.
    """
    periods = data.periods.index
    supply_t = summed(found, shape, found.supply_t)
    some_t = np.where(supply_t > 0, supply_t, 1.0)
    mean = summed(found, shape, found.acquisition_jpy_per_t * found.supply_t) / some_t
    share = 1 - summed(found, shape, found.least_left_t) / some_t
    counted = data.supply["counts_to_target"].groupby(level=["source", "commodity"]).first()
    counts = np.zeros(len(names))
    counts[shape.cluster] = counted.reindex(found.pairs).to_numpy(float)
    floor = shape.left_floor
    index = pd.MultiIndex.from_arrays(
        [
            np.repeat(np.array(names, dtype=object), len(periods)),
            np.repeat(np.array(commodities, dtype=object), len(periods)),
            np.tile(periods, len(names)),
        ],
        names=["source", "commodity", "period"],
    )
    columns = {
        "supply_t": supply_t.ravel(),
        "acquisition_jpy_per_t": mean.ravel(),
        "collectable_share": share.clip(0, 1).ravel(),
        "counts_to_target": np.repeat(counts, len(periods)),
    }
    left = {
        "cost_jpy_per_t": (floor.cost_jpy_per_t + mean).ravel(),
        "kgco2e_per_t": floor.kgco2e_per_t.ravel(),
    }
    return pd.DataFrame(columns, index=index), pd.DataFrame(left, index=index)


def arc_tables(
    data: Instance, found: Collection, shape: Shape, names: list[str], commodities: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the arcs of the clusters, in the order of `shape`, and their calls at ports."""
    lanes = found.lanes.to_frame(index=False).iloc[shape.lane].reset_index(drop=True)
    columns = {
        "origin": np.array(names, dtype=object)[shape.node],
        "destination": lanes["destination"].to_numpy(dtype=object),
        "mode": lanes["mode"].to_numpy(dtype=object),
        "commodity": np.array(commodities, dtype=object)[shape.node],
    }
    index = pd.MultiIndex.from_arrays(list(columns.values()), names=list(columns))
    arcs = pd.DataFrame(
        {
            "cost_jpy_per_t": shape.floor.cost_jpy_per_t.ravel(),
            "kgco2e_per_t": shape.floor.kgco2e_per_t.ravel(),
        },
        index=index,
    )
    return arcs, merged_calls(data, found, shape, index)


def merged_calls(
    data: Instance, found: Collection, shape: Shape, arcs: pd.MultiIndex
) -> pd.DataFrame:
    """Return the calls of the merged `arcs`: those that every arc of their lane makes."""
    if not len(data.calls):
        return data.calls
    calls = data.calls["handled_t_per_t"].reset_index()
    at = data.arcs.index.get_indexer(data.calls.index.droplevel("port"))
    lane_of = pd.Series(found.lane, index=found.arc)
    rows = calls[["port", "handled_t_per_t"]].assign(lane=lane_of.reindex(at).to_numpy())
    by_lane = rows.dropna().groupby(["lane", "port"])["handled_t_per_t"].agg(["min", "size"])
    size = pd.Series(found.lane).value_counts()
    whole = by_lane["size"].to_numpy() == size.reindex(by_lane.index.get_level_values("lane"))
    always = by_lane[whole.to_numpy()].reset_index()
    standing = pd.DataFrame({"lane": shape.lane, "merged": np.arange(len(arcs))})
    made = always.merge(standing, on="lane")
    table = arcs[made["merged"]].to_frame(index=False)
    table.insert(0, "port", made["port"].to_numpy())
    table["handled_t_per_t"] = made["min"].to_numpy(float)
    return table.set_index(list(data.calls.index.names))


def region_table(data: Instance, found: Collection, shape: Shape, names: list[str]) -> pd.DataFrame:
    """Return the regions with the clusters in place of the sources, all members being alike."""
    sources = found.pairs.get_level_values("source")
    member = np.array(names, dtype=object)[shape.cluster]
    standing = pd.DataFrame({"node": sources, "cluster": member})
    rows = data.regions.index.to_frame(index=False)
    kept = rows[~rows["node"].isin(sources)]
    moved = rows.merge(standing, on="node").assign(node=lambda table: table["cluster"])
    wanted = moved["region"].isin(data.regional_targets.index.unique("region"))
    both = pd.concat([kept, moved.loc[wanted, ["region", "node"]]]).drop_duplicates()
    return both.set_index(["region", "node"])
