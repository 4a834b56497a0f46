"""What a run left in its folder: ``plan.json``, the plan's tables and the certificate."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from siting.errors import ConfigError, listed, some
from siting.verify.plan import LEAST, Broken
from siting.verify.quantity import QUANTITIES

if TYPE_CHECKING:
    from pathlib import Path

    from siting.verify.model import Family, Model, Values
    from siting.verify.table import Array

AGAIN = "Make it anew with siting run."

GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
"""How a cell starts that was kept from being read as a formula."""

HUB = ("site", "technology", "size")
FLOW = ("origin", "destination", "mode", "commodity")

FILES = {
    "hubs.csv": (HUB, {"run_hub": "lines", "throughput": "throughput_t"}),
    "sites.csv": (("site",), {"use_site": "used"}),
    "sources.csv": (("source", "commodity"), {"uncollected": "uncollected_t"}),
    "services.csv": (("service",), {"run_service": "running"}),
    "flows.parquet": (FLOW, {"flow": "flow_t"}),
}
"""Each table of the plan: what its rows are named by, and the variables in its columns."""


def read_record(folder: Path) -> dict[str, Any]:
    """Return ``plan.json``."""
    path = folder / "plan.json"
    if not path.is_file():
        raise ConfigError(
            f"{folder}: no output of a run, plan.json is missing. Give a folder such as out/japan, "
            "or make one with siting run."
        )
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        for name in ("objective_value", "bound_value", "gap", "objective_jpy"):
            record[name] = float(record[name])
        if record["objective"] not in {"cost", *QUANTITIES[1:]}:
            raise ValueError(f"objective {record['objective']!r} is unknown")
        return {**record, "parts": [dict(part) for part in record["parts"]]}
    except (ValueError, TypeError, KeyError) as fault:
        raise ConfigError(
            f"{path}: cannot be read ({fault}). Make it anew with siting run."
        ) from None


def read_certificate(path: Path) -> tuple[pd.DataFrame, float]:
    """Return the multipliers (law, index, dual_jpy) and the bound that the file names."""
    if not path.is_file():
        raise ConfigError(f"{path}: the certificate is missing. {AGAIN}")
    try:
        with np.load(path, allow_pickle=False) as file:
            table = pd.DataFrame(
                {name: file[name].astype(object) for name in ("law", "index")}
                | {"dual_jpy": file["dual_jpy"].astype(float)}
            )
            return table, float(file["bound_jpy"])
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as fault:
        raise ConfigError(f"{path}: cannot be read ({fault}). {AGAIN}") from None


@dataclass(frozen=True)
class Decisions:
    """The values of all variables, and rows of the tables that stand for none of them."""

    x: Values
    unknown: list[Broken]


def read_decisions(folder: Path, model: Model) -> Decisions:
    """Return what the tables in `folder` decide.

    Raises
    ------
    ConfigError
        With every table that is missing or cannot be read.
    """
    x = {name: np.zeros(family.lower.shape) for name, family in model.variables.items()}
    faults, unknown = [], []
    for name, (keys, columns) in FILES.items():
        path = folder / name
        if name == "services.csv" and not path.is_file() and not len(x["run_service"]):
            continue
        try:
            table = read_table(path, [*keys, "period"], list(columns.values()))
        except (ConfigError, OSError, ValueError) as fault:
            faults.append(f"{name}: {fault}")
            continue
        for variable, column in columns.items():
            rows = table[[*keys, "period"]], table[column].to_numpy(float)
            unknown += filled(x[variable], model.variables[variable], rows, model.periods)
    if faults:
        raise ConfigError(f"{listed(folder, faults)}\nMake the folder anew with siting run.")
    return Decisions(x, unknown)


def read_table(path: Path, keys: list[str], numbers: list[str]) -> pd.DataFrame:
    """Return a table of the plan, its keys as text but for the period."""
    if not path.is_file():
        raise ConfigError("the file is missing")
    if path.suffix == ".parquet":
        table = pd.read_parquet(path)
    else:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    if missing := [name for name in (*keys, *numbers) if name not in table]:
        raise ConfigError(f"columns {missing} are missing")
    table = table[[*keys, *numbers]].copy()
    for key in keys:
        text = table[key].astype(str)
        table[key] = text.where(~text.str.startswith(GUARDED), text.str[1:])
    table[[*numbers, "period"]] = table[[*numbers, "period"]].apply(pd.to_numeric)
    if not np.isfinite(table[numbers].to_numpy(float)).all():
        raise ConfigError(f"{' or '.join(numbers)} is no number somewhere")
    if (double := table.duplicated(keys)).any():
        rows = table.loc[double, keys].itertuples(index=False, name=None)
        raise ConfigError(f"rows stand twice: {some(rows)}")
    return table


def filled(
    values: Array, family: Family, rows: tuple[pd.DataFrame, Array], periods: list[int]
) -> list[Broken]:
    """Put the numbers of `rows` into `values`; return those that stand for no variable."""
    names, numbers = rows
    keys = names.drop(columns="period")
    index = pd.Index(keys.iloc[:, 0]) if keys.shape[1] == 1 else pd.MultiIndex.from_frame(keys)
    own = family.keys
    if isinstance(own, pd.MultiIndex):
        own = own.set_levels([level.astype(object) for level in own.levels])
    place = own.get_indexer(index)
    period = pd.Index(periods).get_indexer(names["period"])
    known = (place >= 0) & (period >= 0)
    values[place[known], period[known]] = numbers[known]
    odd = np.flatnonzero(~known & (np.abs(numbers) > LEAST))
    name = names.astype(str).agg("|".join, axis=1) if len(odd) else names
    amounts = np.abs(numbers)
    return [
        Broken("no such row in the instance", str(name.iloc[n]), float(amounts[n]), LEAST)
        for n in odd
    ]
