"""Run HiGHS on a matrix; its status is never ignored."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from siting.solve.matrix import highs_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from siting.solve.matrix import Array, Matrix

WHOLE = 1e-6
"""A line count this close to a whole number is that number [lines]."""


LONGEST_RELAXATION_S = 300.0
"""A relaxation that takes longer is given to another method [s]."""


IMPOSSIBLE = ("Infeasible", "Primal infeasible or unbounded")
"""What HiGHS says of a model that nothing satisfies; ours are never unbounded."""


class SolverError(RuntimeError):
    """HiGHS ended without a usable answer: our bug, not the user's."""


@dataclass(frozen=True)
class Answer:
    """What HiGHS found; money in units of ``JPY_PER_UNIT``.

    Attributes
    ----------
    objective, bound : value of `x`, and the solver's own lower limit for the model it was given.
    x : value per column.
    duals : dual per row of a relaxation; empty after a search over whole lines.
    """

    objective: float
    bound: float
    x: Array
    duals: Array


def relax(form: Matrix) -> Answer:
    """Return the optimum of `form` where lines may be fractions, with its row duals.

    Interior point first; the simplex method where it stalls.
    """
    answer, status = _relaxed(form)
    if answer is None:
        raise SolverError(f"HiGHS: relaxation ended {status}.")
    return answer


def relax_if_possible(form: Matrix) -> Answer | None:
    """Return what `relax` does, or None where nothing meets every row of `form`."""
    answer, status = _relaxed(form)
    if answer is None and status not in IMPOSSIBLE:
        raise SolverError(f"HiGHS: relaxation ended {status}.")
    return answer


def _relaxed(form: Matrix) -> tuple[Answer | None, str]:
    """Return the optimum of the relaxation if there is one, and how HiGHS ended."""
    for method in ("ipm", "simplex"):
        highs = _ready(solver=method, time_limit=LONGEST_RELAXATION_S)
        _require(highs.passModel(highs_model(form, relaxed=True)), "refused the model")
        _require(highs.run(), "failed")
        status = highs.modelStatusToString(highs.getModelStatus())
        if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            objective = float(highs.getInfo().objective_function_value)
            solution = highs.getSolution()
            x, duals = _array(solution.col_value), _array(solution.row_dual)
            return Answer(objective, objective, x, duals), status
        if status == IMPOSSIBLE[0]:
            break
    return None, status


def search(
    form: Matrix,
    start: Array,
    gap: float,
    time_limit_s: float,
    heard: Callable[[float, float], None],
) -> Answer:
    """Return the best whole-line solution of `form` found in time, at least as good as `start`.

    `heard` is told the incumbent and the bound whenever HiGHS logs them.
    """
    highs = _ready(mip_rel_gap=gap, time_limit=time_limit_s)
    _require(highs.passModel(highs_model(form)), "refused the model")
    known = highspy.HighsSolution()
    known.col_value, known.value_valid = start.tolist(), True
    _require(highs.setSolution(known), "refused the starting plan")
    highs.cbMipLogging += lambda event: heard(
        event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
    )
    _require(highs.run(), "failed")
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        status = highs.modelStatusToString(highs.getModelStatus())
        raise SolverError(f"HiGHS: search ended {status} without a plan.")
    x = _array(highs.getSolution().col_value)
    return Answer(float(info.objective_function_value), float(info.mip_dual_bound), x, np.empty(0))


def with_lines(form: Matrix, x: Array) -> Matrix:
    """Return `form` with every whole-number column fixed at its value in `x`."""
    lines = np.round(x)
    return replace(
        form,
        lower=np.where(form.is_integer, lines, form.lower),
        upper=np.where(form.is_integer, lines, form.upper),
    )


def rounded_up(form: Matrix, x: Array) -> Array:
    """Return `x` with its whole numbers rounded up: every capacity still suffices."""
    return np.where(form.is_integer, np.ceil(x - WHOLE), x)


def _ready(**options: Any) -> Any:
    with _silence():
        highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    settings = {
        "output_flag": False,
        "log_to_console": False,
        "random_seed": 0,
        **options,
    }
    for name, value in settings.items():
        _require(highs.setOptionValue(name, value), f"refused option {name}")
    return highs


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the banner HiGHS writes when it is first made off standard output."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


def _require(status: highspy.HighsStatus, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverError(f"HiGHS {what}.")


def _array(values: Any) -> Array:
    return np.asarray(values, dtype=float)
