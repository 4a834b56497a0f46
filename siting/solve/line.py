"""Which lines and services run: taken from one model to another, and made to fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from models.build import build_model
from models.plan import Plan
from siting.solve.highs import WHOLE, best_flows, rounded_up, search
from siting.solve.matrix import matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd
    import pyomo.environ as pyo

    from models.instance import Instance
    from siting.solve.highs import Answer
    from siting.solve.matrix import Array, Matrix, Whole

Running = dict[tuple[object, ...], float]
"""What runs, by variable and index: lines of ("run_hub", site, technology, size, period), 0 or 1 of
("run_service", service, period), ("use_site", site, period) and the like."""

Known: TypeAlias = "pd.DataFrame | Plan"
"""A plan made earlier: whole, or only its table of hubs."""

Writer: TypeAlias = "Callable[[Instance, str], Built]"
"""How the model of an instance is written for an objective."""

WHOLE_VARIABLES = ("run_hub", "run_service", "use_site", "has_hub")

MOST_REPAIRS = 2
"""Times that services whose lot is not full are switched off before all of them are."""


@dataclass(frozen=True)
class Built:
    """A model and its arrays.

    Attributes
    ----------
    m : the Pyomo model `form` was compiled from.
    standing : hubs whose lines stand at the start.
    """

    m: pyo.ConcreteModel
    form: Matrix
    standing: frozenset[tuple[str, str, str]] = frozenset()

    def columns(self) -> dict[tuple[object, ...], int]:
        """Return the column of each variable that is whole."""
        column = self.form.column_of
        return {
            (name, *index): column[id(variable)]
            for name in WHOLE_VARIABLES
            if self.m.component(name) is not None
            for index, variable in self.m.component(name).items()
            if id(variable) in column
        }

    def flow_places(self, data: Instance) -> Whole:
        """Return the columns of the flows on the arcs of `data`, its instance: (arcs, periods).

        -1 for a flow that costs nothing and is in no row.
        """
        return self.places_of(self.m.flow, data.arcs.index)

    def left_places(self, pairs: pd.MultiIndex) -> Whole:
        """Return the columns of what is left of the supplies `pairs`: (pairs, periods)."""
        return self.places_of(self.m.uncollected, pairs)

    def supply_rows(self, pairs: pd.MultiIndex) -> Whole:
        """Return the rows of the balances of the supplies `pairs`: (pairs, periods)."""
        law, periods = self.m.all_supply_is_placed, self.m.PERIODS
        rows = [[self.form.rows_of(law[i, k, t])[0] for t in periods] for i, k in pairs]
        return np.array(rows, dtype=np.int64).reshape(-1, len(periods))

    def places_of(self, variable: pyo.Var, index: pd.MultiIndex) -> Whole:
        """Return the columns of `variable` by `index` and period, -1 where it has none."""
        column, periods = self.form.column_of, self.m.PERIODS
        places = [[column.get(id(variable[item, t]), -1) for t in periods] for item in index]
        return np.array(places, dtype=np.int64).reshape(-1, len(periods))

    def flow_t(self, data: Instance, x: Array) -> Array:
        """Return what each arc of `data`, its instance, carries: (arcs, periods) [t/yr]."""
        at = self.flow_places(data)
        return np.where(at >= 0, x[at], 0.0)

    def running(self, x: Array) -> Running:
        """Return what runs where the columns have the values `x`."""
        return {index: float(x[position]) for index, position in self.columns().items()}

    def values(self, running: Running) -> Array:
        """Return columns where the same runs; what `running` does not name does not run.

        Sites are in use, and technologies present, where lines run.
        """
        x = np.zeros(len(self.form.columns))
        columns = self.columns()
        for index, position in columns.items():
            x[position] = round(running.get(index, 0.0)) if is_choice(index) else 0.0
        for index in [
            index for index in columns if index[0] == "run_hub" and x[columns[index]] > 0
        ]:
            _, site, technology, size, period = index
            marks: list[tuple[object, ...]] = [("has_hub", site, technology, period)]
            if (site, technology, size) not in self.standing:
                marks.append(("use_site", site, period))
            for mark in marks:
                if mark in columns:
                    x[columns[mark]] = 1.0
        return x


def built_model(data: Instance, objective: str = "cost") -> Built:
    """Return the model of `data`, compiled."""
    m = build_model(data, objective)
    return Built(m, matrix(m, objective), standing_hubs(data))


def standing_hubs(data: Instance) -> frozenset[tuple[str, str, str]]:
    """Return the hubs whose lines stand at the start."""
    return frozenset(data.hubs.index[data.hubs["stands"] > 0])


def is_choice(index: tuple[object, ...]) -> bool:
    """Return whether `index` is a decision of its own, not one that follows from the lines."""
    return index[0] in ("run_hub", "run_service")


def is_service(index: tuple[object, ...]) -> bool:
    """Return whether `index` is that of a service and period."""
    return index[0] == "run_service"


def without_services(running: Running) -> Running:
    """Return `running` with every service off."""
    return {index: value for index, value in running.items() if not is_service(index)}


def carried(built: Built, running: Running) -> Answer | None:
    """Return the best flows for what runs, services off where their lot cannot be filled.

    A lot that was full in another model, or with fractions of lines, need not be full in this
    one. Services that miss theirs when they need not fill it are switched off and the rest is
    tried again, at last with all of them off. None where even then a limit cannot be met.
    """
    for _ in range(MOST_REPAIRS):
        answer = best_flows(built.form, built.values(running))
        if answer is not None or not any(map(is_service, running)):
            return answer
        running = with_full_lots(built, running)
    last = best_flows(built.form, built.values(running))
    if last is not None:
        return last
    return best_flows(built.form, built.values(without_services(running)))


def with_full_lots(built: Built, running: Running) -> Running:
    """Return `running` without the services that would not fill their lot of themselves."""
    form = built.form
    lots = {index: form.rows_of(row)[0] for index, row in built.m.lot_is_full.items()}
    lower = form.row_lower.copy()
    lower[list(lots.values())] = -np.inf
    answer = best_flows(replace(form, row_lower=lower), built.values(running))
    if answer is None:
        return without_services(running)
    load = form.a @ answer.x
    off = {
        ("run_service", *index)
        for index, row in lots.items()
        if load[row] < form.row_lower[row] - WHOLE
    }
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


def best_of(built: Built, choices: Iterable[Running]) -> Answer | None:
    """Return the cheapest of the plans that `choices` lead to; the first where several are."""
    answers = [answer for running in choices if (answer := carried(built, running)) is not None]
    return min(answers, key=lambda answer: answer.objective, default=None)


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
    if start is None:
        return running
    return built.running(search(held, start.x, gap, limit_s, lambda *_: None).x)


def lines_of(built: Built, known: Known) -> Running:
    """Return what runs in `known`, its lines cut to the model's limits and kept to the horizon."""
    hubs = known.hubs if isinstance(known, Plan) else known
    counts = hubs["lines"].to_dict()
    running: Running = {}
    before: dict[tuple[object, ...], float] = {}
    for index, column in built.m.run_hub.items():
        hub = index[:-1]
        lines = float(counts.get(index, 0))
        if hub not in built.standing:
            lines = max(before.get(hub, 0.0), lines)
        low, high = float(column.lb or 0.0), float(column.ub)
        running["run_hub", *index] = before[hub] = min(max(lines, low), high)
    if isinstance(known, Plan):
        services = known.services["running"].to_dict()
        for index in built.m.run_service:
            running["run_service", *index] = float(services.get(index, 0))
    return running
