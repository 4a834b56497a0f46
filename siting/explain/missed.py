"""Targets and contracts that the cheapest plan misses: because they cannot be met, or cost more."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from siting.explain.clash import Clash, clashes
from siting.explain.system import NOTHING
from siting.solve.matrix import UNIT

if TYPE_CHECKING:
    from models.slack import Limit
    from siting.explain.system import System
    from siting.solve.effort import Progress
    from siting.solve.highs import Answer

MOST_MISSED = 6
"""Of those missed so many are looked into, the largest shortfalls first."""


@dataclass(frozen=True)
class Missed:
    """A target or contract that the plan misses.

    Attributes
    ----------
    shortfall_t : what is missing in the plan [t/yr].
    penalty_jpy : what that costs in the plan, present value [JPY].
    clash : what stands in its way; None where it could be met, or was not looked into.
    extra_jpy : what meeting it costs beyond the plan without the penalty; NaN if it cannot be met.
    """

    limit: Limit
    shortfall_t: float
    penalty_jpy: float
    clash: Clash | None = None
    extra_jpy: float = math.nan


def missed_limits(
    system: System, plain: System, plan: Answer, progress: Progress
) -> tuple[Missed, ...]:
    """Return the soft limits that `plan` misses, the largest shortfalls first.

    Parameters
    ----------
    system : with room for more lines than hubs have; plain : without, `plan` is the cheapest of it.
    """
    cost, found = plain.form.cost, []
    for limit, columns in zip(plain.limits, plain.columns, strict=True):
        shortfall_t = float(plan.x[columns].sum()) if limit.is_soft else 0.0
        if shortfall_t > NOTHING * limit.scale:
            penalty_jpy = float(cost[columns] @ plan.x[columns]) * UNIT["cost"]
            found.append(Missed(limit, shortfall_t, penalty_jpy))
    found.sort(key=lambda miss: -miss.shortfall_t)
    told = []
    for number, miss in enumerate(found):
        progress(f"missed target {number + 1} of {len(found)}")
        looks = number < MOST_MISSED
        told.append(looked_into(system, plain, plan, miss, progress) if looks else miss)
    return tuple(told)


def looked_into(
    system: System, plain: System, plan: Answer, miss: Missed, progress: Progress
) -> Missed:
    """Return `miss` with why: what it would cost to meet it, or what stands in its way."""
    here = position(plain, miss.limit)
    answer = plain.cheapest(plain.hard | {here})
    if answer is not None:
        return replace(miss, extra_jpy=answer.objective - plan.objective + miss.penalty_jpy)
    asked = system.hard | {position(system, miss.limit)}
    found = clashes(system, asked, progress)
    return replace(miss, clash=found[0] if found else None)


def position(system: System, limit: Limit) -> int:
    """Return where `limit` is in `system`."""
    return next(i for i, other in enumerate(system.limits) if other.key == limit.key)
