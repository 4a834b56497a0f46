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

from siting.scenarios.why.traffic import IN, OUT, received

if TYPE_CHECKING:
    from models.instance import Instance
    from models.plan import Plan
    from siting.pipeline import Progress
    from siting.scenarios.why.question import Question
    from siting.solve.several import Kept, Resolved

FIXED, NOWHERE = "fixed", "nowhere"
"""A site that must stay in whatever it costs; where no line may run."""

NAN = float("nan")

GAP_SHARE = 0.2
"""A search with a site forced may end at this share of the gap that the study asks for [-]."""

LONGEST_S = 6.0
"""Longest search for one site of many [s]."""

SAME, ONE_YEN = 1e-9, 1.0
"""A plan that is cheaper by no more than this share and a yen is as dear."""


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

    def share(self, value_jpy: float) -> float:
        """Return `value_jpy` as a share of what the plan costs [-]."""
        return value_jpy / abs(self.cost_jpy) if self.cost_jpy else NAN


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

    First the bounds of all, from the prices of the plan's certificate. Then a plan is sought for
    each as long as `limit_s` lasts: in turns for the likeliest site that is not in the plan, and
    for one that is. A plan that is cheaper than all before is where later ones start, and those
    before are sought again at the end.
    """
    from siting import pipeline
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
    asked = in_turns([row for row in rows.values() if row.way in {IN, OUT}])
    answers = sought(parts, asked, limit_s, effort.gap * GAP_SHARE, progress)
    plan_t = received(data, plan, int(max(data.periods.index)))
    best = replace(plan, objective_jpy=min([plan.objective_jpy, *(a[0] for a in answers.values())]))
    base_jpy = sum(part.bound_jpy for part in parts)
    for row in asked:
        cost, bound, served_t = answers.get(row.site, (np.inf, -np.inf, NAN))
        least = base_jpy + (row.priced_jpy if row.way == IN else 0.0)
        known = between(data, best, row, cost, max(plan.bound_jpy, least, bound))
        served_t = float(plan_t.get(row.site, 0.0)) if row.way == OUT else served_t
        rows[row.site] = replace(known, served_t=served_t, solved=row.site in answers)
    ordered = sorted(rows.values(), key=lambda row: (row.way, order(row), row.site))
    stopped = len(answers) < len(asked)
    seconds = time.monotonic() - started
    return Table(ordered, best.objective_jpy, plan.bound_jpy, stopped, seconds)


def sought(
    parts: list[Kept], asked: list[Regret], limit_s: float, gap: float, progress: Progress
) -> dict[str, tuple[float, float, float]]:
    """Return cost, bound and what comes there at last by site, as far as time allowed."""
    from siting.scenarios.interrupt import Interruption

    ends, queue = time.monotonic() + limit_s, [*asked]
    answers: dict[str, tuple[float, float, float]] = {}
    best_jpy = sum(part.cost_jpy for part in parts)
    with Interruption() as interruption:
        while queue and time.monotonic() < ends and not interruption.happened:
            row = queue.pop(0)
            progress(f"{row.site}, {len(queue)} more")
            search_s = min(LONGEST_S, (ends - time.monotonic()) / (len(queue) + 1))
            cost, bound, served_t, better = resolved(parts, row, search_s, gap)
            if cost < answers.get(row.site, (np.inf,))[0]:
                answers[row.site] = cost, bound, served_t
            if cost < best_jpy * (1 - SAME) - ONE_YEN:
                best_jpy, parts = cost, better
                queue += [one for one in asked if one.site in answers and one is not row]
    return answers


def in_turns(rows: list[Regret]) -> list[Regret]:
    """Return `rows`, those not in the plan and those in it in turns, likely ones first."""
    ways: dict[str, int] = {}
    turns: list[tuple[int, str, Regret]] = []
    for row in sorted(rows, key=lambda row: (row.priced_jpy, row.site)):
        ways[row.way] = ways.get(row.way, -1) + 1
        turns.append((ways[row.way], row.way, row))
    return [row for *_, row in sorted(turns, key=lambda turn: turn[:2])]


def order(row: Regret) -> float:
    """Return what to sort regrets by: the plan found, else what is proven at most."""
    return float(np.nan_to_num(row.found_jpy, nan=np.inf))


def priced_jpy(parts: list[Kept], row: Regret) -> float:
    """Return what a line at the site adds to the bound at least, in the part where it is least."""
    found = [float(part.regret_jpy[row.site]) for part in parts if row.site in part.regret_jpy]
    return min(found, default=NAN)


def resolved(
    parts: list[Kept], row: Regret, limit_s: float, gap: float
) -> tuple[float, float, float, list[Kept]]:
    """Return cost and bound of all parts with the site forced, what comes there, and the parts so.

    A site forced in has a line of that part where this is cheapest.
    """
    own = [n for n, part in enumerate(parts) if part.has(row.site)]
    each_s = limit_s / len(own)
    if row.way == OUT:
        return totals(parts, {n: parts[n].banned(row.site, each_s, gap) for n in own})
    each = [totals(parts, {n: parts[n].forced(row.site, each_s, gap)}) for n in own]
    best = min(each, key=lambda one: one[0])
    return best[0], min(bound for _, bound, *_ in each), *best[2:]


def totals(
    parts: list[Kept], changed: dict[int, Resolved]
) -> tuple[float, float, float, list[Kept]]:
    """Return cost and bound of `parts`, some `changed`, what comes there, and the parts so."""
    found, bounds = [*parts], [part.bound_jpy for part in parts]
    for n, one in changed.items():
        found[n] = parts[n].with_plan(one)
        bounds[n] = max(bounds[n], one.bound_jpy)
    served = sum(one.served_t for one in changed.values())
    return sum(part.cost_jpy for part in found), sum(bounds), served, found
