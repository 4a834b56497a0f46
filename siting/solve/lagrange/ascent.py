r"""Raise the bound by raising and lowering prices: the volume algorithm.

Barahona and Anbil (2000). At prices :math:`\pi` every site plans for itself; what its plans take
from a source more or less than there is says where a price is wrong. The step goes from the best
prices along a mean of what was found so far, as long as its length towards a target above the best
bound says. The same mean of the plans tells which sites a good plan has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.lagrange.ground import Costs, plans_for
from siting.solve.lagrange.site_plan import best_plans, regrets
from siting.solve.work import PER_LINE_COUNT_S, PER_SLOT_S, Limit, add

if TYPE_CHECKING:
    from siting.solve.lagrange.problem import Problem
    from siting.solve.matrix import Array, Whole

MOST_NEW = 0.2
"""Largest weight of the newest plans in the mean [-]."""

FIRST_FACTOR, LEAST_FACTOR = 0.5, 1e-5
"""Share of the Polyak step."""

RISE = 0.008
"""Share by which the target of a step is above the best bound at first [-]."""

LITTLE_T = 1e-6
"""Weight of a source that sends nothing in a period [t/yr]."""

TIE = 1e-9
"""Prices that differ by no more of themselves are the same [-]."""

PATIENCE = 12
"""Evaluations without progress after which steps get shorter."""


@dataclass(frozen=True)
class Value:
    """What prices prove, and the plans of the sites at them.

    Attributes
    ----------
    missing : (pairs, periods) what a source has beyond what is taken; unlinked : the same of links.
    lines : (hubs, periods) that run.
    """

    bound: float
    missing: Array
    unlinked: Array
    lines: Array


@dataclass(frozen=True)
class Raised:
    """The best bound, its prices, and the mean of the plans (hubs, periods)."""

    bound: float
    price: Array
    link: Array
    lines: Array


def evaluate(problem: Problem, price: Array, link: Array) -> Value:
    """Return what `price` (pairs, periods) and `link` prove: no plan costs less."""
    p, sites, sacks = problem, problem.sites, problem.knapsacks
    paid = p.links @ link
    reduced = p.reduced - paid
    leaving = leaving_at(p, paid)
    costs = costs_at(p, reduced, price, link)
    plans = plans_for(costs)
    value = best_plans(p.ground, costs, plans)
    add(plans.slot_flow.size * PER_SLOT_S + plans.looked[0] * PER_LINE_COUNT_S)
    at = np.where(reduced[p.other] > 0, 0.0, p.other_upper)
    rest = float((reduced[p.other] * at)[reduced[p.other] != 0].sum())
    sent_t = p.supply_t - p.least_left_t
    direct = np.where(p.direct < price, sent_t, 0.0)
    taken = direct.copy()
    np.add.at(taken, sacks.slot_pair, plans.slot_flow)
    indifferent = np.clip(p.supply_t - taken, p.least_left_t, p.supply_t)
    left = np.where(leaving < price, p.supply_t, p.least_left_t)
    left = np.where(np.abs(leaving - price) <= TIE * np.abs(leaving), indifferent, left)
    past = np.where(direct > 0, p.direct - price, 0.0) * direct
    sources = float((price * p.supply_t + past + (leaving - price) * left).sum())
    is_own = sacks.own >= 0
    x = np.zeros(len(reduced))
    x[sites.throughput] = plans.throughput
    x[sites.lines] = plans.lines
    x[sacks.item[~is_own]] = plans.item_flow[~is_own]
    x[p.other] = at
    x[p.left] = total_by(p.group, left, len(p.left))
    unlinked = p.link_side - p.links.T @ x
    np.subtract.at(unlinked, sacks.own[is_own], plans.item_flow[is_own])
    return Value(
        bound=p.constant + float(p.link_side @ link) + value + rest + sources,
        missing=p.supply_t - taken - left,
        unlinked=unlinked,
        lines=plans.lines,
    )


def costs_at(problem: Problem, reduced: Array, price: Array, link: Array) -> Costs:
    """Return what everything costs the sites at the prices; `reduced` has those of links paid."""
    sites, sacks = problem.sites, problem.knapsacks
    is_own = sacks.own >= 0
    item = reduced[sacks.item]
    item[is_own] = -link[sacks.own[is_own]]
    return Costs(
        site=np.where(sites.use >= 0, reduced[sites.use], 0.0),
        line=reduced[sites.lines],
        unit=reduced[sites.throughput],
        slot=sacks.slot_cost - price[sacks.slot_pair],
        item=item,
    )


def site_regrets(problem: Problem, price: Array, link: Array) -> Array:
    """Return what it costs at the prices to run a new line at each site, at least."""
    reduced = problem.reduced - problem.links @ link
    found: Array = regrets(problem.ground, costs_at(problem, reduced, price, link))
    return found


def total_by(group: Whole, amounts: Array, size: int) -> Array:
    """Return the sum of `amounts` (n, periods) by `group`."""
    total = np.zeros((size, amounts.shape[1]))
    np.add.at(total, group, amounts)
    return total


def leaving_at(problem: Problem, paid: Array) -> Array:
    """Return what a tonne left as today costs (pairs, periods); `paid` by links for each column."""
    return np.asarray(problem.leaving - paid[problem.left][problem.group])


def raised(problem: Problem, price: Array, rounds: int, limit_s: float) -> Raised:
    """Return the best prices found from `price` on, in at most `rounds` or `limit_s` [s]."""
    weight = np.r_[np.maximum(problem.supply_t, LITTLE_T).ravel(), problem.link_scale_t]
    pairs = problem.supply_t.size
    shape = problem.supply_t.shape

    def split(vector: Array) -> tuple[Array, Array]:
        link = np.clip(vector[pairs:], problem.link_low, problem.link_high)
        most = np.minimum(leaving_at(problem, problem.links @ link), problem.direct)
        return np.minimum(vector[:pairs].reshape(shape), most), link

    def joined(one: Array, other: Array) -> Array:
        return np.concatenate([one.ravel(), other])

    best = joined(price, problem.link_start)
    first = evaluate(problem, *split(best))
    bound, mean, lines = first.bound, joined(first.missing, first.unlinked), first.lines
    factor, idle, done = FIRST_FACTOR, 0, 0
    target = bound + RISE * abs(bound)
    limit = Limit(limit_s)
    while done < rounds and not limit.is_over and factor > LEAST_FACTOR:
        done += 1
        length = float((mean**2 / weight).sum())
        if length <= 0:
            break
        price, link = split(best + factor * (target - bound) / length * mean / weight)
        found = evaluate(problem, price, link)
        new = joined(found.missing, found.unlinked)
        along = float((new * mean / weight).sum())
        share = mixing(mean, new, weight)
        mean = (1 - share) * mean + share * new
        lines = (1 - share) * lines + share * found.lines
        if found.bound > bound:
            bound, best, idle = found.bound, joined(price, link), 0
            factor = min(factor * 1.1, 2.0) if along > 0 else factor
            target = max(target, bound + RISE / 2 * abs(bound))
        else:
            idle += 1
            if idle >= PATIENCE:
                factor, idle = factor * 0.7, 0
    return Raised(bound, *split(best), lines)


def mixing(mean: Array, new: Array, weight: Array) -> float:
    """Return the share of `new` in a mean as short as can be, within limits."""
    change = new - mean
    length = float((change**2 / weight).sum())
    best = -float((mean * change / weight).sum()) / length if length > 0 else MOST_NEW
    return float(min(max(best, MOST_NEW / 10), MOST_NEW))
