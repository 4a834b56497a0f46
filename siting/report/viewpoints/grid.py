"""A table of a viewpoint in type: words, one unit a column, long tables cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.report import facts
from siting.report.number import NONE
from siting.report.paper.section import Grid
from siting.report.paper.transport import leg_label
from siting.report.viewpoints.place import ORDER, UNKNOWN
from siting.report.viewpoints.table import LEG, PLAN
from siting.report.viewpoints.unit import shown, unit_of
from siting.report.viewpoints.words.name import caption, head, value_word
from siting.report.words import REGIONS, gas_label, label, mode_label, region_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from siting.outcome import Outcome
    from siting.report.viewpoints.table import Table
    from siting.report.viewpoints.unit import Shown
    from siting.text import Language

    Columns = dict[str, tuple[str, Shown]]

MOST_ROWS = 20
"""Rows shown of a ranked table; the rest is one row, the CSV table has all."""

PRINTED_ROWS = 8
"""Rows of a ranked table that go to paper."""

PLACES = {"site", "sink", "source", "port", "node"}
ORDERED = (*ORDER, "published", "compiled", "estimate", "study")
"""Columns that have an order of their own: regions from north to south, firmest figures first."""

WIDE = 5
"""Columns of numbers from which a table is set small."""

TOTAL = "total"
AS_IS = {"point", "from_pref", "to_pref", "scenario"}


def named(key: str, values: pd.Series, outcome: Outcome, language: Language) -> list[str]:
    """Return the words for the `values` of the index level `key`."""
    if key in PLACES:
        return [str(v) for v in facts.names(values, f"name_{language}", outcome)]
    return [word_of(key, str(value), language) for value in values]


def word_of(key: str, value: str, language: Language) -> str:
    """Return the word for one `value` of the index level `key`."""
    if key in AS_IS or not value:
        return value
    special = SPECIAL.get(key)
    own = value_word(value.lower() if key == "area" else value, language)
    if special and not own:
        return special(value, language)
    return own or " ".join(label(part, language) for part in value.split("|"))


def step_word(value: str, language: Language) -> str:
    """Return the word for a step of the waterfall: a part of the cost, or a kind of leg."""
    kind, _, mode = value.partition(":")
    if kind == LEG:
        return leg_label(mode, "", language)
    return leg_label(kind, mode, language) if mode else label(kind, language)


def region_word(value: str, language: Language) -> str:
    """Return the name of one of the eleven regions, of no region, or of a region of the study."""
    is_known = value in REGIONS or value == UNKNOWN
    return region_label(value, language) if is_known else value


SPECIAL: dict[str, Callable[[str, Language], str]] = {
    **dict.fromkeys(("region", "from_region", "to_region"), region_word),
    "leg_mode": mode_label,
    "gas_part": gas_label,
    "step": step_word,
}
"""Index level to what finds its words."""


def grid(table: Table, outcome: Outcome, language: Language) -> Grid:
    """Return `table` in type; with a period among several keys, only the last one."""
    data = table.data
    if table.spread != "period":
        data = last_period(data, outcome)
    if table.spread:
        data = spread(data, table.spread, across=table.across)
    elif table.ranked and len(data):
        data = data.sort_values(data.columns[0], ascending=False, kind="stable")
    data = said(data.astype(float), table)
    units = columns_shown(data, table, language)
    cut = table.ranked and len(data) > MOST_ROWS + 1
    first = data.iloc[:MOST_ROWS] if cut else data
    rows = [
        [*item, *written(numbers, data, units)]
        for item, numbers in zip(items(first, outcome, language), first.to_numpy(), strict=True)
    ]
    blanks = [""] * (data.index.nlevels - 1)
    if cut:
        rest = data.iloc[MOST_ROWS:]
        others = f"{label('others', language)} ({len(rest):,})"
        rows.append([others, *blanks, *sums(rest, table, units)])
    total = [label("total", language), *blanks, *sums(data, table, units)]
    return Grid(
        caption=captioned(table, units, language),
        head=[*(head(str(key), language) for key in data.index.names),
              *(headed(str(column), table, units, outcome, language) for column in data)],
        rows=rows,
        names=data.index.nlevels,
        total=total if table.total and len(data) > 1 else [],
        style="small" if len(data.columns) > WIDE else "",
        printed=PRINTED_ROWS if table.ranked else 0,
    )  # fmt: skip


def last_period(data: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """Return the rows of the last period, if `data` has other keys than the period too."""
    if "period" not in data.index.names or data.index.nlevels == 1:
        return data
    return facts.at(data, facts.periods(outcome)[-1]).droplevel("period")


def spread(data: pd.DataFrame, level: str, *, across: bool) -> pd.DataFrame:
    """Return the one column of `data` as one for each value of `level`; `across`, their sum too."""
    values = list(dict.fromkeys(data.index.get_level_values(level)))
    values = sorted(values, key=ORDERED.index if set(values) <= set(ORDERED) else None)
    rows = data.index.droplevel(level).unique()
    wide = data.iloc[:, 0].unstack(level).reindex(rows)[values].fillna(0.0)
    wide.columns = pd.Index([str(value) for value in values])
    return wide.assign(**{TOTAL: wide.sum(axis=1)}) if across else wide


def items(data: pd.DataFrame, outcome: Outcome, language: Language) -> list[list[str]]:
    """Return the words of the keys of each row."""
    keys = data.index.to_frame(index=False)
    words = [named(str(key), keys[key], outcome, language) for key in keys]
    return [list(item) for item in zip(*words, strict=True)]


def columns_shown(data: pd.DataFrame, table: Table, language: Language) -> Columns:
    """Return each column to its unit and how its numbers read; one kind of unit, one size."""
    units = {str(column): unit_of(measure(str(column), table)) for column in data}
    found: Columns = {}
    for column, unit in units.items():
        alike = [c for c, other in units.items() if other is unit]
        values = data[alike].to_numpy(float)
        closing = np.nansum(values, axis=0) if table.total and unit.adds else []
        numbers = [*values.ravel().tolist(), *closing]
        found[column] = shown(measure(column, table), numbers, language)
    return found


def said(data: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return `data` without the columns that say nothing: no number in them, or only noughts."""
    if table.spread or data.empty:
        return data
    kept = [c for c in data if (data[c].notna() & (data[c] != 0)).any()]
    return data[kept or [*data.columns[:1]]]


