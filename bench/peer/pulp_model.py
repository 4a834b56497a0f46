"""PuLP, which spopt is written in: sums of variables, handed to HiGHS by its own Python route."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pulp

if TYPE_CHECKING:
    from bench.peer.program import Program


def build(program: Program, *, strong: bool) -> Any:
    """Return a HiGHS that holds `program`."""
    return held(model(program, strong=strong))


def held(m: pulp.LpProblem) -> Any:
    """Return a HiGHS that holds `m`."""
    solver = pulp.HiGHS(msg=False)
    solver.createAndConfigureSolver(m)
    solver.buildSolverModel(m)
    return m.solverModel


def model(program: Program, *, strong: bool) -> pulp.LpProblem:
    """Return the PuLP problem of `program`."""
    drawn, (count_i, count_r, count_t, count_h, count_s) = program.drawn, program.shape
    T, R, H, S = (range(n) for n in (count_t, count_r, count_h, count_s))
    supply_t = drawn.supply_t.tolist()
    numbers = (drawn.origin.tolist(), drawn.site.tolist(), drawn.resource.tolist())
    ends = list(zip(*numbers, strict=True))
    arcs = range(program.arcs)
    x = {(a, t): pulp.LpVariable(f"x_{a}_{t}", 0) for a in arcs for t in T}
    u = {(i, r, t): pulp.LpVariable(f"u_{i}_{r}_{t}", 0, supply_t[i][r][t])
         for i, r, t in product(range(count_i), R, T)}  # fmt: skip
    y = {k: pulp.LpVariable("y_{}_{}_{}_{}".format(*k), cat="Binary") for k in product(H, R, S, T)}
    e = {(h, t): pulp.LpVariable(f"e_{h}_{t}", cat="Binary") for h in H for t in T}
    m = pulp.LpProblem("member", pulp.LpMinimize)
    flow, left = program.flow_cost.tolist(), program.left_cost.tolist()
    line, site = program.line_cost.tolist(), program.site_cost.tolist()
    m += pulp.LpAffineExpression(
        [(v, flow[a][t]) for (a, t), v in x.items()]
        + [(v, left[t]) for (_, _, t), v in u.items()]
        + [(v, line[h][r][s][t]) for (h, r, s, t), v in y.items()]
        + [(v, site[h][t]) for (h, t), v in e.items()]
    )
    out: dict[tuple[int, int], list[int]] = {}
    into: dict[tuple[int, int], list[int]] = {}
    for a, (i, h, r) in enumerate(ends):
        out.setdefault((i, r), []).append(a)
        into.setdefault((h, r), []).append(a)
    for i, r, t in u:
        m += pulp.lpSum(x[a, t] for a in out.get((i, r), ())) + u[i, r, t] == supply_t[i][r][t]
    capacity_t = drawn.capacity_t.tolist()
    for h, r, t in product(H, R, T):
        able = pulp.lpSum(capacity_t[r][s] * y[h, r, s, t] for s in S)
        m += pulp.lpSum(x[a, t] for a in into.get((h, r), ())) - able <= 0
    for h, r, s, t in y:
        m += y[h, r, s, t] - e[h, t] <= 0
        if t:
            m += y[h, r, s, t] - y[h, r, s, t - 1] >= 0
    for h, t in e:
        if t:
            m += e[h, t] - e[h, t - 1] >= 0
    if strong:
        for a, (i, h, r) in enumerate(ends):
            for t in T:
                lines = pulp.lpSum(y[h, r, s, t] for s in S)
                m += x[a, t] - supply_t[i][r][t] * lines <= 0
    return m
