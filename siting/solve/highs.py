"""Run HiGHS on a matrix; its status is never ignored."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from siting.errors import EndlessPlanError, NoPlanError
from siting.solve import work
from siting.solve.matrix import hand_over, with_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from siting.solve.matrix import Array, Matrix

WHOLE = 1e-6
"""A line count this close to a whole number is that number [lines]."""


SAME = 1e-6
"""Costs this near each other, relative to them, are the same [-]."""

LONGEST_RELAXATION_S = 300.0
"""A relaxation that takes longer is given to the simplex method, which has all the time [s]."""

METHODS = (("ipm", LONGEST_RELAXATION_S), ("simplex", np.inf))

HELD_METHODS = (("simplex", LONGEST_RELAXATION_S), ("ipm", np.inf))
"""Flows for lines that are held are nearly a network: simplex is 1.5 to 2.5 times as fast."""

IMPOSSIBLE = ("Infeasible", "Primal infeasible or unbounded")
"""What HiGHS says of a model that nothing satisfies."""

ENDLESS = "Unbounded"
"""What HiGHS says of an objective that falls without end."""


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
    interrupted : whether the user stopped it; the best so far is what is there.
    basis : of a relaxation, from which HiGHS goes on with the same rows and columns.
    """

    objective: float
    bound: float
    x: Array
    duals: Array
    interrupted: bool = False
    basis: Any = None


def relax(form: Matrix) -> Answer:
    """Return the optimum of `form` where lines may be fractions, with its row duals.

    Interior point first; the simplex method where it stalls.

    Raises
    ------
    NoPlanError
        If nothing meets every row.
    EndlessPlanError
        If the objective falls without end.
    """
    answer, status = _relaxed(form)
    if answer is None:
        raise ended_with(status)
    return answer


def relax_if_possible(form: Matrix) -> Answer | None:
    """Return what `relax` does, or None where nothing meets every row of `form`."""
    return _answer_of(*_relaxed(form))


def best_flows(form: Matrix, x: Array) -> Answer | None:
    """Return the best flows of `form` with lines held as in `x`, None where there are none."""
    return _answer_of(*_relaxed(with_lines(form, x), HELD_METHODS))


def _answer_of(answer: Answer | None, status: str) -> Answer | None:
    """Return `answer`, None where HiGHS says that nothing is possible."""
    if answer is None and status not in IMPOSSIBLE:
        raise ended_with(status)
    return answer


def relax_in_time(form: Matrix, limit_s: float) -> Answer | None:
    """Return what `relax` does, or None where interior point needs more work than `limit_s` [s]."""
    rounds = work.iterations_in(limit_s, form.a.nnz)
    highs = ready(solver="ipm", ipm_iteration_limit=rounds)
    return _tried(form, highs)[0]


def ended_with(status: str) -> Exception:
    """Return the error for a model that has no optimum."""
    if status in IMPOSSIBLE:
        return NoPlanError(
            "no plan meets every limit of the instance. siting explain STUDY names those that "
            "conflict and the cheapest change."
        )
    if status == ENDLESS:
        return EndlessPlanError(
            "the objective falls without end. A sink without a limit, or a fee that is negative, "
            "pays more than it costs to bring mass in circles; look at prices and disposal costs."
        )
    return SolverError(f"HiGHS: relaxation ended {status}.")


def _relaxed(
    form: Matrix, tries: Sequence[tuple[str, float]] = METHODS
) -> tuple[Answer | None, str]:
    """Return the optimum of the relaxation by one of `tries` (method, longest), and its status."""
    status = "not run"
    for method, limit_s in tries:
        answer, status = _tried(form, ready(solver=method, time_limit=limit_s))
        if answer is not None or status in (IMPOSSIBLE[0], ENDLESS):
            return answer, status
    return None, status


def _tried(form: Matrix, highs: Any) -> tuple[Answer | None, str]:
    """Return the optimum of the relaxation by `highs` as it is set, and its status."""
    require(hand_over(form, highs, relaxed=True), "refused the model")
    run(highs)
    status = highs.modelStatusToString(highs.getModelStatus())
    is_best = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return optimum_of(highs) if is_best else None, status


def run(highs: Any) -> None:
    """Solve the relaxation that `highs` has, and note the work."""
    require(highs.run(), "failed")
    work.note_run(highs)


