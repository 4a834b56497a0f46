"""Sources that cost much the same to serve, as one: a smaller model to search for lines with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage

from siting.solve.arc import collecting
from siting.solve.mode import lanes, shared

if TYPE_CHECKING:
    from models.instance import Instance

NAME = "cluster-{:04d}"

ANY_MODE = "any"
"""Mode of a cluster's arcs that share no limit: each member goes by its cheapest."""

ALONE = "alone-{}-{}"
"""Name of a source that no arc leaves: it is merged with nothing."""


def clustered(data: Instance, count: int) -> Instance:
    """Return `data` with its sources merged into at most `count` clusters of each commodity.

    Sources are alike if a tonne of theirs costs alike at every site: the distance of two sources
    is that of their vectors of freight plus acquisition less present treatment [JPY/t] (Ward).
    A cluster supplies the sum of its members at their mean cost, weighted by supply. Nothing but
    the choice of lines is taken from the smaller model: what it costs is computed on `data`.
    """
    arcs = data.arcs[collecting(data)]
    if not len(arcs):
        return data
    label = pd.concat(
        [
            labels(data, group, str(commodity), count)
            for commodity, group in arcs.groupby(level="commodity")
        ]
    )
    if label.nunique() == len(label):
        return data
    weight = data.supply["supply_t"].groupby(level=["source", "commodity"]).sum()
    alone = weight.index.difference(label.index)
    names = [ALONE.format(*pair) for pair in alone]
    label = pd.concat([label, pd.Series(names, index=alone, dtype=object)])
    offers, calls = merged_arcs(data, label, weight)
    return replace(
        data,
        supply=merged_supply(data, label),
        baseline=merged_baseline(data, label),
        arcs=pd.concat([offers, data.arcs[~collecting(data)]]),
        calls=calls,
    )


def labels(data: Instance, arcs: pd.DataFrame, commodity: str, count: int) -> pd.Series:
    """Return the cluster of each (source, commodity) of one commodity."""
    freight = arcs["cost_jpy_per_t"].groupby(level=["origin", "destination"]).min().unstack()
    freight = freight.fillna(freight.max(axis=None) * 2)
    own = data.supply["acquisition_jpy_per_t"] - data.baseline["cost_jpy_per_t"]
    own = own.xs(commodity, level="commodity").groupby(level="source").mean()
    vector = freight.add(own.reindex(freight.index, fill_value=0.0), axis=0).to_numpy()
    if len(vector) <= count:
        number = np.arange(len(vector))
    else:
        number = fcluster(linkage(vector, method="ward"), count, criterion="maxclust")
    names = [f"{NAME.format(n)}-{commodity}" for n in number]
    index = pd.MultiIndex.from_product([freight.index, [commodity]], names=["source", "commodity"])
    return pd.Series(names, index=index)


def merged_supply(data: Instance, label: pd.Series) -> pd.DataFrame:
    """Return the supply of each cluster, acquired at its members' mean cost."""
    return weighted(data.supply, ["acquisition_jpy_per_t"], data.supply["supply_t"], label)


def merged_baseline(data: Instance, label: pd.Series) -> pd.DataFrame:
    """Return the present treatment of each cluster at its members' mean cost."""
    columns = ["cost_jpy_per_t", "kgco2e_per_t"]
    table = data.baseline.assign(supply_t=data.supply["supply_t"])
    return weighted(table, columns, data.supply["supply_t"], label)[columns]


def weighted(
    table: pd.DataFrame, columns: list[str], weight: pd.Series, label: pd.Series
) -> pd.DataFrame:
    """Return `table` by cluster: supply summed, `columns` averaged by `weight`."""
    rows = table[columns].mul(weight, axis=0).assign(supply_t=table["supply_t"]).reset_index()
    pair = pd.MultiIndex.from_frame(rows[["source", "commodity"]])
    rows["source"] = label.reindex(pair).to_numpy()
    total = rows.groupby(["source", "commodity", "period"]).sum()
    some = total["supply_t"].where(total["supply_t"] > 0, 1.0)
    return total.assign(**{name: total[name] / some for name in columns})


