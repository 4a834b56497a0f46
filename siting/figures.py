"""The parameter tables: every figure has a key, a unit, a range, a source and a confidence."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from siting.errors import ConfigError, Located, MissingDataError, listed, some
from siting.file_place import cell_places, lines_of_rows, unread_place
from siting.units import factor, parsed, same_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

KEYS = {
    "transport": ["mode", "vehicle_class", "resource", "form", "parameter"],
    "facility": ["tech_id", "parameter", "capacity_level"],
    "prices": ["group", "item", "region", "parameter"],
    "emissions": ["group", "item", "region", "parameter"],
    "choices": ["group", "item", "parameter"],
}
"""The columns that name a figure of each table; the words in ``WILDCARDS`` are left out."""

WILDCARDS = {"any", "all", "Japan", ""}

LEVERS = "policy_levers"
"""Table of the policy levers: which figures each changes, and how."""

LEVER_COLUMNS = [
    "lever_id", "instrument", "instrument_ja", "value", "confidence", "figure_keys", "apply",
    "modelled", "why_not",
]  # fmt: skip

SHOWN = ["value", "low", "high", "unit", "source", "confidence"]


@dataclass(frozen=True)
class Figures:
    """Figures by key, such as ``transport/truck/truck_10t/trip_fixed``.

    Attributes
    ----------
    table : key
        value, low, high, unit, source, confidence, basis, place (file and line of the row).
    used : dict
        What was read so far, in order: the assumptions a study rests on.
    """

    table: pd.DataFrame
    used: dict[str, None] = field(default_factory=dict)

    def amount(self, key: str, unit: str, level: str = "value") -> float:
        """Return the ``value``, ``low`` or ``high`` of `key` in `unit`; the study rests on it.

        Raises
        ------
        ConfigError
            If there is no such figure, or its row measures another thing than `unit`.
        """
        row = self.rows.get(key)
        if row is None:
            raise ConfigError(f"figure '{key}' is unknown.{self.hint(key)}")
        if not same_kind(row["unit"], unit):
            raise ConfigError(
                f"{row['place']}: '{key}' is in {row['unit']}, expected {unit} "
                "or a unit of the same kind. Correct the unit of the row."
            )
        self.used[key] = None
        return float(row[level]) * factor(row["unit"], unit)

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """Return the rows by key: a study reads some figures a hundred thousand times."""
        return {str(key): row for key, row in self.table.to_dict("index").items()}

    def __contains__(self, key: str) -> bool:
        """Return whether there is a figure of that key."""
        return key in self.table.index

    def hint(self, key: str) -> str:
        """Return the key that was perhaps meant."""
        near = get_close_matches(key, list(self.table.index), n=1)
        return f" Did you mean '{near[0]}'?" if near else ""

    def assumptions(self) -> pd.DataFrame:
        """Return the rows used so far: table, name, value, low, high, unit, source, confidence.

        The unit is followed by what it is counted on, such as ``JPY/t (per port)``.
        """
        rows = self.table.loc[list(self.used)].rename_axis("name").reset_index()
        basis = rows["basis"].map(lambda text: f" ({text})" if text else "")
        rows = rows.assign(unit=rows["unit"] + basis)
        parts = rows["name"].astype(str).str.split("/", n=1)
        return rows.assign(name=parts.str[1]).assign(table=parts.str[0])[["table", "name", *SHOWN]]


def read_figures(folder: Path, overrides: dict[str, float], levers: Sequence[str] = ()) -> Figures:
    """Return the figures in `folder`, with `levers` pulled, and `overrides` for the table's values.

    A lever changes value, low and high of every figure that one of its patterns matches.

    Raises
    ------
    MissingDataError
        If a table is not there.
    ConfigError
        If two rows have one key, a value is no number, a unit does not parse, an override names
        no figure, or a lever is unknown or stands for nothing in the model.
    """
    table = pd.concat([read_table(folder, name) for name in KEYS])
    figures = Figures(table)
    unknown = [
        f"overrides: '{k}' is no figure.{figures.hint(k)}" for k in overrides if k not in figures
    ]
    if unknown:
        raise ConfigError(listed(folder, unknown))
    pulled = read_levers(folder) if levers else pd.DataFrame()
    for lever in levers:
        pull(table, pulled, lever)
    for key, value in overrides.items():
        table.loc[key, ["value", "low", "high"]] = value
        table.loc[key, ["source", "confidence"]] = ["the study's overrides", "override"]
    return figures


def read_levers(folder: Path) -> pd.DataFrame:
    """Return the policy levers by id; every cell is text. Without the table there are none."""
    path = folder / f"{LEVERS}.csv"
    table = read_csv(path) if path.exists() else pd.DataFrame(columns=LEVER_COLUMNS, dtype=str)
    return table.set_index("lever_id")


def lever_fault(levers: pd.DataFrame, lever: str) -> str:
    """Return why `lever` cannot be pulled, empty if it can.

    Parameters
    ----------
    levers : rows of policy_levers.csv by lever_id.
    """
    if lever in levers.index:
        row = levers.loc[lever]
        why_not = f"lever '{lever}' ({row['instrument']}) is not modelled: {row['why_not']}."
        return "" if row["modelled"] == "yes" else why_not
    near = get_close_matches(lever, list(levers.index), n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"lever '{lever}' is unknown, expected a lever_id of policy_levers.csv.{hint}"


def pull(table: pd.DataFrame, levers: pd.DataFrame, lever: str) -> None:
    """Change the figures in `table` that `lever` changes; their source names it from then on."""
    if fault := lever_fault(levers, lever):
        raise ConfigError(f"{LEVERS}.csv: {fault}")
    row = levers.loc[lever]
    patterns = row["figure_keys"].split(";")
    keys = sorted({key for p in patterns for key in fnmatch.filter(table.index, p.strip())})
    if not keys:
        raise ConfigError(f"{LEVERS}.csv: no figure matches '{row['figure_keys']}' ({lever}).")
    amount, columns = float(row["value"]), ["value", "low", "high"]
    before = table.loc[keys, columns]
    after = {"multiply": before * amount, "add": before + amount, "set": before * 0 + amount}
    if row["apply"] not in after:
        text = f"apply of lever '{lever}' is '{row['apply']}', expected one of {sorted(after)}."
        raise ConfigError(f"{LEVERS}.csv: {text}")
    table.loc[keys, columns] = after[row["apply"]]
    named = f"policy lever {lever} ({row['instrument']}) on: "
    table.loc[keys, "source"] = named + table.loc[keys, "source"]
    table.loc[keys, "confidence"] = row["confidence"]


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Return one parameter table by key."""
    path = folder / f"{name}.csv"
    rows = read_csv(path, [*KEYS[name], *SHOWN, "basis"])
    parts = rows[KEYS[name]].astype(str)
    rows.index = pd.Index(
        ["/".join([name, *(p for p in row if p not in WILDCARDS)]) for row in parts.to_numpy()],
        name="key",
    )
    values = rows[["value", "low", "high"]].apply(pd.to_numeric, errors="coerce")
    rows = rows.assign(**values, place=[f"{path}:{line}" for line in lines_of_rows(path)])
    if found := row_faults(rows, KEYS[name][-1]):
        places = cell_places(path, [(row, column) for row, column, _ in found])
        spots = zip(places, found, strict=True)
        raise ConfigError.of([Located(str(path), *at, message) for at, (_, _, message) in spots])
    return rows[[*SHOWN, "basis", "place"]]


