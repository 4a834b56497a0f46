"""Limits by work: seconds that what was done takes on a machine of today, whatever it took.

A search that ends by the clock ends elsewhere each time, and so does all that follows from it.
Here it ends by what HiGHS and the bounds count: pivots, iterations, checks, evaluations, each at
the seconds it takes for a model of its size (``docs/solver.md`` has the measurements). The clock
has a word only where the machine is much slower than those rates.
"""

from __future__ import annotations

import time
from typing import Any

PER_PIVOT_S, PER_PIVOT_AND_ROW_S = 3e-5, 9e-9
"""Simplex method: for each pivot, and for each times the rows of the model [s]."""

PER_ENTRY_S = 5e-7
"""Any run of HiGHS: for each entry of the matrix, once [s]."""

PER_ITERATION_AND_ENTRY_S = 7e-7
"""Interior point: for each iteration, times the entries of the matrix [s]."""

PER_CHECK_AND_ENTRY_S = 6e-6
"""Search of whole lines: each time HiGHS checks its limits, times the entries of the matrix [s]."""

PER_SLOT_S = 1.1e-7
"""Evaluation of prices: for each slot, a source that a technology of a site may take from [s]."""

PER_LINE_COUNT_S = 3.2e-8
"""And for each line count of a size and period that the plan of a site looks at [s]."""

SLOWEST = 6.0
"""A limit ends by the clock after so many times its seconds [-]."""

TICKS = 10**9
"""Ticks per second: whole numbers, so that a sum does not depend on what was there before."""

MOST_ITERATIONS = 2**31 - 1
"""HiGHS counts no further."""


class _Done:
    """What this process did so far, in ticks."""

    ticks = 0


def add(seconds: float) -> None:
    """Take note of work that takes `seconds` on a machine of today."""
    _Done.ticks += round(seconds * TICKS)


def note_run(highs: Any) -> None:
    """Take note of what `highs` did to solve a relaxation."""
    info, entries = highs.getInfo(), highs.getNumNz()
    pivots = info.simplex_iteration_count + info.crossover_iteration_count
    add(
        max(pivots, 0) * per_pivot_s(highs.getNumRow())
        + max(info.ipm_iteration_count, 0) * entries * PER_ITERATION_AND_ENTRY_S
        + entries * PER_ENTRY_S
    )


def per_pivot_s(rows: int) -> float:
    """Return what a pivot takes in a model of `rows` [s]."""
    return PER_PIVOT_S + rows * PER_PIVOT_AND_ROW_S


def pivots_in(seconds: float, rows: int) -> int:
    """Return the pivots that take so long in a model of `rows`."""
    return _count(seconds, per_pivot_s(rows))


def iterations_in(seconds: float, entries: int) -> int:
    """Return the iterations of interior point that take so long for a matrix of `entries`."""
    return _count(seconds, entries * PER_ITERATION_AND_ENTRY_S)


def _count(seconds: float, each_s: float) -> int:
    """Return how often what takes `each_s` may happen, once at least."""
    return int(min(max(seconds / max(each_s, 1e-12), 1.0), MOST_ITERATIONS))


class Checks:
    """What HiGHS calls when it checks its limits in a search: it ends that after a time.

    Attributes
    ----------
    each_s : what passes between two checks; limit_s : when to end [s].
    """

    def __init__(self, entries: int, limit_s: float) -> None:
        """Count for a matrix of `entries`."""
        self.each_s, self.limit_s = entries * PER_CHECK_AND_ENTRY_S, limit_s
        self.seconds, self.ended = 0.0, False

    def __call__(self, event: Any) -> None:
        """Count a check."""
        self.seconds += self.each_s
        add(self.each_s)
        if self.seconds >= self.limit_s:
            self.ended = True
            event.interrupt()


class Limit:
    """Work that may still be done from now on, in this process."""

    def __init__(self, seconds: float) -> None:
        """Allow work of `seconds`, from now on."""
        self.seconds = seconds
        self.before, self.started = _Done.ticks, time.monotonic()

    @property
    def used_s(self) -> float:
        """Return the work done since, or what the clock says of a slow machine [s]."""
        worked_s = (_Done.ticks - self.before) / TICKS
        return max(worked_s, (time.monotonic() - self.started) / SLOWEST)

    @property
    def left_s(self) -> float:
        """Return the work that may still be done, negative past the limit [s]."""
        return self.seconds - self.used_s

    @property
    def is_over(self) -> bool:
        """Return whether nothing more may be done."""
        return self.left_s <= 0
