"""What each table of an instance holds, and whether one table alone is as it must be."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd


class InstanceError(ValueError):
    """The tables contradict each other or their own specification."""


@dataclass(frozen=True)
class Table:
    """What a table must hold: its index levels, and for each column the lower and upper limit.

    A table that `may_lack` need not stand in the folder of an instance: then it has no rows. A
    column with a default need not stand in a table: then it has that value in every row.
    """

    index: tuple[str, ...]
    columns: dict[str, tuple[float, float]]
    may_lack: bool = False
    defaults: dict[str, float] = field(default_factory=dict)


def no_rows(spec: Table) -> pd.DataFrame:
    """Return the table of `spec` without rows: nothing it could ask is asked."""
    names = [*spec.index, *spec.columns]
    empty = pd.DataFrame({name: [] for name in names}, dtype=object)
    return empty.astype(dict.fromkeys(spec.columns, float)).set_index(list(spec.index))


def read_table(path: Path, spec: Table) -> pd.DataFrame:
    """Return the CSV table at `path` with its index set; text stays text, so codes keep zeros."""
    if not path.exists():
        if spec.may_lack:
            return no_rows(spec)
        raise InstanceError(f"{path}: the table is missing. An instance folder must have it.")
    names = [name for name in spec.index if name != "period"]
    empty = {column: [""] for column in spec.columns}
    table = pd.read_csv(
        path, dtype=dict.fromkeys(names, str), keep_default_na=False, na_values=empty
    )
    if missing := [name for name in spec.index if name not in table]:
        raise InstanceError(f"{path}: index columns {missing} are missing.")
    return table.set_index(list(spec.index))


def completed(table: pd.DataFrame, spec: Table) -> pd.DataFrame:
    """Return `table` with the columns it lacks and that have a default."""
    lacking = {name: value for name, value in spec.defaults.items() if name not in table}
    return table.assign(**lacking) if lacking else table


def faults(name: str, table: pd.DataFrame, spec: Table) -> list[str]:
    """Return every way `table` departs from `spec`; an empty list means none."""
    if tuple(table.index.names) != spec.index:
        return [f"{name}: index is {tuple(table.index.names)}, expected {spec.index}"]
    if missing := [column for column in spec.columns if column not in table]:
        return [f"{name}: columns {missing} are missing"]
    found = []
    if table.index.has_duplicates:
        found.append(f"{name}: rows {some(table.index[table.index.duplicated()])} stand twice")
    for column, (low, high) in spec.columns.items():
        outside = ~table[column].between(low, high)
        if outside.any():
            rows = some(table.index[outside])
            found.append(f"{name}: {column} at {rows} is not a number within {low:g} to {high:g}")
    return found


def some(items: object, limit: int = 5) -> str:
    """Return at most `limit` of `items` as text and how many more there are."""
    names = sorted(str(item) for item in items)  # type: ignore[attr-defined]
    more = f" (+{len(names) - limit} more)" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more
