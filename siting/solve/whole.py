"""Solve each independent part by the strategy that suits it, and join the plans."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from models.plan import Plan, merged
from siting.solve.arc import undominated
from siting.solve.certified import certified
from siting.solve.direct import direct, is_small
from siting.solve.finding import plan_of
from siting.solve.part import independent_parts
from siting.solve.warm import SHARE, warm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.finding import Found
    from siting.solve.line import Known
    from siting.solve.start import Start


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
    """
    parts = [undominated(part, objective) for part in independent_parts(data)]
    left_s, plans = effort.time_limit_s, []
    for number, part in enumerate(parts):
        share = replace(effort, time_limit_s=left_s / (len(parts) - number))
        started = time.monotonic()
        plans.append(solve_part(part, share, progress, known, objective, start))
        left_s = max(left_s - min(time.monotonic() - started, share.time_limit_s), 1.0)
    return merged(plans, effort.gap)


def solve_part(
    data: Instance,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
    objective: str,
    start: Start | None = None,
) -> Plan:
    """Return the best plan of one independent part."""
    started = time.monotonic()
    name = " + ".join(data.supply.index.unique("commodity"))

    def told(step: str) -> None:
        progress(f"{name}: {step}")

    found = found_by(data, effort, told, known, objective, start)
    plan = plan_of(data, found, name, objective, effort, time.monotonic() - started)
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
    if effort.strategy == "direct" or (effort.strategy == "auto" and is_small(data)):
        more = [start.plan] if start and not any(plan is start.plan for plan in known) else []
        if start and start.keeps_prices:
            effort = replace(effort, time_limit_s=max(effort.time_limit_s * SHARE, LEAST_S))
        found = direct(data, effort, progress, [*known, *more], objective)
        return replace(found, known=found.known[: len(known)])
    if start and start.keeps_prices:
        return warm(data, effort, progress, known, objective, start)
    return certified(data, effort, progress, known, objective, start)
