"""A site that must run, or may not: the study with it, and what a line costs that is idle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.line import line_limits
from siting.solve.likely import with_sites

if TYPE_CHECKING:
    from models.instance import Instance

NO_COST = {"opening_jpy": 0.0, "annuity_per_yr": 0.0, "plot_m2": np.inf, "must_run": 0.0}
"""What a site is that no table of sites names."""

OVER_ALL = ("budgets", "limits", "horizon_limits")
"""Tables that may forbid what no site forbids."""


def forced(data: Instance, site: str) -> Instance:
    """Return `data` where some line must run at `site` in the last period."""
    sites = data.sites.copy()
    if site not in sites.index:
        sites.loc[site] = pd.Series(NO_COST)
    sites.loc[site, "must_run"] = 1.0
    return replace(data, sites=sites.rename_axis("site"))


def banned(data: Instance, site: str) -> Instance:
    """Return `data` without `site`."""
    return with_sites(data, set(data.hubs.index.unique("site")) - {site})


def may_be_forced(data: Instance, site: str) -> bool:
    """Return whether some line may run at `site` in the last period."""
    return bool(last_hubs(data, site))


def may_be_banned(data: Instance, site: str) -> bool:
    """Return whether no law keeps lines at `site`."""
    limits = line_limits(data).items()
    return all(low < 1 for hub, (low, _) in limits if hub[0] == site)


def last_hubs(data: Instance, site: str) -> list[tuple[str, str, str]]:
    """Return the hubs of `site` of which a line may run in the last period."""
    last = data.periods.index[-1]
    limits = line_limits(data)
    hubs = [hub for hub in data.hubs.index if hub[0] == site]
    return [hub for hub in hubs if limits[*hub, last][1] >= 1]


def idle_jpy(data: Instance, site: str) -> float:
    """Return what one more line at `site` costs at most, whatever the plan, if it may be added.

    A line of the cheapest size in the last period alone, idle: any plan without a line there is a
    plan with one at so much more. Infinite where a law over the whole may forbid that, or a line
    may not be idle [JPY, present value].
    """
    if any(len(getattr(data, name)) for name in OVER_ALL):
        return float("inf")
    last = data.periods.index[-1]
    discount_yr = float(data.periods["discount_yr"].loc[last])
    own = data.sites.loc[site] if site in data.sites.index else pd.Series(NO_COST)
    paid = data.salvage["paid_share"].to_dict()
    best = float("inf")
    for hub in last_hubs(data, site):
        row = data.hubs.loc[hub]
        if row["stands"] or row["min_utilisation"] or row["land_m2"] > own["plot_m2"]:
            continue
        if (hub[0], hub[1]) in data.counted.index.droplevel("count"):
            continue
        yearly = float(row["running_jpy_per_yr"] + row["labour_jpy_per_yr"])
        opened = opening(row, paid.get((hub[1], last)), discount_yr)
        opened += opening(own, paid.get((site, last)), discount_yr)
        best = min(best, discount_yr * yearly + opened)
    return best


def opening(row: pd.Series, paid_share: float | None, discount_yr: float) -> float:
    """Return what opening costs that is opened in the last period [JPY, present value]."""
    if paid_share is not None:
        return float(paid_share * row["opening_jpy"])
    return float(discount_yr * row["annuity_per_yr"] * row["opening_jpy"])
