"""A Pyomo model as sparse arrays, handed to HiGHS without an intermediate file."""

from __future__ import annotations

from dataclasses import dataclass
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

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Matrix:
    """Minimise ``cost @ x + offset`` subject to ``row_lower <= a @ x <= row_upper`` and bounds.

    Attributes
    ----------
    cost, offset : in units of ``JPY_PER_UNIT``.
    is_integer : bool per column.
    columns : the Pyomo variable of each column.
    rows : id of a Pyomo constraint to its row.
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
    rows: dict[int, int]


def matrix(m: pyo.ConcreteModel) -> Matrix:
    """Return `m` compiled to arrays by Pyomo's own standard-form compiler."""
    form = LinearStandardFormCompiler().write(m, mixed_form=True)
    sense = np.array([row.bound_type for row in form.rows])
    rhs = np.asarray(form.rhs, dtype=float)
    return Matrix(
        cost=np.asarray(form.c.todense(), dtype=float).ravel() / JPY_PER_UNIT,
        offset=float(form.c_offset[0]) / JPY_PER_UNIT,
        a=sparse.csc_array(form.A),
        row_lower=np.where(sense == 1, -np.inf, rhs),
        row_upper=np.where(sense == -1, np.inf, rhs),
        lower=np.array([bound(v.lb, -np.inf) for v in form.columns]),
        upper=np.array([bound(v.ub, np.inf) for v in form.columns]),
        is_integer=np.array([v.is_integer() for v in form.columns]),
        columns=list(form.columns),
        rows={id(row.constraint): position for position, row in enumerate(form.rows)},
    )


def bound(value: float | None, default: float) -> float:
    """Return `value`, or `default` where there is none."""
    return default if value is None else float(value)


def highs_model(data: Matrix, *, relaxed: bool = False) -> highspy.HighsLp:
    """Return `data` as a HiGHS model; `relaxed` lets lines be fractions."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = data.a.shape
    lp.col_cost_, lp.offset_ = data.cost, data.offset
    lp.col_lower_, lp.col_upper_ = data.lower, data.upper
    lp.row_lower_, lp.row_upper_ = data.row_lower, data.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = data.a.indptr
    lp.a_matrix_.index_ = data.a.indices
    lp.a_matrix_.value_ = data.a.data
    if not relaxed:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(i)] for i in data.is_integer]
    return lp


def load(data: Matrix, x: Array) -> None:
    """Set the Pyomo variables of `data` to the column values `x`."""
    for variable, value in zip(data.columns, x.tolist(), strict=True):
        variable.set_value(value, skip_validation=True)
