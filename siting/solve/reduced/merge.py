"""Which sources are alike enough to be one, and which lanes each of them needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from siting.solve.reduced.collect import cheapest_by

if TYPE_CHECKING:
    import numpy.typing as npt

    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.collect import Collection

MATTERS = 0.1
"""Share of the lanes, the best of them, by which two sources are compared [-]."""

WITHOUT = 30.0
"""Margin on a lane that a source does not have, in times of the most that counts elsewhere [-]."""


def clusters(found: Collection, regret: Array, count: int) -> Whole:
    """Return the cluster of each pair of `found`: at most `count` for each of its groups.

    Parameters
    ----------
    regret : (arcs, periods) what a tonne on an arc costs more than the best its source has.

    Sources are alike if a tonne of theirs prefers the same lanes by the same margins (Ward, in
    tonnes times margin). Margins beyond those of the best lanes count alike: nobody goes there. A
    lane that one has and the other has not sets them apart.
    """
    cluster = np.zeros(len(found.pairs), dtype=np.int64)
    first = 0
    for group in range(int(found.group.max(initial=-1)) + 1):
        members = np.flatnonzero(found.group == group)
        cluster[members] = first + cut(found, regret, members, count)
        first = int(cluster[members].max(initial=first - 1)) + 1
    return cluster


def cut(found: Collection, regret: Array, members: Whole, count: int) -> Whole:
    """Return the cluster, from 0, of each of `members`, at most `count` of them."""
    if len(members) <= count:
        return np.arange(len(members), dtype=np.int64)
    tree = linkage(pdist(profiles(found, regret, members)), method="ward")
    numbers = fcluster(tree, count, criterion="maxclust")
    return np.asarray(np.unique(numbers, return_inverse=True)[1], dtype=np.int64)


def profiles(found: Collection, regret: Array, members: Whole) -> Array:
    """Return the margins of `members` on every lane, in tonnes times margin, one row each."""
    place = np.full(len(found.pairs), -1)
    place[members] = np.arange(len(members))
    mine = place[found.pair] >= 0
    lanes, lane = np.unique(found.lane[mine], return_inverse=True)
    least = cheapest_by(
        place[found.pair[mine]] * len(lanes) + lane, regret[mine], len(members) * len(lanes)
    )
    if not least.size:
        return np.zeros((len(members), 1))
    has_lane = np.isfinite(least)
    cap = np.quantile(least, MATTERS, method="lower")
    if not np.isfinite(cap):
        cap = least[has_lane].max(initial=0.0)
    table = np.where(has_lane, np.minimum(least, cap), WITHOUT * cap).reshape(len(members), -1)
    tonnes = np.maximum(found.supply_t[members].mean(axis=1), 1e-9)
    return np.asarray(table * np.sqrt(tonnes)[:, None], dtype=float)


def near(count: int, cost: Array, per_cluster: int) -> npt.NDArray[np.bool_]:
    """Return which lanes each cluster keeps: its `per_cluster` best, and each lane somewhere.

    Parameters
    ----------
    cost : (clusters × lanes, periods), infinite where no member has the lane.
    """
    best = cost.min(axis=1).reshape(count, -1)
    rank = best.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    kept = (rank < per_cluster) & np.isfinite(best)
    used = np.isfinite(best).any(axis=0)
    kept[best.argmin(axis=0)[used], np.flatnonzero(used)] = True
    return np.asarray(kept)
