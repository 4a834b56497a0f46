"""A limit of the tables that gives way by a slack."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyomo.environ as pyo

Row = tuple[Any, ...]

EACH = slice(None)
"""Part of the index of a law that names the row it is of: all of it."""

NO_PERIOD = slice(-1)
"""The same of a row whose limit is one for all periods."""


@dataclass(frozen=True)
class Limit:
    """What rows of a table say in a column, and the slacks by which it gives way.

    Attributes
    ----------
    column : empty where the row itself is the limit (``incompatible``).
    rows : index of each row.
    amount : what the first row says.
    scale : slack that counts as 1 in the sum of slacks.
    slacks : Pyomo variables: one for all rows, or one for each row or period.
    most : largest slack that means anything.
    is_soft : whether the model may miss it at a price.
    is_about_lines : whether only whole numbers stand in it, so that it has no price at the margin.
    """

    table: str
    column: str
    rows: tuple[Row, ...]
    amount: float
    scale: float
    slacks: tuple[Any, ...]
    most: float = math.inf
    is_soft: bool = False
    is_about_lines: bool = False

    @property
    def kind(self) -> str:
        """Return table and column."""
        return f"{self.table}.{self.column}".rstrip(".")

    @property
    def key(self) -> tuple[str, Row]:
        """Return what tells it from all others."""
        return self.kind, self.rows[0]


def key_of(row: Row) -> Any:
    """Return the index `row` as pandas has it: a single level is no tuple."""
    return row if len(row) > 1 else row[0]


def new_slack(m: pyo.ConcreteModel) -> Any:
    """Return a new slack, fixed at 0 by its upper bound."""
    slack = m.slack.add()
    slack.setub(0.0)
    return slack


def soften(law: Any, slack: Any) -> None:
    """Let the one-sided constraint `law` give way by `slack`."""
    if law.upper is not None:
        law.set_value(law.body - slack <= law.upper)
    else:
        law.set_value(law.body + slack >= law.lower)


def softened(m: pyo.ConcreteModel, laws: list[Any]) -> Any:
    """Return a new slack by which all of `laws` give way."""
    slack = new_slack(m)
    for law in laws:
        soften(law, slack)
    return slack


def softened_rows(m: pyo.ConcreteModel, laws: Any, part: slice) -> Iterator[tuple[Row, Any]]:
    """Yield each row and its new slack, by which all of `laws` that are of it give way.

    Parameters
    ----------
    part : of the index of a law, the row it is of.
    """
    by_row: dict[Row, list[Any]] = {}
    for index, law in laws.items():
        by_row.setdefault(index[part], []).append(law)
    for row, own in by_row.items():
        yield row, softened(m, own)
