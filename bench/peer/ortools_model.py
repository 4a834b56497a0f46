"""OR-Tools' ModelBuilder: sums of variables, handed over as its message; SCIP solves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.linear_solver.python import model_builder as mb

if TYPE_CHECKING:
    from bench.peer.program import Program


def build(program: Program, *, strong: bool) -> mb.Model:
    """Return the model of `program`, as the solver takes it."""
    drawn, (count_i, count_r, count_t, count_h, count_s) = program.drawn, program.shape
    m = mb.Model()
    x = columns(m, (program.arcs, count_t), "x", np.inf)
    u = columns(m, drawn.supply_t.shape, "u", drawn.supply_t)
    y = columns(m, (count_h, count_r, count_s, count_t), "y", 1.0, whole=True)
    e = columns(m, (count_h, count_t), "e", 1.0, whole=True)
    left = np.broadcast_to(program.left_cost, u.shape)
    pairs = [(x, program.flow_cost), (u, left), (y, program.line_cost), (e, program.site_cost)]
    m.minimize(mb.LinearExpr.weighted_sum(
        [v for v, _ in pairs for v in v.ravel()],
        np.concatenate([np.ravel(cost) for _, cost in pairs])))  # fmt: skip
    out = grouped(program.by_supply, count_i * count_r)
    into = grouped(program.by_process, count_h * count_r)
    supply_t, left_of = drawn.supply_t.reshape(-1, count_t), u.reshape(-1, count_t)
    for p, t in np.ndindex(supply_t.shape):
        m.add(mb.LinearExpr.sum([*x[out[p], t], left_of[p, t]]) == supply_t[p, t])
    lines = y.reshape(count_h * count_r, count_s, count_t)
    for q, t in np.ndindex(len(lines), count_t):
        able = [-c for c in drawn.capacity_t[q % count_r]]
        terms = [*x[into[q], t], *lines[q, :, t]]
        m.add(mb.LinearExpr.weighted_sum(terms, [1.0] * len(into[q]) + able) <= 0)
    for h, r, s, t in np.ndindex(y.shape):
        m.add(y[h, r, s, t] - e[h, t] <= 0)
        if t:
            m.add(y[h, r, s, t] - y[h, r, s, t - 1] >= 0)
    for h, t in np.ndindex(e.shape):
        if t:
            m.add(e[h, t] - e[h, t - 1] >= 0)
    if strong:
        for a, t in np.ndindex(x.shape):
            terms = [x[a, t], *lines[program.by_process[a], :, t]]
            m.add(mb.LinearExpr.weighted_sum(terms, [1.0] + [-program.most_t[a, t]] * count_s) <= 0)
    return m


def columns(
    m: mb.Model, shape: tuple[int, ...], name: str, upper: object, *, whole: bool = False
) -> np.ndarray:
    """Return variables from 0 to `upper` in an array of `shape`."""
    limit = np.broadcast_to(np.asarray(upper, dtype=float), shape)
    kind = m.new_int_var if whole else m.new_num_var
    found = np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        found[place] = kind(0.0, float(limit[place]), f"{name}_{'_'.join(map(str, place))}")
    return found


def grouped(group: np.ndarray, count: int) -> list[np.ndarray]:
    """Return the members of each of `count` groups."""
    order = np.argsort(group, kind="stable")
    return np.split(order, np.searchsorted(group[order], np.arange(1, count)))
