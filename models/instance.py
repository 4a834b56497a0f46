"""The numbers of one study as tidy tables: an index is a set of the model, a column a parameter."""

from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from models.check import contradictions
from models.spec import TABLES
from models.table import InstanceError, Table, completed, faults, no_rows, read_table, some

__all__ = ["TABLES", "Instance", "InstanceError", "Table", "some"]


@dataclass(frozen=True)
class Instance:
    """Tidy tables, documented in ``models/README.md``; units are part of the column names.

    Raises
    ------
    InstanceError
        If a table lacks a column, repeats an index, leaves its limits or names an unknown
        node, commodity, technology, period, service, port or arc. All faults are in one message.
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
    services: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["services"]))
    stowage: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["stowage"]))
    berths: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["berths"]))
    calls: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["calls"]))
    sites: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["sites"]))
    regions: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["regions"]))
    energy: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["energy"]))
    salvage: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["salvage"]))
    regional_targets: pd.DataFrame = field(
        default_factory=partial(no_rows, TABLES["regional_targets"])
    )
    budgets: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["budgets"]))
    hub_counts: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["hub_counts"]))
    counted: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["counted"]))
    incompatible: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["incompatible"]))
    orders: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["orders"]))
    site_shares: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["site_shares"]))
    disposal_limits: pd.DataFrame = field(
        default_factory=partial(no_rows, TABLES["disposal_limits"])
    )
    limits: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["limits"]))
    horizon_limits: pd.DataFrame = field(default_factory=partial(no_rows, TABLES["horizon_limits"]))

    def __post_init__(self) -> None:
        """Fill in the columns that have a default; refuse tables that do not fit together."""
        for name, spec in TABLES.items():
            object.__setattr__(self, name, completed(getattr(self, name), spec))
        found = [
            f for name, spec in TABLES.items() for f in faults(name, getattr(self, name), spec)
        ]
        found = found or contradictions(self)
        if found:
            raise InstanceError("\n  - ".join(["instance:", *found]))

    def part(self, **tables: pd.DataFrame) -> Self:
        """Return the same instance with some rows of `tables`; what was checked is not again."""
        found = copy(self)
        for name, table in tables.items():
            object.__setattr__(found, name, table)
        return found

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the instance in `folder`, one CSV file per table; a missing one may be empty."""
        return cls(
            **{name: read_table(folder / f"{name}.csv", spec) for name, spec in TABLES.items()}
        )

    def write(self, folder: Path) -> None:
        """Write one CSV file per table into `folder`, which must exist; empty tables too."""
        for name in TABLES:
            getattr(self, name).to_csv(folder / f"{name}.csv", lineterminator="\n")

    def with_arcs(self, kept: npt.NDArray[np.bool_]) -> Self:
        """Return the same instance with only the arcs where `kept` is true, and their calls."""
        if not len(self.calls):
            return replace(self, arcs=self.arcs[kept])
        arc = self.arcs.index.get_indexer(self.calls.index.droplevel("port"))
        return replace(self, arcs=self.arcs[kept], calls=self.calls[kept[arc]])
