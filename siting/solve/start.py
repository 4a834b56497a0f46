"""Where a solve starts from: the prices and the plan of an earlier one, by name.

Studies that differ by a site, a price or a mode have other arcs, rows and columns. So prices are
kept by the law and index they belong to, as in a certificate, and never by position; what a study
no longer has is passed over, and what is new starts from nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyomo.environ as pyo

from siting.solve.finding import BALANCE, BY_SOURCE, row_name
from siting.solve.lagrange.ascent import evaluate
from siting.solve.matrix import UNIT
from siting.solve.part import name_of
from siting.solve.worth import balance_signs

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance
    from models.plan import Plan
    from siting.solve.lagrange.problem import Problem
    from siting.solve.line import Built
    from siting.solve.matrix import Array

MADE = "made_is_placed"
"""Law whose prices stand for those of balances that sites keep by themselves."""


@dataclass(frozen=True)
class Start:
    """What an earlier solve leaves to the next one.

    Attributes
    ----------
    plan : its plan, which the next is no worse than where it still can be kept.
    multipliers : as in ``Plan.multipliers``; from a plan, or read from a certificate.
    keeps_prices : whether the laws are the same but for few sites, so that the prices are good
        as they are. Else a relaxation is solved anew, and the prices only start its improvement.
    """

    plan: Plan
    multipliers: pd.DataFrame
    keeps_prices: bool = False

    @classmethod
    def of(cls, plan: Plan, *, keeps_prices: bool = False) -> Start:
        """Return the start that `plan` is."""
        return cls(plan, plan.multipliers, keeps_prices)

    def prices(self, part: str, objective: str) -> Prices:
        """Return the prices of `part`, or of all parts together where none has that name."""
        table = self.multipliers
        if not len(table):
            return Prices({})
        if part in table.index.get_level_values("part"):
            table = table.xs(part, level="part")
        by_name = table.groupby(level=["law", "index"])["dual_jpy"].sum() / UNIT[objective]
        return Prices(by_name.to_dict())


@dataclass(frozen=True)
class Prices:
    """Multipliers by (law, index), in units of the objective."""

    of: dict[tuple[str, str], float]

    def rows(self, built: Built) -> Array:
        """Return the duals of the rows of `built` that have a price here, 0 elsewhere."""
        signs = balance_signs(built)
        duals = np.zeros(built.form.a.shape[0])
        for law in built.m.component_objects(pyo.Constraint):
            if law.name == BY_SOURCE:
                continue
            for index, constraint in law.items():
                name = row_name(index)
                dual = self.of.get((law.name, name), 0.0)
                if law.name == BALANCE:
                    dual = (dual or self.of.get((MADE, name), 0.0)) * signs[index]
                for row in built.form.rows_of(constraint) if dual else ():
                    duals[row] = dual
        return duals

    def sources(self, pairs: pd.MultiIndex, periods: list[int], default: Array) -> Array:
        """Return the price of each source (pairs, periods), `default` where there is none."""
        price = default.copy()
        for n, (source, commodity) in enumerate(pairs):
            for t, period in enumerate(periods):
                name = (BY_SOURCE, f"{source}|{commodity}|{period}")
                price[n, t] = self.of.get(name, price[n, t])
        return price

    def links(self, problem: Problem) -> Array:
        """Return the prices of the links, those that `problem` starts with where there is none."""
        named = zip(problem.link_names, problem.link_start, strict=True)
        found = np.array([self.of.get(name, float(start)) for name, start in named])
        clipped: Array = np.clip(found, problem.link_low, problem.link_high)
        return clipped


def better_start(
    problem: Problem, price: Array, start: Start | None, data: Instance, objective: str
) -> tuple[Array, Problem]:
    """Return prices to raise, and the problem with the links to start at: those that prove more.

    Parameters
    ----------
    price : (pairs, periods) those of a relaxation of the part `data`.
    """
    if start is None:
        return price, problem
    pairs = data.supply.index.droplevel("period").unique()
    named = start.prices(name_of(data), objective)
    other = named.sources(pairs, list(data.periods.index), price)
    warmer = replace(problem, link_start=named.links(problem))
    mine = evaluate(problem, price, problem.link_start).bound
    theirs = evaluate(warmer, other, warmer.link_start).bound
    return (other, warmer) if theirs > mine else (price, problem)
