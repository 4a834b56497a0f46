"""Which arcs the model holds, and what the arcs left out could at most be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from models.services import hold_t_per_t
from siting.solve.matrix import JPY_PER_UNIT
from siting.solve.mode import on_service, shared

if TYPE_CHECKING:
    import pyomo.environ as pyo

    from models.instance import Instance
    from siting.solve.matrix import Array, Matrix


def nearest_arcs(data: Instance, per_source: int) -> npt.NDArray[np.bool_]:
    """Return which arcs to keep: the `per_source` cheapest of each source and all from sites.

    Arcs of services are ranked by themselves and a quarter as many of them stay, at least one:
    their price lacks the yearly cost of the service, so it does not compare with that of others.
    """
    riding, kept = on_service(data), ~collecting(data)
    for choice, count in ((~riding, per_source), (riding, max(per_source // 4, 1))):
        cost = data.arcs["cost_jpy_per_t"][choice]
        rank = cost.groupby(level=["origin", "commodity"]).rank(method="first")
        kept[choice] |= rank.to_numpy() <= count
    return kept


def undominated(data: Instance) -> Instance:
    """Return `data` without delivery arcs that no plan needs.

    Among the sinks that take any amount of a commodity, a site needs only the one that is best
    in some period, counting freight, price and the carbon price of both. An arc that shares a
    limit, a service or a berth, takes no part: it stays, and replaces no other.
    """
    arcs, sinks = data.arcs, data.sinks
    pairs = arcs.index.droplevel(["origin", "mode"])
    limited = sinks["demand_t"].groupby(level=["sink", "commodity"]).min()
    endless = limited[np.isinf(limited)].index
    choice = np.flatnonzero(pairs.isin(endless) & ~collecting(data) & ~shared(data))
    if not len(choice):
        return data
    kept = np.ones(len(arcs), dtype=bool)
    kept[choice] = False
    offers = arcs.iloc[choice]
    groups = [offers.index.get_level_values(level) for level in ("origin", "commodity")]
    for t, period in data.periods.iterrows():
        sink = sinks.xs(t, level="period").reindex(pairs[choice])
        carbon = period["carbon_price_jpy_per_t"] / 1000
        freight = offers["cost_jpy_per_t"] + carbon * offers["kgco2e_per_t"]
        sale = sink["price_jpy_per_t"] + carbon * sink["credit_kgco2e_per_t"]
        net = pd.Series(freight.to_numpy() - sale.to_numpy(), index=choice)
        kept[net.groupby(groups).idxmin()] = True
    return data.with_arcs(kept)


def collecting(data: Instance) -> npt.NDArray[np.bool_]:
    """Return which arcs leave a source."""
    sources = data.supply.index.unique("source")
    return np.asarray(data.arcs.index.get_level_values("origin").isin(sources), dtype=bool)


def reduced_cost(data: Instance, m: pyo.ConcreteModel, form: Matrix, duals: Array) -> Array:
    """Return the reduced cost of every collecting arc of `data` in every period.

    Parameters
    ----------
    data : the whole instance; `m` and `form` may hold only some of its arcs.
    duals : row duals of the relaxation of `form`.

    Returns
    -------
    shape (collecting arcs, periods), in millions of JPY per t/yr
    """
    arcs = data.arcs[collecting(data)]
    commodity = arcs.index.get_level_values("commodity")
    origins = list(zip(arcs.index.get_level_values("origin"), commodity, strict=True))
    destinations = list(zip(arcs.index.get_level_values("destination"), commodity, strict=True))
    periods = data.periods
    cost = arcs["cost_jpy_per_t"].to_numpy()[:, None]
    kgco2e = arcs["kgco2e_per_t"].to_numpy()[:, None]
    price = periods["carbon_price_jpy_per_t"].to_numpy() / 1000
    yearly = cost + kgco2e * price
    discounted = yearly * periods["discount_yr"].to_numpy() / JPY_PER_UNIT
    at_source = node_duals(m.all_supply_is_placed, origins, list(periods.index), form, duals)
    at_site = node_duals(m.site_balance, destinations, list(periods.index), form, duals)
    reduced = discounted - at_source - at_site - shared_duals(data, m, form, duals)
    return np.asarray(reduced, dtype=float)


def shared_duals(data: Instance, m: pyo.ConcreteModel, form: Matrix, duals: Array) -> Array:
    """Return what a tonne on every collecting arc of `data` pays for hold and berths.

    A row that the model does not have, because none of its arcs is in it, has no dual.
    """
    paid = np.zeros((len(data.arcs), len(data.periods)))
    hold, calls = hold_t_per_t(data), data.calls
    if len(hold):
        laws = (m.service_carries_flow, m.lot_is_full)
        dual = sum(limit_duals(law, data, form, duals) for law in laws)
        service = hold.index.get_level_values("mode")
        paid[on_service(data)] = hold.to_numpy()[:, None] * dual.loc[service].to_numpy()
    if len(calls):
        dual = limit_duals(m.berth_within_capacity, data, form, duals)
        amount = calls["handled_t_per_t"].to_numpy(float)[:, None]
        arc = data.arcs.index.get_indexer(calls.index.droplevel("port"))
        at_port = dual.loc[calls.index.get_level_values("port")].to_numpy()
        np.add.at(paid, arc, amount * at_port)
    return np.asarray(paid[collecting(data)], dtype=float)


def limit_duals(law: pyo.Constraint, data: Instance, form: Matrix, duals: Array) -> pd.DataFrame:
    """Return the dual of `law` by service or port, and period; 0 where there is no such row."""
    names = data.berths.index if law.name == "berth_within_capacity" else data.services.index
    row = {index: form.rows[id(c)] for index, c in law.items() if id(c) in form.rows}
    table = [
        [duals[row[n, t]] if (n, t) in row else 0.0 for t in data.periods.index] for n in names
    ]
    return pd.DataFrame(table, index=names, columns=data.periods.index)


def node_duals(
    balance: pyo.Constraint,
    nodes: list[tuple[str, str]],
    periods: list[int],
    form: Matrix,
    duals: Array,
) -> Array:
    """Return the dual of `balance` at each of `nodes` and `periods`, as (nodes, periods)."""
    known = {node: [duals[form.rows[id(balance[node, t])]] for t in periods] for node in set(nodes)}
    return np.array([known[node] for node in nodes], dtype=float).reshape(len(nodes), len(periods))


def most_saved(data: Instance, reduced: Array) -> float:
    """Return what the arcs with negative `reduced` cost could save at most [millions of JPY].

    No source can send more than its supply, so the relaxation's value minus this is a valid
    bound for the instance with every arc, whichever arcs the relaxation held.
    """
    arcs = data.arcs.index[collecting(data)]
    keys = [arcs.get_level_values("origin"), arcs.get_level_values("commodity")]
    best = pd.DataFrame(np.minimum(reduced, 0.0), columns=data.periods.index).groupby(keys).min()
    best.index.names = ["source", "commodity"]
    best = best.rename_axis(columns="period").stack()
    return float(-(best * data.supply["supply_t"].reindex(best.index)).sum())
