"""A part with only the sites that good plans have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.plan import Plan
from siting.solve.arc import past
from siting.solve.lagrange.ascent import site_regrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from models.instance import Instance
    from siting.solve.lagrange.ascent import Raised
    from siting.solve.lagrange.problem import Problem
    from siting.solve.line import Known


SELDOM = 0.01
"""Mean lines in the sites' own plans above which a site is busy [lines]."""


def ranked_sites(problem: Problem, raised: Raised) -> tuple[list[str], int]:
    """Return the sites, the likeliest first, and how many of them are busy.

    First come those where lines run in the mean of the sites' own plans, then those where a new
    line costs least at the best prices.
    """
    sites, first = problem.sites, problem.sites.arrays
    regret = site_regrets(problem, raised.price, raised.link)
    lines = np.maximum.reduceat(raised.lines.max(axis=1), first.tech_hub[first.site_tech[:-1]])
    busy = np.where(lines > SELDOM, lines, 0.0)
    order = np.lexsort((np.maximum(regret, 0.0), -busy))
    return [sites.names[n] for n in order], int((busy > 0).sum())


def kept_sites(data: Instance, known: Sequence[Known]) -> set[str]:
    """Return the sites that every search needs.

    Where lines stand, must run by an order or at a site that must, or run in a known plan.
    """
    hubs = data.hubs
    found = set(hubs.index[hubs["stands"] > 0].get_level_values("site"))
    ordered = data.orders.index[data.orders["min_lines"] > 0]
    found |= set(ordered.get_level_values("site"))
    found |= set(data.sites.index[data.sites["must_run"] > 0])
    for plan in known:
        table = plan.hubs if isinstance(plan, Plan) else plan
        found |= set(table.index[table["lines"] > 0].get_level_values("site"))
    return found & set(hubs.index.unique("site"))


def with_sites(data: Instance, sites: Iterable[str]) -> Instance:
    """Return `data` with `sites` alone, and what concerns them."""
    gone = data.hubs.index.unique("site").difference(list(sites))
    near = data.with_arcs(past(data, gone))
    levels = {"hubs": "site", "sites": "site", "counted": "site", "orders": "site",
              "regions": "node", "salvage": "asset"}  # fmt: skip
    tables = {name: getattr(near, name) for name in levels}
    kept = {
        name: table[~table.index.get_level_values(levels[name]).isin(gone)]
        for name, table in tables.items()
    }
    return near.with_tables(**kept)
