"""One model for many questions: the plan with this site or without that, each in seconds.

A model of few clusters that compares lines, and the one that costs them for every source, are
built once. A site that must run is one more row, one that may not a limit of 0. From the lines of
the plan follow a few ways to keep that (``swap.py``); the best of them among clusters is costed. It
is a plan of the study, so the best plan with that site costs no more. A small part is searched
whole instead, and the bound of the search holds too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from siting.errors import NoPlanError
from siting.solve.arc import collecting, undominated
from siting.solve.core import best_few, used_before
from siting.solve.direct import is_small
from siting.solve.group import LANES, near_transfers, search_model
from siting.solve.highs import search
from siting.solve.lagrange.ascent import site_regrets
from siting.solve.line import best_of, built_model
from siting.solve.matrix import UNIT, scale_of, scaled
from siting.solve.part import independent_parts, name_of
from siting.solve.reduced.collect import above_cheapest, collection
from siting.solve.reduced.weight import objective_weights
from siting.solve.strong import strong_rows, tightened
from siting.solve.swap import (
    lane_costs,
    lines_running,
    nearest,
    used_sites,
    ways_to_leave,
    ways_to_run,
)
from siting.solve.warm import priced

if TYPE_CHECKING:
    import numpy.typing as npt

    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.highs import Answer
    from siting.solve.line import Built, Running
    from siting.solve.matrix import Matrix
    from siting.solve.start import Start

ARCS_TO_PLAN, ARCS_TO_OTHERS = 6, 2
"""Arcs of each source, commodity and half to sites of the plan and sinks, and to other sites."""

HALF = 0.5
"""A line, or a service, that runs by more runs [lines]."""

CATCHMENTS = 2
"""Sites of the plan, the nearest ones, whose sources another site may serve in their place."""

CLUSTERS = 100
"""Most clusters of a commodity in the model that lines are compared in."""

ASCENTS = 60
"""Evaluations that raise the prices of a part solved whole, whose certificate is a relaxation."""

ASCENT_S = 10.0


@dataclass(frozen=True)
class Resolved:
    """A plan of one part with a site forced in, or out.

    Attributes
    ----------
    cost_jpy : infinite where no plan was found.
    bound_jpy : no plan of the part so forced costs less; minus infinity where nothing says so.
    lines : what runs; served_t : what comes to the site in the last period [t/yr].
    """

    cost_jpy: float
    bound_jpy: float
    lines: Running
    served_t: float


@dataclass(frozen=True)
class Kept:
    """One part, built once; money in units of the objective times `scale`.

    Attributes
    ----------
    data : the part; search, whole : models to find lines in, and to cost them.
    lines : that run in the plan; cost : what they cost.
    is_exact : whether `search` is the whole, so that its bound counts.
    bound_jpy : that the multipliers prove; regret_jpy : by site, what a new line there adds to it.
    lane_costs : of the part, by which sites are near each other.
    """

    data: Instance
    search: Built
    whole: Built
    scale: float
    lines: Running
    cost: float
    is_exact: bool
    bound_jpy: float
    regret_jpy: pd.Series
    lane_costs: pd.DataFrame

    @property
    def cost_jpy(self) -> float:
        """Return what the lines of the plan cost in this part [JPY]."""
        return self.jpy(self.cost)

    def with_plan(self, found: Resolved) -> Kept:
        """Return the part with the plan `found` in place of its own."""
        cost = found.cost_jpy / UNIT["cost"] * self.scale
        lines = {index: n for index, n in found.lines.items() if n > HALF}
        return replace(self, lines=lines, cost=cost)

    def has(self, site: str) -> bool:
        """Return whether a line of this part may run at `site`."""
        return site in self.data.hubs.index.get_level_values("site")

    def forced(self, site: str, limit_s: float, gap: float) -> Resolved:
        """Return the best plan found with a line at `site` in the last period."""
        last = self.data.periods.index[-1]
        columns = [column for index, column in self.search.columns().items()
                   if index[0] == "run_hub" and index[1] == site and index[-1] == last]  # fmt: skip
        ways = ways_to_run(self.data, self.lane_costs, self.lines, site)
        return self.solved(with_row(self.search.form, columns), ways, site, limit_s, gap)

    def banned(self, site: str, limit_s: float, gap: float) -> Resolved:
        """Return the best plan found without lines at `site`."""
        form = self.search.form
        upper = form.upper.copy()
        for index, column in self.search.columns().items():
            if index[0] == "run_hub" and index[1] == site:
                upper[column] = form.lower[column]
        ways = ways_to_leave(self.data, self.lane_costs, self.lines, site)
        return self.solved(replace(form, upper=upper), ways, site, limit_s, gap)

    def solved(
        self, form: Matrix, ways: list[Running], site: str, limit_s: float, gap: float
    ) -> Resolved:
        """Return the best plan of `form` found from `ways`, costed on the whole."""
        built = replace(self.search, form=form)
        found, bound = best_of(built, ways), -np.inf
        if self.is_exact:
            x = None if found is None else found.x
            try:
                found = search(form, x, gap, limit_s, silent, by_clock=True)
            except NoPlanError:
                if found is None:
                    return Resolved(np.inf, -np.inf, {}, 0.0)
            bound = -np.inf if found is None else found.bound
        lines = {} if found is None else built.running(found.x)
        best = best_of(self.whole, [lines]) if found is not None else None
        if best is None:
            return Resolved(np.inf, self.jpy(bound), {}, 0.0)
        served = self.served_t(site, best)
        return Resolved(self.jpy(best.objective), self.jpy(bound), lines, served)

    def jpy(self, value: float) -> float:
        """Return `value` of the scaled models in JPY."""
        return value / self.scale * UNIT["cost"]

    def served_t(self, site: str, answer: Answer) -> float:
        """Return what comes to `site` from sources and sites in the last period [t/yr]."""
        column, last = self.whole.form.column_of, self.data.periods.index[-1]
        served = 0.0
        for index, variable in self.whole.m.flow.items():
            if index[1] == site and index[-1] == last:
                served += float(answer.x[column[id(variable)]])
        return served


def silent(*_: float) -> None:
    """Take note of nothing."""


def with_row(form: Matrix, columns: list[int]) -> Matrix:
    """Return `form` with one more row: `columns` sum to 1 or more."""
    places = np.zeros(len(columns), dtype=int), columns
    row = sparse.csr_array((np.ones(len(columns)), places), shape=(1, form.a.shape[1]))
    return replace(
        form,
        a=sparse.csc_array(sparse.vstack([form.a, row])),
        row_lower=np.r_[form.row_lower, 1.0],
        row_upper=np.r_[form.row_upper, np.inf],
    )


def kept_parts(data: Instance, start: Start, effort: Effort, progress: Progress) -> list[Kept]:
    """Return the parts of `data`, ready for many questions about the plan of `start`."""
    parts = [undominated(part) for part in independent_parts(data)]
    return [kept_part(part, start, effort, progress) for part in parts]


def kept_part(data: Instance, start: Start, effort: Effort, progress: Progress) -> Kept:
    """Return the part `data` with its two models, and what its multipliers prove."""
    name = name_of(data)
    progress(f"{name}: pricing every site")
    at = priced(data, start.prices(name, "cost"), "cost")
    is_exact = is_small(data)
    lifted = at.raised(ASCENTS if is_exact else 0, ASCENT_S)
    regret = np.maximum(site_regrets(at.problem, lifted.price, lifted.link), 0.0)
    progress(f"{name}: building the models that every site is searched in")
    plain = built_model(data if is_exact else with_few_arcs(data, start))
    few, lanes = min(effort.clusters, CLUSTERS), max(effort.arcs_per_source, LANES)
    found = plain if is_exact else search_model(data, "cost", few, lanes)
    scale = scale_of(plain.form.cost)
    whole = replace(plain, form=scaled(plain.form, scale))
    form = scaled(found.form, scale)
    if is_exact:
        form, *_ = tightened(form, strong_rows(data, plain))
    lines = {i: n for i, n in lines_running(start.plan).items() if i in whole.columns()}
    answer = best_of(whole, [lines])
    return Kept(
        data=data,
        search=replace(found, form=form),
        whole=whole,
        scale=scale,
        lines=lines,
        cost=np.inf if answer is None else answer.objective,
        is_exact=is_exact,
        bound_jpy=lifted.bound * UNIT["cost"],
        regret_jpy=pd.Series(regret * UNIT["cost"], index=at.problem.sites.names),
        lane_costs=lane_costs(data),
    )


def with_few_arcs(data: Instance, start: Start) -> Instance:
    """Return `data` with the arcs of each source that are cheapest, and those the plan uses.

    So many to where the plan has lines and to sinks, so many to other sites.
    """
    data = near_transfers(data)
    found = collection(data)
    regret = above_cheapest(found, objective_weights(data, "cost").of(found.carried))
    used = used_sites(lines_running(start.plan))
    idle = data.hubs.index.unique("site").difference(list(used))
    other = data.arcs.index.get_level_values("destination").isin(idle)[found.arc]
    kept = ~collecting(data) | used_before(data, [start.plan])
    for places, count in ((~other, ARCS_TO_PLAN), (other, ARCS_TO_OTHERS)):
        at = np.flatnonzero(places)
        kept[found.arc[at[best_few(found.pair[at], regret[at], count)]]] = True
    return data.with_arcs(kept | from_catchments(data, start, used))


def from_catchments(data: Instance, start: Start, used: set[str]) -> npt.NDArray[np.bool_]:
    """Return which arcs bring to a site what the plan brings to the nearest of its own sites."""
    costs = lane_costs(data)
    flows = start.plan.flows.index.droplevel(["mode", "period"]).to_frame(index=False)
    flows = flows.drop_duplicates()
    near = [(site, other) for site in costs for other in
            [name for name in nearest(costs, str(site)) if name in used][:CATCHMENTS]]  # fmt: skip
    pairs = pd.DataFrame(near, columns=["to", "destination"])
    wanted = flows.merge(pairs, on="destination")[["origin", "to", "commodity"]]
    lanes = data.arcs.index.droplevel("mode")
    return np.asarray(lanes.isin(pd.MultiIndex.from_frame(wanted)), dtype=bool)
