"""linopy: variables and sums over labelled arrays, handed to HiGHS by its direct route."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import linopy
import numpy as np
import pandas as pd
import xarray as xr

if TYPE_CHECKING:
    from bench.peer.program import Program


def build(program: Program, *, strong: bool) -> Any:
    """Return a HiGHS that holds `program`."""
    return model(program, strong=strong).to_highspy()


def model(program: Program, *, strong: bool) -> linopy.Model:
    """Return the linopy model of `program`."""
    drawn, (count_i, count_r, count_t, count_h, count_s) = program.drawn, program.shape
    m = linopy.Model()
    t, r = pd.RangeIndex(count_t, name="t"), pd.RangeIndex(count_r, name="r")
    a, h = pd.RangeIndex(program.arcs, name="a"), pd.RangeIndex(count_h, name="h")
    s, p = pd.RangeIndex(count_s, name="s"), pd.RangeIndex(count_i * count_r, name="p")
    supply_t = xr.DataArray(drawn.supply_t.reshape(len(p), count_t), coords=[p, t])
    x = m.add_variables(lower=0, coords=[a, t], name="x")
    u = m.add_variables(lower=0, upper=supply_t, coords=[p, t], name="u")
    y = m.add_variables(binary=True, coords=[h, r, s, t], name="y")
    e = m.add_variables(binary=True, coords=[h, t], name="e")
    of_supply = xr.DataArray(program.by_supply, coords=[a], name="p")
    of_process = xr.DataArray(program.by_process, coords=[a], name="q")
    m.add_constraints(x.groupby(of_supply).sum() + u == supply_t, name="supply")
    q = pd.RangeIndex(count_h * count_r, name="q")
    treated = x.groupby(of_process).sum().reindex(q=q)
    capacity_t = xr.DataArray(drawn.capacity_t, coords=[r, s])
    able = (capacity_t * y).sum("s").stack(q=["h", "r"])
    able = able.drop_vars(["h", "r", "q"], errors="ignore").assign_coords(q=q)
    m.add_constraints(treated - able <= 0, name="capacity")
    if count_t > 1:
        later, sooner = {"t": slice(1, None)}, {"t": slice(None, -1)}
        for name, v in (("lines_stay", y), ("sites_stay", e)):
            before = v.isel(sooner).assign_coords(t=t[1:])
            m.add_constraints(v.isel(later) - before >= 0, name=name)
    m.add_constraints(y - e <= 0, name="need")
    if strong:
        lines = y.sum("s").isel(
            h=xr.DataArray(drawn.site, coords=[a]), r=xr.DataArray(drawn.resource, coords=[a])
        )
        most_t = xr.DataArray(program.most_t, coords=[a, t])
        m.add_constraints(x - most_t * lines <= 0, name="strong")
    cost = xr.DataArray(program.line_cost, coords=[h, r, s, t])
    left = xr.DataArray(np.tile(program.left_cost, (len(p), 1)), coords=[p, t])
    m.add_objective(
        (xr.DataArray(program.flow_cost, coords=[a, t]) * x).sum()
        + (left * u).sum()
        + (cost * y).sum()
        + (xr.DataArray(program.site_cost, coords=[h, t]) * e).sum()
    )
    return m
