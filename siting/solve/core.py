"""The arcs that flows of every source need, once lines are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.plan import Plan
from siting.solve.arc import past
from siting.solve.reduced.collect import cheapest_by
from siting.solve.reduced.weight import objective_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from models.instance import Instance
    from siting.solve.certified import Lines
    from siting.solve.effort import Effort
    from siting.solve.line import Known, Running
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.value import Proof

LITTLE = 1e-7
"""Share of the cost that an arc must be able to save [-]."""

WANTED = 3
"""Arcs of a source that may come at a time."""


def core_of(
    data: Instance,
    found: Collection,
    proven: Proof,
    choices: Sequence[Running],
    effort: Effort,
    known: Sequence[Known],
) -> Instance:
    """Return the part with the arcs that a plan of `choices` may want.

    Of each source the best to a site that runs or to a sink, in every period, and those that a
    known plan uses; of the other arcs those from where lines run.
    """
    sites = {index[1] for running in choices for index, value in running.items()
             if index[0] == "run_hub" and value > 0.5}  # fmt: skip
    all_sites = set(data.hubs.index.unique("site"))
    idle = all_sites - sites
    lively = past(data, idle)
    kept = lively.copy()
    kept[found.arc] = False
    candidates = np.flatnonzero(lively[found.arc])
    best = best_few(found, proven.regret, candidates, effort.arcs_per_source)
    kept[found.arc[candidates[best]]] = True
    kept |= used_before(data, known)
    return data.with_arcs(kept)


def best_few(found: Collection, regrets: Array, arcs: Whole, count: int) -> npt.NDArray[np.bool_]:
    """Return which of `arcs` are among the `count` best of their source, in some period half."""
    pair = found.pair[arcs]
    regret = regrets[arcs]
    best = np.zeros(len(arcs), dtype=bool)
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


def wanted(
    data: Instance, found: Collection, lines: Lines, objective: str
) -> npt.NDArray[np.bool_]:
    """Return which collecting arcs of `data` would make the flows of `lines` cheaper.

    What a tonne costs on an arc less what it is worth at its source, and where the arc leads. The
    latter is known from the arcs that the core has: those of the same lane, or of the same
    destination where the arc would be the first on its port or service.
    """
    core, built, answer = lines.core, lines.built, lines.answer
    form = built.form
    margin = built.flow_t(core, form.cost - form.a.T @ answer.duals)
    at_source = built.of_supply(found.pairs, answer.duals)
    carried = objective_weights(data, objective).of(found.carried) - at_source[found.pair]
    place = core.arcs.index.get_indexer(data.arcs.index[found.arc])
    known = np.flatnonzero(place >= 0)
    worth = margin[place[known]] - carried[known]
    by_lane = cheapest_by(found.lane[known], worth, len(found.lanes))
    ends, names = pd.factorize(found.lanes.droplevel("mode"))
    by_end = cheapest_by(ends[found.lane[known]], worth, len(names))
    beyond = np.where(np.isfinite(by_lane), by_lane, by_end[ends])
    saved = carried + beyond[found.lane]
    most = (np.maximum(-saved, 0.0) * found.supply_t[found.pair]).max(axis=1, initial=0.0)
    arcs = np.flatnonzero((place < 0) & (most > LITTLE * max(abs(answer.objective), 1.0)))
    more = np.zeros(len(data.arcs), dtype=bool)
    more[found.arc[arcs[best_few(found, saved, arcs, WANTED)]]] = True
    return more
