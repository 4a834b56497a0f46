"""What sites may buy from other blocks, in the bound: at a fixed price, like what they make."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from siting.solve.lagrange.place import places_inside

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from siting.solve.joint.trade import Lots
    from siting.solve.lagrange.problem import Problem
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.small import Small

BOUGHT = "bought"
"""Law of the links that stand for a price that is fixed."""

NO_STEP = 1e30
"""Scale of a link whose price is not searched [t/yr]."""


def buying(
    problem: Problem,
    small: Small,
    lots: Lots,
    cost: Array,
    masses: Mapping[tuple[str, int], float],
) -> Problem:
    """Return `problem` where the sites of `small` may buy each of `lots` at `cost` a tonne.

    Parameters
    ----------
    cost : (lots, periods) price where it is made and freight, in units of the objective.
    masses : the most there can be of each commodity in each period, whoever makes it [t/yr].
    """
    periods = list(small.merged.periods.index)
    inside = places_inside(small.merged)
    places = {place: n for n, place in enumerate(inside)}
    knapsack = owners(lots.rows, places)
    kept = knapsack >= 0
    knapsack, cost = knapsack[kept], cost[kept]
    sacks = problem.knapsacks
    total = sacks.arrays.total.copy()
    for (_, k), n in places.items():
        total[n] = [masses[k, t] for t in periods]
    first = len(problem.link_side)
    own = first + np.arange(cost.size, dtype=np.int64).reshape(cost.shape)
    before = np.repeat(np.arange(len(inside)), np.diff(sacks.arrays.item_first))
    owner = np.r_[before, knapsack]
    order = np.argsort(owner, kind="stable")
    arrays = sacks.arrays._replace(
        item_first=np.searchsorted(owner[order], np.arange(len(inside) + 1)),
        item_most=total[owner[order]],
        total=total,
    )
    knapsacks = replace(
        sacks,
        arrays=arrays,
        item=np.concatenate([sacks.item, np.full(own.shape, -1)])[order],
        own=np.concatenate([sacks.own, own])[order],
    )
    return with_fixed_links(replace(problem, knapsacks=knapsacks), -cost.ravel())


def owners(rows: pd.DataFrame, places: dict[tuple[str, str], int]) -> Whole:
    """Return the knapsack of each lot, -1 where its site does not take it."""
    ends = zip(rows["destination"], rows["commodity"], strict=True)
    return np.array([places.get(end, -1) for end in ends], dtype=np.int64)


def with_fixed_links(problem: Problem, price: Array) -> Problem:
    """Return `problem` with links that hold nothing and have the prices `price`."""
    none = np.zeros(len(price))
    columns = problem.links.shape[0]
    links = sparse.hstack([problem.links, sparse.csr_array((columns, len(price)))])
    return replace(
        problem,
        links=sparse.csr_array(links),
        link_side=np.r_[problem.link_side, none],
        link_low=np.r_[problem.link_low, price],
        link_high=np.r_[problem.link_high, price],
        link_start=np.r_[problem.link_start, price],
        link_scale_t=np.r_[problem.link_scale_t, none + NO_STEP],
        link_names=problem.link_names + [(BOUGHT, "")] * len(price),
    )
