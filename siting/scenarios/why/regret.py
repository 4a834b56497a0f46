"""What sites cost that the plan leaves out, or save that it has: between bounds.

Neither the best plan nor the best plan with a site forced is known exactly, each lies between a
bound and a plan that was found. So does their difference, the regret. With U and L of the study,
and U' and L' of the study with the site forced, it is at least L' - U and at most U' - L; and it is
no more than an idle line costs, as any plan without the site is a plan with an idle line there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from models.instance import Instance
    from models.plan import Plan
    from siting.pipeline import Progress
    from siting.scenarios.why.question import Question
    from siting.solve.several import Kept, Resolved

IN, OUT, FIXED, NOWHERE = "in", "out", "fixed", "nowhere"
"""Forced in; forced out; must stay in whatever it costs; no line may run there."""

NAN = float("nan")

GAP_SHARE = 0.2
"""A search with a site forced may end at this share of the gap that the study asks for [-]."""

LONGEST_S = 6.0
"""Longest search for one site of many [s]."""


@dataclass(frozen=True)
class Regret:
    """What forcing a site costs [JPY, present value].

    Attributes
    ----------
    way : IN, OUT, FIXED or NOWHERE.
    low_jpy, high_jpy : it is proven to lie between.
    found_jpy : the best plan found with the site forced, less the best plan.
    better_jpy : by how much a plan found with the site forced is cheaper than the plan.
    priced_jpy : what a line there adds to the bound, at the prices of the bound.
    served_t : what comes to the site in the last period of the plan that has it [t/yr].
    solved : whether a plan with the site forced was searched; else all that is known is the bound
        and what an idle line costs.
    """

    site: str
    way: str
    low_jpy: float = NAN
    high_jpy: float = NAN
    found_jpy: float = NAN
    better_jpy: float = 0.0
    priced_jpy: float = NAN
    served_t: float = NAN
    solved: bool = False
    seconds: float = 0.0

    @property
    def gap_jpy(self) -> float:
        """Return how wide the interval is [JPY]."""
        return self.high_jpy - self.low_jpy


@dataclass(frozen=True)
class Table:
    """The regrets of all sites, dearest last.

    Attributes
    ----------
    cost_jpy, bound_jpy : of the plan, the best found on the way.
    interrupted : whether time or the user ended it before each site was searched.
    """

    regrets: list[Regret]
    cost_jpy: float
    bound_jpy: float
    interrupted: bool
    seconds: float


def way_of(data: Instance, plan: Plan, site: str) -> str:
    """Return what can be asked of `site`: in, or out where the plan has lines there."""
    from siting.solve.force import may_be_banned, may_be_forced

    if site in plan.hubs.index[plan.hubs["lines"] > 0].unique("site"):
        return OUT if may_be_banned(data, site) else FIXED
    return IN if may_be_forced(data, site) else NOWHERE


def between(
    data: Instance, plan: Plan, regret: Regret, cost_jpy: float, bound_jpy: float
) -> Regret:
    """Return `regret` with its interval, for a plan with the site forced and a bound on such plans.

    Parameters
    ----------
    cost_jpy : infinite where there is none.
    """
    from siting.solve.force import idle_jpy

    idle = idle_jpy(data, regret.site) if regret.way == IN else float("inf")
    best_jpy = min(plan.objective_jpy, cost_jpy)
    low = max(bound_jpy - best_jpy, 0.0)
    high = min(cost_jpy - plan.bound_jpy, idle)
    found = min(cost_jpy - best_jpy, idle)
    return replace(
        regret,
        low_jpy=low,
        high_jpy=max(high, low),
        found_jpy=found if np.isfinite(found) else NAN,
        better_jpy=max(plan.objective_jpy - cost_jpy, 0.0),
    )


def all_regrets(question: Question, limit_s: float, progress: Progress) -> Table:
    """Return the regret of every candidate, searched for in the order in which they matter.

    First the bounds of all, from the prices of the plan's certificate. Then a search for each: the
    sites of the plan, then the others from the likeliest on, as long as `limit_s` lasts.
    """
    from siting import pipeline
    from siting.scenarios.interrupt import Interruption
    from siting.scenarios.why.traffic import received
    from siting.solve import Start
    from siting.solve.several import kept_parts

    started = time.monotonic()
    data, plan = question.prepared.assembled.instance, question.plan
    effort = pipeline.effort(question.prepared.config.study)
    parts = kept_parts(data, Start.of(plan, keeps_prices=True), effort, progress)
    places = question.prepared.assembled.places
    sites = sorted({*data.hubs.index.unique("site"), *places.index[places["kind"] == "site"]})
    rows = {site: Regret(site, way_of(data, plan, site)) for site in sites}
    rows = {site: replace(row, priced_jpy=priced_jpy(parts, row)) for site, row in rows.items()}
    asked = [row for row in rows.values() if row.way in {IN, OUT}]
    asked.sort(key=lambda row: (row.way != OUT, row.priced_jpy, row.site))
    answers: dict[str, tuple[float, float]] = {}
    plan_t = received(data, plan, int(max(data.periods.index)))
    with Interruption() as interruption:
        for number, row in enumerate(asked, 1):
            left_s = limit_s - (time.monotonic() - started)
            if left_s <= 0 or interruption.happened:
                break
            progress(f"{row.site}, {number} of {len(asked)}")
            search_s = min(LONGEST_S, left_s / (len(asked) - number + 1))
            found = resolved(parts, row, search_s, effort.gap * GAP_SHARE)
            answers[row.site] = found[:2]
            served = plan_t.get(row.site, 0.0) if row.way == OUT else found[2]
            rows[row.site] = replace(row, served_t=served, solved=True)
    costs = [cost for cost, _ in answers.values()]
    best = replace(plan, objective_jpy=min([plan.objective_jpy, *costs]))
    base_jpy = sum(part.bound_jpy for part in parts)
    for row in asked:
        cost, bound = answers.get(row.site, (float("inf"), -float("inf")))
        least = base_jpy + (row.priced_jpy if row.way == IN else 0.0)
        known = max(plan.bound_jpy, least, bound)
        rows[row.site] = between(data, best, rows[row.site], cost, known)
    stopped = len(answers) < len(asked)
    ordered = sorted(rows.values(), key=lambda row: (row.way, order(row), row.site))
    return Table(
        ordered, best.objective_jpy, plan.bound_jpy, stopped, time.monotonic() - started
    )


def order(row: Regret) -> float:
    """Return what to sort regrets by: the plan found, else what is proven at most."""
    return float(np.nan_to_num(row.found_jpy, nan=np.inf))


def priced_jpy(parts: list[Kept], row: Regret) -> float:
    """Return what a line at the site adds to the bound at least, in the part where it is least."""
    found = [float(part.regret_jpy[row.site]) for part in parts if row.site in part.regret_jpy]
    return min(found, default=NAN)


def resolved(
    parts: list[Kept], row: Regret, limit_s: float, gap: float
) -> tuple[float, float, float]:
    """Return cost and bound of all parts with the site forced, and what comes there at last."""
    own = [part for part in parts if part.has(row.site)]
    if row.way == OUT:
        found = [part.banned(row.site, limit_s / len(own), gap) for part in own]
        return totals(parts, dict(zip(map(id, own), found, strict=True)))
    each = [
        totals(parts, {id(part): part.forced(row.site, limit_s / len(own), gap)}) for part in own
    ]
    cost, _, served_t = min(each)
    return cost, min(bound for _, bound, _ in each), served_t


def totals(parts: list[Kept], changed: dict[int, Resolved]) -> tuple[float, float, float]:
    """Return cost and bound of all parts, some of them `changed`, and what these bring at last."""
    found = [(changed.get(id(part)), part) for part in parts]
    cost = sum(part.cost_jpy if one is None else one.cost_jpy for one, part in found)
    bound = sum(part.bound_jpy if one is None else bound_of(one, part) for one, part in found)
    served = [list(one.served_t.values())[-1:] for one in changed.values()]
    return cost, bound, float(sum(sum(last) for last in served))


def bound_of(one: Resolved, part: Kept) -> float:
    """Return what is proven of a part with the site forced."""
    return max(one.bound_jpy, part.bound_jpy)
