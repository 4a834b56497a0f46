r"""The best plan of every site on its own, at given prices.

A technology takes what is worth taking, cheapest first, up to the capacity of its lines:

.. math:: v_t(y) = \sum_s \hat c_{st} y_s + \min_{z \le q y} \Big(\sum_s \hat c^z_{st} z_s
    + \Phi_t(\sum_s z_s)\Big)

with :math:`\Phi_t` what the input costs, cheapest first and no source beyond its supply. Over the
periods lines only come (new ones) or only go (standing ones): a dynamic program over the line
counts of all sizes. A site that costs something of its own opens in the period best for all its
technologies together. Compiled, on arrays; what belongs together comes in one tuple.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from siting.solve.lagrange.ground import Costs, Ground, Offers, Plans
from siting.solve.lagrange.program import program, states_of
from siting.solve.matrix import Array, Whole

LITTLE_T = 1e-9
"""Mass that counts as none [t/yr]."""


@njit(cache=True)
def best_plans(ground: Ground, costs: Costs, plans: Plans) -> float:
    """Return the value of the best plans of all sites, and write them into `plans`."""
    periods = costs.unit.shape[1]
    value = 0.0
    offers = room(ground, periods)
    for site in range(len(ground.sites.site_tech) - 1):
        first, last = ground.sites.site_tech[site], ground.sites.site_tech[site + 1]
        opened = np.zeros(periods + 1)
        for tech in range(first, last):
            find_offers(ground, costs, tech, offers)
            stage = stage_values(ground, costs, tech, offers)
            opened += values(ground, stage, offers.top, site, tech, False)
            hubs = ground.sites.tech_hub[tech + 1] - ground.sites.tech_hub[tech]
            ways = periods + 1 if ground.sites.is_costly[site] and stage.min() < 0 else 1
            plans.looked[0] += stage.size * hubs * (1 + ways)
        start, best = best_start(opened, costs.site[site])
        value += best
        for tech in range(first, last):
            low, high = ground.sites.tech_hub[tech], ground.sites.tech_hub[tech + 1]
            plans.lines[low:high] = 0.0
            plans.throughput[low:high] = 0.0
            if start < periods or ground.sites.stands[low:high].any():
                find_offers(ground, costs, tech, offers)
                stage = stage_values(ground, costs, tech, offers)
                low_stands = ground.sites.stands[low:high]
                program(
                    stage, offers.top[: high - low], low_stands, start, False, plans.lines[low:high]
                )
                fill(ground, costs, tech, offers, plans)
    return value


@njit(cache=True)
def regrets(ground: Ground, costs: Costs) -> Array:
    """Return what the best plan of each site with a new line costs more than its best plan."""
    periods = costs.unit.shape[1]
    found = np.full(len(ground.sites.site_tech) - 1, np.inf)
    offers = room(ground, periods)
    for site in range(len(found)):
        first, last = ground.sites.site_tech[site], ground.sites.site_tech[site + 1]
        free = np.zeros((last - first, periods + 1))
        forced = np.zeros((last - first, periods + 1))
        for tech in range(first, last):
            find_offers(ground, costs, tech, offers)
            look_at_one(ground, tech, offers)
            stage = stage_values(ground, costs, tech, offers)
            free[tech - first] = values(ground, stage, offers.top, site, tech, False)
            forced[tech - first] = values(ground, stage, offers.top, site, tech, True)
        opened = free.sum(axis=0)
        best = best_start(opened, costs.site[site])[1]
        for tech in range(last - first):
            other = opened - free[tech] + forced[tech]
            found[site] = min(found[site], best_start(other, costs.site[site])[1] - best)
    return found


@njit(cache=True)
def look_at_one(ground: Ground, tech: int, offers: Offers) -> None:
    """Have one line of each hub looked at, where one may run: it may have to, worth it or not."""
    low, high = ground.sites.tech_hub[tech], ground.sites.tech_hub[tech + 1]
    for hub in range(low, high):
        if ground.sites.most[hub].max() >= 1:
            offers.top[hub - low] = max(offers.top[hub - low], 2)


@njit(cache=True)
def values(
    ground: Ground, stage: Array, top: Whole, site: int, tech: int, is_forced: bool
) -> Array:
    """Return the best value of a technology for each period from which new lines may run.

    For a site that costs nothing of its own it is the same for all: they may from the start.
    Where no lines in any period are worth anything, nothing runs.
    """
    periods = len(stage)
    found = np.zeros(periods + 1)
    if not is_forced and stage.min() >= 0 and stage[:, 0].max() == 0:
        return found
    nowhere = np.empty((0, periods))
    low, high = ground.sites.tech_hub[tech], ground.sites.tech_hub[tech + 1]
    stands = ground.sites.stands[low:high]
    for start in range(periods + 1):
        if start > 0 and not ground.sites.is_costly[site]:
            found[start] = found[0]
        else:
            found[start] = program(stage, top[: high - low], stands, start, is_forced, nowhere)
    return found


@njit(cache=True)
def best_start(opened: Array, site_cost: Array) -> tuple[int, float]:
    """Return the period from which a site is best in use, after the last for never, and the value.

    Parameters
    ----------
    opened : value of its technologies for each such period.
    """
    start, best = 0, np.inf
    for since in range(len(opened)):
        total = opened[since] + site_cost[since:].sum()
        if total < best - 1e-12:
            start, best = since, total
    return start, best


@njit(cache=True)
def room(ground: Ground, periods: int) -> Offers:
    """Return arrays large enough for the offers of any technology."""
    size = 2
    for k in range(len(ground.sacks.slot_first) - 1):
        slots = ground.sacks.slot_first[k + 1] - ground.sacks.slot_first[k]
        items = ground.sacks.item_first[k + 1] - ground.sacks.item_first[k]
        size = max(size, slots + items + 1)
    return Offers(
        np.empty((periods, size)),
        np.empty((periods, size)),
        np.empty((periods, size)),
        np.empty((periods, size), dtype=np.int64),
        np.empty(periods, dtype=np.int64),
        np.empty(len(ground.sites.capacity), dtype=np.int64),
    )


@njit(cache=True)
def find_offers(ground: Ground, costs: Costs, tech: int, offers: Offers) -> None:
    """Write what a technology may take; without a knapsack it takes what it likes for nothing."""
    k, share = ground.sites.knapsack[tech], ground.sites.input[tech]
    low, high = ground.sites.tech_hub[tech], ground.sites.tech_hub[tech + 1]
    for t in range(costs.unit.shape[1]):
        offers.mass[t, 0] = offers.cost[t, 0] = 0.0
        if k < 0:
            offers.slope[t, 0], offers.label[t, 0], offers.number[t] = 0.0, -1, 1
            offers.mass[t, 1], offers.cost[t, 1] = np.inf, 0.0
            continue
        worth = -costs.unit[low:high, t].min() / share
        found = gather(ground, costs, k, t, worth, offers)
        order = np.argsort(offers.slope[t, :found])
        slopes, labels = offers.slope[t, :found][order], offers.label[t, :found][order]
        left = ground.sacks.total[k, t]
        for n in range(found):
            if labels[n] < len(costs.slot):
                amount = ground.sacks.slot_most[labels[n], t]
            else:
                amount = min(ground.sacks.item_most[labels[n] - len(costs.slot), t], left)
                left -= amount
            offers.slope[t, n], offers.label[t, n] = slopes[n] * share, labels[n]
            offers.mass[t, n + 1] = offers.mass[t, n] + amount / share
            offers.cost[t, n + 1] = offers.cost[t, n] + amount * slopes[n]
        offers.number[t] = found
    for hub in range(low, high):
        offers.top[hub - low] = line_counts(ground, costs, hub, offers)


@njit(cache=True)
def line_counts(ground: Ground, costs: Costs, hub: int, offers: Offers) -> int:
    """Return how many line counts of `hub` are worth a look, none included.

    More lines than all the mass on offer fills are worth something only where a line is paid for.
    """
    most = ground.sites.most[hub].max()
    if costs.line[hub].min() >= 0:
        needed = 0.0
        for t in range(len(offers.number)):
            needed = max(needed, offers.mass[t, offers.number[t]])
        if needed < most * ground.sites.capacity[hub]:
            most = max(np.ceil(needed / ground.sites.capacity[hub]), ground.sites.least[hub].max())
    return int(most) + 1


@njit(cache=True)
def gather(ground: Ground, costs: Costs, k: int, t: int, worth: float, offers: Offers) -> int:
    """Write what a knapsack offers below `worth`, in no order, and return how much that is."""
    found = 0
    for slot in range(ground.sacks.slot_first[k], ground.sacks.slot_first[k + 1]):
        if costs.slot[slot, t] < worth and ground.sacks.slot_most[slot, t] > LITTLE_T:
            offers.slope[t, found], offers.label[t, found] = costs.slot[slot, t], slot
            found += 1
    for item in range(ground.sacks.item_first[k], ground.sacks.item_first[k + 1]):
        if costs.item[item, t] < worth and ground.sacks.item_most[item, t] > LITTLE_T:
            offers.slope[t, found] = costs.item[item, t]
            offers.label[t, found] = len(costs.slot) + item
            found += 1
    return found


@njit(cache=True)
def stage_values(ground: Ground, costs: Costs, tech: int, offers: Offers) -> Array:
    """Return the value of each state in each period, infinite where its lines may not run."""
    low, high = ground.sites.tech_hub[tech], ground.sites.tech_hub[tech + 1]
    top = offers.top[: high - low]
    strides, states = states_of(top)
    periods = costs.unit.shape[1]
    stage = np.empty((periods, states))
    reach = np.empty(high - low)
    for t in range(periods):
        order = np.argsort(costs.unit[low:high, t])
        count = offers.number[t]
        slope, mass, cost = offers.slope[t], offers.mass[t], offers.cost[t]
        for s in range(high - low):
            reach[s] = mass[np.searchsorted(slope[:count], -costs.unit[low + s, t])]
        for state in range(states):
            total, at, at_cost, place = 0.0, 0.0, 0.0, 0
            for s in order:
                hub, lines = low + s, (state // strides[s]) % top[s]
                if lines > ground.sites.most[hub, t] or lines < ground.sites.least[hub, t]:
                    total = np.inf
                    break
                unit = costs.unit[hub, t]
                end = min(at + ground.sites.capacity[hub] * lines, reach[s])
                total += costs.line[hub, t] * lines
                if end > at:
                    place += np.searchsorted(mass[place + 1 : count], end)
                    end_cost = cost[place] + (end - mass[place]) * slope[place]
                    total += unit * (end - at) + end_cost - at_cost
                    at, at_cost = end, end_cost
            stage[t, state] = total
    return stage


@njit(cache=True)
def fill(ground: Ground, costs: Costs, tech: int, offers: Offers, plans: Plans) -> None:
    """Write what the lines of a technology take, and from where."""
    low, high = ground.sites.tech_hub[tech], ground.sites.tech_hub[tech + 1]
    for t in range(costs.unit.shape[1]):
        count, at = offers.number[t], 0.0
        for s in np.argsort(costs.unit[low:high, t]):
            hub = low + s
            reach = offers.mass[t, np.searchsorted(offers.slope[t, :count], -costs.unit[hub, t])]
            end = max(min(at + ground.sites.capacity[hub] * plans.lines[hub, t], reach), at)
            plans.throughput[hub, t] = end - at
            at = end
        for n in range(count):
            label = offers.label[t, n]
            if offers.mass[t, n] >= at or label < 0:
                break
            taken = min(offers.mass[t, n + 1], at) - offers.mass[t, n]
            if label < len(costs.slot):
                plans.slot_flow[label, t] += taken * ground.sites.input[tech]
            else:
                plans.item_flow[label - len(costs.slot), t] += taken * ground.sites.input[tech]
