"""The parameter tables: every figure has a key, a unit, a range, a source and a confidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import pandas as pd

from siting.errors import ConfigError, MissingDataError, listed

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "transport": ["mode", "vehicle_class", "resource", "form", "parameter"],
    "facility": ["tech_id", "parameter", "capacity_level"],
    "prices": ["group", "item", "region", "parameter"],
    "emissions": ["group", "item", "region", "parameter"],
    "choices": ["group", "item", "parameter"],
}
"""The columns that name a figure of each table; the words in ``WILDCARDS`` are left out."""

WILDCARDS = {"any", "all", "Japan", ""}

SHOWN = ["value", "low", "high", "unit", "source", "confidence"]


@dataclass(frozen=True)
class Figures:
    """Figures by key, such as ``transport/truck/truck_10t/trip_fixed``.

    Attributes
    ----------
    table : key
        value, low, high, unit, source, confidence.
    used : dict
        What was read so far, in order: the assumptions a study rests on.
    """

    table: pd.DataFrame
    used: dict[str, None] = field(default_factory=dict)

    def __getitem__(self, key: str) -> float:
        """Return the value of `key` and note that the study rests on it."""
        return self.get(key, "value")

    def get(self, key: str, level: str) -> float:
        """Return the ``value``, ``low`` or ``high`` of `key`."""
        if key not in self.table.index:
            raise ConfigError(f"figure '{key}' is unknown.{self.hint(key)}")
        self.used[key] = None
        return float(self.table.loc[key, level])

    def __contains__(self, key: str) -> bool:
        """Return whether there is a figure of that key."""
        return key in self.table.index

    def hint(self, key: str) -> str:
        """Return the key that was perhaps meant."""
        near = get_close_matches(key, list(self.table.index), n=1)
        return f" Did you mean '{near[0]}'?" if near else ""

    def assumptions(self) -> pd.DataFrame:
        """Return the rows used so far: table, name, value, low, high, unit, source, confidence."""
        rows = self.table.loc[list(self.used), SHOWN].rename_axis("name").reset_index()
        parts = rows["name"].astype(str).str.split("/", n=1)
        return rows.assign(name=parts.str[1]).assign(table=parts.str[0])[["table", "name", *SHOWN]]


def read_figures(folder: Path, overrides: dict[str, float]) -> Figures:
    """Return the figures in `folder`, with the values of `overrides` in place of the table's.

    Raises
    ------
    MissingDataError
        If a table is not there.
    ConfigError
        If two rows have one key, a value is no number, or an override names no figure.
    """
    table = pd.concat([read_table(folder, name) for name in KEYS])
    figures = Figures(table)
    unknown = [
        f"overrides: '{k}' is no figure.{figures.hint(k)}" for k in overrides if k not in figures
    ]
    if unknown:
        raise ConfigError(listed(folder, unknown))
    for key, value in overrides.items():
        table.loc[key, ["value", "low", "high"]] = value
        table.loc[key, ["source", "confidence"]] = ["the study's overrides", "override"]
    return figures


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Return one parameter table by key."""
    path = folder / f"{name}.csv"
    rows = read_csv(path)
    parts = rows[KEYS[name]].astype(str)
    rows.index = pd.Index(
        ["/".join([name, *(p for p in row if p not in WILDCARDS)]) for row in parts.to_numpy()],
        name="key",
    )
    values = rows[["value", "low", "high"]].apply(pd.to_numeric, errors="coerce")
    faults = [f"'{key}' stands twice" for key in rows.index[rows.index.duplicated()]]
    faults += [f"'{key}': value is no number" for key in rows.index[values["value"].isna()]]
    if faults:
        raise ConfigError(listed(path, faults))
    return rows.assign(**values)[SHOWN]


def read_csv(path: Path, **options: Any) -> pd.DataFrame:
    """Return the CSV table at `path` with every cell as text."""
    if not path.exists():
        raise MissingDataError(f"{path}: the table is missing. Restore it from the repository.")
    return pd.read_csv(path, dtype=str, keep_default_na=False, **options)
