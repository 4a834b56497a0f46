"""What may be taken at each site, and from where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.reduced.collect import cheapest_by

if TYPE_CHECKING:
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.small import Small


@dataclass(frozen=True)
class Knapsacks:
    """What technologies may take at each site: from sources (slots) and from other sites (items).

    Attributes
    ----------
    index : (site, commodity) of each.
    slot_first, item_first : first place of each one's slots and items, (n + 1,).
    slot_pair : source of each slot; slot_cost : (slots, periods) what a tonne costs, but its price.
    item : (items, periods) columns; own : (items, periods) links of what the site makes itself,
        -1 where it is a column; item_most, total : (…, periods) [t/yr].
    """

    index: list[tuple[str, str]]
    slot_first: Whole
    slot_pair: Whole
    slot_cost: Array
    item_first: Whole
    item: Whole
    own: Whole
    item_most: Array
    total: Array


def knapsacks_of(
    small: Small,
    inside: list[tuple[str, str]],
    masses: dict[tuple[str, int], float],
    carried: Array,
    lane: Array,
) -> tuple[Knapsacks, Array]:
    """Return what may be taken at each of `inside`, and what a tonne costs past all of them.

    Parallel ways from a source to a site are one, in each period the cheapest.
    """
    found, data, built = small.found, small.merged, small.built
    periods = list(data.periods.index)
    pairs = len(found.pairs)
    places = {place: n for n, place in enumerate(inside)}
    of_lane = np.array([places.get((d, k), -1) for d, k, _ in found.lanes], dtype=np.int64)
    cost = carried + lane[found.lane]
    knapsack = of_lane[found.lane]
    past = knapsack < 0
    direct = cheapest_by(found.pair[past], cost[past], pairs)
    codes, slot = np.unique(knapsack[~past] * pairs + found.pair[~past], return_inverse=True)
    slot_cost = cheapest_by(slot, cost[~past], len(codes))
    sources = set(data.supply.index.unique("source"))
    arcs = [a for a in data.arcs.index if a[0] not in sources and (a[1], a[3]) in places]
    arcs.sort(key=lambda a: places[a[1], a[3]])
    column = built.form.column_of
    item = np.array([[column[id(built.m.flow[a, t])] for t in periods] for a in arcs])
    total = np.array([[masses[k, t] for t in periods] for _, k in inside])
    owner = np.array([places[a[1], a[3]] for a in arcs], dtype=np.int64)
    wide = (-1, len(periods))
    return Knapsacks(
        index=inside,
        slot_first=np.searchsorted(codes // max(pairs, 1), np.arange(len(inside) + 1)),
        slot_pair=codes % max(pairs, 1),
        slot_cost=slot_cost,
        item_first=np.searchsorted(owner, np.arange(len(inside) + 1)),
        item=item.astype(np.int64).reshape(wide),
        own=np.full((len(arcs), len(periods)), -1, dtype=np.int64),
        item_most=total[owner].reshape(wide),
        total=total.reshape(wide),
    ), direct


def with_own(sacks: Knapsacks, own: dict[tuple[str, str], list[int]], periods: int) -> Knapsacks:
    """Return `sacks` with what each site makes itself among its items."""
    places = {place: n for n, place in enumerate(sacks.index)}
    owner = np.repeat(np.arange(len(sacks.index)), np.diff(sacks.item_first))
    more = np.array([places[place] for place in own], dtype=np.int64)
    links = np.array(list(own.values()), dtype=np.int64).reshape(-1, periods)
    owner = np.r_[owner, more]
    order = np.argsort(owner, kind="stable")
    none = np.full(links.shape, -1, dtype=np.int64)
    return replace(
        sacks,
        item_first=np.searchsorted(owner[order], np.arange(len(sacks.index) + 1)),
        item=np.concatenate([sacks.item, none])[order],
        own=np.concatenate([sacks.own, links])[order],
        item_most=sacks.total[owner[order]],
    )
