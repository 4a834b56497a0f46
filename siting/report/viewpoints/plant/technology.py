"""Viewpoint 3, technology: what is treated, yielded and lost, and what more yield is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.report.viewpoints.flow.logistics import largest_first
from siting.report.viewpoints.money.attribute import sold
from siting.report.viewpoints.table import FIRST_ORDER, Question, Table, Viewpoint
from siting.report.viewpoints.trace import made_shares

if TYPE_CHECKING:
    from siting.outcome import Outcome

RISE = 0.01
"""Part of itself by which a yield rises [-]: of gold, a hundredth of a gram per gram."""

KEYS = ["technology", "period"]


def technology(outcome: Outcome) -> Viewpoint:
    """Return throughput and loss, yields, and the first-order value of more yield."""
    tables = [
        Table("treated", treated(outcome), ranked=False, total=False),
        Table("yields", yields(outcome), ranked=False, total=False),
        Table("value_of_yield", value_of_yield(outcome), FIRST_ORDER, ranked=False, total=False),
    ]
    questions = [Question("yield_points", "yield"), Question("grade", "grade")]
    return Viewpoint(3, "technology", tables, questions)


def treated(outcome: Outcome) -> pd.DataFrame:
    """Return throughput of each technology by period, and what of it ends in disposal [t/yr]."""
    throughput = outcome.plan.hubs["throughput_t"].groupby(level=KEYS).sum()
    share = made_shares(outcome)
    ended = outcome.plan.disposals["disposal_t"].reindex(share.index.droplevel("technology"))
    lost = (share * ended.to_numpy()).groupby(level=KEYS).sum()
    table = throughput.to_frame("throughput_t")
    table["loss_t"] = lost.reindex(table.index, fill_value=0.0)
    table["loss_share"] = table["loss_t"] / table["throughput_t"].replace(0.0, np.nan)
    return largest_first(table)


def yields(outcome: Outcome) -> pd.DataFrame:
    """Return what a tonne of input becomes, for the technologies of the plan [t/t]."""
    used = outcome.plan.hubs.index.unique("technology")
    recipes = outcome.instance.recipes["yield_t_per_t"]
    made = recipes[recipes.index.isin(used, level="technology") & (recipes > 0)]
    return made.to_frame().sort_index()


def value_of_yield(outcome: Outcome) -> pd.DataFrame:
    """Return what a hundredth more of its main product is worth to each technology [JPY/yr].

    The main product is the one that earns most at the sinks. A hundredth is one of the yield
    itself, so that it means as much for gold as for glass; hubs, flows and prices stay.
    """
    earned = sales_by_technology(outcome)
    earned = earned[earned["flow_t"] > 0]
    main = earned["sales_jpy"].groupby(level=["technology", "period"]).idxmax()
    table = earned.loc[list(main)].copy()
    throughput = outcome.plan.hubs["throughput_t"].groupby(level=KEYS).sum()
    keys = table.index.droplevel("commodity")
    table["price_jpy_per_t"] = table["sales_jpy"] / table["flow_t"]
    table["throughput_t"] = throughput.reindex(keys).to_numpy()
    recipe = outcome.instance.recipes["yield_t_per_t"]
    table["yield_t_per_t"] = recipe.reindex(table.index.droplevel("period")).to_numpy()
    made_t = table["throughput_t"] * table["yield_t_per_t"]
    table["hundredth_jpy"] = RISE * made_t * table["price_jpy_per_t"]
    columns = ["throughput_t", "yield_t_per_t", "price_jpy_per_t", "hundredth_jpy"]
    return table[columns].sort_index()


def sales_by_technology(outcome: Outcome) -> pd.DataFrame:
    """Return flow_t [t/yr] and sales_jpy [JPY/yr] by (technology, commodity, period)."""
    flows = outcome.plan.flows["flow_t"]
    amounts = pd.DataFrame({"flow_t": flows, "sales_jpy": sold(outcome, "price_jpy_per_t")})
    ends = flows.index.get_level_values("destination")
    to_sink = amounts[ends.isin(outcome.plan.sinks.index.unique("sink"))].reset_index()
    shares = made_shares(outcome).rename("made_share").reset_index()
    rows = to_sink.merge(
        shares, left_on=["origin", "commodity", "period"], right_on=["site", "commodity", "period"]
    )
    for column in ("flow_t", "sales_jpy"):
        rows[column] *= rows["made_share"]
    return rows.groupby(["technology", "commodity", "period"])[["flow_t", "sales_jpy"]].sum()
