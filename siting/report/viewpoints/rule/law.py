"""Viewpoint 10, law: what consent, the Basel rules and permits touch in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.report.viewpoints.flow.feedstock import collected_rows
from siting.report.viewpoints.flow.logistics import largest_first
from siting.report.viewpoints.place import import_nodes, prefectures
from siting.report.viewpoints.table import FIRST_ORDER, Question, Table, Viewpoint

if TYPE_CHECKING:
    from siting.outcome import Outcome

KEYS = ["commodity", "period"]

LEVER_JPY_PER_T = 1500.0
"""What consent costs a tonne over a border where no figure of the study says it [JPY/t].

Base of lever L10 of ``policy_levers.csv``: staff and cooperation fee, an estimate.
"""


def law(outcome: Outcome) -> Viewpoint:
    """Return waste over prefecture borders, imports, and technologies that wait for permits."""
    price, is_figure = consent_jpy_per_t(outcome)
    tables = [
        Table("crossings", crossings(outcome, price), FIRST_ORDER, ranked=False),
        Table("borders", borders(outcome), total=True),
        Table("imports", imports(outcome)),
        Table("permits", permits(outcome), ranked=False, total=False),
    ]
    questions = [
        Question("lead_time", "permits"),
        Question("consent"),
        Question("basel", "import_eased"),
    ]
    values = {"price": f"{price:,.0f}", "origin": "figure" if is_figure else "lever"}
    return Viewpoint(10, "law", tables, questions, values)


def consent_jpy_per_t(outcome: Outcome) -> tuple[float, bool]:
    """Return what consent costs a tonne over a border, and whether a figure of the study says so.

    Without a figure it is that of the policy lever: the tonnes are the plan's either way.
    """
    rows = outcome.assumptions
    names = rows["table"].astype(str) + "/" + rows["name"].astype(str)
    found = rows[names.str.contains("consent|prior_consultation") & ~names.str.contains("basel")]
    priced = found[found["unit"].astype(str).str.startswith("JPY/t")]
    if priced.empty:
        return LEVER_JPY_PER_T, False
    return float(priced["value"].iloc[0]), True


def crossing_rows(outcome: Outcome) -> pd.DataFrame:
    """Return the home waste that goes to a site, with both prefectures where they differ."""
    rows = collected_rows(outcome)
    rows = rows[~rows["source"].isin(import_nodes(outcome))].copy()
    for end, node in (("from_pref", "source"), ("to_pref", "site")):
        rows[end] = prefectures(rows[node], outcome)
    known = (rows["from_pref"] != "") & (rows["to_pref"] != "")
    return rows.assign(crosses=known & (rows["from_pref"] != rows["to_pref"]))


def crossings(outcome: Outcome, price_jpy_per_t: float) -> pd.DataFrame:
    """Return by resource and period what crosses a border, its share, and what consent costs."""
    rows = crossing_rows(outcome)
    rows["crossing_t"] = rows["flow_t"].where(rows["crosses"], 0.0)
    table = rows.groupby(KEYS)[["flow_t", "crossing_t"]].sum()
    table["crossing_share"] = table["crossing_t"] / table["flow_t"].replace(0.0, np.nan)
    return table.assign(consent_jpy=table["crossing_t"] * price_jpy_per_t)


def borders(outcome: Outcome) -> pd.DataFrame:
    """Return the tonnes over each border by period, the largest first."""
    rows = crossing_rows(outcome)
    rows = rows[rows["crosses"]]
    sums = rows.groupby(["from_pref", "to_pref", "period"])["flow_t"].sum()
    return largest_first(sums.rename("crossing_t").to_frame())


def imports(outcome: Outcome) -> pd.DataFrame:
    """Return what is imported by port of entry and resource, and what it costs at the quay."""
    plan = outcome.plan.sources[outcome.imported]
    per_t = outcome.instance.supply["acquisition_jpy_per_t"].reindex(plan.index)
    table = pd.DataFrame(
        {
            "imported_t": plan["collected_t"],
            "offered_t": plan["supply_t"],
            "purchase_jpy": plan["collected_t"] * per_t,
        }
    )
    table["basel_jpy"] = table["imported_t"] * basel_jpy_per_t(outcome, plan.index)
    return largest_first(table[table["imported_t"] > 0])


def basel_jpy_per_t(outcome: Outcome, index: pd.MultiIndex) -> np.ndarray:
    """Return what Basel consent costs a tonne of each import; NaN where no figure says it."""
    rows = outcome.assumptions
    of_import = rows["name"].astype(str).str.extract(r"^import/(.+)/basel_cost$")[0]
    cost = rows["value"].astype(float)[of_import.notna()]
    per_t = dict(zip(of_import.dropna(), cost, strict=True))
    found = [per_t.get(k, np.nan) for k in index.get_level_values("commodity")]
    return np.asarray(found, dtype=float)


def permits(outcome: Outcome) -> pd.DataFrame:
    """Return the technologies that may not run from the start, and when the plan starts them."""
    hubs = outcome.instance.hubs["earliest_period"]
    first = min(outcome.instance.periods.index)
    earliest = hubs.groupby(level="technology").min()
    table = earliest[earliest > first].to_frame()
    running = outcome.plan.hubs.reset_index().groupby("technology")["period"].min()
    return table.assign(starts_period=running.reindex(table.index).astype(float))
