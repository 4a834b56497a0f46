"""What lines may take at a site, cheapest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.verify.laws.conversion import steps

if TYPE_CHECKING:
    import numpy.typing as npt

    from siting.verify.laws.arc import Ends
    from siting.verify.model import Model, Values
    from siting.verify.table import Array, Tables, Whole


HUGE_T = 1e200
"""What is not limited is no more than this [t/yr]."""


@dataclass(frozen=True)
class Offers:
    """What may be taken at a place in each period, cheapest first.

    Attributes
    ----------
    slope : (offers, periods) what a tonne costs.
    mass, cost, size : (offers + 1, periods) what the first so many come to; size is the cost
        without signs, enlarged where sums of many are rounded more.
    """

    slope: Array
    mass: Array
    cost: Array
    size: Array

    def reach(self, t: int, worth: float) -> float:
        """Return the mass that costs less than `worth` a tonne."""
        return float(self.mass[np.searchsorted(self.slope[:, t], worth), t])

    def cost_of(self, t: int, mass: Array) -> Array:
        """Return what a `mass` costs."""
        last = len(self.slope) - 1
        n = np.clip(np.searchsorted(self.mass[:, t], mass) - 1, 0, last)
        return np.asarray(self.cost[n, t] + (mass - self.mass[n, t]) * self.slope[n, t])


def offers(slope: Array, mass: Array) -> Offers:
    """Return offers (offers, periods) in order; those of infinite cost are none."""
    is_there = np.isfinite(slope)
    slope, mass = np.where(is_there, slope, 0.0), np.where(is_there, mass, 0.0)
    order = np.argsort(slope, axis=0)
    slope = np.take_along_axis(slope, order, axis=0)
    mass = np.take_along_axis(mass, order, axis=0)
    first = np.zeros((1, slope.shape[1]))
    cost = slope * mass
    sums = (mass, cost, np.abs(cost) * (1 + len(slope) / 4096))
    return Offers(slope, *(np.vstack([first, part.cumsum(axis=0)]) for part in sums))


def for_nothing(periods: int) -> Offers:
    """Return the offers of lines whose input is priced elsewhere: without limit, for nothing."""
    none = np.zeros((1, periods))
    return Offers(none, np.vstack([none, none + np.inf]), *(np.zeros((2, 2, periods))))


def single_takers(model: Model, data: Tables) -> tuple[Whole, Array]:
    """Return the stock that each hub takes from, and its share of the throughput.

    It is -1 unless all that take from the stock take nothing else and make none of it.
    """
    stocks = model.laws["site_balance"].keys
    taken = steps(data)
    stock = stocks.get_indexer(pd.MultiIndex.from_frame(taken[["site", "commodity"]]))
    takes, makes = (taken[c].to_numpy() > 0 for c in ("input_t_per_t", "yield_t_per_t"))
    hub, stock = taken["hub"].to_numpy()[takes], np.asarray(stock)[takes]
    odd = (np.bincount(hub, minlength=len(data["hubs"]))[hub] > 1) | makes[takes]
    is_inside = np.ones(len(stocks), dtype=bool)
    is_inside[stock[odd]] = False
    own, share = np.full(len(data["hubs"]), -1), np.ones((len(data["hubs"]), 1))
    kept = is_inside[stock]
    own[hub[kept]] = stock[kept]
    share[hub[kept], 0] = taken["input_t_per_t"].to_numpy(float)[takes][kept]
    return own, share


@dataclass(frozen=True)
class Places:
    """What may be taken at every stock `inside` sites.

    Attributes
    ----------
    is_inside : of each stock, one more for those that are none.
    """

    model: Model
    ends: Ends
    is_inside: npt.NDArray[np.bool_]

    def cheapest(self, least: Values) -> tuple[Whole, Whole, Array]:
        """Return (stock, source, cost) of what sources bring, parallel ways as one."""
        arc = np.flatnonzero((self.ends.source >= 0) & self.is_inside[self.ends.destination])
        pairs = len(self.model.variables["uncollected"].keys)
        code = self.ends.destination[arc] * pairs + self.ends.source[arc]
        order = np.argsort(code, kind="stable")
        codes, first = np.unique(code[order], return_index=True)
        cost = least["flow"][arc[order]]
        if len(codes):
            cost = np.minimum.reduceat(cost, first, axis=0)
        return codes // max(pairs, 1), codes % max(pairs, 1), cost

    def offers(self, least: Values, price: Array, margin: Array, most_t: Array) -> list[Offers]:
        """Return what each stock is offered at the `price` of a tonne at each source.

        What other sites send and what is made there comes from one mass of the commodity: of
        it the cheapest counts.

        Parameters
        ----------
        margin : by how much prices are rounded; most_t : (stocks, periods) mass of the commodity.
        """
        stock, source, cost = self.cheapest(least)
        left = self.model.variables["uncollected"]
        slope, mass = cost - price[source] - margin[source], (left.upper - left.lower)[source]
        item = np.full(most_t.shape, np.inf)
        sent = np.flatnonzero((self.ends.origin >= 0) & (self.ends.destination >= 0))
        np.minimum.at(item, self.ends.destination[sent], least["flow"][sent])
        stocks = self.model.laws["site_balance"].keys
        made = stocks.get_indexer(self.model.variables["own"].keys)
        np.minimum.at(item, made, least["own"])
        first = np.searchsorted(stock, np.arange(len(most_t) + 1))
        rows = [slice(low, high) for low, high in pairwise(first)]
        return [
            offers(np.vstack([slope[own], item[[n]]]), np.vstack([mass[own], most_t[[n]]]))
            for n, own in enumerate(rows)
        ]
