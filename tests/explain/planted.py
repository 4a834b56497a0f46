"""The four-node example with a conflict of each kind planted into it, and what is in conflict."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
from filled_case import INF, OTHER, PLASTIC, RESIDUE, WASTE, names_of
from model_case import SHIP, rows_of, with_column, with_port, with_ship

from models import Instance

YEARS = (2025, 2030)
SIZES = ("small", "large")


def ordered(data: Instance, low: float, high: float, sizes: tuple[str, ...]) -> Instance:
    """Return `data` where hubs of these sizes run so many lines in each period."""
    rows = [("H", PLASTIC, size, t, low, high) for size in sizes for t in YEARS]
    return replace(data, orders=rows_of("orders", *rows))


def opened(data: Instance) -> Instance:
    return ordered(data, 1.0, INF, ("large",))


def contracted(data: Instance, pellet_t: float) -> Instance:
    """Return `data` where the mill must get `pellet_t` in 2025."""
    return with_column(data, "sinks", contracted_t=[pellet_t, 0.0])


def budget(toy: Instance) -> Instance:
    return replace(opened(toy), budgets=rows_of("budgets", (2025, 1_000_000.0)))


def plot(toy: Instance) -> Instance:
    data = with_column(opened(toy), "hubs", land_m2=300.0)
    return replace(data, sites=rows_of("sites", ("H", 0.0, 0.1, 200.0)))


def count(toy: Instance) -> Instance:
    return replace(
        opened(toy),
        hub_counts=rows_of("hub_counts", ("few", 0.0)),
        counted=names_of("counted", ("few", "H", PLASTIC)),
    )


def ban(toy: Instance) -> Instance:
    hub = toy.hubs.loc[[("H", PLASTIC, "large")]].rename(index={PLASTIC: OTHER})
    data = opened(toy)
    order = data.orders.rename(index={PLASTIC: OTHER})
    return replace(
        data,
        hubs=pd.concat([data.hubs, hub]),
        recipes=pd.concat([data.recipes, data.recipes.rename(index={PLASTIC: OTHER})]),
        orders=pd.concat([data.orders, order]),
        incompatible=names_of("incompatible", (PLASTIC, OTHER)),
    )


def utilisation(toy: Instance) -> Instance:
    return with_column(opened(toy), "hubs", min_utilisation=0.9)


def must_close(toy: Instance) -> Instance:
    return ordered(contracted(toy, 40.0), 0.0, 0.0, SIZES)


def earliest(toy: Instance) -> Instance:
    return with_column(contracted(toy, 40.0), "hubs", earliest_period=2030)


def room(toy: Instance) -> Instance:
    return with_column(contracted(toy, 50.0), "hubs", max_lines=[0.0, 1.0])


def landfill(toy: Instance) -> Instance:
    limit = rows_of("disposal_limits", (RESIDUE, 2025, 5.0))
    return replace(contracted(toy, 40.0), disposal_limits=limit)


def emissions(toy: Instance) -> Instance:
    cap = rows_of("limits", ("kgco2e", 2025, -INF, 100_000.0))
    return replace(ordered(toy, 0.0, 0.0, SIZES), limits=cap)


def berth(toy: Instance) -> Instance:
    return with_port(contracted(toy, 52.0), "truck", 2.0)


def hold(toy: Instance) -> Instance:
    data = with_ship(contracted(toy, 52.0), capacity_t=2.0)
    origin, mode = (data.arcs.index.get_level_values(level) for level in ("origin", "mode"))
    return data.with_arcs((origin != "B") | (mode == SHIP))


def site_share(toy: Instance) -> Instance:
    return replace(contracted(toy, 40.0), site_shares=rows_of("site_shares", (WASTE, 2025, 0.5)))


def standing(toy: Instance) -> Instance:
    return with_column(
        toy, "hubs", stands=[1.0, 0.0], max_lines=[1.0, 2.0], min_utilisation=[0.9, 0.0]
    )


def collectable(toy: Instance) -> Instance:
    return with_column(contracted(toy, 40.0), "supply", collectable_share=0.5)


def demand(toy: Instance) -> Instance:
    data = with_column(toy, "sinks", virgin_t_per_t=1.0, demand_t=[20.0, 1000.0])
    least = rows_of("limits", ("virgin_material_avoided_t", 2025, 30.0, INF))
    return replace(data, limits=least)


def cost(toy: Instance) -> Instance:
    cap = rows_of("horizon_limits", ("cost_jpy", -INF, 4_000_000.0))
    return replace(toy, horizon_limits=cap)


CONTRACT = "sinks.contracted_t"

PLANTED: dict[str, tuple[Callable[[Instance], Instance], set[str]]] = {
    "budget": (budget, {"orders.min_lines", "budgets.max_opening_jpy"}),
    "plot": (plot, {"orders.min_lines", "sites.plot_m2"}),
    "count": (count, {"orders.min_lines", "hub_counts.at_most"}),
    "ban": (ban, {"orders.min_lines", "incompatible"}),
    "utilisation": (utilisation, {"orders.min_lines", "hubs.min_utilisation"}),
    "must_close": (must_close, {CONTRACT, "orders.max_lines"}),
    "earliest": (earliest, {CONTRACT, "hubs.earliest_period"}),
    "room": (room, {CONTRACT, "hubs.max_lines"}),
    "landfill": (landfill, {CONTRACT, "disposal_limits.max_disposal_t"}),
    "emissions": (emissions, {"orders.max_lines", "limits.at_most"}),
    "berth": (berth, {CONTRACT, "berths.capacity_t_per_yr"}),
    "site_share": (site_share, {CONTRACT, "site_shares.max_share"}),
    "standing": (standing, {"hubs.may_close", "hubs.min_utilisation"}),
}
"""Name to what plants it and the kinds of limits that conflict."""

FACTS: dict[str, tuple[Callable[[Instance], Instance], set[str]]] = {
    "hold": (hold, {CONTRACT, "services.capacity_t"}),
    "collectable": (collectable, {CONTRACT, "supply.collectable_share"}),
    "demand": (demand, {"limits.at_least", "sinks.demand_t"}),
    "cost": (cost, {"horizon_limits.at_most"}),
}
"""The same of limits that what arises, plants or buyers leave no way to keep."""
