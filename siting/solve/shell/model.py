"""The model of many sources and arcs: Pyomo for what is decided, the rest appended as arrays.

A national model is nearly all flows, and Pyomo takes a hundred times longer to write one down than
HiGHS to take it. So the model is built from the same blocks over a few sources and arcs that stand
for all: every law has its rows then but the balances of the other sources, and all variables their
columns but the flows and what is left. These come from the tables.

What Pyomo wrote for the few must be what is appended for them; so a law that the blocks have of
flows and this package has not is found in every run, before anything is solved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from pyomo.common.gc_manager import PauseGC
from scipy import sparse

from models.build import build_model
from siting.solve.highs import SolverError
from siting.solve.matrix import UNIT, matrix
from siting.solve.shell.arc_term import amounts, arc_terms
from siting.solve.shell.place import SUPPLY_LAW, Rows, quantity_of, weight
from siting.solve.shell.sample import sample
from siting.solve.shell.source_term import (
    acquisition_jpy_per_yr,
    left_amounts,
    left_terms,
    sides,
    supply_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    import pyomo.environ as pyo

    from models.instance import Instance
    from siting.solve.matrix import Array, Matrix, Whole
    from siting.solve.shell.place import Term
    from siting.solve.shell.source_term import Supply

SAME = 1e-9
"""Numbers nearer than this share of the largest are the same [-]."""


@dataclass(frozen=True)
class Shell:
    """The arrays of a whole model, of which Pyomo knows only a few sources and arcs.

    Attributes
    ----------
    m : the Pyomo model of these few; its objective and totals are theirs alone.
    form : the whole. First the columns and rows of `m` that stand for themselves; then the
        columns of what is left and of the flows, which stand for no Pyomo variable, and the rows
        of ``all_supply_is_placed``; those of a supply or an arc period by period.
    pairs : (source, commodity) of each supply.
    first_left, first_flow, first_supply : column of the first supply and arc, row of the first
        supply, each in the first period.
    """

    m: pyo.ConcreteModel
    form: Matrix
    pairs: pd.MultiIndex
    first_left: int
    first_flow: int
    first_supply: int


def shell_model(data: Instance, objective: str = "cost") -> Shell:
    """Return the whole model of `data` without Pyomo writing down each source and arc.

    Raises
    ------
    SolverError
        If a law of the blocks is not appended as Pyomo writes it for the few.
    """
    few = sample(data)
    with PauseGC():
        m = build_model(few, objective)
        written = matrix(m, objective)
    core = core_of(m, written)
    require_same(written, m, extended(core, few, objective))
    return extended(core, data, objective)


@dataclass(frozen=True)
class Core:
    """What of a model stands for itself: all but flows, what is left, and balances of sources.

    Attributes
    ----------
    sign : of each row, -1 where Pyomo wrote the balance of a site as outflow less inflow.
    """

    m: pyo.ConcreteModel
    form: Matrix
    sign: Array


def core_of(m: pyo.ConcreteModel, form: Matrix) -> Core:
    """Return `form`, compiled from `m`, without its flows, what is left and balances of sources."""
    column = np.ones(len(form.columns), dtype=bool)
    column[written_columns(m, form)[0]] = False
    row = np.ones(form.a.shape[0], dtype=bool)
    row[supply_rows(m, form)] = False
    number = np.cumsum(row) - 1
    rows = {key: [int(number[r]) for r in places] for key, places in form.rows.items()
            if row[places[0]]}  # fmt: skip
    kept = replace(
        form,
        cost=form.cost[column],
        a=form.a[row][:, column],
        row_lower=form.row_lower[row],
        row_upper=form.row_upper[row],
        lower=form.lower[column],
        upper=form.upper[column],
        is_integer=form.is_integer[column],
        columns=[v for v, stays in zip(form.columns, column, strict=True) if stays],
        rows=rows,
    )
    return Core(m, kept, signs(m, form)[row])


def signs(m: pyo.ConcreteModel, form: Matrix) -> Array:
    """Return 1 for each row of `form`, -1 where a flow that leaves a site is added to its balance.

    Which side of an equation Pyomo takes from which is not the model's to say.
    """
    sign = np.ones(form.a.shape[0])
    at = [
        (row, form.column_of[id(flow)], value)
        for (origin, destination, _, k, t), flow in m.flow.items()
        for site, value in ((origin, -1.0), (destination, 1.0))
        if (site, k, t) in m.site_balance
        for row in form.rows_of(m.site_balance[site, k, t])
    ]
    if at:
        row, column, value = (np.array(part) for part in zip(*at, strict=True))
        sign[row] = np.sign(np.asarray(form.a[row, column]).ravel() * value)
    return sign


def written_columns(m: pyo.ConcreteModel, form: Matrix) -> tuple[Whole, Whole]:
    """Return the columns of what is left and of the flows, and which of these have one.

    A flow that costs nothing and is in no row has no column.
    """
    column = form.column_of
    items = [*m.uncollected.values(), *m.flow.values()]
    found = np.array([column.get(id(v), -1) for v in items], dtype=np.int64)
    there = np.flatnonzero(found >= 0)
    return found[there], there


def supply_rows(m: pyo.ConcreteModel, form: Matrix) -> list[int]:
    """Return the rows of the balances of sources."""
    return [row for law in m.component(SUPPLY_LAW).values() for row in form.rows_of(law)]


def extended(core: Core, data: Instance, objective: str) -> Shell:
    """Return the model of all sources and arcs of `data`."""
    form, supply = core.form, supply_of(data)
    periods = {t: place for place, t in enumerate(data.periods.index)}
    rows = Rows(core.m, form, periods, core.sign)
    first = form.a.shape[0]
    height = first + supply.supply_t.size
    left = columns_of(left_terms(data, rows, supply, first), height, supply.supply_t.shape)
    flow = columns_of(arc_terms(data, rows, supply, first), height, (len(data.arcs), len(periods)))
    whole = appended(form, [left, flow])
    whole = with_sides(with_costs(whole, data, supply, objective), data, rows, supply)
    begin = len(form.columns)
    return Shell(core.m, whole, supply.pairs, begin, begin + left.shape[1], first)


def columns_of(terms: Iterable[Term], height: int, shape: tuple[int, ...]) -> sparse.csc_array:
    """Return the columns of items of `shape` (items, periods), with `terms` in their rows."""
    count = shape[1]
    kind = np.int32 if max(height, shape[0] * count) < 2**31 else np.int64
    parts = []
    for term in terms:
        there = term.row >= 0
        place = np.broadcast_to(term.item[:, None] * count + np.arange(count), term.row.shape)
        value = np.broadcast_to(term.value, term.row.shape)
        parts.append((value[there], term.row[there].astype(kind), place[there].astype(kind)))
    if not parts:
        return sparse.csc_array((height, shape[0] * count))
    value, row, column = (np.concatenate(part) for part in zip(*parts, strict=True))
    return sparse.csc_array((value, (row, column)), shape=(height, shape[0] * count))


def appended(form: Matrix, more: list[sparse.csc_array]) -> Matrix:
    """Return `form` with columns of no cost from 0 up, and rows that are free."""
    height, width = more[0].shape[0], sum(part.shape[1] for part in more)
    parts = [form.a, *more]
    starts = np.cumsum([0, *(part.nnz for part in parts)])
    indptr = [parts[0].indptr[:1], *(p.indptr[1:] + s for p, s in zip(parts, starts, strict=False))]
    a = sparse.csc_array(
        (
            np.concatenate([part.data for part in parts]),
            np.concatenate([part.indices for part in parts]),
            np.concatenate(indptr),
        ),
        shape=(height, len(form.columns) + width),
    )
    free = np.full(height - form.a.shape[0], np.inf)
    return replace(
        form,
        cost=np.r_[form.cost, np.zeros(width)],
        a=a,
        row_lower=np.r_[form.row_lower, -free],
        row_upper=np.r_[form.row_upper, free],
        lower=np.r_[form.lower, np.zeros(width)],
        upper=np.r_[form.upper, np.full(width, np.inf)],
        is_integer=np.r_[form.is_integer, np.zeros(width, dtype=bool)],
        columns=form.columns + [None] * width,
    )


def with_costs(whole: Matrix, data: Instance, supply: Supply, objective: str) -> Matrix:
    """Return `whole` with what is left and the flows at their costs and within their limits."""
    quantity, sign = quantity_of(objective)
    counted = sign * weight(data, quantity) / UNIT[objective]
    none = np.zeros_like(supply.supply_t)
    left = left_amounts(data, supply).get(quantity, none) * counted
    flow = amounts(data).get(quantity, np.zeros((len(data.arcs), len(counted)))) * counted
    offset = float(acquisition_jpy_per_yr(supply) @ counted) if quantity == "cost_jpy" else 0.0
    new = slice(len(whole.columns) - left.size - flow.size, None)
    between = slice(new.start, new.start + left.size)
    least = ((1 - supply.collectable_share) * supply.supply_t).ravel()
    whole.cost[new] = np.r_[left.ravel(), flow.ravel()]
    whole.lower[between], whole.upper[between] = least, supply.supply_t.ravel()
    return replace(whole, offset=offset)


def with_sides(whole: Matrix, data: Instance, rows: Rows, supply: Supply) -> Matrix:
    """Return `whole` with the sides of rows that depend on what arises."""
    limit = {"at_least": whole.row_lower, "at_most": whole.row_upper}
    for side, row, value in sides(data, rows, supply):
        limit[side][row] = value
    begin = whole.a.shape[0] - supply.supply_t.size
    whole.row_lower[begin:] = whole.row_upper[begin:] = supply.supply_t.ravel()
    return whole


def require_same(written: Matrix, m: pyo.ConcreteModel, few: Shell) -> None:
    """Compare what Pyomo wrote for a few sources and arcs with what is appended for them.

    Raises
    ------
    SolverError
        If they differ.
    """
    given = few.form
    named, there = written_columns(m, written)
    others = np.setdiff1d(np.arange(len(written.columns)), named)
    balances = np.array(supply_rows(m, written), dtype=np.int64)
    rows = np.r_[np.setdiff1d(np.arange(written.a.shape[0]), balances), balances]
    columns = np.r_[others, named]
    mine = np.r_[np.arange(len(others)), few.first_left + there]
    pairs = [
        ("coefficients", written.a[rows][:, columns], given.a[:, mine]),
        (
            "costs",
            np.r_[written.cost[columns], written.offset],
            np.r_[given.cost[mine], given.offset],
        ),
        ("lower sides", written.row_lower[rows], given.row_lower),
        ("upper sides", written.row_upper[rows], given.row_upper),
        ("least values", written.lower[columns], given.lower[mine]),
        ("largest values", written.upper[columns], given.upper[mine]),
    ]
    for what, theirs, ours in pairs:
        if theirs.shape != ours.shape or differ(theirs, ours):
            raise SolverError(f"{what} appended to the model are not those the model has.")
    unknown = np.setdiff1d(np.arange(len(given.columns)), mine)
    if given.a[:, unknown].nnz or np.any(given.cost[unknown]):
        raise SolverError("columns appended to the model are not those the model has.")


def differ(theirs: Array | sparse.csc_array, ours: Array | sparse.csc_array) -> bool:
    """Return whether two arrays hold different numbers."""
    if sparse.issparse(theirs):
        off = abs(theirs - ours)
        return bool(off.nnz and off.max() > SAME * max(abs(theirs).max(), 1.0))
    finite = np.isfinite(theirs)
    size = max(float(np.abs(theirs[finite]).max(initial=0.0)), 1e-12)
    same = np.array_equal(theirs[~finite], ours[~finite]) and np.isfinite(ours[finite]).all()
    return not same or bool(np.any(np.abs(theirs[finite] - ours[finite]) > SAME * size))
