"""A finished output read back: all that a map draws, from the folder a run left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from models.instance import Instance, InstanceError
from models.plan import Plan
from siting.carriage import ARC
from siting.errors import ConfigError, listed
from siting.outcome import Outcome, Provenance, Timing
from siting.scenarios.backdrop import eco_towns, outlines
from siting.scenarios.compare.output import read_record, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PLAN_TABLES = {
    "hubs.csv": ["site", "technology", "size", "period"],
    "sites.csv": ["site", "period"],
    "sources.csv": ["source", "commodity", "period"],
    "sinks.csv": ["sink", "commodity", "period"],
    "flows.parquet": [*ARC, "period"],
    "costs.csv": ["block", "part", "period"],
    "kgco2e.csv": ["part", "period"],
    "disposals.csv": ["site", "commodity", "period"],
}
"""Each table of the plan that a map needs and its index."""

OTHER_TABLES = {"places.csv": ["node"], "legs.parquet": [*ARC, "leg"]}

WORDS = {"name_ja", "name_en", "pref_ja", "detail", "confidence", "kind", "points"}
"""Columns that stay text whatever they hold."""

ORIGIN: dict[str, Any] = {
    "config_sha256": "",
    "layer_sha256": {},
    "versions": {},
    "model": "",
    "notes": [],
    "credits": [],
    "layer_vintage": {},
}
"""Entries of ``plan.json`` that say where the figures come from; older runs lack some."""

TARGET_NUMBERS = ["min_collected_share", "collected_share"]


def read_outcomes(folders: Sequence[Path]) -> list[Outcome]:
    """Return the outcomes of several outputs, which one map can switch between.

    Raises
    ------
    ConfigError
        If one is no output of ``siting run``, if two have one name, or their periods differ.
    """
    found = [read_outcome(folder) for folder in folders]
    periods = [outcome.instance.periods.index.tolist() for outcome in found]
    for number, outcome in enumerate(found):
        if periods[number] != periods[0]:
            raise ConfigError(
                f"{folders[number]}: its periods are {periods[number]}, those of {folders[0]} are "
                f"{periods[0]}. One map shows plans of the same periods."
            )
        if any(outcome.study == other.study for other in found[:number]):
            raise ConfigError(
                f"{folders[number]}: another folder has the study '{outcome.study}' too. "
                "Give each output once."
            )
    return found


def read_outcome(folder: Path) -> Outcome:
    """Return the outcome of the run that left `folder`.

    What a map does not draw is not there: assumptions, prices and the proof of the bound.

    Raises
    ------
    ConfigError
        If `folder` is no output of ``siting run``, with everything that is wrong with it.
    """
    record, faults = read_record(folder)
    tables = {}
    for name, index in (PLAN_TABLES | OTHER_TABLES).items():
        try:
            tables[name.partition(".")[0]] = read_table(folder / name, index)
        except (ConfigError, OSError, ValueError) as fault:
            faults.append(f"{name}: {fault}")
    try:
        instance = Instance.read(folder / "instance")
    except (InstanceError, OSError, ValueError) as fault:
        faults.append(f"instance: {fault}")
    if faults:
        raise ConfigError(f"{listed(folder, faults)}\nMake the folder anew with siting run.")
    return outcome_of(record, tables, instance)


def outcome_of(
    record: dict[str, Any], tables: dict[str, pd.DataFrame], instance: Instance
) -> Outcome:
    """Return the outcome that a record and tables of an output describe."""
    places, legs = tables.pop("places"), tables.pop("legs")
    return Outcome(
        study=str(record["study"]),
        title_ja=str(record["title_ja"]),
        title_en=str(record["title_en"]),
        instance=instance,
        plan=plan_of(record, tables),
        places=places,
        legs=legs,
        assumptions=pd.DataFrame(),
        outlines=outlines(None),
        provenance=Provenance(**{key: record.get(key, empty) for key, empty in ORIGIN.items()}),
        timing=Timing(*(record.get(key, 0.0) for key in ("build_s", "solve_s", "peak_rss_mib"))),
        case=record.get("case"),
        scenario=record.get("scenario"),
        eco_towns=eco_towns(None),
    )


def plan_of(record: dict[str, Any], tables: dict[str, pd.DataFrame]) -> Plan:
    """Return the plan of an output."""
    names = ["commodity", "period"]
    targets = pd.DataFrame(record.get("targets", []), columns=[*names, *TARGET_NUMBERS])
    bound = record.get("bound_jpy")
    objective = str(record.get("objective", "cost"))
    return Plan(
        status=str(record["status"]),
        objective_jpy=float(record["objective_jpy"]),
        bound_jpy=float("-inf") if bound is None else float(bound),
        objective=objective,
        objective_value=float(record["objective_value"]),
        bound_value=float(record["bound_value"]),
        targets=targets.set_index(names).sort_index(),
        bounds=pd.DataFrame(),
        **tables,
    )


def read_table(path: Path, index: list[str]) -> pd.DataFrame:
    """Return a table of the output by its index; names and codes stay text."""
    if not path.is_file():
        raise ConfigError("the file is missing")
    found = pd.read_parquet(path) if path.suffix == ".parquet" else read_text(path)
    if missing := [name for name in index if name not in found]:
        raise ConfigError(f"columns {missing} are missing")
    if path.suffix != ".parquet":
        numbers = [name for name in found if name not in {*index, *WORDS}]
        found[numbers] = found[numbers].apply(pd.to_numeric).astype(float)
    if "period" in index:
        found["period"] = pd.to_numeric(found["period"]).astype(int)
    return found.set_index(index).sort_index()
