"""The elastic model as arrays: which limits hold, give way or are let go, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from models.elastic import elastic_model
from siting.solve.highs import relax_if_possible, search_if_possible
from siting.solve.matrix import UNIT, matrix, scale_of, scaled

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pyomo.environ as pyo

    from models.instance import Instance
    from models.slack import Limit
    from siting.solve.highs import Answer
    from siting.solve.matrix import Array, Matrix, Whole

NOTHING = 1e-6
"""A slack this small beside its scale is none [-]."""

GAP = 1e-6
"""Gap to which the smallest slacks are sought [-]."""


@dataclass(frozen=True)
class Given:
    """Limits that gave way, by position, each to its amounts, one for each slack."""

    amounts: dict[int, Array]
    x: Array


@dataclass(frozen=True)
class System:
    """An instance whose limits can give way.

    Attributes
    ----------
    relaxed : whether lines may be fractions where it is asked what can hold.
    is_large : whether they may be where it is asked what a plan costs.
    time_limit_s : of each search over whole lines [s].
    """

    data: Instance
    m: pyo.ConcreteModel
    form: Matrix
    limits: Sequence[Limit]
    relaxed: bool
    is_large: bool
    time_limit_s: float

    @cached_property
    def columns(self) -> list[Whole]:
        """Return the columns of the slacks of each limit."""
        place = self.form.column_of
        return [
            np.array([place[id(slack)] for slack in limit.slacks if id(slack) in place], dtype=int)
            for limit in self.limits
        ]

    @cached_property
    def hard(self) -> frozenset[int]:
        """Return the limits that the model may not miss at a price."""
        return frozenset(i for i, limit in enumerate(self.limits) if not limit.is_soft)

    def least(
        self,
        held: Collection[int],
        giving: Collection[int] = (),
        up_to: Mapping[int, Array] = MappingProxyType({}),
    ) -> Given | None:
        """Return the least sum of slacks of the limits `giving`, where those `held` hold.

        Those of `up_to` give way by so much at most, every other is let go. None where nothing
        keeps what is held.
        """
        cost = np.zeros(len(self.form.columns))
        for i in giving:
            cost[self.columns[i]] = 1.0 / self.limits[i].scale
        form = replace(self.bounded(held), cost=cost, offset=0.0)
        for i, slacks in up_to.items():
            form.upper[self.columns[i]] = slacks * (1 + NOTHING)
        answer = self.solved(form, GAP, relaxed=self.relaxed)
        if answer is None:
            return None
        amounts = {
            i: answer.x[self.columns[i]]
            for i in giving
            if (answer.x[self.columns[i]] > NOTHING * max(self.limits[i].scale, 1.0)).any()
        }
        return Given(amounts, answer.x)

    def cheapest(self, held: Collection[int], gap: float = 1e-4) -> Answer | None:
        """Return the cheapest plan where the limits `held` hold [JPY]; soft ones may be missed.

        Of a large system it is that of the relaxation.
        """
        form = self.bounded(held, soft=True)
        scale = scale_of(form.cost)
        answer = self.solved(scaled(form, scale), gap, relaxed=self.is_large)
        if answer is None:
            return None
        unit = UNIT["cost"] / scale
        return replace(
            answer,
            objective=answer.objective * unit,
            bound=answer.bound * unit,
            duals=answer.duals * unit,
        )

    def bounded(self, held: Collection[int], *, soft: bool = False) -> Matrix:
        """Return the matrix where the slacks of the limits `held` are 0 and all others are free.

        With `soft`, no limit is free but those that the model may miss at a price.
        """
        upper = self.form.upper.copy()
        for i, (limit, columns) in enumerate(zip(self.limits, self.columns, strict=True)):
            is_free = i not in held and (limit.is_soft or not soft)
            upper[columns] = limit.most if is_free else 0.0
        return replace(self.form, upper=upper)

    def solved(self, form: Matrix, gap: float, *, relaxed: bool) -> Answer | None:
        """Return the optimum of `form`, with whole lines or not; None where there is nothing."""
        if relaxed:
            return relax_if_possible(form)
        return search_if_possible(form, gap, self.time_limit_s)


def system_of(
    data: Instance, *, roomy: bool = True, is_large: bool = False, time_limit_s: float = 60.0
) -> System:
    """Return `data` with limits that can give way; of a large one as its relaxation at first."""
    m, limits = elastic_model(data, roomy=roomy)
    return System(data, m, matrix(m), limits, is_large, is_large, time_limit_s)
