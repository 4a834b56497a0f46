"""The front by the method of the ε-constraint: x is made best while y is limited, step by step."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siting import pipeline
from siting.errors import NoPlanError
from siting.scenarios.interrupt import Interruption
from siting.scenarios.objective import Objective
from siting.scenarios.pareto.spot import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from models.plan import Plan
    from siting.outcome import Outcome
    from siting.pipeline import Prepared, Progress

ROUNDING = 1e-6
"""Amounts nearer than this share of their range, or of themselves, are the same [-]."""


@dataclass(frozen=True)
class Point(Spot):
    """One plan of the front."""

    plan: Plan


@dataclass(frozen=True)
class Front:
    """The plans none of which is better in both objectives than another.

    Attributes
    ----------
    outcome : of the plan that is best in x alone; names the study.
    points : from the best x to the best y.
    dominated : what was found too, but another point is as good in one and better in the other.
    best_y, best_y_bound : y of the plan made for y alone, and the best y any plan can have.
    without_plan : limits on y for which no plan was found.
    interrupted : whether the user stopped before all points were sought.
    """

    outcome: Outcome
    x: Objective
    y: Objective
    points: list[Point]
    dominated: list[Point]
    best_y: float
    best_y_bound: float
    without_plan: list[float]
    interrupted: bool


@dataclass(frozen=True)
class Search:
    """What every point of a front shares: the study, its instance and the two objectives."""

    prepared: Prepared
    x: Objective
    y: Objective
    progress: Progress

    @property
    def data(self) -> Instance:
        """Return the instance without a limit on y of the front's own."""
        return self.prepared.assembled.instance

    def best(self, data: Instance, objective: Objective, known: Sequence[Plan]) -> Plan:
        """Return the best plan for `objective` alone on `data`."""
        from siting.solve import Start, solve

        effort = pipeline.effort(self.prepared.config.study)
        same = [plan for plan in known if plan.objective == objective.value]
        start = Start.of(same[-1]) if same else None
        return solve(data, effort, self.progress, known, objective=objective.value, start=start)

    def point(self, plan: Plan, limit: float | None, seconds: float) -> Point:
        """Return `plan`, which was made for x, as a point."""
        bound = bound_of(plan, self.x)
        x, y = (objective.of_plan(plan, self.data) for objective in (self.x, self.y))
        return Point(x, y, limit, bound, plan.status, round(seconds, 2), plan)


def bound_of(plan: Plan, objective: Objective) -> float:
    """Return the best `objective` that is proven possible for a plan made for it."""
    return plan.bound_jpy if objective is Objective.COST else plan.bound_value


def find_front(
    prepared: Prepared, x: Objective, y: Objective, count: int, progress: Progress
) -> Front:
    """Return the front of x and y in at most `count` points.

    x alone, y alone, then x again with y limited in equal steps from the one to the other. The
    last limit is the best y itself: of the plans that reach it, the one with the best x counts,
    and of those that reach the best x, the one with the best y.
    """
    search = Search(prepared, x, y, progress)
    with Interruption() as interruption:
        progress(f"best {x}")
        outcome = pipeline.solved(prepared, 0.0, progress, objective=x.value)
        first = search.point(outcome.plan, None, outcome.timing.solve_s)
        points, without_plan, other = [first], [], outcome.plan
        if not interruption.happened:
            progress(f"best {y}")
            other = search.best(search.data, y, [first.plan])
            if x is not Objective.COST and not interruption.happened:
                points = [first := settled(search, first, other)]
            for limit in limits(first.y, y.of_plan(other, search.data), count):
                if interruption.happened:
                    break
                progress(f"best {x} with {y} {y.limit.replace('_', ' ')} {limit:,.0f}")
                point = limited_point(search, limit, [*(p.plan for p in points), other])
                if point:
                    points.append(point)
                else:
                    without_plan.append(limit)
        stopped = interruption.happened
    kept, dominated = undominated(points, x, y)
    best_y = y.of_plan(other, search.data)
    bound_y = bound_of(other, y) if other is not outcome.plan else float("nan")
    return Front(outcome, x, y, kept, dominated, best_y, bound_y, without_plan, stopped)


def settled(search: Search, first: Point, other: Plan) -> Point:
    """Return of the plans with the best x the one with the best y.

    Cost tells all plans apart; any other objective leaves many a line or tonne that it does not
    count, and the steps of the front would start from an arbitrary one of them.
    """
    started = time.monotonic()
    slack = ROUNDING * abs(first.x) * (1 if search.x.less_is_better else -1)
    data = limited(search.data, search.x, first.x + slack)
    plan = search.best(data, search.y, [first.plan, other])
    found = search.point(plan, None, first.seconds + time.monotonic() - started)
    status = "limit" if "limit" in (first.status, plan.status) else "optimal"
    return replace(found, bound=first.bound, status=status)


def limits(start: float, end: float, count: int) -> list[float]:
    """Return what y is held to, in equal steps from `start`, which is left out, to `end`.

    The last lets the rounding of the best plan's own y pass. None where both ends are the same.
    """
    span = end - start
    if abs(span) <= ROUNDING * max(abs(start), abs(end)):
        return []
    steps = np.linspace(start, end, count)[1:]
    steps[-1] = end - ROUNDING * span
    return [float(step) for step in steps]


def limited_point(search: Search, limit: float, known: Sequence[Plan]) -> Point | None:
    """Return the best plan for x within `limit` of y; None where there is none."""
    started = time.monotonic()
    try:
        plan = search.best(limited(search.data, search.y, limit), search.x, known)
    except NoPlanError:
        return None
    return search.point(plan, limit, time.monotonic() - started)


def limited(data: Instance, objective: Objective, limit: float) -> Instance:
    """Return `data` with a limit on `objective` over the horizon, beside limits it has."""
    rows = data.horizon_limits.copy()
    if objective.quantity not in rows.index:
        rows.loc[objective.quantity] = {"at_least": -np.inf, "at_most": np.inf}
    tighter = min if objective.limit == "at_most" else max
    at = (objective.quantity, objective.limit)
    rows.loc[at] = tighter(float(rows.loc[at]), limit)
    return replace(data, horizon_limits=rows.rename_axis("quantity"))


def undominated(
    points: Sequence[Point], x: Objective, y: Objective
) -> tuple[list[Point], list[Point]]:
    """Return the points that no other is better than, from the best x on, and the rest."""
    found = np.array([[p.x, p.y] for p in points])
    costs = found * [1 if x.less_is_better else -1, 1 if y.less_is_better else -1]
    slack = ROUNDING * np.maximum(np.ptp(costs, axis=0), ROUNDING * np.abs(costs).max(axis=0))
    order = np.lexsort((costs[:, 1], np.round(costs[:, 0] / (slack[0] or 1.0))))
    kept: list[int] = []
    for n in order:
        if not kept or costs[n, 1] < costs[kept[-1], 1] - slack[1]:
            kept.append(int(n))
    return [points[n] for n in kept], [points[n] for n in order if n not in kept]
