"""Our own solver on an instance, with what it says of its bound on the way."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from bench.family import JPY_PER_UNIT
from siting.solve import Effort, solve

if TYPE_CHECKING:
    from bench.trace import Point
    from models.instance import Instance

PROVEN = re.compile(r"(?:proven for every arc|whole lines prove|bound proven) (-?[\d,.]+)")
"""What the solver says where a bound is valid for the whole study."""

SEARCH_SHARE = 0.5
"""Share of the time given to the search: it does not count relaxations and prices [-]."""

GAP = 1e-4


def solved(data: Instance, limit_s: float) -> list[Point]:
    """Return the trace of ``siting solve`` on `data`, which should end after about `limit_s`.

    Bounds of single parts are no bounds of the whole: they count where there is one part alone.
    """
    started = time.perf_counter()
    points: list[Point] = []
    parts: set[str] = set()

    def heard(text: str) -> None:
        parts.add(text.partition(":")[0])
        match = PROVEN.search(text)
        if match:
            proven = float(match.group(1).replace(",", ""))
            points.append((time.perf_counter() - started, None, proven))

    plan = solve(data, Effort(gap=GAP, time_limit_s=limit_s * SEARCH_SHARE), heard)
    ended = (
        time.perf_counter() - started,
        plan.objective_jpy / JPY_PER_UNIT,
        plan.bound_jpy / JPY_PER_UNIT,
    )
    return [*(points if len(parts) == 1 else []), ended]
