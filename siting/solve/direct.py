"""Solve each independent part: relaxation and bound over all arcs, then the best plan in time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyomo.environ as pyo

from models.build import build_model
from models.plan import Plan, merged, read_plan, status_of
from siting.solve.arc import collecting, most_saved, nearest_arcs, reduced_cost, undominated
from siting.solve.cluster import clustered
from siting.solve.highs import Answer, relax, search
from siting.solve.line import Built, Known, Running, best_of, known_lines, starts, without_services
from siting.solve.matrix import JPY_PER_UNIT, load, matrix
from siting.solve.part import independent_parts

if TYPE_CHECKING:
    import numpy.typing as npt

    from models.instance import Instance

WORTH_ADDING = 1e-3
"""Arcs left out are brought in while they could save more than this share of the objective."""

MOST_ROUNDS = 3

KNOWN_SHARE = 0.1
"""Share of the search's time that services are searched for, for each known table of hubs [-]."""

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
    built : the model of `core`.
    bound : valid for every arc of the part [millions of JPY].
    """

    core: Instance
    built: Built
    answer: Answer
    bound: float


def solve(
    data: Instance,
    effort: Effort,
    progress: Progress = lambda _: None,
    known: Sequence[Known] = (),
) -> Plan:
    """Return the best plan found for `data`, with a bound valid for all its arcs.

    Each part may search for its share of the time; what one leaves the next ones use. The plan
    costs no more than any of `known`, earlier plans or their tables of hubs, would on `data`.
    """
    parts = [undominated(part) for part in independent_parts(data)]
    left_s, plans = effort.time_limit_s, []
    for number, part in enumerate(parts):
        share = replace(effort, time_limit_s=left_s / (len(parts) - number))
        plan, searched_s = solve_part(part, share, progress, known)
        left_s = max(left_s - searched_s, 1.0)
        plans.append(plan)
    return merged(plans, effort.gap)


def solve_part(
    data: Instance, effort: Effort, progress: Progress, known: Sequence[Known] = ()
) -> tuple[Plan, float]:
    """Return the best plan of one independent part, and how long the search took [s]."""
    started = time.monotonic()
    name = " + ".join(data.supply.index.unique("commodity"))

    def told(step: str) -> None:
        progress(f"{name}: {step}")

    kept = nearest_arcs(data, effort.arcs_per_source) | used_before(data, known)
    relaxed = relaxation(data, kept, told)
    built = relaxed.built
    searching = time.monotonic()
    choices, earlier, bound = searched(data, relaxed, effort, told, known)
    searched_s = time.monotonic() - searching
    replayed = [best_of(built, running) for running in earlier]
    carried = min([best_of(built, choices), *replayed], key=lambda answer: answer.objective)
    load(built.form, carried.x)
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
    plan = read_plan(built.m, relaxed.core, proof, target_fees(relaxed))
    plan = replace(
        plan,
        multipliers=multipliers(relaxed, name),
        known_jpy=tuple(answer.objective * JPY_PER_UNIT for answer in replayed),
    )
    told(f"plan {plan.objective_jpy / 1e8:,.1f} x 100 M JPY, gap {plan.gap:.2%}")
    return plan, searched_s


def used_before(data: Instance, known: Sequence[Known]) -> npt.NDArray[np.bool_]:
    """Return which arcs go where a known plan carries something: its flows must fit the model."""
    flows = [plan.flows.index.droplevel("period") for plan in known if isinstance(plan, Plan)]
    used = {(o, d, k) for index in flows for o, d, _, k in index}
    if not used:
        return np.zeros(len(data.arcs), dtype=bool)
    return np.asarray(data.arcs.index.droplevel("mode").isin(used), dtype=bool)


def searched(
    data: Instance,
    relaxed: Relaxed,
    effort: Effort,
    progress: Progress,
    known: Sequence[Known],
) -> tuple[list[Running], list[list[Running]], float]:
    """Return what the search found, what the known plans run, and the bound [millions of JPY].

    Where sources were merged or arcs left out, the search's own bound is that of another model;
    then only the relaxation's counts. What costs least in the smaller model need not do so in the
    larger, so the known plans stay in the choice.
    """

    def heard(incumbent: float, bound: float) -> None:
        progress(f"search, plan {incumbent / 100:,.1f}, bound {bound / 100:,.1f} x 100 M JPY")

    small = clustered(data, effort.clusters)
    built = relaxed.built
    if small is not data:
        m = build_model(small.with_arcs(nearest_arcs(small, effort.arcs_per_source)))
        built = Built(m, matrix(m))
    earlier = known_lines(built, known, effort.gap, effort.time_limit_s * KNOWN_SHARE)
    tried = [running for choices in earlier for running in choices]
    start = best_of(built, [*starts(built, relax(built.form).x), *tried])
    found = search(built.form, start.x, effort.gap, effort.time_limit_s, heard)
    running = built.running(found.x)
    if small is not data:
        off = [without_services(running)] if len(built.m.run_service) else []
        return [running, *off], earlier, relaxed.bound
    whole = len(relaxed.core.arcs) == len(data.arcs)
    return [running], earlier, max(relaxed.bound, found.bound) if whole else relaxed.bound


def relaxation(data: Instance, kept: npt.NDArray[np.bool_], progress: Progress) -> Relaxed:
    """Return the relaxation on core arcs, bringing arcs in until the rest cannot matter.

    It begins with the arcs that are `kept`.
    """
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
    return Relaxed(core, Built(m, form), answer, answer.objective - saved)


def multipliers(relaxed: Relaxed, part: str) -> pd.DataFrame:
    """Return the dual of every row of the relaxation of `part` [JPY per unit of the row]."""
    rows = [
        (law.name, "|".join(map(str, index if isinstance(index, tuple) else (index,))), dual)
        for law in relaxed.built.m.component_objects(pyo.Constraint)
        for index, row in law.items()
        if id(row) in relaxed.built.form.rows
        and (dual := relaxed.answer.duals[relaxed.built.form.rows[id(row)]]) != 0.0
    ]
    table = pd.DataFrame(rows, columns=["law", "index", "dual_jpy"])
    table = table.assign(part=part, dual_jpy=table["dual_jpy"] * JPY_PER_UNIT)
    return table.set_index(["part", "law", "index"])


def target_fees(relaxed: Relaxed) -> pd.Series:
    """Return the fee that makes the market reach each target, capacity cost included [JPY/t].

    It is the dual of the target in the relaxation, undiscounted to a year of its period.
    """
    m, form, data = relaxed.built.m, relaxed.built.form, relaxed.core
    fees = {
        (k, t): -relaxed.answer.duals[form.rows[id(row)]]
        * JPY_PER_UNIT
        / data.periods.loc[t, "discount_yr"]
        for (k, t), row in m.target_is_met.items()
        if id(row) in form.rows
    }
    return pd.Series(fees, dtype=float).reindex(data.targets.index, fill_value=0.0)
