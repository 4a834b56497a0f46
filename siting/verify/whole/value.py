r"""The least that all columns add at their reduced costs, laws of whole lines kept.

Each source has a price :math:`\pi`: that of the certificate, or the least that a tonne of it costs
at all. It is paid for all there is, and each site pays it for what it takes. What lies past the
sites that plan for themselves, or stays, is the source's own: the cheaper of both, if it is below
the price. A column that belongs to no source and no site is at its cheaper limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.verify.whole.link import most_masses
from siting.verify.whole.site import site_values
from siting.verify.whole.take import Places, single_takers

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from siting.verify.laws.arc import Ends
    from siting.verify.model import Model, Values
    from siting.verify.table import Array, Tables

OF_SITES = ("run_hub", "throughput", "use_site")


def whole_values(
    model: Model, data: Tables, ends: Ends, least: Values, priced: tuple[Array, float, Values]
) -> tuple[list[Array], float]:
    """Return what sources, sites and other columns add, and what sites do without signs.

    Parameters
    ----------
    least : reduced cost of each column.
    priced : price of each source, no number where it has none; by how much of itself it may be
        rounded; limits of each variable.
    """
    given, rounding, limits = priced
    stocks = model.laws["site_balance"].keys
    stock, _ = single_takers(model, data)
    inside = np.zeros(len(stocks) + 1, dtype=bool)
    inside[stock[stock >= 0]] = True
    places = Places(model, ends, inside)
    past = past_sites(model, ends, inside, least)
    price = np.where(np.isnan(given), cheapest(places, least, past), given)
    commodity = stocks.get_level_values("commodity")
    most_t = most_masses(model, data)[data["commodities"].index.get_indexer(commodity)]
    offers = places.offers(least, price, rounding * np.abs(price), most_t)
    sites, size = site_values(model, data, least, limits["throughput"], offers)
    left = model.variables["uncollected"]
    sources = [
        price * left.upper,
        (left.upper - left.lower) * np.minimum(past - price, 0.0),
        left.lower * (least["uncollected"] - price),
    ]
    return [*sources, sites, *other_values(model, ends, inside, least, limits)], size


def past_sites(model: Model, ends: Ends, inside: npt.NDArray[np.bool_], least: Values) -> Array:
    """Return what a tonne of each source costs past the sites that plan, or left."""
    best = least["uncollected"].copy()
    arc = np.flatnonzero((ends.source >= 0) & ~inside[ends.destination])
    np.minimum.at(best, ends.source[arc], least["flow"][arc])
    return best


def cheapest(places: Places, least: Values, past: Array) -> Array:
    """Return the least that a tonne of each source costs anywhere."""
    best = past.copy()
    _, source, cost = places.cheapest(least)
    np.minimum.at(best, source, cost)
    return best


def other_values(
    model: Model, ends: Ends, inside: npt.NDArray[np.bool_], least: Values, limits: Values
) -> Iterator[Array]:
    """Yield what columns add that are no source's and no site's."""
    stocks = model.laws["site_balance"].keys
    own = model.variables["own"].keys
    other = {
        "flow": (ends.source < 0) & ~inside[ends.destination],
        "own": ~inside[stocks.get_indexer(own)],
    }
    for name, family in model.variables.items():
        if name in {"uncollected", *OF_SITES}:
            continue
        cost, lower, upper = least[name], family.lower, np.minimum(family.upper, limits[name])
        if name in other:
            cost, lower, upper = (table[other[name]] for table in (cost, lower, upper))
        at = np.where(cost > 0, lower, upper)
        yield np.where(cost == 0.0, 0.0, cost) * np.where(cost == 0.0, 0.0, at)
