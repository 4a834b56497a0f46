"""From what was found to a plan: flows for the whole, the proof, and the prices they imply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyomo.environ as pyo

from models.objective import OBJECTIVES
from models.plan import status_of
from models.reading import read_plan
from siting.solve.matrix import UNIT, load
from siting.solve.short_run import short_run_prices
from siting.solve.worth import balance_signs

if TYPE_CHECKING:
    from models.instance import Instance
    from models.plan import Plan
    from siting.solve.effort import Effort
    from siting.solve.highs import Answer
    from siting.solve.line import Built
    from siting.solve.matrix import Array

BALANCE = "site_balance"

BY_SOURCE = "all_supply_is_placed"

SHORTFALLS = {
    "shortfall": "target_is_met",
    "regional_shortfall": "regional_target_is_met",
    "contract_shortfall": "contract_is_met",
}
"""What is missing to the law that says so."""

SAME = 1e-9
"""A bound nearer than this share to what multipliers prove is what they prove [-]."""


@dataclass(frozen=True)
class Duals:
    """The multipliers behind a bound: duals of the rows of a model.

    Attributes
    ----------
    named : law, index and multiplier of what is no row there.
    """

    built: Built
    of_rows: Array
    named: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True)
class Found:
    """What one part's search ended with, in units of the objective.

    Attributes
    ----------
    core : the part with the arcs that `built` holds.
    answer : flows for the lines chosen, with their duals.
    bound : valid for every arc of the part.
    fees : (commodity, period) what makes the market reach each target [JPY/t].
    multipliers : (law, index) dual_jpy, that anyone can check; certified : what they prove.
    known : what each earlier plan costs here.
    """

    core: Instance
    built: Built
    answer: Answer
    bound: float
    fees: pd.Series
    multipliers: pd.DataFrame
    certified: float
    known: tuple[float, ...] = ()
    interrupted: bool = False


def plan_of(data: Instance, found: Found, name: str, objective: str, effort: Effort) -> Plan:
    """Return what was found for the part `data` as a plan."""
    load(found.built.form, found.answer.x)
    if objective != "cost":
        miss_no_more(found.built.m, found.core)
    unit = UNIT[objective]
    value, bound = found.answer.objective * unit, min(found.bound, found.answer.objective) * unit
    rests_on_search = found.bound - found.certified > SAME * abs(found.bound)
    proof = pd.DataFrame(
        {
            "status": "limit" if found.interrupted else status_of(value, bound, effort.gap),
            "bound_jpy": bound,
            "arcs": len(data.arcs),
            "core_arcs": len(found.core.arcs),
            "rests_on": "search" if rests_on_search else "certificate",
            "certified_value": OBJECTIVES[objective][1] * found.certified * unit,
        },
        index=pd.Index([name], name="commodities"),
    )
    plan = read_plan(found.built.m, found.core, proof, found.fees, objective)
    return replace(
        plan,
        multipliers=pd.concat({name: found.multipliers}, names=["part"]).sort_index(),
        known_jpy=tuple(value * unit for value in found.known),
        prices=short_run_prices(found, objective),
    )


def miss_no_more(m: pyo.ConcreteModel, data: Instance) -> None:
    """Set what misses targets and contracts to what is missing, where it costs the plan nothing.

    Where cost does not decide, any larger shortfall is as good, and the plan would pay for it.
    """
    for table in (data.limits, data.horizon_limits):
        floors = table["at_least"][table.index.get_level_values("quantity") == "cost_jpy"]
        if np.isfinite(floors).any():
            return
    for variable, law in SHORTFALLS.items():
        for index, missing in m.component(variable).items():
            missing.set_value(0.0, skip_validation=True)
            missing.set_value(max(-m.component(law)[index].slack(), 0.0), skip_validation=True)


def multipliers(duals: Duals, objective: str) -> pd.DataFrame:
    """Return the multiplier of every law that has one, by (law, index) [JPY per unit of the row].

    Those of a site's balance are what a tonne more there would save. They are there even where
    they are zero: parts that share a by-product must agree what it is worth. Balances of sources
    follow from the others, and those of merged ones say nothing of single ones: they are there
    only where prices of single ones were found.
    """
    built, signs = duals.built, balance_signs(duals.built)
    rows = [
        (law.name, row_name(index),
         duals.of_rows[row] * (signs[index] if law.name == BALANCE else 1.0))
        for law in built.m.component_objects(pyo.Constraint)
        if law.name != BY_SOURCE
        for index, constraint in law.items()
        for row in built.form.rows_of(constraint)
        if law.name == BALANCE or duals.of_rows[row] != 0.0
    ]  # fmt: skip
    table = pd.DataFrame([*rows, *duals.named], columns=["law", "index", "dual_jpy"])
    table = table.assign(dual_jpy=table["dual_jpy"] * UNIT[objective])
    return table.set_index(["law", "index"]).sort_index()


def row_name(index: object) -> str:
    """Return the index of a law as certificates name it, joined by ``|``."""
    return "|".join(map(str, index if isinstance(index, tuple) else (index,)))


def target_fees(duals: Duals, data: Instance, objective: str) -> pd.Series:
    """Return the fee that makes the market reach each target, capacity cost included [JPY/t].

    It is the dual of the target in the relaxation, undiscounted to a year of its period; no fee
    where the objective is not money.
    """
    if objective != "cost":
        return pd.Series(0.0, index=data.targets.index)
    discount_yr = data.periods["discount_yr"]
    fees = {
        index: -duals.of_rows[row] * UNIT[objective] / discount_yr[index[-1]]
        for index, constraint in duals.built.m.target_is_met.items()
        for row in duals.built.form.rows_of(constraint)
    }
    return pd.Series(fees, dtype=float).reindex(data.targets.index, fill_value=0.0)
