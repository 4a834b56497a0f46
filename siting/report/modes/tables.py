"""The comparison as tables that offices open: runs, lanes, legs and break-even curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from siting.report.modes.answer import answer
from siting.report.modes.facts.finding import findings
from siting.report.modes.facts.lane import AMOUNTS, LENGTHS, MAIN, PARTS
from siting.report.modes.names import names_of
from siting.report.modes.reason import reasons_of
from siting.report.record import cleaned
from siting.report.tables import write_office_csv

if TYPE_CHECKING:
    from pathlib import Path

    from siting.outcome import Comparison
    from siting.report.modes.facts.finding import Findings


def write_tables(folder: Path, found: Findings) -> None:
    """Write the four tables of the comparison into `folder`."""
    tables = {"runs": runs, "lanes": lanes, "legs": legs, "breakeven": breakeven}
    for name, table in tables.items():
        write_office_csv(folder / f"modes_{name}.csv", table(found))


def runs_record(comparison: Comparison) -> dict[str, Any]:
    """Return the runs and the answer in words, as JSON has them."""
    found = findings(comparison)
    record: dict[str, Any] = cleaned(
        {
            "study": found.outcome.study,
            "runs": runs(found).set_index("run").to_dict("index"),
            "summary": {"ja": answer(found, "ja"), "en": answer(found, "en")},
        }
    )
    return record


def runs(found: Findings) -> pd.DataFrame:
    """Return one row per run; amounts are present values, or means of a year of the horizon."""
    table = found.runs.reset_index()
    for column in ("added_sites", "dropped_sites"):
        table[column] = table[column].str.join(";")
    yearly = ["kgco2e", "transport_kgco2e", "driver_h", "mj"]
    yearly += [c for c in table if str(c).endswith(("_t", "_tkm"))]
    return table.rename(columns={name: f"{name}_per_yr" for name in yearly})


def lanes(found: Findings) -> pd.DataFrame:
    """Return every lane with every mode: tonnes, cost of a tonne by parts, and why the choice."""
    lanes_table = found.lanes.table.drop(columns=["flow_t", "cost_jpy"])
    spoken = {}
    for language in ("ja", "en"):
        names, reasons = names_of(found.outcome, language), reasons_of(found, language)
        rows = found.lanes.table.to_dict("records")
        spoken[f"start_{language}"] = [names.start(row) for row in rows]
        spoken[f"destination_{language}"] = [names.place(row["destination"]) for row in rows]
        spoken[f"why_{language}"] = [reasons.why(lane) for lane in range(len(rows))]
    table = found.lanes.offers.reset_index().join(lanes_table.assign(**spoken), on="lane")
    table["is_chosen"] = table["mode"] == table["chosen"]
    shift = found.shifts["shift_jpy_per_tco2"]
    other = found.shifts["other"]
    is_other = table["mode"] == table["lane"].map(other)
    table["shift_jpy_per_tco2"] = table["lane"].map(shift).where(is_other)
    table["lane"] += 1
    names = names_of(found.outcome, "ja")
    for end in ("from", "to"):
        table[f"{end}_ja"] = table[f"{end}_node"].map(names.nodes)
    costs = {part: f"{part}_cost_jpy_per_t" for part in PARTS}
    keys = ["lane", "start", "start_ja", "start_en", "destination", "destination_ja",
            "destination_en", "commodity", "mode", "is_chosen"]  # fmt: skip
    amounts = [*AMOUNTS, *costs.values(), *LENGTHS.values()]
    shares = ["flow_t", "share", "covered_share", "compared_share"]
    last = ["shift_jpy_per_tco2", *MAIN, "from_ja", "to_ja", "why_ja", "why_en"]
    return table.rename(columns=costs)[[*keys, *shares, *amounts, *last]]


def legs(found: Findings) -> pd.DataFrame:
    """Return every leg of every offer between the places that the widest plan joins."""
    flows = found.outcome.plan.flows
    used = flows.groupby(["origin", "destination", "commodity"]).size().index
    table = found.comparison.legs.sort_index().reset_index()
    own = pd.MultiIndex.from_frame(table[["origin", "destination", "commodity"]])
    table = table[own.isin(used)].reset_index(drop=True)
    # A few names fill many rows: as categories each is made safe for spreadsheets only once.
    words = table.select_dtypes(exclude="number").columns
    return table.astype(dict.fromkeys(words, "category"))


def breakeven(found: Findings) -> pd.DataFrame:
    """Return the curves, and where one vehicle becomes cheaper than another (`other` is set)."""
    curves = found.comparison.curves.reset_index()
    crossings = found.comparison.crossings.reset_index()
    modes = curves.groupby("vehicle")["mode"].first()
    crossings["mode"] = crossings["vehicle"].map(modes)
    columns = ["commodity", "form", "vehicle", "mode", "other", "distance_km", "cost_jpy_per_t"]
    curves["other"], crossings["cost_jpy_per_t"] = "", np.nan
    rows = [part[columns] for part in (curves, crossings) if len(part)]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)
