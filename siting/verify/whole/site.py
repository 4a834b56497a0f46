r"""The best plan of every site on its own, in whole lines.

What a site decides are its lines, when it opens, what lines treat and what they take. In a period,
line counts :math:`y` of the sizes of a technology come to

.. math:: v_t(y) = \sum_s c_{st} y_s + \min_{z \le q y} \Big(\sum_s c^z_{st} z_s
    + \Phi_t(\sum_s z_s)\Big)

with :math:`\Phi_t` what the input costs, cheapest first. From period to period new lines only come
and standing ones only go: a dynamic program over all line counts. New lines of a site that costs
something of its own run from when it is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.verify.whole.take import HUGE_T, for_nothing, single_takers

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from siting.verify.model import Model, Values
    from siting.verify.table import Array, Tables, Whole
    from siting.verify.whole.take import Offers

MOST_STATES = 50_000
"""With more line counts than so many, a technology has its lines at their cheaper limits."""

WHOLE = 1e-6
"""A limit this close to a whole number of lines is that number."""


@dataclass(frozen=True)
class Lines:
    """The sizes of one technology at one site, by input: each (sizes, periods) but `stands`.

    Attributes
    ----------
    line, unit : what a line, and a tonne, costs; room : t/yr that a line takes.
    least, most : lines; limit : t/yr that all lines take at most.
    """

    line: Array
    unit: Array
    room: Array
    least: Array
    most: Array
    limit: Array
    stands: npt.NDArray[np.bool_]

    @property
    def is_countable(self) -> bool:
        """Return whether all line counts can be tried."""
        return bool(np.prod(np.floor(self.most.max(axis=1) + WHOLE) + 1) <= MOST_STATES)

    def size(self, offers: Offers) -> float:
        """Return what lines, and what is worth treating, come to at most without signs."""
        total = 0.0
        for t, units in enumerate(self.unit.T):
            worth = -units
            reach = np.array([offers.reach(t, price) for price in worth])
            total += float(np.abs(units) @ np.minimum(self.limit[:, t], reach))
            total += float(offers.size[np.searchsorted(offers.slope[:, t], worth.max()), t])
        at = self.most if self.is_countable else self.cheaper()
        return total + float(np.where(at > 0, np.abs(self.line), 0.0).ravel() @ at.ravel())

    def cheaper(self) -> Array:
        """Return the limit of each line count that costs less."""
        at = np.where(self.line > 0, self.least, self.most)
        return np.where(self.line == 0, 0.0, at)

    def stages(self, offers: Offers) -> Array:
        """Return the value of all line counts in each period, shape (periods, …)."""
        if not self.is_countable:
            return self.at_limits(offers)
        dims = (np.floor(self.most.max(axis=1) + WHOLE) + 1).astype(int)
        counts = np.indices(dims).reshape(len(dims), -1)
        periods = range(self.line.shape[1])
        found = np.empty((len(periods), counts.shape[1]))
        for t in periods:
            runs = self.line[:, t] @ counts
            may = (counts <= self.most[:, [t]] + WHOLE) & (counts >= self.least[:, [t]] - WHOLE)
            value = runs + self.treated(offers, t, self.room[:, [t]] * counts)
            found[t] = np.where(may.all(axis=0), value, np.inf)
        return found.reshape(len(periods), *dims)

    def treated(self, offers: Offers, t: int, room: Array) -> Array:
        """Return what it costs to treat what is worth it, in `room` (sizes, states)."""
        at, total = np.zeros(room.shape[1]), np.zeros(room.shape[1])
        for s in np.argsort(self.unit[:, t]):
            unit = self.unit[s, t]
            end = np.maximum(at, np.minimum(at + room[s], offers.reach(t, -unit)))
            total += unit * (end - at)
            at = end
        return total + offers.cost_of(t, at)

    def at_limits(self, offers: Offers) -> Array:
        """Return one value for each period: each line count at its cheaper limit."""
        lines = (self.line * self.cheaper()).sum(axis=0)
        room = np.minimum(self.limit, HUGE_T)
        treated = [self.treated(offers, t, room[:, [t]])[0] for t in range(len(lines))]
        return np.asarray(lines + treated).reshape(-1, *(1 for _ in self.stands))


def best_by_start(stages: Array, stands: npt.NDArray[np.bool_]) -> Array:
    """Return the best value where new lines run from each period on, or never: (periods + 1,)."""
    periods, dims = len(stages), stages.shape[1:]
    counts = np.indices(dims).reshape(len(dims), -1)
    is_new = (counts[~stands] > 0).any(axis=0).reshape(dims)
    value = np.zeros((periods + 1, *dims))
    for t in range(periods - 1, -1, -1):
        for axis, is_standing in enumerate(stands, 1):
            if is_standing:
                value = np.minimum.accumulate(value, axis=axis)
            else:
                falling = np.minimum.accumulate(np.flip(value, axis), axis=axis)
                value = np.flip(falling, axis)
        value = value + stages[t]
        value[t + 1 :, is_new] = np.inf
    return np.asarray(value.reshape(periods + 1, -1).min(axis=1))


def site_values(
    model: Model, data: Tables, least: Values, limit: Array, offers: list[Offers]
) -> tuple[Array, float]:
    """Return the value of the best plan of each site, and what all is without signs.

    Parameters
    ----------
    least : reduced cost of each column; limit : (hubs, periods) most throughput.
    offers : of each stock.
    """
    stock, share = single_takers(model, data)
    hubs, lines = data["hubs"].index, model.variables["run_hub"]
    stands = data["hubs"]["stands"].to_numpy() > 0
    capacity_t = data.column("hubs", "capacity_t") * share
    free = for_nothing(len(data.periods))
    costly = model.variables["use_site"].keys
    opened: dict[str, Array] = {}
    size = float(np.abs(least["use_site"]).sum())
    for (site, _), rows in groups(hubs.droplevel("size")).items():
        own = Lines(
            least["run_hub"][rows],
            least["throughput"][rows] / share[rows],
            np.broadcast_to(capacity_t[rows], limit[rows].shape),
            lines.lower[rows],
            lines.upper[rows],
            limit[rows] * share[rows],
            stands[rows],
        )
        offered = free if stock[rows[0]] < 0 else offers[stock[rows[0]]]
        size += own.size(offered)
        values = best_by_start(own.stages(offered), own.stands)
        opened[site] = opened.get(site, 0.0) + values
    cost = np.zeros((len(opened), len(data.periods) + 1))
    names = list(opened)
    for site, row in zip(costly, least["use_site"], strict=True):
        cost[names.index(site), :-1] = row[::-1].cumsum()[::-1]
    totals = np.array(list(opened.values())).reshape(cost.shape) + cost
    is_costly = np.isin(np.array(names, dtype=object), np.array(list(costly), dtype=object))
    return np.where(is_costly, totals.min(axis=1), totals[:, 0]), size


def groups(index: pd.MultiIndex) -> dict[tuple[str, str], Whole]:
    """Return the rows of each (site, technology) of `index`."""
    found: dict[tuple[str, str], list[int]] = {}
    for row, name in enumerate(index):
        found.setdefault(name, []).append(row)
    return {name: np.array(rows) for name, rows in found.items()}
