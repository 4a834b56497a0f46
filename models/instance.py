"""The numbers of one study as tidy tables: an index is a set of the model, a column a parameter."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd


class InstanceError(ValueError):
    """The tables contradict each other or their own specification."""


@dataclass(frozen=True)
class Table:
    """What a table must hold: its index levels, and for each column the lower and upper limit."""

    index: tuple[str, ...]
    columns: dict[str, tuple[float, float]]


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
}


@dataclass(frozen=True)
class Instance:
    """Tidy tables, documented in ``models/README.md``; units are part of the column names.

    Raises
    ------
    InstanceError
        If a table lacks a column, repeats an index, leaves its limits or names an unknown
        node, commodity, technology or period. All faults are in one message.
    """

    periods: pd.DataFrame
    commodities: pd.DataFrame
    supply: pd.DataFrame
    baseline: pd.DataFrame
    targets: pd.DataFrame
    recipes: pd.DataFrame
    hubs: pd.DataFrame
    sinks: pd.DataFrame
    arcs: pd.DataFrame

    def __post_init__(self) -> None:
        """Refuse tables that are malformed or do not fit together."""
        found = [
            f for name, spec in TABLES.items() for f in faults(name, getattr(self, name), spec)
        ]
        if not found:
            found = [*unknown_names(self), *broken_laws(self)]
        if not found:
            found = [*misplaced_arcs(self), *missing_periods(self)]
        if found:
            raise InstanceError("\n  - ".join(["instance:", *found]))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the instance in `folder`, one CSV file per table."""
        return cls(
            **{name: read_table(folder / f"{name}.csv", spec) for name, spec in TABLES.items()}
        )

    def write(self, folder: Path) -> None:
        """Write one CSV file per table into `folder`, which must exist."""
        for name in TABLES:
            getattr(self, name).to_csv(folder / f"{name}.csv", lineterminator="\n")

    def with_arcs(self, kept: npt.NDArray[np.bool_]) -> Self:
        """Return the same instance with only the arcs where `kept` is true."""
        return replace(self, arcs=self.arcs[kept])


def read_table(path: Path, spec: Table) -> pd.DataFrame:
    """Return the CSV table at `path` with its index set; text stays text, so codes keep zeros."""
    if not path.exists():
        raise InstanceError(f"{path}: the table is missing. An instance folder has {len(TABLES)}.")
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


def unknown_names(data: Instance) -> list[str]:
    """Return the names used in one table that the table they belong to does not have."""
    commodities, periods = set(data.commodities.index), set(data.periods.index)
    technologies = set(data.recipes.index.unique("technology"))
    sources = set(data.supply.index.unique("source"))
    sites, sinks = set(data.hubs.index.unique("site")), set(data.sinks.index.unique("sink"))
    claims = [
        ("supply", "commodity", commodities),
        ("supply", "period", periods),
        ("targets", "commodity", commodities),
        ("targets", "period", periods),
        ("recipes", "commodity", commodities),
        ("hubs", "technology", technologies),
        ("sinks", "commodity", commodities),
        ("sinks", "period", periods),
        ("arcs", "commodity", commodities),
        ("arcs", "origin", sources | sites),
        ("arcs", "destination", sites | sinks),
    ]
    found = []
    for name, level, known in claims:
        if odd := set(getattr(data, name).index.unique(level)) - known:
            found.append(f"{name}: {level} {some(odd)} is unknown")
    return found


def broken_laws(data: Instance) -> list[str]:
    """Return the laws across tables that do not hold."""
    found = []
    if not data.supply.index.equals(data.baseline.index):
        found.append("baseline: rows differ from those of supply; each supply needs one")
    mass = data.recipes.groupby("technology")[["input_t_per_t", "yield_t_per_t"]].sum()
    if open_ := list(mass.index[(mass["input_t_per_t"] - mass["yield_t_per_t"]).abs() > 1e-6]):
        found.append(f"recipes: mass in and out differ for {some(open_)}; add the residue or loss")
    if odd := list(mass.index[(mass["input_t_per_t"] - 1).abs() > 1e-9]):
        found.append(f"recipes: inputs of {some(odd)} do not sum to 1 t per t of throughput")
    lines = data.hubs["max_lines"]
    if odd := list(lines.index[np.isfinite(lines) & (lines != lines.round())]):
        found.append(f"hubs: max_lines at {some(odd)} is no whole number")
    nodes = [data.supply.index.unique("source"), data.hubs.index.unique("site"),
             data.sinks.index.unique("sink")]  # fmt: skip
    shared = pd.Index(np.concatenate([np.asarray(n, dtype=object) for n in nodes]))
    if shared.has_duplicates:
        found.append(f"nodes {some(shared[shared.duplicated()])} stand for two kinds; rename one")
    return found


def misplaced_arcs(data: Instance) -> list[str]:
    """Return the arcs whose commodity an end node does not have: mass would appear or vanish."""
    handled = data.hubs.index.droplevel("size").to_frame(index=False)
    handled = handled.merge(data.recipes.index.to_frame(index=False), on="technology")
    stocks = pd.MultiIndex.from_frame(handled[["site", "commodity"]])
    leaving = stocks.append(data.supply.index.droplevel("period"))
    arriving = stocks.append(data.sinks.index.droplevel("period"))
    found = []
    for end, known in (("origin", leaving), ("destination", arriving)):
        other = {"origin": "destination", "destination": "origin"}[end]
        pairs = data.arcs.index.droplevel([other, "mode"])
        if odd := set(pairs[~pairs.isin(known)]):
            found.append(f"arcs: {end} does not handle its commodity: {some(odd)}")
    return found


def missing_periods(data: Instance) -> list[str]:
    """Return the tables that lack a period for some of their rows, and periods out of order."""
    found = []
    for name in ("supply", "sinks"):
        table = getattr(data, name)
        count = table.groupby(level=list(table.index.names[:2])).size()
        if odd := list(count.index[count != len(data.periods)]):
            found.append(f"{name}: {some(odd)} lack a period; each period needs a row")
    if not data.periods.index.is_monotonic_increasing:
        found.append("periods: not in time order; sort them")
    return found


def some(items: object, limit: int = 5) -> str:
    """Return at most `limit` of `items` as text and how many more there are."""
    names = sorted(str(item) for item in items)  # type: ignore[attr-defined]
    more = f" (+{len(names) - limit} more)" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more
