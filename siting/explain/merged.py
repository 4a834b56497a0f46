"""A large instance with its sources merged, so that its limits can be judged in minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.arc import undominated
from siting.solve.reduced.collect import above_cheapest, collection
from siting.solve.reduced.merge import clusters
from siting.solve.reduced.small import LITTLE_T, mean_by, shape_of
from siting.solve.reduced.table import merged_instance
from siting.solve.reduced.weight import objective_weights

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.small import Shape

ALL_LANES = 1_000_000
"""More lanes than a cluster has: it may go wherever one of its members may."""


def merged(data: Instance, count: int) -> Instance:
    """Return `data` with the sources of each commodity merged to `count` at most.

    A cluster goes wherever a member may go, at the members' mean cost: what cannot be kept there
    cannot be kept with single sources, limits on cost and emissions aside.
    """
    data = undominated(data)
    found = collection(data)
    regret = above_cheapest(found, objective_weights(data, "cost").of(found.carried))
    shape = shape_of(found, clusters(found, regret, count), regret, ALL_LANES)
    return at_mean_cost(merged_instance(data, found, shape), found, shape)


def at_mean_cost(small: Instance, found: Collection, shape: Shape) -> Instance:
    """Return `small` whose clusters pay and emit the mean of their members, not the least."""
    tonnes = np.maximum(found.supply_t, LITTLE_T)
    of_arc = tonnes.sum(axis=1)[found.pair][:, None]
    kept = shape.place >= 0
    count = len(shape.node)
    arcs, baseline = small.arcs.copy(), small.baseline.copy()
    for column in ("cost_jpy_per_t", "kgco2e_per_t"):
        amounts = getattr(found.carried, column)[kept]
        mean = mean_by(shape.place[kept], amounts, of_arc[kept], count)
        arcs.iloc[:count, arcs.columns.get_loc(column)] = mean[:, 0]
        left = getattr(found.left, column)
        floor = getattr(shape.left_floor, column)
        more = mean_by(shape.cluster, left, tonnes, shape.clusters) - floor
        baseline[column] = baseline[column].to_numpy(float) + more.ravel()
    return replace(small, arcs=arcs, baseline=baseline)
