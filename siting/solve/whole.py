"""Solve each independent part by the strategy that suits it, and join the plans."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.plan import Plan, merged
from siting.solve.arc import undominated
from siting.solve.certified import certified
from siting.solve.direct import direct, is_small
from siting.solve.finding import plan_of
from siting.solve.joint.joint import LARGE, joint
from siting.solve.memory import require_memory
from siting.solve.part import independent_parts, name_of
from siting.solve.warm import SHARE, warm
from siting.solve.work import Limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.finding import Found
    from siting.solve.line import Known
    from siting.solve.start import Start

MOST_NAMED = 3
"""A part where more is collected is told of by their number."""

LEAST_S = 10.0
"""Shortest search of a small part from an earlier plan [s]."""


def solve(
    data: Instance,
    effort: Effort,
    progress: Progress = lambda _: None,
    known: Sequence[Known] = (),
    objective: str = "cost",
    start: Start | None = None,
) -> Plan:
    """Return the best plan found for `data`, with a bound valid for all its arcs.

    Each part may search for its share of the time; what one leaves the next ones use. The plan
    costs no more than any of `known`, earlier plans or their tables of hubs, would on `data`.

    Parameters
    ----------
    start : prices and plan of a solve of much the same study, which this one goes on from.

    Raises
    ------
    NoPlanError
        If nothing meets every limit of the instance.
    EndlessPlanError
        If the objective falls without end.
    MemoryShortError
        If the machine has too little memory left.
    """
    parts = [undominated(part, objective) for part in independent_parts(data)]
    strategies = [(part, strategy_of(part, effort)) for part in parts]
    require_memory(strategies, effort.arcs_per_source, progress)
    left_s, plans = effort.time_limit_s, []
    for number, part in enumerate(parts):
        share = replace(effort, time_limit_s=left_s / (len(parts) - number))
        limit = Limit(share.time_limit_s)
        plans.append(solve_part(part, share, progress, known, objective, start))
        left_s = max(left_s - min(limit.used_s, limit.seconds), 1.0)
    return merged(plans, effort.gap)


def strategy_of(data: Instance, effort: Effort) -> str:
    """Return the strategy for the part `data`: that of `effort`, or by size."""
    if effort.strategy != "auto":
        return effort.strategy
    large = "joint" if len(data.arcs) >= LARGE else "certified"
    return "direct" if is_small(data) else large


def solve_part(
    data: Instance,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
    objective: str,
    start: Start | None = None,
) -> Plan:
    """Return the best plan of one independent part."""
    name, kinds = name_of(data), data.supply.index.unique("commodity").size
    short = name if kinds <= MOST_NAMED else f"{kinds} commodities"

    def told(step: str) -> None:
        progress(f"{short}: {step}")

    found = found_by(data, effort, told, known, objective, start)
    plan = plan_of(data, found, name, objective, effort)
    told(f"plan {plan.objective_jpy / 1e8:,.1f} x 100 M JPY, gap {plan.gap:.2%}")
    return plan


def found_by(
    data: Instance,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
    objective: str,
    start: Start | None,
) -> Found:
    """Return what the strategy that suits `data` finds, from `start` if there is one."""
    strategy = strategy_of(data, effort)
    if strategy == "direct":
        more = [start.plan] if start and not any(plan is start.plan for plan in known) else []
        if start and start.keeps_prices:
            effort = replace(effort, time_limit_s=max(effort.time_limit_s * SHARE, LEAST_S))
        found = direct(data, effort, progress, [*known, *more], objective)
        return replace(found, known=found.known[: len(known)])
    if strategy == "joint":
        return joint(data, effort, progress, known, objective, start)
    if start and start.keeps_prices:
        return warm(data, effort, progress, known, objective, start)
    return certified(data, effort, progress, known, objective, start)
