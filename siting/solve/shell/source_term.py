"""What is left at sources: its columns, its part in laws, and the constants that supply is there.

The laws are those of ``models/collection.py`` and, for shares and limits, ``models/flow.py`` and
``models/quantity.py``, in arrays over all supplies; the words are those of the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.reduced.weight import carbon
from siting.solve.shell.place import Term, in_limits, weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from models.instance import Instance
    from siting.solve.matrix import Array, Whole
    from siting.solve.shell.place import Rows


@dataclass(frozen=True)
class Supply:
    """What arises, one row a source and commodity; arrays of shape (supplies, periods).

    Attributes
    ----------
    pairs : (source, commodity) of each supply.
    counts : what a tonne counts for targets [-].
    """

    pairs: pd.MultiIndex
    supply_t: Array
    acquisition_jpy_per_t: Array
    collectable_share: Array
    counts: Array
    left_jpy_per_t: Array
    left_kgco2e_per_t: Array

    def of(self, commodity: str, nodes: set[str] | None = None) -> Whole:
        """Return the numbers of the supplies of `commodity`, of `nodes` alone if any are given."""
        mine = self.pairs.get_level_values("commodity") == commodity
        if nodes is not None:
            mine &= self.pairs.get_level_values("source").isin(list(nodes))
        return np.flatnonzero(mine)


def supply_of(data: Instance) -> Supply:
    """Return the supplies of `data`, in the order of the model's ``SUPPLIES``."""
    pairs = data.supply.index.droplevel("period").unique()
    row = pairs.get_indexer(data.supply.index.droplevel("period"))
    column = data.periods.index.get_indexer(data.supply.index.get_level_values("period"))
    order = np.empty(len(row), dtype=np.int64)
    order[row * len(data.periods) + column] = np.arange(len(row))

    def wide(column: pd.Series) -> Array:
        values: Array = column.to_numpy(float)[order].reshape(len(pairs), -1)
        return values

    names = ("supply_t", "acquisition_jpy_per_t", "collectable_share", "counts_to_target")
    left = ("cost_jpy_per_t", "kgco2e_per_t")
    own = [wide(data.supply[name]) for name in names]
    return Supply(pairs, *own, *(wide(data.baseline[name]) for name in left))


def left_amounts(data: Instance, supply: Supply) -> dict[str, Array]:
    """Return what a tonne left is of each quantity, against one collected [per t]."""
    emitted = supply.left_kgco2e_per_t
    paid = supply.left_jpy_per_t - supply.acquisition_jpy_per_t
    return {"cost_jpy": paid + carbon(data) * emitted, "kgco2e": emitted}


def left_terms(data: Instance, rows: Rows, supply: Supply, first: int) -> Iterator[Term]:
    """Yield all that tonnes left are in rows; `first` is the row of the first supply."""
    count, every = len(rows.periods), np.arange(len(supply.pairs), dtype=np.int64)
    yield Term(every, first + every[:, None] * count + np.arange(count), np.array(1.0))
    for target in targets(data, rows, supply):
        counts = supply.counts[target.members]
        yield Term(target.members, np.where(counts != 0.0, target.row, -1), counts)
    for share in shares(data, rows, supply):
        yield Term(share.members, np.tile(share.row, (len(share.members), 1)), share.share)
    if len(data.limits) or len(data.horizon_limits):
        yield from in_limits(rows, data, len(every), left_amounts(data, supply))


@dataclass(frozen=True)
class Joint:
    """A law on supplies together.

    Attributes
    ----------
    members : their numbers.
    row, share : of each period, -1 and not a number where there is none.
    """

    members: Whole
    row: Whole
    share: Array


def targets(data: Instance, rows: Rows, supply: Supply) -> Iterator[Joint]:
    """Yield the targets, of the nation and of regions."""
    for k, row in rows.by_name("target_is_met").items():
        share = data.targets["min_collected_share"].xs(k, level="commodity")
        yield Joint(supply.of(str(k)), row, by_period(data, share))
    nodes: dict[str, set[str]] = {}
    for region, node in data.regions.index:
        nodes.setdefault(region, set()).add(node)
    for (region, k), row in rows.by_name("regional_target_is_met").items():
        share = data.regional_targets["min_collected_share"].xs((region, k))
        yield Joint(supply.of(k, nodes.get(region, set())), row, by_period(data, share))


def shares(data: Instance, rows: Rows, supply: Supply) -> Iterator[Joint]:
    """Yield the largest shares of single sites."""
    for (_, k), row in rows.by_name("share_of_one_site").items():
        share = data.site_shares["max_share"].xs(k, level="commodity")
        yield Joint(supply.of(k), row, by_period(data, share))


def by_period(data: Instance, share: pd.Series) -> Array:
    """Return `share` for each period."""
    shares: Array = share.reindex(data.periods.index).to_numpy(float)
    return shares


def sides(data: Instance, rows: Rows, supply: Supply) -> Iterator[tuple[str, int, float]]:
    """Yield the sides of rows that depend on what arises: which, row, value.

    Which side is ``at_least`` or ``at_most``.
    """
    counted = supply.counts * supply.supply_t
    for target in targets(data, rows, supply):
        yield from most(target, (1 - target.share) * counted[target.members].sum(axis=0))
    for share in shares(data, rows, supply):
        yield from most(share, share.share * supply.supply_t[share.members].sum(axis=0))
    acquired = acquisition_jpy_per_yr(supply)
    discounted = float(acquired @ weight(data, "cost_jpy"))
    for limit in rows.of_quantities():
        if limit.quantity == "cost_jpy" and limit.is_of_horizon:
            most_jpy = float(data.horizon_limits.loc["cost_jpy", limit.side])
            yield limit.side, limit.row, most_jpy - discounted
        elif limit.quantity == "cost_jpy":
            t = limit.summed[0]
            most_jpy = float(data.limits.loc[("cost_jpy", data.periods.index[t]), limit.side])
            yield limit.side, limit.row, most_jpy - float(acquired[t])


def most(law: Joint, upper: Array) -> Iterator[tuple[str, int, float]]:
    """Yield the upper sides of a law on supplies together."""
    for row, side in zip(law.row, upper, strict=True):
        if row >= 0:
            yield "at_most", int(row), float(side)


def acquisition_jpy_per_yr(supply: Supply) -> Array:
    """Return what acquiring all that arises would cost in each period [JPY/yr]."""
    total: Array = (supply.acquisition_jpy_per_t * supply.supply_t).sum(axis=0)
    return total
