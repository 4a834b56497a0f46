"""Sources that cost much the same to serve, as one: a smaller model to search for lines with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage

from siting.solve.arc import collecting

if TYPE_CHECKING:
    from models.instance import Instance

NAME = "cluster-{:04d}"

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
    return replace(
        data,
        supply=merged_supply(data, label),
        baseline=merged_baseline(data, label),
        arcs=pd.concat([merged_arcs(arcs, label, weight), data.arcs[~collecting(data)]]),
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


def merged_arcs(arcs: pd.DataFrame, label: pd.Series, weight: pd.Series) -> pd.DataFrame:
    """Return the arcs of each cluster: the mean of its members', weighted by their supply."""
    rows = arcs.reset_index()
    pair = pd.MultiIndex.from_frame(rows[["origin", "commodity"]])
    share = np.maximum(weight.reindex(pair).to_numpy(float), 1e-6)
    rows["origin"] = label.reindex(pair).to_numpy()
    rows[arcs.columns] = rows[arcs.columns].mul(share, axis=0)
    total = rows.assign(share=share).groupby(list(arcs.index.names)).sum()
    return total[arcs.columns].div(total["share"], axis=0)