def row_faults(rows: pd.DataFrame, key_column: str) -> list[tuple[int, str, str]]:
    """Return row, column and message of what is wrong in a table: keys, numbers and units."""
    twice, empty = rows.index.duplicated(), rows["value"].isna().to_numpy()
    units = rows["unit"].tolist()
    wrong = unit_faults(set(units))
    found: list[tuple[int, str, str]] = [
        (row, key_column, "stands twice") for row in np.flatnonzero(twice).tolist()
    ]
    found += [(row, "value", "value is no number") for row in np.flatnonzero(empty).tolist()]
    found += [(row, "unit", wrong[unit]) for row, unit in enumerate(units) if unit in wrong]
    return [(row, column, f"'{rows.index[row]}': {text}") for row, column, text in sorted(found)]


def unit_faults(units: set[str]) -> dict[str, str]:
    """Return what is wrong with each of `units` that does not parse, and which may be meant."""
    faults = {}
    for unit in sorted(units):
        try:
            parsed(unit)
        except ConfigError as error:
            faults[unit] = str(error)
    good = sorted(units - faults.keys())
    near = {unit: get_close_matches(unit, good, n=1) for unit in faults}
    hints = {unit: f" Did you mean '{found[0]}'?" for unit, found in near.items() if found}
    return {unit: f"{fault}.{hints.get(unit, '')}" for unit, fault in faults.items()}


def params_folder(study: Path) -> Path:
    """Return the parameter tables beside the study, else those that came with the product."""
    package = Path(__file__).parent
    for home in (study.parent, package.parent / "configs", package / "configs"):
        if (home / "params").is_dir():
            return home / "params"
    raise MissingDataError(f"{study.parent}/params: no parameter tables. Restore configs/params.")


def read_csv(path: Path, needed: Sequence[str] = (), **options: Any) -> pd.DataFrame:
    """Return the CSV table at `path` with every cell as text.

    Raises
    ------
    MissingDataError
        If it is not there.
    ConfigError
        If it cannot be read, or lacks columns that are `needed`.
    """
    if not path.exists():
        raise MissingDataError.of_file(
            path, ["the table is missing. Restore it from the repository."]
        )
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, **options)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        text = f"the table cannot be read ({reason}). Save it as CSV in UTF-8."
        raise ConfigError.of([Located(str(path), *unread_place(path, error), text)]) from None
    lacking = [column for column in needed if column not in table]
    if lacking:
        near = get_close_matches(lacking[0], list(table.columns), n=1)
        hint = f"Is '{near[0]}' meant to be '{lacking[0]}'?" if near else "Add them."
        text = f"columns {some(lacking)} are missing. {hint}"
        raise ConfigError.of([Located(str(path), 1, 1, text)])
    return table
