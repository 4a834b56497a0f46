"""What good plans have: sites and lines of the sites' own plans at the best prices."""

from __future__ import annotations

from dataclasses import dataclass
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
    from siting.solve.line import Known, Running

SELDOM = 0.01
"""Mean lines in the sites' own plans above which a site is busy [lines]."""

OFTEN = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
"""Mean lines in the sites' own plans above which a line runs in a first plan [lines]."""


@dataclass(frozen=True)
class Likely:
    """What good plans have.

    Attributes
    ----------
    sites : all sites, the likeliest first; busy : how many of them have lines in their own plans.
    lines : first plans, each with the lines that run often.
    """

    sites: list[str]
    busy: int
    lines: list[Running]


def likely(data: Instance, problem: Problem, raised: Raised) -> Likely:
    """Return what good plans of `data` have, by what its sites plan for themselves."""
    return Likely(*ranked_sites(problem, raised), first_plans(data, problem, raised))


def first_plans(data: Instance, problem: Problem, raised: Raised) -> list[Running]:
    """Return plans that run the lines of the mean of the sites' own plans, down to some share."""
    stands = problem.sites.arrays.stands[:, None]
    found: list[Running] = []
    for share in OFTEN:
        lines = np.floor(raised.lines + 1 - share)
        coming = np.maximum.accumulate(lines, axis=1)
        closing = np.maximum.accumulate(lines[:, ::-1], axis=1)[:, ::-1]
        table = np.where(stands, closing, coming)
        found.append({
            ("run_hub", *hub, t): float(n)
            for hub, row in zip(problem.sites.hubs, table, strict=True)
            for t, n in zip(data.periods.index, row, strict=True)
            if n > 0
        })  # fmt: skip
    return found


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
