"""Viewpoint 5, siting: what land and which berths the hubs take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.carriage import ARC, carried, moving
from siting.report.viewpoints.flow.logistics import largest_first
from siting.report.viewpoints.table import Question, Table, Viewpoint

if TYPE_CHECKING:
    from siting.outcome import Outcome

KEYS = ["port", "period"]


def siting(outcome: Outcome) -> Viewpoint:
    """Return land and plot use by site, and loaded, unloaded and ships' calls by port."""
    tables = [
        Table("land", land(outcome)),
        Table("ports", ports(outcome)),
        Table("berths", berths(outcome), total=False),
    ]
    questions = [Question("hazard"), Question("one_lost", "without_site")]
    return Viewpoint(5, "siting", tables, questions)


def land(outcome: Outcome) -> pd.DataFrame:
    """Return land taken by the lines of each site by period, its plot, and the share used."""
    taken = outcome.plan.hubs["land_m2"].groupby(level=["site", "period"]).sum()
    table = taken[taken > 0].to_frame()
    plot_m2 = outcome.instance.sites["plot_m2"].replace(np.inf, np.nan)
    table["plot_m2"] = plot_m2.reindex(table.index.get_level_values("site")).to_numpy(float)
    table["plot_share"] = table["land_m2"] / table["plot_m2"].replace(0.0, np.nan)
    return largest_first(table)


def ports(outcome: Outcome) -> pd.DataFrame:
    """Return what ships load and unload at each port by period [t/yr], and full loads a year.

    A berth is asked for as often as full loads come or go; loads of unknown size count none.
    """
    lines = ship_lines(outcome)
    loaded = ends(lines, "from_node", "loaded_t")
    unloaded = ends(lines, "to_node", "unloaded_t")
    table = pd.concat([loaded["loaded_t"], unloaded["unloaded_t"]], axis=1).fillna(0.0)
    table = table.rename_axis(KEYS)
    calls = pd.concat([loaded["calls_count"], unloaded["calls_count"]]).groupby(level=KEYS).sum()
    table.insert(0, "both_t", table["loaded_t"] + table["unloaded_t"])
    table["calls_count"] = calls.reindex(table.index)
    return largest_first(table)


def ship_lines(outcome: Outcome) -> pd.DataFrame:
    """Return the main carriage by ship, one row per flow and period, with its full loads."""
    rows = moving(carried(outcome))
    rows = rows[(rows["kind"] == "line") & (rows["leg_mode"] == "ship")]
    lots = outcome.legs["lot_t"].rename("lot_t").reset_index()
    rows = rows.merge(lots, on=[*ARC, "leg"], how="left")
    lot_t = rows["lot_t"].astype(float).where(rows["lot_t"] > 0)
    return rows.assign(calls_count=rows["flow_t"] / lot_t)


def ends(lines: pd.DataFrame, end: str, name: str) -> pd.DataFrame:
    """Return tonnes (as `name`) and full loads of the lines at the port of one `end`."""
    sums = lines.groupby([end, "period"])[["flow_t", "calls_count"]].sum()
    return sums.rename_axis(KEYS).rename(columns={"flow_t": name})


def berths(outcome: Outcome) -> pd.DataFrame:
    """Return what ports with a limit handle by period [t/yr], and how full they are."""
    table = outcome.plan.berths.rename(columns={"capacity_t_per_yr": "limit_t"})
    return table.assign(used_share=table["handled_t"] / table["limit_t"].replace(0.0, np.nan))
