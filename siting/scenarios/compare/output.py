"""What a run left in ``out/<study>/``, read back; faults of a folder are told all at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from siting.errors import ConfigError, listed

if TYPE_CHECKING:
    from pathlib import Path


class Layout(NamedTuple):
    """Columns a table of the output must have: its index, words and numbers."""

    keys: tuple[str, ...]
    words: tuple[str, ...]
    numbers: tuple[str, ...]


FLOW = ("origin", "destination", "mode", "commodity", "period")
ENDS = ("origin_ja", "origin_en", "destination_ja", "destination_en")

TABLES = {
    "hubs.csv": Layout(
        ("site", "technology", "size", "period"),
        ("name_ja", "name_en"),
        ("lines", "capacity_t", "throughput_t"),
    ),
    "flows.parquet": Layout(FLOW, ENDS, ("flow_t", "tkm", "cost_jpy", "kgco2e")),
    "sources.csv": Layout(("source", "commodity", "period"), (), ("supply_t", "collected_t")),
    "sinks.csv": Layout(
        ("sink", "commodity", "period"), ("name_ja", "name_en"), ("inflow_t", "sales_jpy")
    ),
    "instance/periods.csv": Layout(("period",), (), ("years",)),
}

RECORD = {
    "study": str,
    "title_ja": str,
    "title_en": str,
    "status": str,
    "objective_jpy": float,
    "cost_jpy": dict,
    "kgco2e": dict,
}
"""Entries of ``plan.json`` that are read, and what each is."""

GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
"""How a cell starts that was kept from being read as a formula."""


@dataclass(frozen=True)
class Output:
    """One run's answer.

    Attributes
    ----------
    record : what ``plan.json`` says.
    hubs : (site, technology, size, period) with name_ja, name_en, lines, capacity_t, throughput_t
    flows : (origin, destination, mode, commodity, period) with names, flow_t, tkm, cost_jpy, kgco2e
    sources : (source, commodity, period) with supply_t, collected_t
    sinks : (sink, commodity, period) with names, inflow_t, sales_jpy
    years : length of each period [yr]
    places : (node) with name_ja, name_en, lat, lon; empty where the output has none
    """

    folder: Path
    record: dict[str, Any]
    hubs: pd.DataFrame
    flows: pd.DataFrame
    sources: pd.DataFrame
    sinks: pd.DataFrame
    years: pd.Series
    places: pd.DataFrame

    @property
    def study(self) -> str:
        """Return the name of the study."""
        return str(self.record["study"])

    @property
    def cost_jpy(self) -> float:
        """Return the present value of the plan [JPY]."""
        return float(self.record["objective_jpy"])

    @property
    def least_cost_jpy(self) -> float | None:
        """Return the proven least cost of any plan; None where another objective was sought."""
        bound_jpy = self.record.get("bound_jpy")
        if self.record.get("objective", "cost") != "cost" or bound_jpy is None:
            return None
        return min(float(bound_jpy), self.cost_jpy)

    @property
    def kgco2e(self) -> float:
        """Return the emissions over the horizon [kgCO2e]."""
        return float(sum(self.record["kgco2e"].values()))


def read_output(folder: Path) -> Output:
    """Return what the run in `folder` left.

    Raises
    ------
    ConfigError
        If `folder` is no output of ``siting run``, with everything that is wrong with it.
    """
    record, faults = read_record(folder)
    tables = {}
    for name, layout in TABLES.items():
        try:
            tables[name] = read_table(folder / name, layout)
        except (ConfigError, OSError, ValueError) as fault:
            faults.append(f"{name}: {fault}")
    if faults:
        raise ConfigError(f"{listed(folder, faults)}\nMake the folder anew with siting run.")
    hubs, flows, sources, sinks, periods = tables.values()
    places = read_places(folder / "places.csv")
    return Output(folder, record, hubs, flows, sources, sinks, periods["years"], places)


def read_places(path: Path) -> pd.DataFrame:
    """Return where the nodes of an output lie; those without a position are left out."""
    columns = ["name_ja", "name_en", "lat", "lon"]
    if not path.is_file():
        return pd.DataFrame(columns=columns, index=pd.Index([], name="node"))
    table = read_text(path).set_index("node").reindex(columns=columns)
    position = table[["lat", "lon"]].apply(pd.to_numeric, errors="coerce")
    return table.assign(**position).dropna(subset=["lat", "lon"])


def read_record(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """Return what ``plan.json`` in `folder` says, and what is wrong with it.

    Raises
    ------
    ConfigError
        If there is none.
    """
    path = folder / "plan.json"
    if not path.is_file():
        raise ConfigError(
            f"{folder}: no output of a run, plan.json is missing. Give a folder such as out/japan, "
            "or make one with siting run."
        )
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        return {}, [f"plan.json: no JSON ({fault})"]
    if not isinstance(record, dict):
        return {}, ["plan.json: no mapping"]
    kinds = {key: (float, int) if kind is float else kind for key, kind in RECORD.items()}
    wrong = [key for key, kind in kinds.items() if not isinstance(record.get(key), kind)]
    faults = [f"plan.json: {key} is missing or of another kind" for key in wrong]
    return record, faults or unclear_amounts(record)


def unclear_amounts(record: dict[str, Any]) -> list[str]:
    """Return the parts of cost and emissions that are no numbers."""
    blocks = record["cost_jpy"].items()
    parts = {f"cost_jpy {b}": p if isinstance(p, dict) else {"": None} for b, p in blocks}
    parts["kgco2e"] = record["kgco2e"]
    return [
        f"plan.json: {name} {part} is {value!r}, expected a number"
        for name, values in parts.items()
        for part, value in values.items()
        if not isinstance(value, float | int)
    ]


def read_table(path: Path, layout: Layout) -> pd.DataFrame:
    """Return a table of the output by its index; names and codes stay text."""
    if not path.is_file():
        raise ConfigError("the file is missing")
    table = pd.read_parquet(path) if path.suffix == ".parquet" else read_text(path)
    columns = [*layout.keys, *layout.words, *layout.numbers]
    if missing := [column for column in columns if column not in table]:
        raise ConfigError(f"columns {missing} are missing")
    numbers = table[list(layout.numbers)].apply(pd.to_numeric).astype(float)
    periods = pd.to_numeric(table["period"]).astype(int)
    table = table.assign(**numbers, period=periods)[columns]
    return table.set_index(list(layout.keys)).sort_index()


def read_text(path: Path) -> pd.DataFrame:
    """Return a CSV table with every cell as text, guards against formulas taken off."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return table.map(lambda cell: cell[1:] if cell.startswith(GUARDED) else cell)
