"""What each table of an instance holds, and whether one table alone is as it must be."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd


class InstanceError(ValueError):
    """The tables contradict each other or their own specification."""


@dataclass(frozen=True)
class Table:
    """What a table must hold: its index levels, and for each column the lower and upper limit.

    A table that `may_lack` need not stand in the folder of an instance: then it has no rows.
    """

    index: tuple[str, ...]
    columns: dict[str, tuple[float, float]]
    may_lack: bool = False


ANY, POSITIVE, SHARE = (-np.inf, np.inf), (0.0, np.inf), (0.0, 1.0)

TABLES: dict[str, Table] = {
    "periods": Table(
        ("period",),
        {
            "years": (1.0, 100.0),
            "discount_yr": POSITIVE,
            "carbon_price_jpy_per_t": POSITIVE,
            "grid_kgco2e_per_kwh": POSITIVE,
        },
    ),
    "commodities": Table(
        ("commodity",),
        {"disposal_jpy_per_t": ANY, "disposal_kgco2e_per_t": ANY},
    ),
    "supply": Table(
        ("source", "commodity", "period"),
        {"supply_t": POSITIVE, "acquisition_jpy_per_t": ANY},
    ),
    "baseline": Table(
        ("source", "commodity", "period"),
        {"cost_jpy_per_t": ANY, "kgco2e_per_t": ANY},
    ),
    "targets": Table(
        ("commodity", "period"),
        {"min_collected_share": SHARE, "shortfall_jpy_per_t": POSITIVE},
    ),
    "recipes": Table(
        ("technology", "commodity"),
        {"input_t_per_t": SHARE, "yield_t_per_t": SHARE},
    ),
    "hubs": Table(
        ("site", "technology", "size"),
        {
            "capacity_t": POSITIVE,
            "max_lines": POSITIVE,
            "opening_jpy": POSITIVE,
            "annuity_per_yr": SHARE,
            "running_jpy_per_yr": POSITIVE,
            "handling_jpy_per_t": ANY,
            "kwh_per_t": ANY,
            "kgco2e_per_t": ANY,
        },
    ),
    "sinks": Table(
        ("sink", "commodity", "period"),
        {"price_jpy_per_t": ANY, "demand_t": POSITIVE, "credit_kgco2e_per_t": ANY},
    ),
    "arcs": Table(
        ("origin", "destination", "mode", "commodity"),
        {
            "distance_km": POSITIVE,
            "hours": POSITIVE,
            "cost_jpy_per_t": POSITIVE,
            "kgco2e_per_t": POSITIVE,
        },
    ),
    "services": Table(
        ("service",),
        {"yearly_cost_jpy": POSITIVE, "capacity_t": POSITIVE, "min_lot_t": POSITIVE},
        may_lack=True,
    ),
    "stowage": Table(("service", "commodity"), {"hold_t_per_t": (1.0, 1000.0)}, may_lack=True),
    "berths": Table(("port",), {"capacity_t_per_yr": POSITIVE}, may_lack=True),
    "calls": Table(
        ("port", "origin", "destination", "mode", "commodity"),
        {"handled_t_per_t": (0.0, 1000.0)},
        may_lack=True,
    ),
}


def no_rows(name: str) -> pd.DataFrame:
    """Return the table `name` without rows: nothing it could ask is asked."""
    spec = TABLES[name]
    names = [*spec.index, *spec.columns]
    empty = pd.DataFrame({name: [] for name in names}, dtype=object)
    return empty.astype(dict.fromkeys(spec.columns, float)).set_index(list(spec.index))


def read_table(path: Path, spec: Table) -> pd.DataFrame:
    """Return the CSV table at `path` with its index set; text stays text, so codes keep zeros."""
    if not path.exists():
        if spec.may_lack:
            return no_rows(path.stem)
        needed = sum(not table.may_lack for table in TABLES.values())
        raise InstanceError(f"{path}: the table is missing. An instance folder has {needed}.")
    names = [name for name in spec.index if name != "period"]
    empty = {column: [""] for column in spec.columns}
    table = pd.read_csv(
        path, dtype=dict.fromkeys(names, str), keep_default_na=False, na_values=empty
    )
    if missing := [name for name in spec.index if name not in table]:
        raise InstanceError(f"{path}: index columns {missing} are missing.")
    return table.set_index(list(spec.index))


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
