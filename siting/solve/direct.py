"""Solve each independent part: relaxation and bound over all arcs, then the best plan in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyomo.environ as pyo

from models.build import build_model
from models.plan import Plan, merged, read_plan, status_of
from siting.solve.arc import collecting, most_saved, nearest_arcs, reduced_cost, undominated
from siting.solve.cluster import clustered
from siting.solve.highs import Answer, relax, rounded_up, search, with_lines
from siting.solve.matrix import JPY_PER_UNIT, Matrix, load, matrix
from siting.solve.part import independent_parts

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.solve.matrix import Array

WORTH_ADDING = 1e-3
"""Arcs left out are brought in while they could save more than this share of the objective."""

MOST_ROUNDS = 3

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Attributes
    ----------
    gap : stop when (objective - bound) / |objective| is no larger [-].
    time_limit_s : wall-clock seconds for the search over all parts, after their relaxations [s].
    arcs_per_source : arcs per source and commodity the model starts with; the bound covers all.
    clusters : sources of a commodity are merged into so many while lines are searched for; the
        plan is made and costed with all sources.
    """

    gap: float = 0.005
    time_limit_s: float = 150.0
    arcs_per_source: int = 12
    clusters: int = 200


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
    """Return the best plan found for `data`, with a bound valid for all its arcs.

    Each part may search for its share of the time; what one leaves the next ones use.
    """
    parts = [undominated(part) for part in independent_parts(data)]
    left_s, plans = effort.time_limit_s, []
    for number, part in enumerate(parts):
        share = replace(effort, time_limit_s=left_s / (len(parts) - number))
        plan, searched_s = solve_part(part, share, progress)
        left_s = max(left_s - searched_s, 1.0)
        plans.append(plan)
    return merged(plans, effort.gap)


def solve_part(data: Instance, effort: Effort, progress: Progress) -> tuple[Plan, float]:
    """Return the best plan of one independent part, and how long the search took [s]."""
    started = time.monotonic()
    name = " + ".join(data.supply.index.unique("commodity"))

    def told(step: str) -> None:
        progress(f"{name}: {step}")

    relaxed = relaxation(data, effort.arcs_per_source, told)
    searching = time.monotonic()
    lines, bound = searched(data, relaxed, effort, told)
    searched_s = time.monotonic() - searching
    carried = relax(with_lines(relaxed.form, lines))
    load(relaxed.form, carried.x)
    proof = pd.DataFrame(
        {
            "status": status_of(carried.objective * JPY_PER_UNIT, bound * JPY_PER_UNIT, effort.gap),
            "bound_jpy": bound * JPY_PER_UNIT,
            "arcs": len(data.arcs),
            "core_arcs": len(relaxed.core.arcs),
            "solve_s": time.monotonic() - started,
        },
        index=pd.Index([name], name="commodities"),
    )
    plan = read_plan(relaxed.m, relaxed.core, proof, target_fees(relaxed))
    plan = replace(plan, multipliers=multipliers(relaxed, name))
    told(f"plan {plan.objective_jpy / 1e8:,.1f} x 100 M JPY, gap {plan.gap:.2%}")
    return plan, searched_s


def searched(
    data: Instance, relaxed: Relaxed, effort: Effort, progress: Progress
) -> tuple[Array, float]:
    """Return the lines of the best plan found, as columns of the relaxation, and the bound.

    Where sources were merged or arcs left out, the search's own bound is that of another model;
    then only the relaxation's counts.
    """

    def heard(incumbent: float, bound: float) -> None:
        progress(f"search, plan {incumbent / 100:,.1f}, bound {bound / 100:,.1f} x 100 M JPY")

    small = clustered(data, effort.clusters)
    if small is data:
        m, form = relaxed.m, relaxed.form
    else:
        m = build_model(small.with_arcs(nearest_arcs(small, effort.arcs_per_source)))
        form = matrix(m)
    start = relax(with_lines(form, rounded_up(form, relax(form).x)))
    found = search(form, start.x, effort.gap, effort.time_limit_s, heard)
    whole = small is data and len(relaxed.core.arcs) == len(data.arcs)
    bound = max(relaxed.bound, found.bound) if whole else relaxed.bound
    return lines_on(relaxed, m, form, found.x), bound


def lines_on(relaxed: Relaxed, m: pyo.ConcreteModel, form: Matrix, x: Array) -> Array:
    """Return columns of `relaxed` that run the lines `x` runs on the model `m`."""
    lines = {hub: x[position] for hub, position in line_columns(m, form).items()}
    values = np.zeros(len(relaxed.form.columns))
    for hub, position in line_columns(relaxed.m, relaxed.form).items():
        values[position] = lines.get(hub, 0.0)
    return values


def line_columns(m: pyo.ConcreteModel, form: Matrix) -> dict[tuple[str, str, str, int], int]:
    """Return the column of each ``run_hub`` of `m`."""
    column = {id(variable): position for position, variable in enumerate(form.columns)}
    return {hub: column[id(v)] for hub, v in m.run_hub.items() if id(v) in column}


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


def multipliers(relaxed: Relaxed, part: str) -> pd.DataFrame:
    """Return the dual of every row of the relaxation of `part` [JPY per unit of the row]."""
    rows = [
        (law.name, "|".join(map(str, index if isinstance(index, tuple) else (index,))), dual)
        for law in relaxed.m.component_objects(pyo.Constraint)
        for index, row in law.items()
        if id(row) in relaxed.form.rows
        and (dual := relaxed.answer.duals[relaxed.form.rows[id(row)]]) != 0.0
    ]
    table = pd.DataFrame(rows, columns=["law", "index", "dual_jpy"])
    table = table.assign(part=part, dual_jpy=table["dual_jpy"] * JPY_PER_UNIT)
    return table.set_index(["part", "law", "index"])


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
