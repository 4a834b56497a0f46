"""Viewpoint 4, logistics: tonnes, tonne-kilometres and driver hours by mode, and the ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.carriage import ARC, carried, handled_t, moving, terminals
from siting.report.viewpoints.table import Question, Table, Viewpoint

if TYPE_CHECKING:
    from siting.outcome import Outcome


def logistics(outcome: Outcome) -> Viewpoint:
    """Return freight by mode, driver hours by hub, full loads and what terminals handle."""
    rows = carried(outcome)
    return Viewpoint(
        4,
        "logistics",
        [
            Table("modal_split", modal_split(rows), ranked=False),
            Table("driver_hours", driver_hours(outcome, rows)),
            Table("full_loads", full_loads(outcome, rows)),
            Table("terminals", terminal_load(outcome, rows)),
        ],
        [Question("without_port", "without_port"), Question("port_upgrade", "port_upgrade")],
    )


def modal_split(rows: pd.DataFrame) -> pd.DataFrame:
    """Return by mode and period the tonnes of its lines, all tkm, their share and the work."""
    travelling = moving(rows)
    keys = ["leg_mode", "period"]
    sums = travelling.groupby(keys)[["tkm", "driver_h"]].sum(min_count=1)
    lines = travelling[travelling["kind"] == "line"].groupby(keys)["flow_t"].sum()
    table = pd.DataFrame({"line_t": lines.reindex(sums.index, fill_value=0.0), **sums})
    for amount, share in (("line_t", "line_share"), ("tkm", "tkm_share")):
        table[share] = table[amount] / table.groupby(level="period")[amount].transform("sum")
    return table[["line_t", "line_share", "tkm", "tkm_share", "driver_h"]]


def driver_hours(outcome: Outcome, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the hours at the wheel for each hub's site, what it receives and sends, by period."""
    sites = outcome.plan.hubs.index.unique("site")
    parts = {
        name: rows[rows[end].isin(sites)].groupby([end, "period"])["driver_h"].sum(min_count=1)
        for name, end in (("inbound_driver_h", "destination"), ("outbound_driver_h", "origin"))
    }
    named = {name: part.rename_axis(["site", "period"]) for name, part in parts.items()}
    return largest_first(pd.DataFrame(named).rename_axis(["site", "period"]))


def full_loads(outcome: Outcome, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the full loads a year on the lines of each vehicle, where its load is known."""
    known = outcome.legs["lot_t"].rename("lot_t").reset_index()
    lines = rows[rows["kind"] == "line"].merge(known, on=[*ARC, "leg"], how="inner")
    lines = lines[lines["lot_t"] > 0]
    lines["full_loads_count"] = lines["flow_t"] / lines["lot_t"]
    sums = lines.groupby(["leg_mode", "vehicle", "period"])[["flow_t", "full_loads_count"]].sum()
    return largest_first(sums)


def terminal_load(outcome: Outcome, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what each port and station handles by period [t/yr]; a tonne counts once at each."""
    legs = moving(rows)
    tonnes = handled_t(outcome, legs).groupby(level=["node", "period"]).sum()
    kind = terminals(outcome, legs)
    table = tonnes.rename("handled_t").reset_index()
    table["terminal_kind"] = table["node"].map(kind)
    return largest_first(table.set_index(["terminal_kind", "node", "period"]))


def largest_first(table: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with the rows first whose first column is largest over all periods."""
    if table.empty:
        return table
    keys = [name for name in table.index.names if name != "period"]
    size = table.iloc[:, 0].groupby(level=keys).transform("sum").fillna(0.0)
    index = table.index.to_frame(index=False)
    order = np.lexsort([*(index[k] for k in reversed(table.index.names)), -size.to_numpy()])
    return table.iloc[order]
