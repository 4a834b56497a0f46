"""Whole lines to fit what flows, where a relaxation runs a little of many.

Rounding all of it up is dear, and may not fit on the plots. Instead a small search chooses lines
of every size at once, under every law that lines alone must keep, for what flows into each
technology of each site. Capacity may lack there at a price: some times what a tonne of it costs
at least. So a hub opens where enough comes together, and no other does. Then the relaxation is
solved again where capacity costs what the lines chosen cost per tonne that flows, which draws
flows together ("dynamic slope scaling"; Kim and Pardalos 1999, Operations Research Letters 24).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from siting.errors import NoPlanError
from siting.solve.highs import relax_in_time, search
from siting.solve.line import is_service
from siting.solve.work import Limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from siting.solve.line import Built, Running
    from siting.solve.matrix import Array, Matrix, Whole

WORTHS = (3.0, 5.0, 8.0)
"""What capacity that lacks costs, in times of what it costs at least [-]."""

MOST_ROUNDS = 3
"""Relaxations that lines are fitted to."""

STEEPEST = 20.0
"""Most that a tonne may cost after a round, in times of what it costs at least [-]."""

FITTING_S = 10.0
"""Longest search for the lines that fit [s]."""

LEAST_FITTING_S = 1.0
"""Every search for the lines that fit may take so long [s]."""

FITTING_GAP = 5e-3


@dataclass(frozen=True)
class Fitting:
    """The laws of lines alone, and the capacity they give.

    Attributes
    ----------
    built : the model whose lines are fitted.
    rows : the laws in which whole columns alone stand, then those of capacity, which may lack.
    row_lower, row_upper : limits of the former.
    row : row of the capacity of each technology at each site and period.
    capacity_t : what a line of each whole column adds to each of `row` [t/yr].
    least : what a tonne of it costs at least, by row of `capacity_t` [objective per t].
    """

    built: Built
    rows: sparse.csc_matrix
    row_lower: Array
    row_upper: Array
    row: Whole
    capacity_t: sparse.csr_matrix
    least: Array

    def needs_t(self, x: Array) -> Array:
        """Return what flows into each technology where the columns have the values `x` [t/yr]."""
        form = self.built.form
        whole_t = self.capacity_t @ x[form.is_integer]
        needs_t: Array = np.maximum((form.a @ x)[self.row] + whole_t, 0.0)
        return needs_t

    def lines(self, needs_t: Array, worth: float, limit_s: float) -> Array:
        """Return the whole columns that take `needs_t`, where it is worth its capacity.

        The search ends after `limit_s` [s].

        Raises
        ------
        NoPlanError
            If no lines at all keep the laws, or none were found in time.
        """
        form, count = self.built.form, len(self.row)
        whole = form.is_integer
        endless = np.full(count, np.inf)
        small = replace(
            form,
            a=self.rows,
            cost=np.r_[form.cost[whole], np.where(self.least > 0, worth * self.least, 1.0)],
            lower=np.r_[form.lower[whole], np.zeros(count)],
            upper=np.r_[form.upper[whole], endless],
            row_lower=np.r_[self.row_lower, needs_t],
            row_upper=np.r_[self.row_upper, endless],
            is_integer=np.r_[np.ones(whole.sum(), dtype=bool), np.zeros(count, dtype=bool)],
        )
        found = search(small, None, FITTING_GAP, limit_s, lambda *_: None)
        lines: Array = np.round(found.x[: whole.sum()])
        return lines

    def sloped(self, needs_t: Array, lines: Array, before: Array) -> Array:
        """Return what a tonne of capacity costs after `lines` were chosen for `needs_t`.

        Where nothing flows it is what it was `before`; where too little does for a line, so much
        that the flow had better go elsewhere.
        """
        cost = self.built.form.cost[self.built.form.is_integer]
        paid = (self.capacity_t > 0).astype(float) @ (cost * lines)
        flows = needs_t > 0
        slope = np.divide(paid, needs_t, out=before.copy(), where=flows)
        slope[flows & (paid <= 0)] = WORTHS[0] * self.least[flows & (paid <= 0)]
        bounded: Array = np.clip(slope, self.least, STEEPEST * self.least)
        return bounded

    def priced(self, slope: Array) -> Matrix:
        """Return the model where a line costs `slope` per tonne it can take, and no less."""
        form = self.built.form
        by_line = self.capacity_t.tocoo()
        cost, whole = form.cost.copy(), np.flatnonzero(form.is_integer)
        column = whole[by_line.col]
        cost[column] = np.maximum(slope[by_line.row] * by_line.data, form.cost[column])
        return replace(form, cost=cost)


def fitting(built: Built) -> Fitting:
    """Return the laws of the lines of `built` and the capacity they give."""
    form, by_row = built.form, built.form.a.tocsr()
    whole = form.is_integer
    flowing = abs(by_row[:, ~whole]).sum(axis=1)
    alone = np.flatnonzero(np.asarray(flowing).ravel() == 0)
    laws = built.m.throughput_within_capacity.values()
    row = np.array([form.rows_of(law)[0] for law in laws], dtype=np.int64)
    capacity_t = sparse.csr_matrix(-by_row[row][:, whole])
    by_line = capacity_t.tocoo()
    least = np.full(len(row), np.inf)
    np.minimum.at(least, by_line.row, form.cost[whole][by_line.col] / by_line.data)
    least = np.where(np.isfinite(least), np.maximum(least, 0.0), 0.0)
    none = sparse.csr_matrix((len(alone), len(row)))
    lacking = sparse.eye(len(row))
    rows = sparse.bmat([[by_row[alone][:, whole], none], [capacity_t, lacking]], format="csc")
    limits = form.row_lower[alone], form.row_upper[alone]
    return Fitting(built, rows, *limits, row, capacity_t, least)


def fitted(built: Built, x: Array, limit_s: float) -> Iterator[Running]:
    """Yield what may run to fit what flows in the relaxation `x`, and in those that follow.

    Services run that run by half or more. The first few come whatever time it takes.
    """
    fit, limit = fitting(built), Limit(limit_s)
    slope = fit.least
    each_s = min(max(limit_s / len(WORTHS), LEAST_FITTING_S), FITTING_S)
    for number in range(1, MOST_ROUNDS + 1):
        needs_t = fit.needs_t(x)
        for worth in WORTHS:
            try:
                lines = fit.lines(needs_t, worth, each_s)
            except NoPlanError:
                return
            yield with_lines_of(built, x, lines)
        if number == MOST_ROUNDS or limit.is_over:
            return
        slope = fit.sloped(needs_t, lines, slope)
        answer = relax_in_time(fit.priced(slope), max(limit.left_s, each_s))
        if answer is None:
            return
        x = answer.x


def with_lines_of(built: Built, x: Array, lines: Array) -> Running:
    """Return `lines`, one value per whole column, and the services of `x` at the nearest."""
    chosen = x.copy()
    chosen[built.form.is_integer] = lines
    services = {
        index: round(value) for index, value in built.running(x).items() if is_service(index)
    }
    return built.running(chosen) | services


def with_few_hubs(built: Built, choices: Iterable[Running]) -> Matrix:
    """Return the model where no hubs run but those that run in one of `choices`."""
    used = {i[:-1] for running in choices for i, v in running.items() if v > 0}
    upper = built.form.upper.copy()
    for index, column in built.columns().items():
        if index[0] == "run_hub" and index[:-1] not in used:
            upper[column] = max(built.form.lower[column], 0.0)
    return replace(built.form, upper=upper)
