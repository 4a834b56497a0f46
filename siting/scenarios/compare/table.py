"""The difference of two plans as JSON and tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from siting.report.record import cleaned
from siting.report.tables import write_office_csv
from siting.scenarios.backdrop import outlines
from siting.scenarios.compare.answer import answer, end_names, names
from siting.scenarios.compare.difference import NOISE
from siting.scenarios.compare.page import compare_html
from siting.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from siting.scenarios.compare.difference import Difference
    from siting.scenarios.compare.output import Output

MOST_LANES = 50
"""Lanes in ``compare.json``; ``lanes.csv`` has all that change."""


def write_difference(folder: Path, found: Difference) -> None:
    """Write ``compare.json``, ``compare.html`` and the tables into `folder`."""
    record = difference_record(found)
    text = json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False)
    (folder / "compare.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    tables = {
        "sites": site_table(found),
        "flows": found.flows.reset_index(),
        "lanes": lane_table(found),
        "collected": found.collected.reset_index(),
        "sold": found.sold.reset_index(),
        "costs": found.costs.reset_index(),
        "kgco2e": found.kgco2e.reset_index(),
    }
    for name, table in tables.items():
        write_office_csv(folder / f"{name}.csv", table)
    write_whole(folder / "compare.html", compare_html(found, outlines(None)))


def difference_record(found: Difference) -> dict[str, Any]:
    """Return what ``compare.json`` holds; a change is B less A."""
    sure = found.sure_change_jpy
    changed = found.changes[found.changes["change"] != "same"]
    lanes = lane_table(found).head(MOST_LANES)
    record: dict[str, Any] = cleaned(
        {
            "a": output_record(found.a),
            "b": output_record(found.b),
            "same_periods": found.same_periods,
            "cost_change_jpy": found.cost_change_jpy,
            "sure_cost_change_jpy": list(sure) if sure else None,
            "is_within_gaps": found.is_within_gaps,
            "kgco2e_change": found.b.kgco2e - found.a.kgco2e,
            "sites_added": found.sites("added"),
            "sites_dropped": found.sites("dropped"),
            "hubs": changed.reset_index().to_dict("records"),
            "costs": found.costs.reset_index().to_dict("records"),
            "kgco2e": found.kgco2e.reset_index().to_dict("records"),
            "flows": found.flows.reset_index().to_dict("records"),
            "lanes": lanes.to_dict("records"),
            "collected": found.collected.reset_index().to_dict("records"),
            "summary": {"ja": answer(found, "ja"), "en": answer(found, "en")},
        }
    )
    return record


def output_record(output: Output) -> dict[str, Any]:
    """Return which plan this is, what it costs and how good it is."""
    keys = ("study", "title_ja", "title_en", "status", "objective", "case", "scenario")
    known = {key: output.record[key] for key in keys if key in output.record}
    return known | {
        "folder": str(output.folder),
        "cost_jpy": output.cost_jpy,
        "least_cost_jpy": output.least_cost_jpy,
        "gap": output.record.get("gap"),
        "kgco2e": output.kgco2e,
    }


def site_table(found: Difference) -> pd.DataFrame:
    """Return lines, capacity and throughput of every hub and period, and what becomes of it."""
    table = found.hubs.reset_index()
    change = found.changes["change"]
    table["change"] = [
        change[s, g] for s, g in zip(table["site"], table["technology"], strict=True)
    ]
    for language in ("en", "ja"):
        table.insert(1, f"name_{language}", table["site"].map(names(found, language)))
    only = {site: change for change in ("added", "dropped") for site in found.sites(change)}
    table.insert(3, "site_change", table["site"].map(lambda site: only.get(site, "kept")))
    return table


def lane_table(found: Difference) -> pd.DataFrame:
    """Return the lanes that change, those that change most first, with the names of their ends."""
    table = found.lanes[found.lanes["flow_t_change"].abs() > NOISE].reset_index()
    for end in ("origin", "destination"):
        for language in ("ja", "en"):
            table[f"{end}_{language}"] = table[end].map(end_names(found, language))
    return table
