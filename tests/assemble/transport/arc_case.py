"""Offers with the prices of a table, to see which arcs are kept."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from siting.assemble.transport.arc import Arcs, Lanes, mode_priced
from siting.freight.chain import Best, Step
from siting.freight.leg import Array, Leg


@dataclass(frozen=True)
class Listed:
    """An offer of given cost and emissions; infinite where there is none. All call at two ports.

    Attributes
    ----------
    cost_jpy_per_t, kgco2e_per_t : (origins, destinations)
    ports : (origins,) the port each origin loads at
    """

    cost_jpy_per_t: Array
    kgco2e_per_t: Array
    ports: tuple[str, ...] = ()

    def best(self, rows):
        """Return the cost of `rows`; the first port is the origin's, the last that of all."""
        cost = self.cost_jpy_per_t[rows]
        zero = np.zeros(cost.shape, dtype=np.int16)
        own = np.broadcast_to(np.asarray(rows, dtype=np.int16)[:, None], cost.shape)
        return Best(cost, zero, own, zero - 1)

    def steps(self, option, choice):
        """Return one line."""
        at = (choice.rows, choice.columns)
        cost, kgco2e = self.cost_jpy_per_t[at], self.kgco2e_per_t[at]
        km = np.full(len(cost), 10.0)
        leg = Leg(km, km / 50, cost, kgco2e, np.zeros(len(cost)), np.zeros(len(cost)))
        return [Step("line", "truck", np.full(len(cost), "cart"), "loose", leg)]

    def terminal(self, number):
        """Return the ports of those numbers; the last one is called END."""
        names = np.array([*self.ports, "END"], dtype=object)
        return names[number] if self.ports else np.full(len(number), "", dtype=object)


def lanes_of(commodity="x", limited=(), origins=None, destinations=None, **offers) -> Lanes:
    """Return lanes of `offers`; ``ship__S`` stands for the service ``ship:S``."""
    rows, columns = next(iter(offers.values())).cost_jpy_per_t.shape
    return Lanes(
        commodity,
        pd.Index(origins or [f"O{n}" for n in range(rows)]),
        pd.Index(destinations or [f"D{n}" for n in range(columns)]),
        {name.replace("__", ":"): offer for name, offer in offers.items()},
        frozenset(limited),
    )


def every_arc(lanes: Lanes) -> list[Arcs]:
    """Return all arcs of each mode."""
    rows = np.arange(len(lanes.origins))
    return [mode_priced(lanes, number, rows) for number in range(len(lanes.offers))]


def listed(cost, kgco2e=0.0, ports=()) -> Listed:
    """Return an offer of the costs given [JPY/t], each pair emitting as told [kgCO2e/t]."""
    cost = np.atleast_2d(np.asarray(cost, dtype=float))
    return Listed(cost, np.broadcast_to(np.asarray(kgco2e, dtype=float), cost.shape), ports)
