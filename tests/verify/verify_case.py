"""Outputs as a run leaves them, of instances without a study; and the model as numbers by name."""

import json
import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from solve_case import SHARED, arc_table, indexed, list_columns, random_instance

from models import Instance, Plan
from models.spec import TABLES as SPECS
from siting.report.tables import write_certificate, write_office_csv
from siting.verify.laws import whole_model
from siting.verify.model import Model
from siting.verify.table import Tables, read_tables

TABLES = {"hubs": "hubs", "sites": "sites", "sources": "sources", "services": "services"}


def write_output(folder: Path, data: Instance, plan: Plan) -> Path:
    """Write what ``siting verify`` reads of a run into `folder`."""
    (folder / "instance").mkdir(parents=True)
    data.write(folder / "instance")
    for name, table in TABLES.items():
        write_office_csv(folder / f"{name}.csv", getattr(plan, table).reset_index())
    plan.flows.reset_index().to_parquet(folder / "flows.parquet", index=False)
    write_certificate(folder / "certificate.npz", plan)
    record = plan_record(plan, data)
    (folder / "plan.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def plan_record(plan: Plan, data: Instance) -> dict[str, Any]:
    """Return what ``plan.json`` says of `plan`, as far as it is checked."""
    blocks: dict[str, dict[str, float]] = {}
    costs = plan.costs["present_value_jpy"].groupby(level=["block", "part"]).sum()
    for (block, part), cost in costs.items():
        blocks.setdefault(block, {})[part] = float(cost)
    years = data.periods["years"]
    gases = (plan.kgco2e["kgco2e_per_yr"] * years).groupby(level="part").sum()
    parts = plan.bounds.reset_index().to_dict("records")
    return {
        "objective": plan.objective,
        "objective_value": plan.objective_value,
        "objective_jpy": plan.objective_jpy,
        "bound_value": plan.bound_value,
        "gap": plan.gap,
        "cost_jpy": blocks,
        "kgco2e": gases.to_dict(),
        "targets": plan.targets.reset_index().to_dict("records"),
        "parts": [{k: None if v == -math.inf else v for k, v in part.items()} for part in parts],
    }


def tables_of(data: Instance) -> Tables:
    """Return `data` as the verifier reads it from its folder."""
    with tempfile.TemporaryDirectory() as folder:
        data.write(Path(folder))
        return read_tables(Path(folder))


def rows_by_name(model: Model) -> dict[tuple[str, str], dict[tuple[str, str], float]]:
    """Return the coefficients of each row by the names of row and column."""
    rows: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for term in model.terms:
        law, variable = model.laws[term.law], model.variables[term.variable]
        for t in range(term.lag, len(model.periods)):
            then, now = model.periods[t - term.lag], model.periods[t]
            for row, column, value in zip(term.row, term.column, term.at(t), strict=True):
                own = rows.setdefault((term.law, joined(law.name(row), now)), {})
                name = (term.variable, joined(variable.name(column), then))
                own[name] = own.get(name, 0.0) + float(value)
    return {row: {k: v for k, v in own.items() if v} for row, own in rows.items()}


def limits_by_name(model: Model, kind: str) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the limits of each row of `kind` ``laws`` or ``variables`` by its name."""
    return {
        (name, joined(family.name(row), t)): (family.lower[row, n], family.upper[row, n])
        for name, family in getattr(model, kind).items()
        for row in range(len(family.keys))
        for n, t in enumerate(model.periods)
    }


def joined(*names: object) -> str:
    """Return an index as the certificate writes it."""
    return "|".join(text for name in names if (text := str(name)))


def whole(data: Instance) -> tuple[Model, Tables]:
    """Return the verifier's model of `data`, and its tables."""
    tables = tables_of(data)
    return whole_model(tables), tables


def random_multipliers(model: Model, rng: np.random.Generator, size: float) -> pd.DataFrame:
    """Return a multiplier for every row of every law, some of the wrong sign, some no number."""
    names = [name for name in limits_by_name(model, "laws") if ":" not in name[0]]
    names += [("horizon_within_limit", "kgco2e|at_most"), ("quantity_within_limit", "jobs|2030|x")]
    values = rng.normal(size=len(names)) * size ** rng.uniform(0, 1, len(names))
    values[rng.random(len(names)) < 0.02] = rng.choice([np.nan, np.inf, -np.inf])
    table = pd.DataFrame(names, columns=["law", "index"])
    return table.assign(dual_jpy=values)


def chained_instance(seed: int) -> Instance:
    """Return a random instance in which sites also take what sites make, their own as well.

    Every site costs something of its own, and at the first of them lines stand.
    """
    data, rng = random_instance(seed), np.random.default_rng(2000 + seed)
    sites = list(data.hubs.index.unique("site"))
    periods = list(data.periods.index)
    first = data.hubs.rename(index={"plastic_recycling": "melting"}, level="technology")
    worth = {"capacity_t": 0.5, "opening_jpy": 0.5, "running_jpy_per_yr": 0.5}
    melting = first.assign(**{name: first[name] * share for name, share in worth.items()})
    standing = melting.index.get_level_values("site") == sites[0]
    melting = melting.assign(stands=1.0 * standing, may_close=1.0 * standing)
    recipes = [("melting", "plastic_product", 1.0, 0.0), ("melting", "ingot", 0.0, 0.9),
               ("melting", SHARED, 0.0, 0.1)]  # fmt: skip
    sinks = [("JI", "ingot", t, rng.uniform(25_000, 60_000), np.inf, 500.0) for t in periods]
    lanes = arc_table(rng, sites, sites, "plastic_product", ["truck"])
    lanes = lanes[lanes.index.get_level_values(0) != lanes.index.get_level_values(1)]
    opening = [(site, rng.uniform(1e6, 2e7), 0.08) for site in sites]

    def more(name: str, table: pd.DataFrame | list[tuple[object, ...]]) -> pd.DataFrame:
        rows = table if isinstance(table, pd.DataFrame) else indexed(list_columns(name), table)
        return pd.concat([getattr(data, name), rows]).fillna(SPECS[name].defaults).sort_index()

    return replace(
        data,
        hubs=more("hubs", melting),
        recipes=more("recipes", recipes),
        sinks=more("sinks", sinks),
        arcs=more("arcs", pd.concat([lanes, arc_table(rng, sites, ["JI"], "ingot", ["truck"])])),
        sites=more("sites", opening),
        commodities=more("commodities", [("ingot", 1_000.0, 0.0)]),
    )
