"""A Pyomo model as sparse arrays, handed to HiGHS without an intermediate file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np
import numpy.typing as npt
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

if TYPE_CHECKING:
    import pyomo.environ as pyo

JPY_PER_UNIT = 1e6
"""HiGHS sees money in millions of JPY: costs, duals and tolerances stay near 1."""

UNIT = {"cost": JPY_PER_UNIT, "kgco2e": 1e6, "virgin_material_avoided_t": 1e3, "jobs": 1.0}
"""Objective to what HiGHS sees as 1 of it: JPY, kgCO2e, t, person-years."""

DEAREST = 1000.0
"""What the dearest decision is made to cost where none costs a unit."""

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Matrix:
    """Minimise ``cost @ x + offset`` subject to ``row_lower <= a @ x <= row_upper`` and bounds.

    Attributes
    ----------
    cost, offset : in units of ``UNIT`` of the objective.
    is_integer : bool per column.
    columns : the Pyomo variable of each column; None where the column stands for none.
    rows : id of a Pyomo constraint to its rows: two where it has a limit on both sides.
    """

    cost: Array
    offset: float
    a: sparse.csc_array
    row_lower: Array
    row_upper: Array
    lower: Array
    upper: Array
    is_integer: npt.NDArray[np.bool_]
    columns: list[Any]
    rows: dict[int, list[int]]

    def of_columns(self, places: Whole) -> Matrix:
        """Return the columns at `places` alone."""
        return replace(
            self,
            cost=self.cost[places],
            a=sparse.csc_array(self.a[:, places]),
            lower=self.lower[places],
            upper=self.upper[places],
            is_integer=self.is_integer[places],
            columns=[self.columns[place] for place in places],
        )

    def rows_of(self, constraint: Any) -> list[int]:
        """Return the rows of `constraint`; none where it was empty or is no part of the model."""
        return self.rows.get(id(constraint), [])

    @cached_property
    def column_of(self) -> dict[int, int]:
        """Return the column by the id of its Pyomo variable."""
        return {id(v): place for place, v in enumerate(self.columns) if v is not None}


def matrix(m: pyo.ConcreteModel, objective: str = "cost") -> Matrix:
    """Return `m` compiled to arrays by Pyomo's own standard-form compiler."""
    form = LinearStandardFormCompiler().write(m, mixed_form=True)
    sense = np.array([row.bound_type for row in form.rows])
    rhs = np.asarray(form.rhs, dtype=float)
    rows: dict[int, list[int]] = {}
    for position, row in enumerate(form.rows):
        rows.setdefault(id(row.constraint), []).append(position)
    return Matrix(
        cost=np.asarray(form.c.todense(), dtype=float).ravel() / UNIT[objective],
        offset=float(form.c_offset[0]) / UNIT[objective],
        a=sparse.csc_array(form.A),
        row_lower=np.where(sense == 1, -np.inf, rhs),
        row_upper=np.where(sense == -1, np.inf, rhs),
        lower=np.array([bound(v.lb, -np.inf) for v in form.columns]),
        upper=np.array([bound(v.ub, np.inf) for v in form.columns]),
        is_integer=np.array([v.is_integer() for v in form.columns]),
        columns=list(form.columns),
        rows=rows,
    )


def scale_of(cost: Array) -> float:
    """Return what to multiply `cost` with, so that HiGHS does not take it for rounding.

    Its tolerances and its least gap are absolute, 1e-7 and 1e-6. Where the dearest decision costs
    a unit or more, they are small enough; where none does, the dearest is made a thousand. A power
    of two changes no digit.
    """
    dearest = float(np.abs(cost).max(initial=0.0))
    if dearest == 0.0 or dearest >= 1.0:
        return 1.0
    return float(2.0 ** np.floor(np.log2(DEAREST / dearest)))


def scaled(form: Matrix, scale: float) -> Matrix:
    """Return `form` with its costs multiplied by `scale`."""
    return replace(form, cost=form.cost * scale, offset=form.offset * scale)


def bound(value: float | None, default: float) -> float:
    """Return `value`, or `default` where there is none."""
    return default if value is None else float(value)


def hand_over(data: Matrix, highs: Any, *, relaxed: bool = False) -> Any:
    """Give `data` to `highs` as arrays, which it copies; `relaxed` lets lines be fractions."""
    rows, columns = data.a.shape
    if not columns:
        return highs.clearModel()
    kinds = np.zeros(columns) if relaxed else data.is_integer
    limits = data.lower, data.upper, data.row_lower, data.row_upper
    starts, places = data.a.indptr.astype(np.int32), data.a.indices.astype(np.int32)
    sizes = columns, rows, data.a.nnz
    options = int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize), data.offset
    return highs.passModel(
        *sizes, *options, data.cost, *limits, starts, places, data.a.data, kinds.astype(np.int32)
    )


def load(data: Matrix, x: Array) -> None:
    """Set the Pyomo variables of `data` to the column values `x`."""
    for variable, value in zip(data.columns, x.tolist(), strict=True):
        if variable is not None:
            variable.set_value(value, skip_validation=True)


def with_lines(form: Matrix, x: Array) -> Matrix:
    """Return `form` with every whole-number column fixed at its value in `x`."""
    lines = np.round(x)
    return replace(
        form,
        lower=np.where(form.is_integer, lines, form.lower),
        upper=np.where(form.is_integer, lines, form.upper),
    )
