"""Everything that leaves the sources, as arrays: what a tonne costs on every arc, or left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.solve.arc import collecting
from siting.solve.mode import calling, on_service

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.solve.matrix import Array, Whole

ANY_MODE = "any"
"""Mode of the arcs of a lane that share no limit: a tonne goes by the cheapest."""


@dataclass(frozen=True)
class Amounts:
    """Cost and emissions of a tonne, per arc as (arcs, 1) or per source as (pairs, periods)."""

    cost_jpy_per_t: Array
    kgco2e_per_t: Array


@dataclass(frozen=True)
class Collection:
    """The sources of an instance and the arcs that leave them.

    Attributes
    ----------
    pairs : (source, commodity), one per row of the arrays below.
    group : of each pair; only pairs of one group may be merged, as their laws are the same.
    supply_t, least_left_t : shape (pairs, periods) [t/yr].
    left : what a tonne left to its present treatment costs more than one collected.
    acquisition_jpy_per_t : shape (pairs, periods).
    arc : positions of the collecting arcs in ``Instance.arcs``.
    pair, lane : of each collecting arc, its row of `pairs` and of `lanes`.
    carried : what a tonne on each collecting arc costs.
    lanes : (destination, commodity, mode); arcs of one lane differ by source and amounts only.
    """

    pairs: pd.MultiIndex
    group: Whole
    supply_t: Array
    least_left_t: Array
    left: Amounts
    acquisition_jpy_per_t: Array
    arc: Whole
    pair: Whole
    lane: Whole
    carried: Amounts
    lanes: pd.MultiIndex


def collection(data: Instance) -> Collection:
    """Return what leaves the sources of `data`."""
    pairs = data.supply.index.droplevel("period").unique()
    periods = list(data.periods.index)

    def wide(column: pd.Series) -> Array:
        table = column.unstack("period").reindex(index=pairs, columns=periods)
        return np.asarray(table, dtype=float)

    supply_t = wide(data.supply["supply_t"])
    acquisition = wide(data.supply["acquisition_jpy_per_t"])
    share = wide(data.supply["collectable_share"])
    arc = np.flatnonzero(collecting(data))
    arcs = data.arcs.iloc[arc]
    ends = [arcs.index.get_level_values(level) for level in ("origin", "commodity")]
    lane, lanes = lanes_of(data, arc)
    return Collection(
        pairs=pairs,
        group=groups(data, pairs),
        supply_t=supply_t,
        least_left_t=(1 - share) * supply_t,
        left=Amounts(
            wide(data.baseline["cost_jpy_per_t"]) - acquisition,
            wide(data.baseline["kgco2e_per_t"]),
        ),
        acquisition_jpy_per_t=acquisition,
        arc=arc,
        pair=pairs.get_indexer(pd.MultiIndex.from_arrays(ends)),
        lane=lane,
        carried=Amounts(
            arcs["cost_jpy_per_t"].to_numpy(float)[:, None],
            arcs["kgco2e_per_t"].to_numpy(float)[:, None],
        ),
        lanes=lanes,
    )


def lanes_of(data: Instance, arc: Whole) -> tuple[Whole, pd.MultiIndex]:
    """Return the lane of each collecting `arc`, and the lanes.

    Arcs that share no limit are of one lane whatever their mode. Those on a service are a lane by
    service, those that call at limited ports a lane by mode and ports.
    """
    rows = data.arcs.index[arc].to_frame(index=False)
    free = ~(on_service(data) | calling(data))[arc]
    mode = rows["mode"].astype(object)
    mode[free] = ANY_MODE
    if len(data.calls):
        calls = data.calls["handled_t_per_t"].reset_index()
        at = data.arcs.index.get_indexer(
            pd.MultiIndex.from_frame(calls[list(data.arcs.index.names)])
        )
        text = calls["port"] + "=" + calls["handled_t_per_t"].astype(str)
        ports = text.groupby(at).agg(lambda names: "+".join(sorted(names)))
        named = ports.reindex(arc).fillna("").to_numpy()
        riding = on_service(data)[arc]
        mode = mode.where(riding | (named == ""), mode + "@" + named)
    keys = pd.MultiIndex.from_arrays(
        [rows["destination"], rows["commodity"], mode], names=["destination", "commodity", "mode"]
    )
    codes, lanes = keys.factorize(sort=True)
    return np.asarray(codes, dtype=np.int64), lanes.set_names(["destination", "commodity", "mode"])


def groups(data: Instance, pairs: pd.MultiIndex) -> Whole:
    """Return a number for each of `pairs` that those which may be merged have in common.

    They have one commodity, count alike for targets and lie in the same regions with a target.
    """
    rows = pairs.to_frame(index=False)
    counted = data.supply["counts_to_target"].groupby(level=["source", "commodity"]).first()
    rows["counted"] = counted.reindex(pairs).to_numpy()
    for region in data.regional_targets.index.unique("region"):
        members = data.regions.index[data.regions.index.get_level_values("region") == region]
        rows[f"in {region}"] = rows["source"].isin(members.get_level_values("node"))
    numbers = rows.drop(columns="source").groupby(list(rows.columns[1:]), sort=True).ngroup()
    return np.asarray(numbers, dtype=np.int64)


def above_cheapest(found: Collection, carried: Array) -> Array:
    """Return what a tonne on each arc costs more than on its source's cheapest one.

    Parameters
    ----------
    carried : (arcs, periods) what a tonne on each collecting arc costs.
    """
    cheapest = cheapest_by(found.pair, carried, len(found.pairs))
    return np.asarray(carried - cheapest[found.pair])


def cheapest_by(place: Whole, amounts: Array, size: int) -> Array:
    """Return the least of `amounts` (arcs, periods) at each `place`, infinite where none is."""
    least = np.full((size, amounts.shape[1]), np.inf)
    order = np.argsort(place, kind="stable")
    if len(order):
        sorted_ = place[order]
        starts = np.flatnonzero(np.r_[True, sorted_[1:] != sorted_[:-1]])
        least[sorted_[starts]] = np.minimum.reduceat(amounts[order], starts, axis=0)
    return least
