"""The machine-readable files of a run: what ``out/<study>/`` promises, apart from the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from siting.report import facts
from siting.report.paper.evidence import EVIDENCE
from siting.report.record import plan_record
from siting.report.viewpoints.eleven import viewpoints
from siting.report.viewpoints.named import named_areas
from siting.report.viewpoints.tidy import tidy, tidy_table
from siting.text import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from models.plan import Plan
    from siting.outcome import Outcome
    from siting.report.viewpoints.table import Viewpoint

DECIMALS = {
    "jpy_per_t": 2,
    "_jpy": 0,
    "_t": 3,
    "tkm": 1,
    "_km": 2,
    "kgco2e": 1,
    "share": 6,
    "utilisation": 4,
    "mj": 1,
    "driver_h": 1,
    "lat": 5,
    "lon": 5,
}
"""Decimals by how a column's name ends; the first that fits counts."""

HUB_AMOUNTS = ["stands", "jobs", "labour_jpy", "land_m2", "kwh", "heat_mj", "energy_jpy"]
"""What the hubs of a row take in a year."""

SHORT_RUN = "short-run, given the open hubs"
TARGET_FEE = "fee that reaches the target, hubs free"

PLACE = ["name_ja", "name_en", "pref_ja", "lat", "lon"]


def write_tables(folder: Path, outcome: Outcome, views: Sequence[Viewpoint] | None = None) -> None:
    """Write every file of the contract but the two pages into `folder`.

    The CSV tables carry a byte-order mark and guarded cells because offices open them in a
    spreadsheet; ``instance/`` and ``flows.parquet`` are exact and meant for programs.

    Parameters
    ----------
    views : as ``viewpoints`` returns them; made here if not given.
    """
    text = json.dumps(plan_record(outcome), ensure_ascii=False, indent=2, allow_nan=False)
    (folder / "plan.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    tables = {
        "hubs": hubs,
        "sites": sites,
        "sources": sources,
        "sinks": sinks,
        "modes": modes,
        "prices": prices,
        "places": places,
        "assumptions": assumptions,
        "disposals": disposals,
        **EVIDENCE,
    }
    for name, table in tables.items():
        write_office_csv(folder / f"{name}.csv", table(outcome))
    for name in ("services", "berths"):
        if len(table := getattr(outcome.plan, name)):
            write_office_csv(folder / f"{name}.csv", table.reset_index())
    for view in viewpoints(outcome) if views is None else views:
        write_office_csv(folder / f"{view.file}.csv", tidy(view, outcome))
    if named := named_areas(outcome):
        write_office_csv(folder / "named_areas.csv", tidy_table(named, outcome))
    write_certificate(folder / "certificate.npz", outcome.plan)
    flows(outcome).to_parquet(folder / "flows.parquet", index=False)
    outcome.legs.reset_index().to_parquet(folder / "legs.parquet", index=False)
    (folder / "instance").mkdir(exist_ok=True)
    outcome.instance.write(folder / "instance")


def write_certificate(path: Path, plan: Plan) -> None:
    """Write the multipliers behind the bound by law and index, the bound and the cost [JPY]."""
    rows = plan.multipliers.reset_index()
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            part=rows.get("part", pd.Series(dtype=str)).to_numpy("U200"),
            law=rows.get("law", pd.Series(dtype=str)).to_numpy("U40"),
            index=rows.get("index", pd.Series(dtype=str)).to_numpy("U80"),
            dual_jpy=rows.get("dual_jpy", pd.Series(dtype=float)).to_numpy(float),
            bound_jpy=plan.bound_jpy,
            objective_jpy=plan.objective_jpy,
        )


def hubs(outcome: Outcome) -> pd.DataFrame:
    """Return the hubs with lines, by site, technology, size and period."""
    table = facts.built(outcome.plan).sort_index().reset_index()
    capacity_t = table["capacity_t"].replace(0.0, np.nan)
    table["utilisation"] = table["throughput_t"] / capacity_t
    figures = ["lines", "opened_lines", "capacity_t", "throughput_t", "utilisation", "opening_jpy"]
    table = with_place(table, "site", outcome)
    return table[["site", *PLACE, "technology", "size", "period", *figures, *HUB_AMOUNTS]]


def sites(outcome: Outcome) -> pd.DataFrame:
    """Return the sites with an opening cost of their own, by period."""
    table = with_place(outcome.plan.sites.sort_index().reset_index(), "site", outcome)
    return table[["site", *PLACE, "period", "used", "opened", "opening_jpy"]]


