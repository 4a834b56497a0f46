"""How many lines of each hub may and must run in each period, before anything is decided."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.instance import Instance


def line_limits(data: Instance) -> dict[tuple[str, str, str, int], tuple[float, float]]:
    """Return the fewest and the most lines of each hub in each period.

    Lines that stand and may not close run on, as far as an order has not shut them before: what
    is shut stays shut.
    """
    orders = data.orders[["min_lines", "max_lines"]]
    ordered = dict(zip(orders.index, orders.itertuples(index=False, name=None), strict=True))
    columns = ["max_lines", "stands", "may_close", "earliest_period"]
    found = {}
    for hub, row in zip(data.hubs.index, data.hubs[columns].to_numpy(float), strict=True):
        lines, stands, may_close, earliest = row.tolist()
        held = lines if stands and not may_close else 0.0
        for t in data.periods.index:
            low, high = ordered.get((*hub, t), (0.0, math.inf))
            most = min(lines, high) if stands or t >= earliest else 0.0
            held = min(held, most)
            found[*hub, t] = (max(low, held), most)
    return found


def impossible_hubs(data: Instance) -> list[tuple[str, str, str]]:
    """Return the hubs for which no number of lines in each period keeps every order.

    New lines stay open, so that what must run in a period may not be too much for a later one.
    Standing lines stay shut, so that it may not be more than an earlier one leaves.
    """
    limits = line_limits(data)
    found = []
    for hub, stands in data.hubs["stands"].items():
        rows = [limits[*hub, t] for t in data.periods.index]
        rows = rows[::-1] if stands else rows
        least = 0.0
        for low, most in rows:
            least = max(least, low)
            if least > most:
                found.append(hub)
                break
    return found
