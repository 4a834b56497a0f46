"""Turn the network of a public set into an instance of the model.

A customer is a source; what it asks for is what arises there, and is carried to the facilities
instead of from them. A facility is a hub of one line; what the last level makes goes, for nothing,
to one sink. A unit of demand is a tonne and a unit of cost a yen, and there is one period of one
year, so that the present value of a plan is its cost in the set's own unit.

With several products a facility has a hub for each of them, and its fixed cost is that of the site.

The sets ask that every customer is served in full: the sink has a contract for all that arises, and
no tonne may be missing to it. So nothing can be left at a customer or disposed of on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models import Instance
from models.instance import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from public_file import Array, Level, Network

PERIOD = 2030
STAGES = ("waste", "sorted", "treated")
"""What a customer supplies, and what the levels make of it in turn."""

SERVED = "served"
"""The sink of what passed all levels."""

COLUMNS = {
    "periods": ["years", "discount_yr", "carbon_price_jpy_per_t", "grid_kgco2e_per_kwh"],
    "commodities": ["disposal_jpy_per_t", "disposal_kgco2e_per_t"],
    "supply": ["supply_t", "acquisition_jpy_per_t"],
    "baseline": ["cost_jpy_per_t", "kgco2e_per_t"],
    "recipes": ["input_t_per_t", "yield_t_per_t"],
    "hubs": ["capacity_t", "max_lines", "opening_jpy", "annuity_per_yr", "running_jpy_per_yr",
             "handling_jpy_per_t", "kwh_per_t", "kgco2e_per_t"],
    "sinks": ["price_jpy_per_t", "demand_t", "credit_kgco2e_per_t", "contracted_t",
              "contract_shortfall_jpy_per_t"],
    "sites": ["opening_jpy", "annuity_per_yr", "plot_m2"],
}  # fmt: skip
"""What each table gives, in the order of the rows below; the rest is as its defaults say."""


def instance_of(network: Network) -> Instance:
    """Return the instance whose cheapest plan is that of `network`.

    Raises
    ------
    ValueError
        If the facilities of a level cannot serve all customers.
    """
    check_capacity(network)
    demand = network.demand
    supply = [
        (customer(i), commodity(network, 0, p), PERIOD, demand[i, p])
        for i, p in zip(*np.nonzero(demand), strict=True)
    ]
    last = len(network.levels)
    rows: dict[str, list[tuple[object, ...]]] = {
        "periods": [(PERIOD, 1.0, 1.0, 0.0, 0.0)],
        "commodities": [
            (commodity(network, stage, p), 0.0, 0.0)
            for stage in range(last + 1)
            for p in products(network)
        ],
        "supply": [(*row, 0.0) for row in supply],
        "baseline": [(*row[:-1], 0.0, 0.0) for row in supply],
        "targets": [],
        "recipes": list(recipes(network)),
        "hubs": list(hubs(network)),
        "sinks": [
            (SERVED, commodity(network, last, p), PERIOD, 0.0, np.inf, 0.0, asked, np.inf)
            for p, asked in enumerate(demand.sum(axis=0))
        ],
        "sites": list(sites(network)),
    }
    tables = {name: table(name, values) for name, values in rows.items()}
    return Instance(**tables, arcs=pd.concat([*arcs(network), *last_arcs(network)]))


def check_capacity(network: Network) -> None:
    """Refuse a network without a plan.

    Raises
    ------
    ValueError
        If a level serves less of a product than is asked for.
    """
    asked = network.demand.sum(axis=0)
    for level in network.levels:
        for p, (most, all_of_it) in enumerate(zip(level.capacity.sum(axis=0), asked, strict=True)):
            if most < all_of_it:
                raise ValueError(
                    f"all {level.name}s serve {most:g} of product {p + 1}, "
                    f"expected {all_of_it:g} or more, which customers ask for."
                )


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


def customer(number: int) -> str:
    """Return the source of a customer."""
    return f"customer-{number + 1:04d}"


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
    """Yield the fixed cost of each facility where several products share it."""
    if len(products(network)) == 1:
        return
    for level in network.levels:
        for h, fixed in enumerate(level.fixed):
            yield facility(level, h), fixed, 1.0, np.inf


def arcs(network: Network) -> Iterator[pd.DataFrame]:
    """Yield the arcs of each level and product, from every origin to every facility."""
    origins = np.array([customer(i) for i in range(len(network.demand))])
    asking = network.demand > 0
    for stage, level in enumerate(network.levels):
        facilities = np.array([facility(level, h) for h in range(len(level.fixed))])
        ready = level.capacity > 0
        for p in products(network):
            cost = level.cost[p][np.ix_(asking[:, p], ready[:, p])]
            name = commodity(network, stage, p)
            yield lanes(origins[asking[:, p]], facilities[ready[:, p]], name, cost)
        origins, asking = facilities, ready


def last_arcs(network: Network) -> Iterator[pd.DataFrame]:
    """Yield the arcs of each product from every facility of the last level to the sink."""
    level = network.levels[-1]
    for p in products(network):
        ready = [facility(level, int(h)) for h in np.flatnonzero(level.capacity[:, p])]
        name = commodity(network, len(network.levels), p)
        yield lanes(np.array(ready), np.array([SERVED]), name, np.zeros((len(ready), 1)))


def lanes(
    origins: npt.NDArray[np.str_], destinations: npt.NDArray[np.str_], name: str, cost: Array
) -> pd.DataFrame:
    """Return an arc by truck from each of `origins` to each of `destinations` at `cost` [JPY/t]."""
    index = pd.MultiIndex.from_product(
        [origins, destinations, ["truck"], [name]], names=TABLES["arcs"].index
    )
    columns = {"distance_km": 0.0, "hours": 0.0, "cost_jpy_per_t": cost.ravel(), "kgco2e_per_t": 0}
    return pd.DataFrame(columns, index=index).astype(float)


def table(name: str, rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Return `rows`, index levels and then ``COLUMNS``, as the table `name`."""
    levels = list(TABLES[name].index)
    made = pd.DataFrame(rows, columns=[*levels, *COLUMNS.get(name, TABLES[name].columns)])
    return made.set_index(levels).astype(float)
