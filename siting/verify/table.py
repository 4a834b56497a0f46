"""The tables of ``instance/`` as ``models/README.md`` describes them, read anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from siting.errors import ConfigError, listed, some

if TYPE_CHECKING:
    from pathlib import Path

Array: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]

MUST_STAND = 9
"""The first so many tables must be there; the others may lack and then have no rows."""

TABLES = {
    "periods": "period | years discount_yr carbon_price_jpy_per_t grid_kgco2e_per_kwh",
    "commodities": "commodity | disposal_jpy_per_t~ disposal_kgco2e_per_t~",
    "supply": "source commodity period | supply_t acquisition_jpy_per_t~"
    " collectable_share=1 counts_to_target=1",
    "baseline": "source commodity period | cost_jpy_per_t~ kgco2e_per_t~",
    "targets": "commodity period | min_collected_share shortfall_jpy_per_t",
    "recipes": "technology commodity | input_t_per_t yield_t_per_t",
    "hubs": "site technology size | capacity_t max_lines opening_jpy annuity_per_yr"
    " running_jpy_per_yr handling_jpy_per_t~ kwh_per_t~ kgco2e_per_t~ min_utilisation=0 stands=0"
    " may_close=0 land_m2=0 jobs=0 labour_jpy_per_yr=0 heat_mj_per_t~=0 earliest_period~=0",
    "sinks": "sink commodity period | price_jpy_per_t~ demand_t credit_kgco2e_per_t~"
    " contracted_t=0 contract_shortfall_jpy_per_t=inf virgin_t_per_t=0",
    "arcs": "origin destination mode commodity | cost_jpy_per_t kgco2e_per_t",
    "services": "service | yearly_cost_jpy capacity_t min_lot_t",
    "stowage": "service commodity | hold_t_per_t",
    "berths": "port | capacity_t_per_yr",
    "calls": "port origin destination mode commodity | handled_t_per_t",
    "sites": "site | opening_jpy annuity_per_yr plot_m2=inf must_run=0",
    "regions": "region node |",
    "energy": "region period | power_jpy_per_kwh~ heat_jpy_per_mj~ grid_kgco2e_per_kwh"
    " heat_kgco2e_per_mj",
    "salvage": "asset period | paid_share",
    "regional_targets": "region commodity period | min_collected_share shortfall_jpy_per_t",
    "budgets": "period | max_opening_jpy",
    "hub_counts": "count | at_most",
    "counted": "count site technology |",
    "incompatible": "technology other |",
    "orders": "site technology size period | min_lines=0 max_lines=inf",
    "site_shares": "commodity period | max_share",
    "disposal_limits": "commodity period | max_disposal_t",
    "limits": "quantity period | at_least~=-inf at_most~=inf",
    "horizon_limits": "quantity | at_least~=-inf at_most~=inf",
}
"""Each table: its index | its columns, ``~`` where a number may be negative, ``=`` its default."""


@dataclass(frozen=True)
class Tables:
    """The tables of an instance by name, and its periods in order."""

    tables: dict[str, pd.DataFrame]
    periods: list[int]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def column(self, name: str, column: str) -> Array:
        """Return a column as numbers, shape (rows, 1)."""
        return np.asarray(self[name][column], dtype=float)[:, None]

    def keys(self, name: str) -> pd.Index:
        """Return the rows of a table by period, the period left out."""
        return self[name].index.droplevel("period").unique()

    def wide(self, name: str, column: str, keys: pd.Index, missing: float = 0.0) -> Array:
        """Return a column by `keys` and period, shape (keys, periods)."""
        table = self[name][column]
        if not len(table) or not len(keys):
            return np.full((len(keys), len(self.periods)), missing)
        wide = table.unstack("period").reindex(index=keys, columns=self.periods)
        return np.asarray(wide.fillna(missing), dtype=float)

    def by_period(self, name: str, column: str, missing: float = np.inf) -> Array:
        """Return a column of a table whose index is the period, shape (1, periods)."""
        wide = self[name][column].reindex(self.periods).fillna(missing)
        return np.asarray(wide, dtype=float)[None, :]


def read_tables(folder: Path) -> Tables:
    """Return the tables in `folder`.

    Raises
    ------
    ConfigError
        With every table that is missing or cannot be meant.
    """
    found, faults = {}, []
    for number, (name, spec) in enumerate(TABLES.items()):
        path = folder / f"{name}.csv"
        try:
            if not path.is_file() and number < MUST_STAND:
                raise ConfigError("the table is missing")
            found[name] = read_table(path, spec, "category" if name == "arcs" else str)
        except (ConfigError, ValueError, OSError) as fault:
            faults.append(f"{name}: {fault}")
    if faults:
        raise ConfigError(listed(folder, faults))
    return Tables(found, [int(t) for t in found["periods"].index])


def read_table(path: Path, spec: str, text: Any) -> pd.DataFrame:
    """Return one table with its index set; names are `text`, columns that lack have a default."""
    index, columns = (part.split() for part in spec.split("|"))
    names = [column.split("=")[0].rstrip("~") for column in columns]
    defaults = {c.split("=")[0].rstrip("~"): float(c.split("=")[1]) for c in columns if "=" in c}
    if not path.is_file():
        table = pd.DataFrame({name: [] for name in (*index, *names)}, dtype=object)
    else:
        table = pd.read_csv(
            path,
            dtype={name: int if name == "period" else text for name in index},
            usecols=lambda name: name in {*index, *names},
            keep_default_na=False,
            na_values={name: [""] for name in names},
        )
    table = table.assign(**{k: v for k, v in defaults.items() if k not in table})
    if missing := [name for name in (*index, *names) if name not in table]:
        raise ConfigError(f"columns {missing} are missing")
    return checked(table.astype(dict.fromkeys(names, float)), index, columns)


def checked(table: pd.DataFrame, index: list[str], columns: list[str]) -> pd.DataFrame:
    """Return `table` by its index if no row stands twice and every number may be."""
    if (double := table.duplicated(index)).any():
        rows = table.loc[double, index].itertuples(index=False, name=None)
        raise ConfigError(f"rows stand twice: {some(rows)}")
    for column in columns:
        name = column.split("=")[0].rstrip("~")
        least = -np.inf if "~" in column else 0.0
        most = 1.0 if name.endswith("share") else np.inf
        if not table[name].between(least, most).all():
            raise ConfigError(f"{name} is not within {least:g} to {most:g} everywhere")
    return table.set_index(index)
