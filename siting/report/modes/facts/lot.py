"""Lots of bulk ships: how much each pair of ports carries, and how often a ship would sail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.carriage import ARC
from siting.report import facts
from siting.report.modes.facts.run import widest

if TYPE_CHECKING:
    import pandas as pd

    from siting.outcome import Comparison

BULK = "coastal_"
"""What the names of bulk ships begin with."""

DAYS_PER_YR = 365.0

LONGEST_WAIT_DAYS = 30.0
"""A pair of ports that fills a ship less often than this is pointed out [d]."""


def lot_table(comparison: Comparison) -> pd.DataFrame:
    """Return what bulk ships carry by (from_node, to_node, commodity, vehicle), most first.

    Columns: flow_t [t/yr] in the last period of the widest run, lot_t [t per sailing],
    sailings_per_yr, days_between; NaN where no lot is given.
    """
    outcome = comparison.runs[widest(comparison)]
    flows = facts.at(outcome.plan.flows, facts.periods(outcome)[-1]).reset_index()
    legs = comparison.legs.reset_index()
    is_bulk = (legs["kind"] == "line") & legs["vehicle"].astype(str).str.startswith(BULK)
    legs = legs[is_bulk].reindex(columns=[*ARC, "from_node", "to_node", "vehicle", "lot_t"])
    rows = flows[[*ARC, "flow_t"]].merge(legs, on=ARC)
    keys = ["from_node", "to_node", "commodity", "vehicle"]
    table = rows.groupby(keys).agg({"flow_t": "sum", "lot_t": "max"}).astype(float)
    table["sailings_per_yr"] = table["flow_t"] / table["lot_t"].replace(0.0, np.nan)
    table["days_between"] = DAYS_PER_YR / table["sailings_per_yr"].replace(0.0, np.nan)
    return table.assign(less=-table["flow_t"]).sort_values(["less", *keys]).drop(columns="less")


def is_rare(table: pd.DataFrame) -> pd.Series:
    """Return where a ship would sail less often than once a month."""
    return table["days_between"] > LONGEST_WAIT_DAYS
