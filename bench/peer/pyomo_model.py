"""Plain Pyomo: rules over sets, handed to HiGHS by its fastest common route, appsi_highs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyomo.environ as pyo
from pyomo.contrib.appsi.solvers.highs import Highs

if TYPE_CHECKING:
    from bench.peer.program import Program


def build(program: Program, *, strong: bool) -> Any:
    """Return a HiGHS that holds `program`."""
    return held(model(program, strong=strong))


def held(m: pyo.ConcreteModel) -> Any:
    """Return a HiGHS that holds `m`."""
    solver = Highs()
    solver.set_instance(m)
    return solver._solver_model


def model(program: Program, *, strong: bool) -> pyo.ConcreteModel:
    """Return the Pyomo model of `program`."""
    drawn, (count_i, count_r, count_t, count_h, count_s) = program.drawn, program.shape
    supply_t, most_t = drawn.supply_t.tolist(), program.most_t.tolist()
    site, resource = drawn.site.tolist(), drawn.resource.tolist()
    capacity_t = drawn.capacity_t.tolist()
    out: dict[tuple[int, int], list[int]] = {}
    into: dict[tuple[int, int], list[int]] = {}
    for a, (i, h, r) in enumerate(zip(drawn.origin.tolist(), site, resource, strict=True)):
        out.setdefault((i, r), []).append(a)
        into.setdefault((h, r), []).append(a)
    m = pyo.ConcreteModel()
    m.A, m.T, m.I = (
        pyo.RangeSet(0, program.arcs - 1),
        pyo.RangeSet(0, count_t - 1),
        pyo.RangeSet(0, count_i - 1),
    )
    m.R, m.H, m.S = (
        pyo.RangeSet(0, count_r - 1),
        pyo.RangeSet(0, count_h - 1),
        pyo.RangeSet(0, count_s - 1),
    )
    m.x = pyo.Var(m.A, m.T, domain=pyo.NonNegativeReals)
    m.u = pyo.Var(m.I, m.R, m.T, bounds=lambda m, i, r, t: (0, supply_t[i][r][t]))
    m.y = pyo.Var(m.H, m.R, m.S, m.T, domain=pyo.Binary)
    m.e = pyo.Var(m.H, m.T, domain=pyo.Binary)
    flow, left = program.flow_cost.tolist(), program.left_cost.tolist()
    line, use = program.line_cost.tolist(), program.site_cost.tolist()

    @m.Objective()
    def cost(m):
        return (
            pyo.quicksum(flow[a][t] * m.x[a, t] for a, t in m.x)
            + pyo.quicksum(left[t] * m.u[i, r, t] for i, r, t in m.u)
            + pyo.quicksum(line[h][r][s][t] * m.y[h, r, s, t] for h, r, s, t in m.y)
            + pyo.quicksum(use[h][t] * m.e[h, t] for h, t in m.e)
        )

    @m.Constraint(m.I, m.R, m.T)
    def supply(m, i, r, t):
        sent = pyo.quicksum(m.x[a, t] for a in out.get((i, r), ()))
        return sent + m.u[i, r, t] == supply_t[i][r][t]

    @m.Constraint(m.H, m.R, m.T)
    def capacity(m, h, r, t):
        able = pyo.quicksum(capacity_t[r][s] * m.y[h, r, s, t] for s in m.S)
        return pyo.quicksum(m.x[a, t] for a in into.get((h, r), ())) - able <= 0

    @m.Constraint(m.H, m.R, m.S, m.T)
    def lines_stay(m, h, r, s, t):
        return m.y[h, r, s, t] >= m.y[h, r, s, t - 1] if t else pyo.Constraint.Skip

    @m.Constraint(m.H, m.T)
    def sites_stay(m, h, t):
        return m.e[h, t] >= m.e[h, t - 1] if t else pyo.Constraint.Skip

    @m.Constraint(m.H, m.R, m.S, m.T)
    def line_needs_site(m, h, r, s, t):
        return m.y[h, r, s, t] <= m.e[h, t]

    if strong:

        @m.Constraint(m.A, m.T)
        def flow_only_to_open_site(m, a, t):
            lines = pyo.quicksum(m.y[site[a], resource[a], s, t] for s in m.S)
            return m.x[a, t] <= most_t[a][t] * lines

    return m
