"""Where things stand: rows of laws and coefficients in them, by number instead of by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from models.objective import OBJECTIVES

if TYPE_CHECKING:
    import pandas as pd
    import pyomo.environ as pyo

    from models.instance import Instance
    from siting.solve.matrix import Array, Matrix, Whole

SUPPLY_LAW = "all_supply_is_placed"
"""The law whose rows are appended; Pyomo's own stand for a few sources."""

ORIGIN, DESTINATION, COMMODITY = 0, 1, 3
"""Levels of the index of arcs."""


@dataclass(frozen=True)
class Term:
    """Coefficients in rows of what has one column a period: arcs, or supplies.

    Attributes
    ----------
    item : (n,) numbers of arcs or supplies.
    row : (n, periods), -1 where there is none; value : one that broadcasts to it.
    """

    item: Whole
    row: Whole
    value: Array


@dataclass(frozen=True)
class Limit:
    """A limit on a quantity: which, its side, its row, and the numbers of the periods it sums."""

    quantity: str
    side: str
    row: int
    summed: Whole
    is_of_horizon: bool


@dataclass(frozen=True)
class Rows:
    """The rows of the laws of `m` in `form`.

    Attributes
    ----------
    periods : the number of each period.
    sign : of each row, -1 where it is written the other way round.
    """

    m: pyo.ConcreteModel
    form: Matrix
    periods: dict[int, int]
    sign: Array

    def by_end(self, law: str, nodes: pd.Index, kinds: pd.Index) -> Whole:
        """Return the row of `law` by number of node, commodity and period; -1 where none is."""
        table = np.full((len(nodes), len(kinds), len(self.periods)), -1, dtype=np.int64)
        node = dict(zip(nodes, range(len(nodes)), strict=True))
        kind = dict(zip(kinds, range(len(kinds)), strict=True))
        for (name, k, t), constraint in self.m.component(law).items():
            row = self.form.rows_of(constraint)
            if row and name in node and k in kind:
                table[node[name], kind[k], self.periods[t]] = row[0]
        return table

    def by_name(self, law: str) -> dict[Any, Whole]:
        """Return the rows of `law`, whose index ends with the period, by the rest of it."""
        found: dict[Any, Whole] = {}
        for (*name, t), constraint in self.m.component(law).items():
            row = self.form.rows_of(constraint)
            if row:
                key = name[0] if len(name) == 1 else tuple(name)
                none = np.full(len(self.periods), -1, dtype=np.int64)
                found.setdefault(key, none)[self.periods[t]] = row[0]
        return found

    def of_quantities(self) -> list[Limit]:
        """Return the limits on quantities, of a period and of the horizon."""
        every = np.arange(len(self.periods), dtype=np.int64)
        one = [
            Limit(quantity, side, row, every[[self.periods[t]]], is_of_horizon=False)
            for (quantity, t, side), constraint in self.m.quantity_within_limit.items()
            for row in self.form.rows_of(constraint)
        ]
        return one + [
            Limit(quantity, side, row, every, is_of_horizon=True)
            for (quantity, side), constraint in self.m.horizon_within_limit.items()
            for row in self.form.rows_of(constraint)
        ]


def pair_of_arcs(data: Instance, end: int, pairs: pd.MultiIndex) -> Whole:
    """Return the number of the pair, (node, commodity), at one end of every arc; -1 for none."""
    nodes, kinds = data.arcs.index.levels[end], data.arcs.index.levels[COMMODITY]
    node = nodes.get_indexer(pairs.get_level_values(0))
    kind = kinds.get_indexer(pairs.get_level_values(1))
    there = np.flatnonzero((node >= 0) & (kind >= 0))
    place = np.full((len(nodes), len(kinds)), -1, dtype=np.int64)
    place[node[there], kind[there]] = there
    number: Whole = place[data.arcs.index.codes[end], data.arcs.index.codes[COMMODITY]]
    return number


def weight(data: Instance, quantity: str) -> Array:
    """Return what a year of each period counts in a total over the horizon."""
    column = "discount_yr" if quantity == "cost_jpy" else "years"
    years: Array = data.periods[column].to_numpy(float)
    return years


def quantity_of(objective: str) -> tuple[str, float]:
    """Return the quantity that `objective` is a total of, and its sign there."""
    name = "cost_jpy" if objective == "cost" else objective
    return name, OBJECTIVES[objective][1]


def in_limits(rows: Rows, data: Instance, count: int, amount: dict[str, Array]) -> list[Term]:
    """Return what `count` items are in the limits on quantities.

    Parameters
    ----------
    amount : (items, periods) of each quantity that they have a part in [per t].
    """
    found = []
    item = np.arange(count, dtype=np.int64)
    for limit in rows.of_quantities():
        if limit.quantity in amount:
            place = np.full((count, len(rows.periods)), -1, dtype=np.int64)
            place[:, limit.summed] = limit.row
            counted = weight(data, limit.quantity) if limit.is_of_horizon else 1.0
            found.append(Term(item, place, amount[limit.quantity] * counted))
    return found
