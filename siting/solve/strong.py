r"""Rows that say of every arc what capacity says of all: nothing goes to a hub that is not open.

``flow_only_to_open_hub``: :math:`x_{at} \le M_{at} \sum_{g,s} y_{hgst}` over the hubs of the
arc's destination that take its commodity, with :math:`M_{at}` the most the arc can carry: what its
origin supplies, or can make. Capacity and balances imply it for whole lines, so it changes no plan;
with fractions of lines it makes the relaxation much tighter. There is a row for every arc and
period, so only those that a relaxation breaks are brought in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from siting.solve.session import session

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance
    from siting.solve.highs import Answer
    from siting.solve.line import Built
    from siting.solve.matrix import Array, Matrix, Whole

BROKEN = 1e-4
"""Share of its limit by which a row must be broken to be brought in [-]."""

MOST_ROUNDS = 25


@dataclass(frozen=True)
class StrongRows:
    """All rows of ``flow_only_to_open_hub``: sums of flow columns within lines times a limit.

    Attributes
    ----------
    flows, lines : sparse (rows, columns) with ones at the flow columns and at the line columns.
    most_t : (rows,) limit for each line that runs [t/yr].
    """

    flows: sparse.csr_array
    lines: sparse.csr_array
    most_t: Array

    def broken(self, x: Array) -> Whole:
        """Return which rows `x` breaks."""
        over = self.flows @ x - self.most_t * (self.lines @ x)
        return np.asarray(np.flatnonzero(over > BROKEN * np.maximum(self.most_t, 1.0)))

    def rows(self, which: Whole) -> sparse.csr_array:
        """Return the rows `which` as coefficients; each is at most 0."""
        scaled = self.lines[which].multiply(self.most_t[which][:, None])
        return sparse.csr_array(self.flows[which] - scaled)


def strong_rows(data: Instance, built: Built) -> StrongRows:
    """Return every strong row of `data`, whose model is `built`.

    Parallel modes of a lane are in one row.
    """
    periods = list(data.periods.index)
    column = built.form.column_of
    taking = takers(data)
    arcs = data.arcs.index.to_frame(index=False)
    arcs = arcs.assign(number=np.arange(len(arcs)))
    lane = arcs.groupby(["origin", "destination", "commodity"], sort=False)["number"].agg(list)
    most = most_t(data)
    at: list[tuple[int, int, int]] = []
    limits: list[float] = []
    keys = list(data.arcs.index)
    for (origin, destination, k), numbers in lane.items():
        hubs = taking.get((destination, k))
        if not hubs:
            continue
        for t in periods:
            row = len(limits)
            limits.append(most[origin, k, t])
            at += [(0, row, column[id(built.m.flow[keys[n], t])]) for n in numbers]
            at += [(1, row, column[id(built.m.run_hub[hub, t])]) for hub in hubs]
    shape = (len(limits), len(built.form.columns))
    parts = [np.array([(r, c) for kind, r, c in at if kind == which]) for which in (0, 1)]
    flows, lines = (
        sparse.csr_array((np.ones(len(p)), (p[:, 0], p[:, 1])) if len(p) else shape, shape=shape)
        for p in parts
    )
    return StrongRows(flows, lines, np.array(limits))


def takers(data: Instance) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """Return the hubs of each site that take each commodity."""
    takes = data.recipes.index[data.recipes["input_t_per_t"] > 0].to_frame(index=False)
    hubs = data.hubs.index.to_frame(index=False).merge(takes, on="technology")
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for site, technology, size, k in hubs.itertuples(index=False):
        found.setdefault((site, k), []).append((site, technology, size))
    return found


def most_t(data: Instance) -> dict[tuple[str, str, int], float]:
    """Return the most that each origin can send of each commodity in each period [t/yr]."""
    most = {key: float(value) for key, value in data.supply["supply_t"].items()}
    total = made_t(data).items()
    return most | {(h, k, t): value for (h, k), value in total for t in data.periods.index}


def made_t(data: Instance) -> pd.Series:
    """Return what all lines of each site make of each commodity at full load [t/yr]."""
    capacity_t = data.hubs["capacity_t"] * data.hubs["max_lines"]
    by_technology = capacity_t.groupby(level=["site", "technology"]).sum()
    made = data.recipes["yield_t_per_t"]
    rows = (
        by_technology.rename("capacity_t")
        .reset_index()
        .merge(made[made > 0].reset_index(), on="technology")
    )
    rows["made_t"] = rows["capacity_t"] * rows["yield_t_per_t"]
    return rows.groupby(["site", "commodity"])["made_t"].sum()


def tightened(form: Matrix, rows: StrongRows) -> tuple[Matrix, Answer, Answer]:
    """Return `form` with the strong rows that its relaxation needs.

    With it the relaxation as it was, and that with the rows.
    """
    kept = session(form)
    plain = answer = kept.solved()
    added: list[Whole] = []
    for _ in range(MOST_ROUNDS):
        new = rows.broken(answer.x)
        if not len(new):
            break
        added.append(new)
        answer = kept.with_rows(rows.rows(new))
    if not added:
        return form, plain, plain
    extra = rows.rows(np.concatenate(added))
    count = extra.shape[0]
    tight = replace(
        form,
        a=sparse.csc_array(sparse.vstack([form.a, extra])),
        row_lower=np.r_[form.row_lower, np.full(count, -np.inf)],
        row_upper=np.r_[form.row_upper, np.zeros(count)],
    )
    return tight, plain, answer
