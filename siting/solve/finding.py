"""From what was found to a plan: flows for the whole, the proof, and the prices they imply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd
import pyomo.environ as pyo

from models.plan import status_of
from models.reading import read_plan
from siting.solve.matrix import UNIT, load
from siting.solve.short_run import short_run_prices

if TYPE_CHECKING:
    from models.instance import Instance
    from models.plan import Plan
    from siting.solve.effort import Effort
    from siting.solve.highs import Answer
    from siting.solve.line import Built
    from siting.solve.matrix import Array


@dataclass(frozen=True)
class Duals:
    """The multipliers behind a bound: duals of the rows of a model."""

    built: Built
    of_rows: Array


@dataclass(frozen=True)
class Found:
    """What one part's search ended with, in units of the objective.

    Attributes
    ----------
    core : the part with the arcs that `built` holds.
    answer : flows for the lines chosen, with their duals.
    bound : valid for every arc of the part.
    duals : what the bound rests on.
    known : what each earlier plan costs here.
    """

    core: Instance
    built: Built
    answer: Answer
    bound: float
    duals: Duals
    known: tuple[float, ...] = ()
    interrupted: bool = False


def plan_of(
    data: Instance, found: Found, name: str, objective: str, effort: Effort, solve_s: float
) -> Plan:
    """Return what was found for the part `data` as a plan."""
    load(found.built.form, found.answer.x)
    unit = UNIT[objective]
    value, bound = found.answer.objective * unit, min(found.bound, found.answer.objective) * unit
    proof = pd.DataFrame(
        {
            "status": "limit" if found.interrupted else status_of(value, bound, effort.gap),
            "bound_jpy": bound,
            "arcs": len(data.arcs),
            "core_arcs": len(found.core.arcs),
            "solve_s": solve_s,
        },
        index=pd.Index([name], name="commodities"),
    )
    plan = read_plan(found.built.m, found.core, proof, target_fees(found, objective), objective)
    return replace(
        plan,
        multipliers=multipliers(found.duals, name, objective),
        known_jpy=tuple(value * unit for value in found.known),
        prices=short_run_prices(found, objective),
    )


def multipliers(duals: Duals, part: str, objective: str) -> pd.DataFrame:
    """Return the dual of every row of the relaxation of `part` [JPY per unit of the row].

    The balances of merged sources are left out: their best values follow from the others.
    """
    built = duals.built
    rows = [
        (law.name, "|".join(map(str, index if isinstance(index, tuple) else (index,))), dual)
        for law in built.m.component_objects(pyo.Constraint)
        for index, constraint in law.items()
        for row in built.form.rows_of(constraint)
        if (dual := duals.of_rows[row]) != 0.0
    ]
    table = pd.DataFrame(rows, columns=["law", "index", "dual_jpy"])
    table = table.assign(part=part, dual_jpy=table["dual_jpy"] * UNIT[objective])
    return table.set_index(["part", "law", "index"]).sort_index()


def target_fees(found: Found, objective: str) -> pd.Series:
    """Return the fee that makes the market reach each target, capacity cost included [JPY/t].

    It is the dual of the target in the relaxation, undiscounted to a year of its period; no fee
    where the objective is not money.
    """
    built, data = found.duals.built, found.core
    if objective != "cost":
        return pd.Series(0.0, index=data.targets.index)
    discount_yr = data.periods["discount_yr"]
    fees = {
        index: -found.duals.of_rows[row] * UNIT[objective] / discount_yr[index[-1]]
        for index, constraint in built.m.target_is_met.items()
        for row in built.form.rows_of(constraint)
    }
    return pd.Series(fees, dtype=float).reindex(data.targets.index, fill_value=0.0)
