"""What travels: flows on every arc, in the balances, at the sinks, on services and at ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.errors import ConfigError, some
from siting.verify.laws.conversion import steps

if TYPE_CHECKING:
    from siting.verify.model import Model
    from siting.verify.table import Array, Tables, Whole


@dataclass(frozen=True)
class Ends:
    """Where each arc starts and ends: rows of sources, of sites' stocks and of demands, else -1."""

    source: Whole
    origin: Whole
    destination: Whole
    sink: Whole


def arc_ends(model: Model, data: Tables) -> Ends:
    """Return the ends of every arc.

    Raises
    ------
    ConfigError
        Where an arc starts or ends at what does not have its commodity: mass would appear there
        or vanish.
    """
    arcs = data["arcs"].index
    leaving = arcs.droplevel(["destination", "mode"])
    arriving = arcs.droplevel(["origin", "mode"])
    stocks = model.laws["site_balance"].keys
    ends = Ends(
        source=place(data.keys("supply"), leaving),
        origin=place(stocks, leaving),
        destination=place(stocks, arriving),
        sink=place(data.keys("sinks"), arriving),
    )
    odd = ((ends.source >= 0) == (ends.origin >= 0)) | ((ends.destination >= 0) == (ends.sink >= 0))
    if odd.any():
        raise ConfigError(f"arcs: ends do not have the commodity: {some(arcs[odd])}")
    return ends


def place(keys: pd.Index, pairs: pd.MultiIndex) -> Whole:
    """Return the position in `keys` of each of `pairs`, -1 where it is none of them."""
    codes, names = pairs.factorize()
    names = pd.MultiIndex.from_frame(names.to_frame(index=False).astype(object))
    position: Whole = np.asarray(keys.get_indexer(names), dtype=np.int64)[codes]
    return position


def add_flows(model: Model, data: Tables) -> None:
    """Add ``flow`` and all that it is in."""
    arcs = data["arcs"]
    every = np.arange(len(arcs))
    model.add_variable("flow", arcs.index)
    ends = arc_ends(model, data)
    model.add("all_supply_is_placed", ends.source, "flow", every, 1.0)
    add_balances(model, data, ends)
    add_shares(model, data, ends)
    add_market(model, data, ends)
    add_services(model, data)
    add_berths(model, data)
    model.add_amount("cost_jpy:transport", "flow", data.column("arcs", "cost_jpy_per_t"))
    model.add_amount("kgco2e:transport", "flow", data.column("arcs", "kgco2e_per_t"))


def add_balances(model: Model, data: Tables, ends: Ends) -> None:
    """Add the balance of each site and commodity, and that sites pass nothing on."""
    stocks = model.laws["site_balance"].keys
    count = len(stocks)
    waste = np.asarray(stocks.get_indexer(model.variables["disposal"].keys), dtype=np.int64)
    leaves = np.bincount(ends.origin[ends.origin >= 0], minlength=count) > 0
    arrives = np.bincount(ends.destination[ends.destination >= 0], minlength=count) > 0
    leaves[waste] = True
    passing = np.flatnonzero(leaves & arrives)
    model.add_law("outflow_within_made", stocks[passing], 0.0)
    row_of = np.full(count + 1, -1)
    row_of[passing] = np.arange(len(passing))
    every, column = np.arange(len(ends.origin)), np.arange(len(waste))
    taken = steps(data)
    stock = np.asarray(stocks.get_indexer(pd.MultiIndex.from_frame(taken[["site", "commodity"]])))
    hub = taken["hub"].to_numpy()
    made, used = (taken[[c]].to_numpy(float) for c in ("yield_t_per_t", "input_t_per_t"))
    model.add("site_balance", ends.destination, "flow", every, 1.0)
    model.add("site_balance", stock, "throughput", hub, made - used)
    model.add("site_balance", ends.origin, "flow", every, -1.0)
    model.add("site_balance", waste, "disposal", column, -1.0)
    model.add("outflow_within_made", row_of[ends.origin], "flow", every, 1.0)
    model.add("outflow_within_made", row_of[waste], "disposal", column, 1.0)
    model.add("outflow_within_made", row_of[stock], "throughput", hub, -made)


