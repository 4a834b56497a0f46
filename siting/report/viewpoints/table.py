"""What a viewpoint is made of: tables that speak no language yet, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

PLAN, FIRST_ORDER, SHORT_RUN, ESTIMATE = "plan", "first_order", "short_run", "estimated"
"""Where numbers come from: read off the plan; valid for a small change; at fixed hubs; a rule."""

LEG = "leg"
"""Stands before the kind of a leg in a step of the waterfall where the leg has no mode."""


@dataclass(frozen=True)
class Table:
    """Numbers of one kind.

    Attributes
    ----------
    key : name of the table, a key of the words.
    data : index levels name what the numbers are of (``site``, ``commodity``, ``period``, ...),
        the end of a column's name is its unit (``_t`` [t/yr], ``_jpy``, ``_share``, ...).
    basis : where the numbers come from.
    spread : level whose values become the columns in the report; the table has one column then.
    across : whether those columns are added up: not so the yearly amounts of several periods.
    ranked : whether the report shows the largest rows first and adds up those past the first
        ones; else all stand in their order.
    total : whether a row of sums closes the table in the report.
    shown : whether it stands in the report; its file has it either way.
    """

    key: str
    data: pd.DataFrame
    basis: str = PLAN
    spread: str = ""
    across: bool = True
    ranked: bool = True
    total: bool = True
    shown: bool = True


@dataclass(frozen=True)
class Question:
    """What one plan cannot answer: it takes another run.

    Attributes
    ----------
    key : name of the question, a key of the words.
    scenario : how the name of a scenario that answers it starts; empty for none.
    command : the command that answers it, where that is no scenario.
    """

    key: str
    scenario: str = ""
    command: str = ""


@dataclass(frozen=True)
class Viewpoint:
    """One of the eleven viewpoints.

    Attributes
    ----------
    number, key : 1 to 11, and the short name that the file carries.
    quoted : numbers the remark quotes.
    """

    number: int
    key: str
    tables: list[Table]
    questions: list[Question] = field(default_factory=list)
    quoted: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Return the name of its CSV table, without the ending."""
        return f"viewpoint_{self.number:02d}_{self.key}"

    def table(self, key: str) -> pd.DataFrame:
        """Return the numbers of the table `key`."""
        return next(table.data for table in self.tables if table.key == key)
