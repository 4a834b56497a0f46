"""A large part solved again from the prices and the plan of an earlier solve.

No relaxation is solved: the prices of the earlier certificate are looked up by name, priced over
every arc of the part as it is now, and raised a little. So the first bound is there in seconds.
What is searched are the sites that run in the earlier plan, those that must run, and the likeliest
of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siting.errors import NoPlanError
from siting.solve.certified import Search, with_flows, with_proof
from siting.solve.group import Earlier, Setting, searched
from siting.solve.lagrange.ascent import raised, site_regrets
from siting.solve.lagrange.problem import problem_of
from siting.solve.likely import kept_sites, ranked_sites, with_sites
from siting.solve.part import name_of
from siting.solve.reduced.collect import above_cheapest, collection
from siting.solve.reduced.small import shape_of, small_model
from siting.solve.reduced.weight import objective_weights
from siting.solve.relaxation import prices_at
from siting.solve.swap import ways_to_keep
from siting.solve.worth import site_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.finding import Found
    from siting.solve.lagrange.ascent import Raised
    from siting.solve.lagrange.problem import Problem
    from siting.solve.line import Known
    from siting.solve.matrix import Array
    from siting.solve.reduced.collect import Collection
    from siting.solve.relaxation import Prices
    from siting.solve.start import Prices as Named
    from siting.solve.start import Start

SHARE = 0.1
"""Share of a first search's time that a search from an earlier plan has [-]."""

MOST_ASCENTS = 40
"""Evaluations that raise prices which were raised before."""

FEW = 6
"""Sites that are searched beside those of the earlier plan."""

FEWEST_ARCS = 6
"""Arcs per source that the flows are chosen from at least, beside those of the earlier plan."""

LANES = 1
"""Lanes a cluster has, beside one of each: its prices are there already [-]."""


@dataclass(frozen=True)
class Priced:
    """A part at the prices of an earlier solve.

    Attributes
    ----------
    prices : of the rows of a model of one cluster for each kind of source.
    price, link : prices of the sources (pairs, periods) and of the links.
    """

    found: Collection
    prices: Prices
    problem: Problem
    price: Array
    link: Array

    def raised(self, rounds: int, limit_s: float) -> Raised:
        """Return the best prices found from here on."""
        problem = replace(self.problem, link_start=self.link)
        return raised(problem, self.price, rounds, limit_s)


def priced(data: Instance, named: Named, objective: str) -> Priced:
    """Return the part `data` at the prices `named`."""
    found = collection(data)
    carried = objective_weights(data, objective).of(found.carried)
    shape = shape_of(found, found.group, above_cheapest(found, carried), LANES)
    small = small_model(data, found, shape, objective)
    prices = prices_at(small, named)
    problem = problem_of(small, prices.duals.of_rows)
    price = named.sources(found.pairs, list(data.periods.index), prices.proof.price)
    link = with_forced(problem, price, named.links(problem), named)
    return Priced(found, prices, problem, price, link)


def with_forced(problem: Problem, price: Array, link: Array, named: Named) -> Array:
    """Return `link` where a site that must run, new to `named`, is paid what it lacks."""
    law = "chosen_site_runs"
    new = {
        index.rpartition("|")[0]: n
        for n, (name, index) in enumerate(problem.link_names)
        if name == law and (name, index) not in named.of
    }
    if not new:
        return link
    link = link.copy()
    link[list(new.values())] = 0.0
    regret = site_regrets(problem, price, link)
    for site, n in new.items():
        lacking = float(regret[problem.sites.names.index(site)])
        link[n] = max(lacking, 0.0) if np.isfinite(lacking) else 0.0
    return link


def warm(
    data: Instance,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
    objective: str,
    start: Start,
) -> Found:
    """Return the best plan found for `data` from `start`, with a bound for all its arcs."""
    at = priced(data, start.prices(name_of(data), objective), objective)
    short = replace(effort, time_limit_s=effort.time_limit_s * SHARE)
    lifted = at.raised(MOST_ASCENTS, short.time_limit_s)
    progress(f"prices of the earlier solve prove {lifted.bound:,.0f}")
    near = with_sites(data, sites_near(at, lifted, kept_sites(data, [*known, start.plan])))
    before = Earlier(known, ways_to_keep(data, start.plan))
    setting = Setting(site_values(at.prices.duals), progress, objective)
    answer, replays = searched(near, short, setting, before)
    few = replace(effort, arcs_per_source=max(effort.arcs_per_source // 2, FEWEST_ARCS))
    search = Search(data, few, at.found, at.prices.proof, setting)
    try:
        plans = [*known, start.plan]
        lines = with_flows(search, [answer.running], replays, answer.interrupted, plans, 0.0)
    except NoPlanError as error:
        raise NoPlanError(
            "no plan with so few sites keeps every limit. Solve the study anew."
        ) from error
    return with_proof(lines.written(objective), data, at.prices, at.problem, lifted, objective)


def sites_near(at: Priced, lifted: Raised, kept: set[str]) -> set[str]:
    """Return `kept` and the likeliest of the other sites."""
    ranked, _ = ranked_sites(at.problem, lifted)
    return kept | set([site for site in ranked if site not in kept][:FEW])