def merged_arcs(
    data: Instance, label: pd.Series, weight: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the arcs of each cluster, the mean of its members' weighted by supply, and the calls.

    Members need not have the same modes. So an arc that shares no limit is first merged over
    modes to the cheapest of its lane. An arc on a service, or that calls at a limited port,
    stays of its mode; a member without it is priced at the cheapest arc it has to that site, and
    calls at no port. A tonne of such a cluster takes the hold of a tonne, though a part of it
    would go another way: good enough to search for lines, not to say what they cost.
    """
    arcs, limited = data.arcs[collecting(data)], shared(data)[collecting(data)]
    free = cheapest_of_lane(data, arcs[~limited])
    rows = pd.concat([free, filled(arcs[limited], free, label)]).reset_index()
    pair = pd.MultiIndex.from_frame(rows[["origin", "commodity"]])
    share = np.maximum(weight.reindex(pair).to_numpy(float), 1e-6)
    rows["origin"] = label.reindex(pair).to_numpy()
    rows[arcs.columns] = rows[arcs.columns].mul(share, axis=0)
    total = rows.assign(share=share).groupby(list(arcs.index.names)).sum()
    calls = merged_calls(data, label, weight, total["share"])
    return total[arcs.columns].div(total["share"], axis=0), calls


def cheapest_of_lane(data: Instance, arcs: pd.DataFrame) -> pd.DataFrame:
    """Return the cheapest of parallel `arcs` at the mean carbon price, all of the mode ANY_MODE."""
    periods = data.periods
    price = np.average(periods["carbon_price_jpy_per_t"], weights=periods["years"])
    cost = arcs["cost_jpy_per_t"] + arcs["kgco2e_per_t"] * price / 1000
    order = np.argsort(cost.to_numpy(), kind="stable")
    best = order[np.unique(lanes(arcs.index)[order], return_index=True)[1]]
    rows = arcs.iloc[np.sort(best)].reset_index()
    return rows.assign(mode=ANY_MODE).set_index(list(arcs.index.names))


def filled(limited: pd.DataFrame, free: pd.DataFrame, label: pd.Series) -> pd.DataFrame:
    """Return `limited` arcs, and for members of a cluster that lack one their `free` arc."""
    if not len(limited):
        return limited
    rows = limited.index.to_frame(index=False)
    rows["cluster"] = label.reindex(pd.MultiIndex.from_frame(rows[["origin", "commodity"]])).array
    offers = rows[["cluster", "destination", "mode", "commodity"]].drop_duplicates()
    members = label.rename("cluster").rename_axis(["origin", "commodity"]).reset_index()
    wanted = offers.merge(members, on=["cluster", "commodity"])
    wanted = pd.MultiIndex.from_frame(wanted[list(limited.index.names)]).difference(limited.index)
    lane = free.droplevel("mode").reindex(wanted.droplevel("mode")).set_index(wanted)
    return pd.concat([limited, lane.dropna()])


def merged_calls(
    data: Instance, label: pd.Series, weight: pd.Series, share: pd.Series
) -> pd.DataFrame:
    """Return the calls of each cluster's arcs, the mean over the supply they are priced for."""
    calls = data.calls
    sources = data.supply.index.unique("source")
    own = calls.index.get_level_values("origin").isin(sources)
    if not own.any():
        return calls
    rows = calls[own][["handled_t_per_t"]].reset_index()
    pair = pd.MultiIndex.from_frame(rows[["origin", "commodity"]])
    rows["handled_t_per_t"] *= np.maximum(weight.reindex(pair).to_numpy(float), 1e-6)
    rows["origin"] = label.reindex(pair).to_numpy()
    total = rows.groupby(list(calls.index.names)).sum()
    whole = share.reindex(total.index.droplevel("port")).to_numpy()
    return pd.concat([total.div(whole, axis=0), calls[~own]])
