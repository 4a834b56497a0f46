"""Prices at the margin, given the hubs that are open: duals with every whole number fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from siting.solve.matrix import UNIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from siting.solve.finding import Found

LEVELS = ["kind", "node", "item", "period"]


def short_run_prices(found: Found, objective: str) -> pd.DataFrame:
    """Return price_jpy_per_t by (kind, node, item, period), undiscounted to a year of its period.

    ``source``: what a tonne more there is worth: positive is a price hubs could pay, negative the
    gate fee they need. ``sink``: what it costs to bring a tonne more of a material to a sink, at
    the cheapest of the sites that supply it. ``hub``: what a tonne more of capacity of running
    lines would save. Empty where the objective is not money.
    """
    index = pd.MultiIndex.from_arrays([[] for _ in LEVELS], names=LEVELS)
    if objective != "cost" or not len(found.answer.duals):
        return pd.DataFrame({"price_jpy_per_t": pd.Series(dtype=float)}, index=index)
    rows = {**source_prices(found), **sink_prices(found), **scarcity_rents(found)}
    if not rows:
        return pd.DataFrame({"price_jpy_per_t": pd.Series(dtype=float)}, index=index)
    table = pd.Series(rows, dtype=float).rename_axis(LEVELS).to_frame("price_jpy_per_t")
    return table.sort_index()


def worth(found: Found, law: str, of: Callable[[tuple[Any, ...]], Any]) -> dict[Any, float]:
    """Return what a unit more of a variable in a row of `law` would cost [JPY per unit and year].

    Parameters
    ----------
    of : index of a row to the variable in it; a unit more is added beside the variable.
    """
    built, discount = found.built, found.core.periods["discount_yr"].to_dict()
    form, rows = built.form, built.form.a.tocsr()
    costs = {}
    for index, constraint in built.m.component(law).items():
        for row in form.rows_of(constraint):
            variable = of(index)
            if variable is not None:
                coefficient = rows[row, form.column_of[id(variable)]]
                dual = found.answer.duals[row]
                costs[index] = -dual * coefficient * UNIT["cost"] / discount[index[-1]]
    return costs


def source_prices(found: Found) -> dict[tuple[object, ...], float]:
    """Return what a tonne more is worth at each source that sends something [JPY/t]."""
    m = found.built.m
    sending = {(i, k, t) for i, _, _, k, t in flowing(found) if (i, k) in m.SUPPLIES}
    cost = worth(found, "all_supply_is_placed", lambda index: m.uncollected[index])
    return {("source", *index): cost[index] for index in sending}


def sink_prices(found: Found) -> dict[tuple[object, ...], float]:
    """Return what a tonne more of a material costs at each sink that takes some [JPY/t]."""
    m = found.built.m
    flows = [(arc, t) for *arc, t in flowing(found)]
    leaving = {(arc[0], arc[3], t): m.flow[(*arc, t)] for arc, t in flows}
    value = worth(found, "site_balance", leaving.get)
    carbon = (found.core.periods["carbon_price_jpy_per_t"] / 1000).to_dict()
    freight = found.core.arcs["cost_jpy_per_t"].to_dict()
    kgco2e = found.core.arcs["kgco2e_per_t"].to_dict()
    prices: dict[tuple[object, ...], float] = {}
    for arc, t in flows:
        origin, destination, _, k = arc
        if (origin, k, t) in value and (destination, k) in m.DEMANDS:
            key = tuple(arc)
            price = value[origin, k, t] + freight[key] + carbon[t] * kgco2e[key]
            place = ("sink", destination, k, t)
            prices[place] = min(price, prices.get(place, price))
    return prices


def scarcity_rents(found: Found) -> dict[tuple[object, ...], float]:
    """Return what a tonne more of capacity would save at each hub that runs [JPY/t]."""
    m = found.built.m
    cost = worth(found, "throughput_within_capacity", lambda index: m.throughput[index])
    return {
        ("hub", h, f"{g}|{s}", t): max(value, 0.0)
        for (h, g, s, t), value in cost.items()
        if (m.run_hub[h, g, s, t].value or 0.0) > 0.5
    }


def flowing(found: Found) -> list[tuple[str, str, str, str, int]]:
    """Return origin, destination, mode, commodity and period of every flow."""
    return [index for index, flow in found.built.m.flow.items() if (flow.value or 0.0) > 1e-6]
