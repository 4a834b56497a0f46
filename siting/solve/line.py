"""Which lines and services run: taken from one model to another, and made to fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from models.plan import Plan
from siting.solve.highs import WHOLE, relax, relax_if_possible, rounded_up, search, with_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyomo.environ as pyo

    from siting.solve.highs import Answer
    from siting.solve.matrix import Array, Matrix

Running = dict[tuple[object, ...], float]
"""Lines of each (site, technology, size, period), and 0 or 1 of each (service, period)."""

Known: TypeAlias = "pd.DataFrame | Plan"
"""A plan made earlier: whole, or only its table of hubs."""

MOST_REPAIRS = 2
"""Times that services whose lot is not full are switched off before all of them are."""


@dataclass(frozen=True)
class Built:
    """A model and its arrays.

    Attributes
    ----------
    m : the Pyomo model `form` was compiled from.
    """

    m: pyo.ConcreteModel
    form: Matrix

    def columns(self) -> dict[tuple[object, ...], int]:
        """Return the column of each ``run_hub`` and ``run_service``."""
        column = {id(variable): position for position, variable in enumerate(self.form.columns)}
        whole = [*self.m.run_hub.items(), *self.m.run_service.items()]
        return {index: column[id(v)] for index, v in whole if id(v) in column}

    def running(self, x: Array) -> Running:
        """Return what runs where the columns have the values `x`."""
        return {index: float(x[position]) for index, position in self.columns().items()}

    def values(self, running: Running) -> Array:
        """Return columns where the same runs; what `running` does not name does not run."""
        x = np.zeros(len(self.form.columns))
        for index, position in self.columns().items():
            x[position] = running.get(index, 0.0)
        return x


def is_service(index: tuple[object, ...]) -> bool:
    """Return whether `index` is that of a service and period, not that of a hub."""
    return len(index) == 2


def without_services(running: Running) -> Running:
    """Return `running` with every service off."""
    return {index: value for index, value in running.items() if not is_service(index)}


def carried(built: Built, running: Running) -> Answer:
    """Return the best flows for what runs, services off where their lot cannot be filled.

    A lot that was full in another model, or with fractions of lines, need not be full in this
    one. Services that miss theirs when they need not fill it are switched off and the rest is
    tried again; with all of them off there always is a plan, as nothing must be carried.
    """
    for _ in range(MOST_REPAIRS):
        answer = relax_if_possible(with_lines(built.form, built.values(running)))
        if answer is not None:
            return answer
        running = with_full_lots(built, running)
    last = relax_if_possible(with_lines(built.form, built.values(running)))
    return last or relax(with_lines(built.form, built.values(without_services(running))))


def with_full_lots(built: Built, running: Running) -> Running:
    """Return `running` without the services that would not fill their lot of themselves."""
    form = built.form
    lots = {index: form.rows[id(row)] for index, row in built.m.lot_is_full.items()}
    lower = form.row_lower.copy()
    lower[list(lots.values())] = -np.inf
    answer = relax(with_lines(replace(form, row_lower=lower), built.values(running)))
    load = form.a @ answer.x
    off = {index for index, row in lots.items() if load[row] < form.row_lower[row] - WHOLE}
    return {index: value for index, value in running.items() if index not in off}


def starts(built: Built, x: Array) -> list[Running]:
    """Return ways to round the relaxation `x`: lines up, and services up, nearest and off.

    Lines rounded up suffice for every tonne. A service that carries a little in the relaxation,
    for a little of its yearly cost, may not be worth running at all.
    """
    up = built.running(rounded_up(built.form, x))
    if not len(built.m.run_service):
        return [up]
    half = {i: float(round(v)) if is_service(i) else up[i] for i, v in built.running(x).items()}
    return [up, half, without_services(up)]


def best_of(built: Built, choices: Sequence[Running]) -> Answer:
    """Return the cheapest of the plans that `choices` lead to; the first where several are."""
    return min((carried(built, running) for running in choices), key=lambda a: a.objective)


def known_lines(
    built: Built, known: Sequence[Known], gap: float, limit_s: float
) -> list[list[Running]]:
    """Return what may run of each known plan, as far as its hubs and services stand in the model.

    A table of hubs does not say which services run: it is tried with none, and with those that
    a search of at most `limit_s` finds for its lines.
    """
    found = []
    for plan in known:
        choices = [lines_of(built, plan)]
        if len(built.m.run_service) and not isinstance(plan, Plan):
            choices.append(with_best_services(built, choices[0], gap, limit_s))
        found.append(choices)
    return found


def with_best_services(built: Built, running: Running, gap: float, limit_s: float) -> Running:
    """Return `running` with the best services found for its lines within `limit_s` [s]."""
    form, lines = built.form, built.values(running)
    fixed = np.zeros(len(form.columns), dtype=bool)
    fixed[[at for index, at in built.columns().items() if not is_service(index)]] = True
    held = replace(
        form,
        lower=np.where(fixed, lines, form.lower),
        upper=np.where(fixed, lines, form.upper),
    )
    start = carried(built, without_services(running))
    return built.running(search(held, start.x, gap, limit_s, lambda *_: None).x)


def lines_of(built: Built, known: Known) -> Running:
    """Return what runs in `known`, its lines cut to the model's limits and kept to the horizon."""
    hubs = known.hubs if isinstance(known, Plan) else known
    counts = hubs["lines"].to_dict()
    running: Running = {}
    before: dict[tuple[object, ...], float] = {}
    for index, column in built.m.run_hub.items():
        lines = max(before.get(index[:-1], 0.0), float(counts.get(index, 0)))
        running[index] = before[index[:-1]] = min(lines, float(column.ub))
    if isinstance(known, Plan):
        services = known.services["running"].to_dict()
        running |= {index: float(services.get(index, 0)) for index in built.m.run_service}
    return running
