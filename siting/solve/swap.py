"""Lines of a plan with a site more or one less: first guesses that a search starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.line import line_limits
from siting.solve.arc import collecting
from siting.solve.force import last_hubs

if TYPE_CHECKING:
    from collections.abc import Collection

    from models.instance import Instance
    from models.plan import Plan
    from siting.solve.line import Running

NEAREST = 3
"""Sites that lines are moved from, or to, the nearest ones."""

NEAR = 6
"""Sites near each other that lines may move between."""


def lines_running(plan: Plan) -> Running:
    """Return the lines and services that run in `plan`."""
    lines: Running = {
        ("run_hub", *index): float(n) for index, n in plan.hubs["lines"].items() if n > 0
    }
    if len(plan.services):
        running = plan.services["running"]
        lines |= {("run_service", *index): float(on) for index, on in running.items()}
    return lines


def used_sites(lines: Running) -> set[str]:
    """Return the sites where lines run."""
    return {str(index[1]) for index, n in lines.items() if index[0] == "run_hub" and n > 0}


def ways_to_run(data: Instance, costs: pd.DataFrame, lines: Running, site: str) -> list[Running]:
    """Return `lines` with some at `site`: one more at last, or those of a near site.

    `lines` alone where one runs there at last. The line more is of the size that costs least.

    Parameters
    ----------
    costs : of the lanes to each site, as ``lane_costs`` returns them.
    """
    last = data.periods.index[-1]
    if any(i[0] == "run_hub" and i[1] == site and i[-1] == last for i in lines):
        return [lines]
    yearly = data.hubs["annuity_per_yr"] * data.hubs["opening_jpy"]
    yearly += data.hubs["running_jpy_per_yr"] + data.hubs["labour_jpy_per_yr"]
    cheapest = min(last_hubs(data, site), key=lambda hub: (float(yearly[hub]), hub))
    more = [lines | {("run_hub", *cheapest, last): 1.0}]
    used = used_sites(lines)
    near = [other for other in nearest(costs, site) if other in used]
    moves = [moved(data, lines, other, site) for other in near[:NEAREST]]
    return more + [way for way in moves if site in used_sites(way)]


def ways_to_leave(data: Instance, costs: pd.DataFrame, lines: Running, site: str) -> list[Running]:
    """Return `lines` without those at `site`: gone, or at one of the sites nearest to it."""
    ways = [moved(data, lines, site, other) for other in nearest(costs, site)[:NEAREST]]
    return [*ways, without(lines, [site])]


def ways_to_keep(data: Instance, plan: Plan) -> list[Running]:
    """Return ways to run the lines of `plan` where some sites must run and some are no more."""
    lines = lines_running(plan)
    gone = used_sites(lines) - set(data.hubs.index.unique("site"))
    wanted = data.sites.index[data.sites["must_run"] > 0]
    costs = lane_costs(data) if len(wanted) else pd.DataFrame()
    ways = [lines]
    for site in wanted:
        ways = ways_to_run(data, costs, ways[0], site)
    return [without(way, gone) for way in ways]


def without(lines: Running, sites: Collection[str]) -> Running:
    """Return `lines` without those at `sites`; services stay."""
    return {i: n for i, n in lines.items() if i[0] != "run_hub" or i[1] not in sites}


def moved(data: Instance, lines: Running, origin: str, to: str) -> Running:
    """Return `lines` with those at `origin` at `to`, as many as may run there."""
    limits = line_limits(data)
    stands = data.hubs["stands"]
    stay = without(lines, [origin])
    found = dict(stay)
    for index, n in lines.items():
        if index in stay:
            continue
        place = (to, *index[2:])
        if place in limits and not stands[place[:-1]]:
            total = min(found.get(("run_hub", *place), 0.0) + n, limits[place][1])
            found["run_hub", *place] = total
    return {index: n for index, n in found.items() if n > 0}


def lane_costs(data: Instance) -> pd.DataFrame:
    """Return what the cheapest arc from each source, with its commodity, to each site costs."""
    arcs = data.arcs.iloc[np.flatnonzero(collecting(data))]
    ends = [arcs.index.get_level_values(level) for level in ("origin", "commodity", "destination")]
    cost = pd.Series(arcs["cost_jpy_per_t"].to_numpy(float)).groupby(ends).min().unstack()
    return cost[cost.columns.intersection(data.hubs.index.unique("site"))]


def nearest(costs: pd.DataFrame, site: str) -> list[str]:
    """Return the other sites, the nearest first: those that sources pay much the same to reach.

    Sites that no source of `site` reaches are left out.
    """
    if site not in costs:
        return []
    apart = costs.sub(costs[site], axis=0).abs().mean().drop(site).dropna()
    return [str(name) for name in apart.sort_values(kind="stable").index]


def near_sites(data: Instance) -> dict[str, list[str]]:
    """Return the sites that lines of each site of `data` may move to, the nearest first."""
    costs = lane_costs(data)
    return {str(site): nearest(costs, site)[:NEAR] for site in costs}
