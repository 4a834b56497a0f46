"""What may be taken at each site, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.lagrange.ground import SackArrays
from siting.solve.reduced.collect import cheapest_by

if TYPE_CHECKING:
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.small import Small


@dataclass(frozen=True)
class Knapsacks:
    """What technologies may take at each site: from sources (slots) and from other sites (items).

    Attributes
    ----------
    slot_pair : source of each slot; slot_cost : (slots, periods) what a tonne costs, but its price.
    item : (items, periods) columns; own : (items, periods) links of what the site makes itself;
        each -1 where it is the other.
    """

    arrays: SackArrays
    slot_pair: Whole
    slot_cost: Array
    item: Whole
    own: Whole


def knapsacks_of(
    small: Small,
    inside: list[tuple[str, str]],
    own: dict[tuple[str, str], list[int]],
    masses: dict[tuple[str, int], float],
    cost: Array,
) -> tuple[Knapsacks, Array]:
    """Return what may be taken at each of `inside`, and what a tonne costs past all of them.

    Parallel ways from a source to a site are one, in each period the cheapest.

    Parameters
    ----------
    own : (site, commodity) to the links, by period, of what it makes and also takes itself.
    masses : most of each commodity and period [t/yr].
    cost : (arcs, periods) what a tonne costs on each collecting arc, but the price at its source.
    """
    found = small.found
    periods = list(small.merged.periods.index)
    pairs = len(found.pairs)
    places = {place: n for n, place in enumerate(inside)}
    of_lane = np.array([places.get((d, k), -1) for d, k, _ in found.lanes], dtype=np.int64)
    knapsack = of_lane[found.lane]
    past = knapsack < 0
    direct = cheapest_by(found.pair[past], cost[past], pairs)
    codes, slot = np.unique(knapsack[~past] * pairs + found.pair[~past], return_inverse=True)
    slot_pair = codes % max(pairs, 1)
    owner, item, links = items_of(small, places, own)
    total = np.array([[masses[k, t] for t in periods] for _, k in inside])
    total = total.reshape(-1, len(periods))
    first = np.arange(len(inside) + 1)
    arrays = SackArrays(
        slot_first=np.searchsorted(codes // max(pairs, 1), first),
        slot_most=(found.supply_t - found.least_left_t)[slot_pair],
        item_first=np.searchsorted(owner, first),
        item_most=total[owner],
        total=total,
    )
    slot_cost = cheapest_by(slot, cost[~past], len(codes))
    return Knapsacks(arrays, slot_pair, slot_cost, item, links), direct


def items_of(
    small: Small, places: dict[tuple[str, str], int], own: dict[tuple[str, str], list[int]]
) -> tuple[Whole, Whole, Whole]:
    """Return knapsack, columns and links of each item, by knapsack: what comes from other sites."""
    data, columns = small.merged, small.built.flow_places(small.merged).tolist()
    periods = list(data.periods.index)
    none = [-1] * len(periods)
    sources = set(data.supply.index.unique("source"))
    items = [
        (places[a[1], a[3]], columns[n], none)
        for n, a in enumerate(data.arcs.index)
        if a[0] not in sources and (a[1], a[3]) in places
    ]
    items += [(places[place], none, links) for place, links in own.items()]
    items.sort(key=lambda item: item[0])
    owner, column, links = (np.array([item[n] for item in items], dtype=np.int64) for n in range(3))
    wide = (-1, len(periods))
    return owner, column.reshape(wide), links.reshape(wide)