def search(
    form: Matrix,
    start: Array | None,
    gap: float,
    limit_s: float,
    heard: Callable[[float, float], None],
    by_clock: bool = False,
) -> Answer:
    """Return the best whole-line solution of `form` found in time, at least as good as `start`.

    `heard` is told the incumbent and the bound whenever HiGHS logs them. Ctrl-C ends the search,
    not the run: what was found so far is returned.

    Parameters
    ----------
    limit_s : work, or time where it ends `by_clock` [s].

    Raises
    ------
    NoPlanError
        If nothing meets every row, or nothing was found in time and there was no start.
    """
    longest_s = limit_s if by_clock else work.SLOWEST * limit_s
    highs = ready(mip_rel_gap=gap, time_limit=longest_s)
    require(hand_over(form, highs), "refused the model")
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value, known.value_valid = start.tolist(), True
        require(highs.setSolution(known), "refused the starting plan")
    highs.cbMipLogging += lambda event: heard(
        event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
    )
    checks = work.Checks(form.a.nnz, np.inf if by_clock else limit_s)
    highs.cbMipInterrupt += checks
    highs.HandleKeyboardInterrupt = threading.current_thread() is threading.main_thread()
    stopped = False
    try:
        with redirect_stdout(sys.stderr):  # what HiGHS says of Ctrl-C is no part of the answer
            require(highs.solve(), "failed")
    except KeyboardInterrupt:
        stopped = True
    stopped |= highs.getModelStatus() == highspy.HighsModelStatus.kInterrupt and not checks.ended
    answer = replace(_whole(highs), interrupted=stopped)
    if start is not None and not stopped and not is_solution(form, answer):
        return search(form, None, gap, limit_s, heard, by_clock)
    return answer


def is_solution(form: Matrix, answer: Answer) -> bool:
    """Return whether the columns of `answer` cost what HiGHS says they do.

    HiGHS 1.16 may prove an optimum while it still holds the columns of the plan it started from.
    """
    cost = float(form.cost @ answer.x) + form.offset
    return cost - answer.objective <= SAME * max(abs(answer.objective), 1.0)


def search_if_possible(form: Matrix, gap: float, time_limit_s: float) -> Answer | None:
    """Return the best whole-line solution of `form`, or None where nothing meets every row.

    Raises
    ------
    NoPlanError
        If the time ended before either was known.
    """
    highs = ready(mip_rel_gap=gap, time_limit=time_limit_s)
    require(hand_over(form, highs), "refused the model")
    require(highs.run(), "failed")
    status = highs.modelStatusToString(highs.getModelStatus())
    return None if status in IMPOSSIBLE else _whole(highs)


def _whole(highs: Any) -> Answer:
    """Return the whole-line solution that `highs` ended with, if it has one."""
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise _no_whole_plan(highs.modelStatusToString(highs.getModelStatus()))
    x = array_of(highs.getSolution().col_value)
    bound = float(info.mip_dual_bound) if np.isfinite(info.mip_dual_bound) else -np.inf
    return Answer(float(info.objective_function_value), bound, x, np.empty(0))


def _no_whole_plan(status: str) -> Exception:
    """Return the error for a search that ended without a plan."""
    if status in (*IMPOSSIBLE, ENDLESS):
        return ended_with(status)
    return NoPlanError(f"the search ended ({status}) before it found a plan. Give it more time.")


def rounded_up(form: Matrix, x: Array) -> Array:
    """Return `x` with its whole numbers rounded up: every capacity still suffices."""
    return np.where(form.is_integer, np.ceil(x - WHOLE), x)


def ready(**options: Any) -> Any:
    """Return HiGHS with `options`, silent, the same in every run."""
    with _silence():
        highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    settings = {
        "output_flag": False,
        "log_to_console": False,
        "random_seed": 0,
        "parallel": "off",  # of several processes side by side each has a processor
        **options,
    }
    for name, value in settings.items():
        require(highs.setOptionValue(name, value), f"refused option {name}")
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


def require(status: highspy.HighsStatus, what: str) -> None:
    """Raise where HiGHS says that it `what`."""
    if status == highspy.HighsStatus.kError:
        raise SolverError(f"HiGHS {what}.")


def optimum_of(highs: Any) -> Answer:
    """Return the optimum of a relaxation that `highs` has solved."""
    objective, solution = float(highs.getInfo().objective_function_value), highs.getSolution()
    x, duals = array_of(solution.col_value), array_of(solution.row_dual)
    return Answer(objective, objective, x, duals, basis=highs.getBasis())


def array_of(values: Any) -> Array:
    """Return `values` of HiGHS as an array."""
    return np.asarray(values, dtype=float)
