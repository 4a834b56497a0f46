"""Bound and best plan over time, from the logs solvers write.

A trace is a list of [seconds, best plan, bound]; what is not known yet is None.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Point: TypeAlias = "tuple[float, float | None, float | None]"

TARGETS = (0.05, 0.01, 0.005, 0.001)
MOMENTS_S = (60, 180, 600)
HUGE = 1e19
"""What solvers write for a bound or a plan they do not have is above."""

HIGHS = re.compile(r"\d%\s+(\S+)\s+(\S+)\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+(\d+\.\d)s\s*$")
SCIP = re.compile(r"^\s*\D?\s*(\d+(?:\.\d+)?)s\|")


def of_highs(lines: Iterable[str], since_s: float = 0.0) -> list[Point]:
    """Return the trace of a HiGHS log whose clock began at `since_s`."""
    found = []
    for line in lines:
        match = HIGHS.search(line)
        if match:
            bound, best, seconds = match.groups()
            found.append((since_s + float(seconds), number(best), number(bound)))
    return found


def of_scip(lines: Iterable[str], since_s: float = 0.0) -> list[Point]:
    """Return the trace of a SCIP log whose clock began at `since_s`."""
    found = []
    for line in lines:
        match = SCIP.match(line)
        if match:
            *_, bound, best, _, _ = line.rstrip().split("|")
            found.append((since_s + float(match.group(1)), number(best), number(bound)))
    return found


def number(text: str) -> float | None:
    """Return a number of a log, None for a dash or an infinite one."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) < HUGE else None


def merged(points: Iterable[Point]) -> list[Point]:
    """Return the best plan and bound so far at each time at which one of them got better."""
    best, bound = math.inf, -math.inf
    found: list[Point] = []
    for seconds, plan, proof in sorted(points, key=lambda point: point[0]):
        before = best, bound
        best = min(best, plan) if plan is not None else best
        bound = max(bound, proof) if proof is not None else bound
        if (best, bound) != before:
            found.append((round(seconds, 2), best if best < math.inf else None,
                          bound if bound > -math.inf else None))  # fmt: skip
    return found


def gap(point: Point) -> float:
    """Return (best plan - bound) / best plan, infinite where one of them is missing [-]."""
    _, best, bound = point
    if best is None or bound is None or not best:
        return math.inf
    return max((best - bound) / abs(best), 0.0)


def gap_at(trace: list[Point], seconds: float) -> float:
    """Return the gap after `seconds`."""
    return min((gap(point) for point in trace if point[0] <= seconds), default=math.inf)


def time_to(trace: list[Point], target: float) -> float:
    """Return the seconds until the gap is at most `target`, infinite where it never was."""
    return min((point[0] for point in trace if gap(point) <= target), default=math.inf)
