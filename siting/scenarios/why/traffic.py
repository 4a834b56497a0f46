"""What a site would serve, and from where it would take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from models.instance import Instance
    from models.plan import Plan

IN, OUT = "in", "out"
"""A site forced in; forced out."""

LITTLE_T = 0.5
"""Less than this is rounding [t/yr]."""


@dataclass(frozen=True)
class Traffic:
    """Tonnes in the last period [t/yr].

    Attributes
    ----------
    served_t : what comes to the site in the plan that has it.
    sources : how many places send it.
    moved_t : other site to what it gets less (the site forced in) or more (forced out).
    uncollected_t : what is collected more (in) or less (out) than before.
    """

    period: int
    served_t: float
    sources: int
    moved_t: dict[str, float]
    uncollected_t: float


def traffic(data: Instance, plan: Plan, found: Plan, site: str, way: str) -> Traffic:
    """Return what changes with `site` between `plan` and the plan `found` with it forced."""
    period = int(max(data.periods.index))
    with_it, without = (found, plan) if way == IN else (plan, found)
    more, less = received(data, with_it, period), received(data, without, period)
    own = with_it.flows["flow_t"].xs(period, level="period")
    own = own[own.index.get_level_values("destination") == site]
    change = less.sub(more, fill_value=0.0).drop(site, errors="ignore")
    moved = change[change > LITTLE_T].sort_values(ascending=False)
    collected = [
        p.sources["collected_t"].xs(period, level="period").sum() for p in (with_it, without)
    ]
    return Traffic(
        period=period,
        served_t=float(own.sum()),
        sources=int(own.index.get_level_values("origin").nunique()),
        moved_t={str(name): float(t) for name, t in moved.items()},
        uncollected_t=float(collected[0] - collected[1]),
    )


def received(data: Instance, plan: Plan, period: int) -> pd.Series:
    """Return what comes to each site in `period` [t/yr]."""
    if not len(plan.flows):
        return pd.Series(dtype=float)
    flows = plan.flows["flow_t"].xs(period, level="period")
    sites = data.hubs.index.unique("site")
    inside = flows[flows.index.get_level_values("destination").isin(sites)]
    return inside.groupby(level="destination").sum()
