"""A linear model as sparse terms that are the same in every period but for their values.

A law has rows and a variable columns, one for each of its names and each period: arrays of shape
(names, periods). A term says which row holds which column, in each period; it is not written out
by period, so that a study of a million arcs stays small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from siting.verify.table import Array, Whole

Values = dict[str, "Array"]
"""Law or variable to its numbers, shape (names, periods)."""


@dataclass(frozen=True)
class Family:
    """The rows of a law or the columns of a variable, with their limits (names, periods).

    What a side does not limit is infinite there; a row that a period does not have is free.
    """

    keys: pd.Index
    lower: Array
    upper: Array
    is_whole: bool = False

    def name(self, position: int) -> str:
        """Return the name of a row, as the certificate writes it."""
        key = self.keys[position]
        return "|".join(map(str, key)) if isinstance(key, tuple) else str(key)


@dataclass(frozen=True)
class Term:
    """Coefficients of ``column`` at t less `lag` in ``row`` at t, shape (n, 1) or (n, periods)."""

    law: str
    row: Whole
    variable: str
    column: Whole
    value: Array
    lag: int

    def at(self, t: int) -> Array:
        """Return the coefficients of one period."""
        return self.value[:, t if self.value.shape[1] > 1 else 0]


@dataclass
class Model:
    """Laws, variables and terms; amounts such as ``cost_jpy:transport`` are laws without limit."""

    periods: list[int]
    laws: dict[str, Family] = field(default_factory=dict)
    variables: dict[str, Family] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    constants: Values = field(default_factory=dict)

    def wide(self, number: Array | float, count: int) -> Array:
        """Return `number` for each of `count` names and each period."""
        return np.array(np.broadcast_to(number, (count, len(self.periods))), dtype=float)

    def add_variable(
        self,
        name: str,
        keys: pd.Index,
        upper: Array | float = np.inf,
        lower: Array | float = 0.0,
        *,
        is_whole: bool = False,
    ) -> None:
        """Add the columns of `name`."""
        count = len(keys)
        limits = self.wide(lower, count), self.wide(upper, count)
        self.variables[name] = Family(keys, *limits, is_whole)

    def add_law(
        self,
        name: str,
        keys: pd.Index,
        upper: Array | float = np.inf,
        lower: Array | float = -np.inf,
    ) -> None:
        """Add the rows of `name`."""
        count = len(keys)
        self.laws[name] = Family(keys, self.wide(lower, count), self.wide(upper, count))

    def add(
        self,
        law: str,
        row: Whole,
        variable: str,
        column: Whole,
        value: Array | float,
        lag: int = 0,
    ) -> None:
        """Add coefficients, where `row` and `column` are there (not negative)."""
        kept = (row >= 0) & (column >= 0)
        values = np.broadcast_to(np.atleast_2d(value), (len(row), np.atleast_2d(value).shape[1]))
        if kept.any():
            self.terms.append(Term(law, row[kept], variable, column[kept], values[kept], lag))

    def add_amount(
        self, quantity: str, variable: str, value: Array, column: Whole | None = None, lag: int = 0
    ) -> None:
        """Add what a unit of `variable` is of a quantity by the year."""
        if column is None:
            column = np.arange(len(self.variables[variable].keys))
        self.add(quantity, np.zeros(len(column), dtype=np.int64), variable, column, value, lag)

    def activity(self, x: Values, *, absolute: bool = False) -> Values:
        """Return what each row comes to at `x`; `absolute` adds amounts without their sign."""
        total = {law: np.zeros(family.lower.shape) for law, family in self.laws.items()}
        for term in self.terms:
            for t in range(term.lag, len(self.periods)):
                amount = term.at(t) * x[term.variable][term.column, t - term.lag]
                amount = np.abs(amount) if absolute else amount
                total[term.law][:, t] += np.bincount(term.row, amount, len(total[term.law]))
        return total

    def priced(self, price: Values, *, absolute: bool = False) -> Values:
        """Return what a unit of each column is worth where a unit of each row has a `price`."""
        total = {name: np.zeros(family.lower.shape) for name, family in self.variables.items()}
        for term in self.terms:
            worth = total[term.variable]
            for t in range(term.lag, len(self.periods)):
                amount = term.at(t) * price[term.law][term.row, t]
                amount = np.abs(amount) if absolute else amount
                worth[:, t - term.lag] += np.bincount(term.column, amount, len(worth))
        return total
