"""Why there is no plan, why a target is missed, and which limits bind where there is one."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from siting.errors import NoPlanError
from siting.explain.binding import Binding, binding_limits
from siting.explain.clash import Clash, clashes
from siting.explain.merged import merged
from siting.explain.missed import Missed, missed_limits
from siting.explain.system import system_of

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.explain.system import System
    from siting.solve.effort import Progress

LARGEST_WHOLE = 20_000
"""Arcs times periods up to which an instance is judged as it is, with whole lines."""

CLUSTERS = 60
"""Sources of a commodity that a larger one is merged to: least slacks change by 1e-4 from 200."""


@dataclass(frozen=True)
class Explanation:
    """What was found of an instance.

    Attributes
    ----------
    sources, nodes : sources of the instance, and of the model that was judged.
    relaxed : whether costs and worths are those of the relaxation with fractions of lines.
    clashes : conflicts of limits; empty where there is a plan.
    plan_jpy : present value of the cheapest plan; NaN without one [JPY].
    unsure : whether time ended before it was known if whole lines keep every limit.
    """

    sources: int
    nodes: int
    relaxed: bool
    clashes: tuple[Clash, ...] = ()
    plan_jpy: float = math.nan
    missed: tuple[Missed, ...] = ()
    binding: tuple[Binding, ...] = ()
    unsure: bool = False

    @property
    def is_feasible(self) -> bool:
        """Return whether there is a plan."""
        return not self.clashes


def explain(data: Instance, progress: Progress, time_limit_s: float = 60.0) -> Explanation:
    """Return why `data` has no plan, or what binds the cheapest.

    Parameters
    ----------
    time_limit_s : of each search over whole lines [s].
    """
    sources = len(data.supply.index.unique("source"))
    is_large = len(data.arcs) * len(data.periods) > LARGEST_WHOLE
    if is_large:
        progress("merging sources")
        data = merged(data, CLUSTERS)
    progress(f"building the model, {len(data.arcs):,} arcs")
    system = system_of(data, is_large=is_large, time_limit_s=time_limit_s)
    empty = Explanation(sources, len(data.supply.index.unique("source")), is_large)
    progress("looking for conflicts")
    if found := clashes(system, system.hard, progress):
        return replace(empty, clashes=found)
    unsure = False
    if is_large:
        progress("looking for conflicts of whole lines")
        whole = replace(system, relaxed=False)
        try:
            found = clashes(whole, whole.hard, progress)
        except NoPlanError:
            unsure = True
        if found:
            return replace(empty, clashes=found)
    return with_plan(replace(empty, unsure=unsure), system, progress)


def with_plan(answer: Explanation, system: System, progress: Progress) -> Explanation:
    """Return `answer` with the targets that the cheapest plan misses and what binds it."""
    progress("finding the cheapest plan")
    plain = system_of(
        system.data, roomy=False, is_large=system.is_large, time_limit_s=system.time_limit_s
    )
    plan = plain.cheapest(plain.hard)
    assert plan is not None, "the elastic model has a plan that the model has not"
    missed = missed_limits(system, plain, plan, progress)
    progress("pricing the limits that bind")
    binding = tuple(binding_limits(plain, plan))
    return replace(answer, plan_jpy=plan.objective, missed=missed, binding=binding)