def measure(column: str, table: Table) -> str:
    """Return the name that says the unit of `column`."""
    return str(table.data.columns[0]) if table.spread else column


def written(numbers: Iterable[float], data: pd.DataFrame, units: Columns) -> list[str]:
    """Return a row's numbers in the units of their columns."""
    return [units[str(c)][1](float(v)) for c, v in zip(data, numbers, strict=True)]


def sums(data: pd.DataFrame, table: Table, units: Columns) -> list[str]:
    """Return the sum of each column whose numbers may be added."""
    return [
        units[str(c)][1](float(data[c].sum()))
        if table.spread or (unit_of(str(c)).adds and data[c].notna().any())
        else NONE
        for c in data
    ]


def captioned(table: Table, units: Columns, language: Language) -> str:
    """Return the caption, the unit if there is one for all, and where the numbers come from."""
    unit = next(iter(units.values()))[0] if table.spread and units else ""
    basis = "" if table.basis == PLAN else f" ({caption(table.basis, language)})"
    return caption(table.key, language) + (f" [{unit}]" if unit else "") + basis


def headed(column: str, table: Table, units: Columns, outcome: Outcome, language: Language) -> str:
    """Return the head of a column of numbers: its words and its unit."""
    if column == TOTAL:
        return label("total", language)
    if table.spread == "period":
        return column
    if table.spread:
        return named(table.spread, pd.Series([column]), outcome, language)[0]
    unit = units[column][0]
    return head(column, language) + (f" [{unit}]" if unit else "")
