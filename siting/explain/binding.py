"""The limits that bind the cheapest plan, and what it is worth to loosen each by a step.

A limit on amounts has a price at the margin: its dual with the lines of the plan fixed, as in
``prices.csv``. One on whole lines, sites or land has none: there the plan is found anew with the
limit a step looser. In a relaxation all of them have duals.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.slack import key_of
from siting.errors import NoPlanError
from siting.explain.change import applied, changed
from siting.explain.system import NOTHING, system_of
from siting.solve.highs import relax
from siting.solve.matrix import UNIT, with_lines

if TYPE_CHECKING:
    import numpy.typing as npt

    from models.instance import Instance
    from models.slack import Limit
    from siting.explain.change import Change
    from siting.explain.system import System
    from siting.solve.highs import Answer
    from siting.solve.matrix import Array

TIGHT = 1e-6
"""A row this near its limit, relative to it, binds [-]."""

LEAST_JPY = 1.0
"""What is worth less is worth nothing [JPY]."""

LONGEST_S = 120.0
"""Time for finding plans anew; limits that it does not reach are not priced [s]."""

SHARE_STEP = 0.01
"""Step of a share of what arises [-]."""

QUANTITY_STEPS = {"cost_jpy": 1e6, "kgco2e": 1e3}
"""Step of a limited quantity, in its unit; of the others 1."""

MARGIN, ANEW, RELAXED = "lines_fixed", "solved_again", "relaxation"


@dataclass(frozen=True)
class Binding:
    """A limit that binds.

    Attributes
    ----------
    step : how much looser it is made, in its unit.
    worth_jpy : what the plan then costs less, present value [JPY]; NaN where time was short.
    basis : ``lines_fixed``, ``solved_again`` or ``relaxation``.
    """

    limit: Limit
    step: float
    worth_jpy: float
    basis: str


def binding_limits(system: System, plan: Answer) -> list[Binding]:
    """Return the limits that bind `plan` and are worth loosening, those worth most first.

    Those for which time was short come last.
    """
    duals = plan.duals
    if not system.is_large:
        fixed = with_lines(system.bounded(system.hard, soft=True), plan.x)
        duals = relax(fixed).duals * UNIT["cost"]
    saved = duals @ system.form.a
    tight = tight_rows(system, plan.x)
    left_s, found = LONGEST_S, []
    for limit, columns in zip(system.limits, system.columns, strict=True):
        rows = np.unique(system.form.a[:, columns].nonzero()[0])
        is_missed = limit.is_soft and plan.x[columns].sum() > NOTHING * limit.scale
        if is_missed or not tight[rows].any():
            continue
        if limit.is_about_lines and not system.is_large:
            started = time.monotonic()
            found.append(found_anew(system, limit, plan, left_s))
            left_s -= time.monotonic() - started
        else:
            step, units = margin(system, limit)
            basis = RELAXED if system.is_large else MARGIN
            found.append(Binding(limit, step, float(saved[columns] @ units), basis))
    telling = [b for b in found if not b.worth_jpy < LEAST_JPY]
    return sorted(telling, key=lambda b: (math.isnan(b.worth_jpy), -b.worth_jpy, b.limit.key))


def tight_rows(system: System, x: Array) -> npt.NDArray[np.bool_]:
    """Return which rows are at their limit in the solution `x`."""
    form = system.form
    activity = form.a @ x
    found = np.zeros(len(activity), dtype=bool)
    for side in (form.row_lower, form.row_upper):
        finite = np.isfinite(side)
        near = np.abs(activity[finite] - side[finite]) <= TIGHT * np.maximum(1, abs(side[finite]))
        found[finite] |= near
    return found


def margin(system: System, limit: Limit) -> tuple[float, Array]:
    """Return the step of `limit` and what it is in units of each of its slacks."""
    ones = np.ones(len(limit.slacks))
    if limit.is_about_lines:
        step = line_step(system.data, limit)
        return step, ones * step
    if limit.kind == "supply.collectable_share":
        supply_t = system.data.supply.loc[list(limit.rows), "supply_t"].to_numpy(float)
        return SHARE_STEP, supply_t * SHARE_STEP
    step = QUANTITY_STEPS.get(limit.rows[0][0], 1.0) if "limits" in limit.table else 1.0
    return step, ones * step


def line_step(data: Instance, limit: Limit) -> float:
    """Return the least that can make a difference: a line, a site, the land or price of a line."""
    if limit.kind == "sites.plot_m2":
        land_m2 = data.hubs["land_m2"].xs(limit.rows[0][0], level="site")
        return float(land_m2[land_m2 > 0].min())
    if limit.kind == "budgets.max_opening_jpy":
        opening_jpy = data.hubs["opening_jpy"][data.hubs["stands"] == 0]
        return float(opening_jpy[opening_jpy > 0].min()) if (opening_jpy > 0).any() else 1.0
    return 1.0


def found_anew(system: System, limit: Limit, plan: Answer, left_s: float) -> Binding:
    """Return what a step of `limit` saves, by finding the plan anew within `left_s` [s]."""
    step = line_step(system.data, limit)
    if left_s <= 0:
        return Binding(limit, step, math.nan, ANEW)
    changes = looser(system.data, limit, step)
    if not changes:
        return Binding(limit, step, 0.0, ANEW)
    limit_s = min(left_s, system.time_limit_s)
    fresh = system_of(applied(system.data, changes), roomy=False, time_limit_s=limit_s)
    try:
        answer = fresh.cheapest(fresh.hard, gap=0.0)
    except NoPlanError:
        return Binding(limit, step, math.nan, ANEW)
    saved = plan.objective - answer.objective if answer else math.nan
    return Binding(limit, step, saved, ANEW)


def looser(data: Instance, limit: Limit, step: float) -> list[Change]:
    """Return the changes that make `limit` a `step` looser; none where there is no step left."""
    if limit.kind == "incompatible":
        return [changed(limit, limit.rows[0], None)]
    if limit.kind == "hubs.may_close":
        return [changed(limit, limit.rows[0], 1.0)]
    if limit.kind == "hubs.earliest_period":
        before = [t for t in data.periods.index if t < limit.amount]
        return [changed(limit, limit.rows[0], float(before[-1]))]
    sign = -1.0 if limit.column in ("min_lines", "at_least") else 1.0
    said = getattr(data, limit.table)[limit.column].astype(float)
    olds = [(row, float(said[key_of(row)])) for row in limit.rows]
    return [changed(limit, row, old + sign * step, old) for row, old in olds]