def sources(outcome: Outcome) -> pd.DataFrame:
    """Return what arises, is collected and is left, by source, commodity and period [t/yr]."""
    table = with_place(outcome.plan.sources.sort_index().reset_index(), "source", outcome)
    figures = ["supply_t", "collected_t", "uncollected_t"]
    return table[["source", *PLACE, "commodity", "period", *figures]]


def sinks(outcome: Outcome) -> pd.DataFrame:
    """Return what sinks take and pay; an empty ``demand_t`` means no limit."""
    table = with_place(outcome.plan.sinks.sort_index().reset_index(), "sink", outcome)
    table["demand_t"] = table["demand_t"].replace(np.inf, np.nan)
    figures = ["inflow_t", "demand_t", "sales_jpy"]
    return table[["sink", *PLACE, "commodity", "period", *figures]]


def modes(outcome: Outcome) -> pd.DataFrame:
    """Return the legs of all flows by kind, mode, vehicle, commodity, stage and period."""
    return facts.modes(outcome).reset_index()


def prices(outcome: Outcome) -> pd.DataFrame:
    """Return the fee of each target and the short-run prices; ``basis`` tells them apart.

    ``fee_is_penalty`` marks a fee that is no market price.
    """
    return pd.concat([fees(outcome), short_run_prices(outcome)], ignore_index=True)


def fees(outcome: Outcome) -> pd.DataFrame:
    """Return the targets with their fee."""
    table = outcome.plan.targets.assign(fee_is_penalty=facts.capped(outcome)).sort_index()
    table = table.reset_index().assign(basis=TARGET_FEE, kind="target")
    table["name_ja"] = table["commodity"].map(lambda k: word(k, "ja"))
    table["name_en"] = table["commodity"].map(lambda k: word(k, "en"))
    keys = ["basis", "kind", "commodity", "name_ja", "name_en", "period"]
    amounts = ["supply_t", "min_collected_share", "collected_share", "collected_t", "shortfall_t"]
    return table[[*keys, *amounts, "fee_jpy_per_t", "fee_is_penalty"]]


def short_run_prices(outcome: Outcome) -> pd.DataFrame:
    """Return the marginal prices at sinks, sources and hubs while the open hubs stay."""
    table = outcome.plan.prices.sort_index().reset_index().assign(basis=SHORT_RUN)
    for language in ("ja", "en"):
        table[f"name_{language}"] = facts.names(table["node"], f"name_{language}", outcome)
    columns = ["basis", "kind", "node", "item", "name_ja", "name_en", "period", "price_jpy_per_t"]
    return table[columns]


def places(outcome: Outcome) -> pd.DataFrame:
    """Return every node with its names and position."""
    return pd.DataFrame(outcome.places).drop(columns="geometry", errors="ignore").rename_axis(
        "node"
    ).sort_index().reset_index()  # fmt: skip


def assumptions(outcome: Outcome) -> pd.DataFrame:
    """Return every number used, sorted by table and name."""
    return outcome.assumptions.sort_values(["table", "name"], kind="stable", ignore_index=True)


def disposals(outcome: Outcome) -> pd.DataFrame:
    """Return what sites dispose of, by commodity and period [t/yr]."""
    return outcome.plan.disposals.sort_index().reset_index()


def flows(outcome: Outcome) -> pd.DataFrame:
    """Return every flow with the names of its two ends."""
    table = outcome.plan.flows.sort_index().reset_index()
    for end in ("origin", "destination"):
        for language in ("ja", "en"):
            table[f"{end}_{language}"] = facts.names(table[end], f"name_{language}", outcome)
    return table


def with_place(table: pd.DataFrame, node: str, outcome: Outcome) -> pd.DataFrame:
    """Return `table` with the names and the position of its column `node`."""
    place = outcome.places[["pref_ja", "lat", "lon"]].reindex(table[node])
    table = table.assign(**{column: place[column].to_numpy() for column in place})
    named = {column: facts.names(table[node], column, outcome) for column in ("name_ja", "name_en")}
    return table.assign(**named)


def write_office_csv(path: Path, table: pd.DataFrame) -> None:
    """Write `table` as a spreadsheet in Japan opens it: UTF-8 with mark, no live formulas."""
    shown = table.copy()
    for column in shown:
        if pd.api.types.is_float_dtype(shown[column]):
            shown[column] = shown[column].round(decimals(str(column)))
        elif not pd.api.types.is_numeric_dtype(shown[column]):
            shown[column] = shown[column].map(guarded)
    shown.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def decimals(column: str) -> int:
    """Return how many decimals a column of that name is written with."""
    return next((digits for end, digits in DECIMALS.items() if column.endswith(end)), 9)


def guarded(cell: Any) -> Any:
    """Return `cell` so that a spreadsheet reads it as text and not as a formula."""
    if not isinstance(cell, str) or not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
