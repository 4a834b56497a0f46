"""The arcs that flows of every source need, once lines are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.plan import Plan
from siting.solve.arc import past

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from models.instance import Instance
    from siting.solve.effort import Effort
    from siting.solve.line import Known, Running
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.value import Proof


def core_of(
    data: Instance,
    found: Collection,
    proven: Proof,
    choices: Sequence[Running],
    effort: Effort,
    known: Sequence[Known],
) -> tuple[Instance, npt.NDArray[np.bool_]]:
    """Return the part with the arcs from where `choices` run lines, and which to start with.

    Of those that leave sources it starts with the best to a site that runs or to a sink, in every
    period, and those that a known plan uses; with all others.
    """
    sites = {index[1] for running in choices for index, value in running.items()
             if index[0] == "run_hub" and value > 0.5}  # fmt: skip
    all_sites = set(data.hubs.index.unique("site"))
    idle = all_sites - sites
    lively = past(data, idle)
    kept = lively.copy()
    kept[found.arc] = False
    candidates = np.flatnonzero(lively[found.arc])
    best = best_few(found.pair[candidates], proven.regret[candidates], effort.arcs_per_source)
    kept[found.arc[candidates[best]]] = True
    used = used_before(data, known)
    lively |= used
    return data.with_arcs(lively), (kept | used)[lively]


def best_few(pair: Whole, regret: Array, count: int) -> npt.NDArray[np.bool_]:
    """Return which arcs are among the `count` best of their source, in some period half.

    Parameters
    ----------
    pair : the source and commodity of each; regret : (arcs, periods) the least is best.
    """
    best = np.zeros(len(pair), dtype=bool)
    for column in (regret.min(axis=1), regret[:, 0], regret[:, -1]):
        order = np.lexsort((column, pair))
        first = np.r_[True, pair[order][1:] != pair[order][:-1]] if len(order) else order == 0
        start = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
        rank = np.arange(len(order)) - start
        best[order[rank < max(count * 2 // 3, 1)]] = True
    return best


def used_before(data: Instance, known: Sequence[Known]) -> npt.NDArray[np.bool_]:
    """Return which arcs go where a known plan carries something: its flows must fit the model."""
    flows = [plan.flows.index.droplevel("period") for plan in known if isinstance(plan, Plan)]
    used = {(o, d, k) for index in flows for o, d, _, k in index}
    if not used:
        return np.zeros(len(data.arcs), dtype=bool)
    return np.asarray(data.arcs.index.droplevel("mode").isin(used), dtype=bool)
