"""Solve each independent part: relaxation and bound over all arcs, then the best plan in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.build import build_model
from models.plan import Plan, gap, merged, read_plan
from siting.solve.core import collecting, most_saved, nearest_arcs, reduced_cost, undominated
from siting.solve.highs import Answer, relax, rounded_up, search, with_lines
from siting.solve.matrix import JPY_PER_UNIT, Matrix, load, matrix
from siting.solve.part import independent_parts

if TYPE_CHECKING:
    import pyomo.environ as pyo

    from models.instance import Instance

WORTH_ADDING = 1e-4
"""Arcs left out are brought in while they could save more than this share of the objective."""

MOST_ROUNDS = 3

ROUNDING = 1e-9
"""A gap this much over the tolerance is the tolerance [-]."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Attributes
    ----------
    gap : stop when (objective - bound) / |objective| is no larger [-].
    time_limit_s : wall-clock seconds for the search over all parts, after their relaxations [s].
    arcs_per_source : arcs per source and commodity the model starts with; the bound covers all.
    """

    gap: float = 0.005
    time_limit_s: float = 300.0
    arcs_per_source: int = 12


@dataclass(frozen=True)
class Relaxed:
    """The model of a part on its core arcs, its relaxation, and a bound for all arcs.

    Attributes
    ----------
    core : the part with the arcs the model holds.
    bound : valid for every arc of the part [millions of JPY].
    """

    core: Instance
    m: pyo.ConcreteModel
    form: Matrix
    answer: Answer
    bound: float


def solve(data: Instance, effort: Effort, progress: Progress = lambda _: None) -> Plan:
    """Return the best plan found for `data`, with a bound valid for all its arcs."""
    parts = [undominated(part) for part in independent_parts(data)]
    share = replace(effort, time_limit_s=effort.time_limit_s / len(parts))
    return merged([solve_part(part, share, progress) for part in parts])


def solve_part(data: Instance, effort: Effort, progress: Progress) -> Plan:
    """Return the best plan of one independent part."""
    started = time.monotonic()
    name = " + ".join(data.supply.index.unique("commodity"))
    relaxed = relaxation(data, effort.arcs_per_source, lambda step: progress(f"{name}: {step}"))
    form = relaxed.form

    def heard(incumbent: float, _: float) -> None:
        reached = gap(incumbent, relaxed.bound)
        progress(f"{name}: plan {incumbent / 100:,.1f} 億円, gap {reached:.2%}")

    start = relax(with_lines(form, rounded_up(form, relaxed.answer.x))).x
    found = search(form, start, effort.gap, effort.time_limit_s, heard)
    bound = relaxed.bound
    if len(relaxed.core.arcs) == len(data.arcs):
        bound = max(bound, found.bound)
    load(form, relax(with_lines(form, found.x)).x)
    proven = gap(found.objective, bound) <= effort.gap + ROUNDING
    proof = pd.DataFrame(
        {
            "status": "optimal" if proven else "limit",
            "bound_jpy": bound * JPY_PER_UNIT,
            "arcs": len(data.arcs),
            "core_arcs": len(relaxed.core.arcs),
            "solve_s": time.monotonic() - started,
        },
        index=pd.Index([name], name="commodities"),
    )
    return read_plan(relaxed.m, relaxed.core, proof, target_fees(relaxed))


def relaxation(data: Instance, arcs_per_source: int, progress: Progress) -> Relaxed:
    """Return the relaxation on core arcs, bringing arcs in until the rest cannot matter."""
    kept = nearest_arcs(data, arcs_per_source)
    for _ in range(MOST_ROUNDS):
        core = data.with_arcs(kept)
        progress(f"building the model, {len(core.arcs):,} of {len(data.arcs):,} arcs")
        m = build_model(core)
        form = matrix(m)
        rows, columns = form.a.shape
        progress(f"relaxation, {columns:,} columns, {rows:,} rows")
        answer = relax(form)
        reduced = reduced_cost(data, m, form, answer.duals)
        saved = most_saved(data, reduced)
        if saved <= WORTH_ADDING * abs(answer.objective):
            break
        kept[np.flatnonzero(collecting(data))[(reduced < 0).any(axis=1)]] = True
    return Relaxed(core, m, form, answer, answer.objective - saved)


def target_fees(relaxed: Relaxed) -> pd.Series:
    """Return the fee that makes the market reach each target, capacity cost included [JPY/t].

    It is the dual of the target in the relaxation, undiscounted to a year of its period.
    """
    m, form, data = relaxed.m, relaxed.form, relaxed.core
    fees = {
        (k, t): -relaxed.answer.duals[form.rows[id(row)]]
        * JPY_PER_UNIT
        / data.periods.loc[t, "discount_yr"]
        for (k, t), row in m.target_is_met.items()
        if id(row) in form.rows
    }
    return pd.Series(fees, dtype=float).reindex(data.targets.index, fill_value=0.0)
