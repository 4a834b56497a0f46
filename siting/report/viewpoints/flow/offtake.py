"""Viewpoint 9, offtake: who can take what hubs make, and how few buyers there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.report.viewpoints.flow.feedstock import keyed
from siting.report.viewpoints.flow.material import balance
from siting.report.viewpoints.table import Question, Table, Viewpoint

if TYPE_CHECKING:
    from siting.outcome import Outcome

KEYS = ["commodity", "period"]


def offtake(outcome: Outcome) -> Viewpoint:
    """Return the demand within reach of each material, contracts, and the largest buyer."""
    tables = [
        Table("coverage", coverage(outcome), ranked=False, total=False),
        Table("concentration", concentration(outcome), ranked=False, total=False),
        Table("contracts", contracts(outcome)),
    ]
    return Viewpoint(9, "offtake", tables, [Question("mandate", "premium")])


def coverage(outcome: Outcome) -> pd.DataFrame:
    """Return output and demand of each material by period [t/yr] and their ratios.

    Output is what is at hand less what hubs process on. Demand is that of the sinks some running
    site has an arc to; without a limit it is not a number.
    """
    amounts = balance(outcome)
    output_t = amounts["collected_t"] + amounts["made_t"] - amounts["processed_t"]
    output_t = output_t[amounts["made_t"] > 0].clip(lower=0.0)
    sinks = within_reach(outcome)
    asked = sinks[["demand_t", "contracted_t"]].groupby(level=KEYS).sum()
    table = pd.DataFrame({"output_t": output_t}).join(asked, how="inner")
    taken = outcome.plan.sinks["inflow_t"].groupby(level=KEYS).sum()
    table["taken_t"] = taken.reindex(table.index, fill_value=0.0)
    table["demand_t"] = table["demand_t"].replace(np.inf, np.nan)
    output = table["output_t"].replace(0.0, np.nan)
    table["coverage_share"] = table["demand_t"] / output
    table["contracted_share"] = table["contracted_t"] / output
    table["unused_t"] = (table["demand_t"] - table["taken_t"]).clip(lower=0.0)
    table["unsold_t"] = (table["output_t"] - table["taken_t"]).clip(lower=0.0)
    return table


def within_reach(outcome: Outcome) -> pd.DataFrame:
    """Return the sinks that some site with lines has an arc to, by (sink, commodity, period)."""
    arcs = outcome.instance.arcs.index
    running = outcome.plan.hubs.index.unique("site")
    reached = arcs[arcs.isin(running, level="origin")].droplevel(["origin", "mode"]).unique()
    sinks = outcome.instance.sinks
    return sinks[sinks.index.droplevel("period").isin(reached)]


def concentration(outcome: Outcome) -> pd.DataFrame:
    """Return the largest buyer of each material by period, its share, and the number of buyers."""
    found = {}
    for (commodity, period), part in outcome.plan.sinks["inflow_t"].groupby(level=KEYS):
        tonnes = part.groupby(level="sink").sum().sort_values(ascending=False, kind="stable")
        if tonnes.sum() > 0:
            total = float(tonnes.sum())
            key = (commodity, str(tonnes.index[0]), period)
            found[key] = (total, float(tonnes.iloc[0] / total), float((tonnes > 0).sum()))
    columns = ["taken_t", "largest_share", "buyers_count"]
    return keyed(found, columns, ["commodity", "sink", "period"])


def contracts(outcome: Outcome) -> pd.DataFrame:
    """Return contracted tonnes, delivered tonnes and what lacks, by sink, commodity and period."""
    columns = ["contracted_t", "inflow_t", "shortfall_t"]
    return outcome.plan.contracts.reindex(columns=columns).sort_index()
