"""Viewpoint 2, economy: what a tonne of recycled material costs, who invests, what would pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.report import facts
from siting.report.viewpoints.flow.logistics import largest_first
from siting.report.viewpoints.money.attribute import cost_by_resource, discounted_t, sold_t
from siting.report.viewpoints.table import (
    ESTIMATE,
    FIRST_ORDER,
    LEG,
    SHORT_RUN,
    Question,
    Table,
    Viewpoint,
)

if TYPE_CHECKING:
    from siting.outcome import Outcome

STEPS = ("acquisition", "opening", "site_opening", "running", "labour", "handling", "energy",
         "transport", "services", "disposal", "carbon", "market")  # fmt: skip
"""Parts of the network's cost in the order of the waterfall; transport is cut by leg."""

OTHER_RANGE = (0.8, 1.2)
"""Range of the jobs relative to their value where no figure says one: +-20 %, own choice [-]."""

SHARED = "shared_site"
"""Stands for the technology where the investment is the site's own."""


def economy(outcome: Outcome) -> Viewpoint:
    """Return the waterfall, investment, break-even, jobs and short-run prices."""
    low, high = labour_range(outcome)
    tables = [
        Table("waterfall", waterfall_steps(outcome), ranked=False),
        Table("break_even", break_even(outcome), FIRST_ORDER, ranked=False, total=False),
        Table("investment_by_site", investment(outcome), spread="period"),
        Table("jobs", jobs(outcome, low, high), ESTIMATE, ranked=False),
        Table("short_run_prices", price_range(outcome), SHORT_RUN, ranked=False, total=False),
    ]
    questions = [Question("long_run_price", "price"), Question("indirect_jobs")]
    if outcome.plan.prices.empty:
        questions.insert(0, Question("no_duals"))
    values = {"low": f"{low - 1:+.0%}", "high": f"{high - 1:+.0%}"}
    return Viewpoint(2, "economy", tables, questions, values)


def waterfall_steps(outcome: Outcome) -> pd.DataFrame:
    """Return the steps of the network's cost, in all [JPY] and per tonne sold [JPY/t]."""
    parts = cost_by_resource(outcome).groupby(level="part").sum()
    rows: dict[str, float] = {}
    for part in STEPS:
        rows |= legs_cost(outcome, float(parts.get(part, 0.0))) if part == "transport" else {
            part: float(parts.get(part, 0.0))
        }  # fmt: skip
    table = pd.Series(rows, name="present_value_jpy").rename_axis("step").to_frame()
    table = table[table["present_value_jpy"] != 0]
    tonnes = sold_t(outcome)
    per_t = table["present_value_jpy"] / tonnes if tonnes else np.nan
    return table.assign(cost_jpy_per_t=per_t)


def legs_cost(outcome: Outcome, transport_jpy: float) -> dict[str, float]:
    """Return the present value of transport cut by kind of leg and mode.

    What happens at a terminal or before the journey has no mode: its step is ``leg:kind``.
    """
    modes = facts.modes(outcome)["cost_jpy"].groupby(level=["kind", "leg_mode", "period"]).sum()
    discounted = modes.mul(outcome.instance.periods["discount_yr"], level="period")
    cut = discounted.groupby(level=["kind", "leg_mode"]).sum()
    scale = transport_jpy / cut.sum() if cut.sum() else 0.0
    return {
        f"{kind}:{mode}" if mode else f"{LEG}:{kind}": float(v * scale)
        for (kind, mode), v in cut.items()
    }


def break_even(outcome: Outcome) -> pd.DataFrame:
    """Return for each resource what would make its network cost nothing.

    Either prices of its products rise by ``price_rise_share``, or a tonne collected pays
    ``fee_jpy_per_t``; today its owner pays ``paid_today_jpy_per_t`` for its present treatment.
    """
    parts = cost_by_resource(outcome).unstack("part").fillna(0.0)
    sales = -parts.get("market", pd.Series(0.0, index=parts.index))
    table = pd.DataFrame({"network_jpy": parts.sum(axis=1) + sales, "sales_jpy": sales})
    table["net_jpy"] = table["network_jpy"] - table["sales_jpy"]
    collected = outcome.plan.sources["collected_t"].groupby(level=["commodity", "period"]).sum()
    tonnes = discounted_t(outcome, collected).reindex(table.index).replace(0.0, np.nan)
    table["price_rise_share"] = table["net_jpy"] / table["sales_jpy"].replace(0.0, np.nan)
    table["fee_jpy_per_t"] = table["net_jpy"] / tonnes
    table["paid_today_jpy_per_t"] = paid_today(outcome).reindex(table.index) / tonnes
    table["missing_jpy_per_t"] = table["fee_jpy_per_t"] - table["paid_today_jpy_per_t"]
    return table[(table["network_jpy"] != 0) | (table["sales_jpy"] != 0)].rename_axis("resource")


def paid_today(outcome: Outcome) -> pd.Series:
    """Return by commodity what present treatment of the collected would cost, discounted [JPY]."""
    collected = outcome.plan.sources["collected_t"][~outcome.imported]
    cost = collected * outcome.instance.baseline["cost_jpy_per_t"].reindex(collected.index)
    return discounted_t(outcome, cost.groupby(level=["commodity", "period"]).sum())


def investment(outcome: Outcome) -> pd.DataFrame:
    """Return opening cost by site, technology and period [JPY], undiscounted."""
    keys = ["site", "technology", "period"]
    lines = outcome.plan.hubs["opening_jpy"].groupby(level=keys).sum()
    own = outcome.plan.sites["opening_jpy"].rename("opening_jpy").reset_index()
    shared = own.assign(technology=SHARED).set_index(keys)["opening_jpy"]
    both = pd.concat([part for part in (lines, shared) if len(part)] or [lines])
    return largest_first(both[both > 0].rename("opening_jpy").to_frame())


def jobs(outcome: Outcome, low: float, high: float) -> pd.DataFrame:
    """Return persons at work in the hubs of each technology by period, as a range."""
    persons = outcome.plan.hubs["jobs"].groupby(level=["technology", "period"]).sum()
    columns = {"low_persons": persons * low, "persons": persons, "high_persons": persons * high}
    table = pd.DataFrame(columns).rename(columns={"persons": "value_persons"})
    return largest_first(table[table["value_persons"] > 0])


def labour_range(outcome: Outcome) -> tuple[float, float]:
    """Return the range of staff relative to its value: the mean of the labour figures used."""
    figures = outcome.assumptions
    is_labour = figures["name"].astype(str).str.contains("/labour/")
    rows = figures[is_labour & (figures["table"] == "facility")]
    rows = rows[rows[["value", "low", "high"]].notna().all(axis=1) & (rows["value"] > 0)]
    if rows.empty:
        return OTHER_RANGE
    low, high = ((rows[end] / rows["value"]).astype(float).mean() for end in ("low", "high"))
    return float(low), float(high)


def price_range(outcome: Outcome) -> pd.DataFrame:
    """Return least, middle and most of the short-run prices by kind, item and period."""
    price = outcome.plan.prices["price_jpy_per_t"].astype(float)
    groups = price.groupby(level=["kind", "item", "period"])
    table = pd.DataFrame(
        {
            "least_jpy_per_t": groups.min(),
            "middle_jpy_per_t": groups.median(),
            "most_jpy_per_t": groups.max(),
            "nodes_count": groups.size().astype(float),
        }
    )
    return table.rename_axis(index={"kind": "price_kind"})
