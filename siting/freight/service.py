"""Scheduled services: a line between two terminals, paid by the year and not by the tonne."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siting.freight.load import BULK, TRAIN, load_t, payload_of
from siting.freight.rail import box_fare
from siting.freight.ship import hold_fare, slot_fare

if TYPE_CHECKING:
    from collections.abc import Callable

    from siting.freight.chain import Chain
    from siting.freight.leg import Array, Leg, Terms
    from siting.freight.load import Carrier, Form


@dataclass(frozen=True)
class Line:
    """A scheduled service.

    Attributes
    ----------
    mode : rail or ship
    start, end : numbers of its terminals
    carrier : vessel or box
    trips_per_yr, boxes_per_trip : departures, and boxes of space booked on each (a ship: 1)
    fare_share : what the space costs relative to the fare [-]
    min_fill : least share of the space to be used [-]
    """

    mode: str
    start: int
    end: int
    carrier: Carrier
    trips_per_yr: float
    boxes_per_trip: float
    fare_share: float
    min_fill: float

    @property
    def boxes_per_yr(self) -> float:
        """Return the holds or boxes offered in a year."""
        return self.trips_per_yr * self.boxes_per_trip

    def capacity_t(self, terms: Terms) -> float:
        """Return the space in tonnes of dense cargo [t/yr]."""
        return self.boxes_per_yr * terms.amount(
            f"{self.carrier.key}/{payload_of(self.carrier)}", "t"
        )

    def yearly_cost_jpy(self, terms: Terms, distance_km: float) -> float:
        """Return what the line costs in a year, used or not [JPY/yr]."""
        price = {BULK: hold_fare, TRAIN: box_fare}.get(self.carrier.kind, slot_fare)
        fare = float(price(terms, self.carrier, np.asarray(distance_km)))
        return self.boxes_per_yr * self.fare_share * fare

    def hold_t_per_t(self, terms: Terms, forms: list[Form]) -> float:
        """Return the space that a tonne takes in its densest form: 1 or more [t/t]."""
        loads = [
            load_t(terms, form, self.carrier) for form in forms if self.carrier in form.carriers
        ]
        return self.capacity_t(terms) / self.boxes_per_yr / max(loads)


def on_line(chains: list[Chain], line: Line) -> list[Chain]:
    """Return `chains` on a scheduled line: its two terminals, the densest form, and no fare."""
    riding = [chain for chain in chains if chain.vehicle == line.carrier.name]
    most_t = max((chain.lot_t for chain in riding), default=0.0)
    return [booked(chain, line) for chain in riding if chain.lot_t == most_t]


def booked(chain: Chain, line: Line) -> Chain:
    """Return `chain` between the terminals of `line`, whichever ports serve the public."""
    link = np.zeros_like(chain.may_link)
    link[line.start, line.end] = True
    ends = np.ones_like(chain.may_load)
    return replace(chain, line=unpaid(chain), may_link=link, may_load=ends, may_unload=ends)


def unpaid(chain: Chain) -> Callable[[Array], Leg]:
    """Return the line of `chain` without its fare."""

    def line(distance_km: Array) -> Leg:
        leg = chain.line(distance_km)
        return replace(leg, cost_jpy_per_t=np.zeros(np.shape(leg.cost_jpy_per_t)))

    return line