def add_shares(model: Model, data: Tables, ends: Ends) -> None:
    """Add the most that one site takes of all that is collected."""
    limited = data.keys("site_shares")
    pairs = data.keys("supply")
    stocks = model.laws["site_balance"].keys
    brought = np.unique(ends.destination[(ends.source >= 0) & (ends.destination >= 0)])
    brought = brought[stocks[brought].get_level_values("commodity").isin(limited)]
    keys = stocks[brought]
    row_of = np.full(len(stocks) + 1, -1)
    row_of[brought] = np.arange(len(brought))
    share = data.wide("site_shares", "max_share", limited, np.nan)
    share = share[limited.get_indexer(keys.get_level_values("commodity"))]
    collected = pairs.get_level_values("commodity").to_numpy()
    supply_t = data.wide("supply", "supply_t", pairs)
    rows, columns = np.nonzero(keys.get_level_values("commodity").to_numpy()[:, None] == collected)
    total = np.zeros(share.shape)
    np.add.at(total, rows, supply_t[columns])
    model.add_law("share_of_one_site", keys, np.where(np.isnan(share), np.inf, share * total))
    model.add("share_of_one_site", rows, "uncollected", columns, np.nan_to_num(share)[rows])
    row = np.where(ends.source >= 0, row_of[ends.destination], -1)
    model.add("share_of_one_site", row, "flow", np.arange(len(row)), 1.0)


def add_market(model: Model, data: Tables, ends: Ends) -> None:
    """Add what sinks take at most and at least, pay, and displace."""
    keys = data.keys("sinks")

    def wide(column: str) -> Array:
        return data.wide("sinks", column, keys)

    demand_t, contracted_t = wide("demand_t"), wide("contracted_t")
    missing_jpy = wide("contract_shortfall_jpy_per_t")
    model.add_law("demand_within_sink", keys, demand_t)
    model.add_law("contract_is_met", keys, lower=np.where(contracted_t > 0, contracted_t, -np.inf))
    model.add_variable("contract_shortfall", keys, np.where(np.isinf(missing_jpy), 0, contracted_t))
    every = np.arange(len(keys))
    model.add("contract_is_met", every, "contract_shortfall", every, 1.0)
    priced = np.where(np.isinf(missing_jpy), 0.0, missing_jpy)
    model.add_amount("cost_jpy:contract", "contract_shortfall", priced)
    arc = np.flatnonzero(ends.sink >= 0)
    sink = ends.sink[arc]
    model.add("demand_within_sink", sink, "flow", arc, 1.0)
    model.add("contract_is_met", sink, "flow", arc, 1.0)
    for quantity, column, sign in (
        ("cost_jpy:market", "price_jpy_per_t", -1.0),
        ("kgco2e:market", "credit_kgco2e_per_t", -1.0),
        ("virgin_material_avoided_t", "virgin_t_per_t", 1.0),
    ):
        model.add_amount(quantity, "flow", sign * wide(column)[sink], arc)


def add_services(model: Model, data: Tables) -> None:
    """Add ``run_service``, its hold and its least lot."""
    services = data["services"].index
    model.add_variable("run_service", services, 1.0, is_whole=True)
    model.add_law("service_carries_flow", services, 0.0)
    lots = data.column("services", "min_lot_t")
    model.add_law("lot_is_full", services, lower=np.where(lots > 0, 0.0, -np.inf))
    mode = data["arcs"].index.get_level_values("mode").astype(object)
    service = np.asarray(services.get_indexer(mode), dtype=np.int64)
    arc = np.flatnonzero(service >= 0)
    commodity = data["arcs"].index.get_level_values("commodity").astype(object)[arc]
    loads = pd.MultiIndex.from_arrays([mode[arc], commodity])
    hold = data["stowage"]["hold_t_per_t"].reindex(loads).fillna(1.0).to_numpy(float)[:, None]
    every = np.arange(len(services))
    for law, limit in (("service_carries_flow", data.column("services", "capacity_t")),
                       ("lot_is_full", lots)):  # fmt: skip
        model.add(law, service[arc], "flow", arc, hold)
        model.add(law, every, "run_service", every, -limit)
    model.add_amount("cost_jpy:services", "run_service", data.column("services", "yearly_cost_jpy"))


def add_berths(model: Model, data: Tables) -> None:
    """Add what ports may handle."""
    ports = data["berths"].index
    model.add_law("berth_within_capacity", ports, data.column("berths", "capacity_t_per_yr"))
    calls = data["calls"]
    if not len(calls):
        return
    arcs = data["arcs"].index
    called = calls.index.droplevel("port").to_frame(index=False)
    port = ports.get_indexer(calls.index.get_level_values("port"))
    arc = arcs.get_indexer(pd.MultiIndex.from_frame(called))
    if (arc < 0).any():
        raise ConfigError(f"calls: no such arc: {some(calls.index[arc < 0])}")
    model.add("berth_within_capacity", port, "flow", arc, data.column("calls", "handled_t_per_t"))
