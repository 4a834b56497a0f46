"""Who takes the materials, at what price, and what disposing of the rest costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.assemble.region import key_for
from siting.errors import ConfigError, some

if TYPE_CHECKING:
    from siting.figures import Figures

JPY_PER_T, KGCO2E_PER_T = "JPY/t", "kgCO2e/t"


def demand_table(
    figures: Figures, markets: pd.DataFrame, sinks: pd.DataFrame, made: set[str], periods: list[int]
) -> pd.DataFrame:
    """Return price, demand and credit by (sink, commodity, period).

    Parameters
    ----------
    markets : rows of the ``markets`` table
    sinks : index sink; sink_kind, accepts, capacity_t_per_yr, region
    made : commodities that some technology makes
    """
    rows = [
        {"sink": sink, "commodity": rule["commodity"]} | sink_row(figures, rule, place)
        for rule in markets[markets["commodity"].isin(made)].to_dict("records")
        for sink, place in takers(sinks, rule).iterrows()
    ]
    table = pd.DataFrame(rows).merge(pd.DataFrame({"period": periods}), how="cross")
    return table.set_index(["sink", "commodity", "period"]).sort_index()


def takers(sinks: pd.DataFrame, rule: dict[str, str]) -> pd.DataFrame:
    """Return the sinks of the rule's kind that accept its material."""
    accepts = sinks["accepts"].str.split(";").map(lambda names: rule["accepts"] in names)
    return sinks[accepts & (sinks["sink_kind"] == rule["sink_kind"])]


def sink_row(figures: Figures, rule: dict[str, str], place: pd.Series) -> dict[str, float]:
    """Return what one sink pays, takes and displaces."""
    price_key = key_for(figures, rule["price_key"], place["region"])
    credit = figures.amount(rule["credit_key"], KGCO2E_PER_T) if rule["credit_key"] else 0.0
    if rule["credit_share_key"]:
        credit *= figures.amount(rule["credit_share_key"], "1")
    if rule["charge_key"]:
        credit -= figures.amount(rule["charge_key"], KGCO2E_PER_T)
    demand_t = np.inf
    if rule["demand_share_key"]:
        demand_t = figures.amount(rule["demand_share_key"], "1") * place["capacity_t_per_yr"]
    virgin_key = rule.get("virgin_key", "")
    return {
        "price_jpy_per_t": figures.amount(price_key, JPY_PER_T, rule["price_level"]),
        "demand_t": float(demand_t),
        "credit_kgco2e_per_t": credit,
        "virgin_t_per_t": figures.amount(virgin_key, "1") if virgin_key else 0.0,
    }


def commodity_table(figures: Figures, disposals: pd.DataFrame, names: pd.Index) -> pd.DataFrame:
    """Return what disposing of each commodity costs and emits.

    What is never made has no disposal: its columns are 0.
    """
    rules = disposals.set_index("commodity")
    units = {"cost_key": JPY_PER_T, "kgco2e_key": KGCO2E_PER_T}
    rows = {
        name: [
            figures.amount(key, unit) if (key := rules.loc[name, column]) else 0.0
            for column, unit in units.items()
        ]
        for name in names.intersection(rules.index)
    }
    table = pd.DataFrame.from_dict(
        rows, orient="index", columns=["disposal_jpy_per_t", "disposal_kgco2e_per_t"]
    )
    return table.reindex(names.sort_values(), fill_value=0.0).rename_axis("commodity")


def refuse_unplaced(made: set[str], disposals: pd.DataFrame) -> None:
    """Refuse an output that has no disposal: some of it could have nowhere to go."""
    if unknown := made - set(disposals["commodity"]):
        raise ConfigError(f"disposals.csv: no row for {some(unknown)}. Add its cost of disposal.")
