"""Turn the network of a public set into an instance of the model.

A customer is a source; what it asks for is what arises there, and is carried to the facilities
instead of from them. A facility is a hub of one line; what the last level makes is disposed of for
nothing. A unit of demand is a tonne and a unit of cost a yen, and there is one period of one year,
so that the present value of a plan is its cost in the set's own unit.

With several products a facility has a hub for each of them, and its fixed cost is that of the site.

**What it costs to leave a tonne.** The sets ask that every customer is served in full; here what is
not served is missing to a target, at a price. Demands and capacities are whole numbers, so for any
choice of facilities the best flows are whole, and what is left is whole tonnes. To serve one of
them takes at most one facility more at each level, open or opened for it, so the dearest fixed cost
and the dearest unit cost of every level, added up, bound what it costs; a price above that is paid
in no optimum. What is only part of the way is disposed of at the same sum over the levels to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models import Instance
from models.table import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from public_file import Array, Level, Network

PERIOD = 2030
STAGES = ("waste", "sorted", "treated")
"""What a customer supplies, and what the levels make of it in turn."""

COLUMNS = {
    "periods": ["years", "discount_yr", "carbon_price_jpy_per_t", "grid_kgco2e_per_kwh"],
    "commodities": ["disposal_jpy_per_t", "disposal_kgco2e_per_t"],
    "supply": ["supply_t", "acquisition_jpy_per_t"],
    "baseline": ["cost_jpy_per_t", "kgco2e_per_t"],
    "targets": ["min_collected_share", "shortfall_jpy_per_t"],
    "recipes": ["input_t_per_t", "yield_t_per_t"],
    "hubs": ["capacity_t", "max_lines", "opening_jpy", "annuity_per_yr", "running_jpy_per_yr",
             "handling_jpy_per_t", "kwh_per_t", "kgco2e_per_t"],
    "sinks": ["price_jpy_per_t", "demand_t", "credit_kgco2e_per_t"],
    "sites": ["opening_jpy", "annuity_per_yr", "plot_m2"],
}  # fmt: skip
"""What each table gives, in the order of the rows below; the rest is as its defaults say."""


def instance_of(network: Network) -> Instance:
    """Return the instance whose cheapest plan is that of `network`."""
    price = prices_of_leaving(network)
    demand = network.demand
    supply = [
        (f"customer-{i + 1:04d}", commodity(network, 0, p), PERIOD, demand[i, p])
        for i, p in zip(*np.nonzero(demand), strict=True)
    ]
    rows: dict[str, list[tuple[object, ...]]] = {
        "periods": [(PERIOD, 1.0, 1.0, 0.0, 0.0)],
        "commodities": [
            (commodity(network, stage, p), price[stage], 0.0)
            for stage in range(len(network.levels) + 1)
            for p in products(network)
        ],
        "supply": [(*row, 0.0) for row in supply],
        "baseline": [(*row[:-1], 0.0, 0.0) for row in supply],
        "targets": [(commodity(network, 0, p), PERIOD, 1.0, price[0]) for p in products(network)],
        "recipes": list(recipes(network)),
        "hubs": list(hubs(network)),
        "sinks": [],
    }
    tables = {name: table(name, values) for name, values in rows.items()}
    if len(products(network)) > 1:
        tables["sites"] = table("sites", list(sites(network)))
    return Instance(**tables, arcs=pd.concat(list(arcs(network))))


def prices_of_leaving(network: Network) -> list[float]:
    """Return the price of a tonne left before each level, and of one that passed all of them.

    Each is a tenth above the dearest fixed and unit cost of the levels to come, so that it is also
    above them where all are zero but one.
    """
    dearest = [float(level.fixed.max() + level.cost.max()) for level in network.levels]
    left = [1.1 * sum(dearest[stage:]) + 1.0 for stage in range(len(dearest))]
    return [*left, 0.0]


def products(network: Network) -> range:
    """Return the number of each product."""
    return range(network.demand.shape[1])


def marked(network: Network, name: str, product: int) -> str:
    """Return `name` with its product where there are several."""
    return f"{name}-{product + 1}" if len(products(network)) > 1 else name


def commodity(network: Network, stage: int, product: int) -> str:
    """Return what leaves `stage`: 0 is the customers, 1 the first level."""
    last = stage == len(network.levels)
    return marked(network, STAGES[-1] if last else STAGES[stage], product)


def facility(level: Level, number: int) -> str:
    """Return the site of a facility."""
    return f"{level.name}-{number + 1:04d}"


def recipes(network: Network) -> Iterator[tuple[object, ...]]:
    """Yield what each level takes of a product and what it makes."""
    for stage, level in enumerate(network.levels):
        for p in products(network):
            technology = marked(network, level.name, p)
            yield technology, commodity(network, stage, p), 1.0, 0.0
            yield technology, commodity(network, stage + 1, p), 0.0, 1.0


def hubs(network: Network) -> Iterator[tuple[object, ...]]:
    """Yield a line for each facility and product it has a capacity for."""
    total = network.demand.sum(axis=0)
    several = len(products(network)) > 1
    for level in network.levels:
        for h, p in zip(*np.nonzero(level.capacity), strict=True):
            capacity = min(level.capacity[h, p], total[p])
            opening = 0.0 if several else level.fixed[h]
            yield (facility(level, h), marked(network, level.name, p), "whole", capacity,
                   1.0, opening, 1.0, 0.0, 0.0, 0.0, 0.0)  # fmt: skip


def sites(network: Network) -> Iterator[tuple[object, ...]]:
    """Yield the fixed cost of each facility that serves several products."""
    for level in network.levels:
        for h, fixed in enumerate(level.fixed):
            yield facility(level, h), fixed, 1.0, np.inf


def arcs(network: Network) -> Iterator[pd.DataFrame]:
    """Yield the arcs of each level and product, from every origin to every facility."""
    origins = [f"customer-{i + 1:04d}" for i in range(len(network.demand))]
    asking = network.demand > 0
    for stage, level in enumerate(network.levels):
        sites = np.array([facility(level, h) for h in range(len(level.fixed))])
        for p in products(network):
            ready = level.capacity[:, p] > 0
            name = commodity(network, stage, p)
            yield lanes(np.array(origins)[asking[:, p]], sites[ready], name,
                        level.cost[p][np.ix_(asking[:, p], ready)])  # fmt: skip
        origins, asking = list(sites), level.capacity > 0


def lanes(origins: object, sites: object, name: str, cost: Array) -> pd.DataFrame:
    """Return an arc by truck from each of `origins` to each of `sites` at `cost` [JPY/t]."""
    index = pd.MultiIndex.from_product(
        [origins, sites, ["truck"], [name]], names=TABLES["arcs"].index
    )
    columns = {"distance_km": 0.0, "hours": 0.0, "cost_jpy_per_t": cost.ravel(), "kgco2e_per_t": 0}
    return pd.DataFrame(columns, index=index).astype(float)


def table(name: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Return `rows`, index levels and then ``COLUMNS``, as the table `name`."""
    levels = list(TABLES[name].index)
    made = pd.DataFrame(rows, columns=[*levels, *COLUMNS[name]])
    return made.set_index(levels).astype(float)
