"""What one leg of a journey takes per tonne, as arrays over many pairs of places at once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.network.road import Routes

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Leg:
    """Distance, time, money, emissions, energy and work of a leg; arrays that broadcast.

    Attributes
    ----------
    distance_km, hours : of the leg [km], [h]
    cost_jpy_per_t, kgco2e_per_t, mj_per_t, driver_h_per_t : per tonne carried; a cost of
        infinity says that the leg cannot be travelled.
    """

    distance_km: Array
    hours: Array
    cost_jpy_per_t: Array
    kgco2e_per_t: Array
    mj_per_t: Array
    driver_h_per_t: Array

    def __add__(self, other: Leg) -> Leg:
        """Return both legs travelled one after the other."""
        return Leg(*(a + b for a, b in zip(self.columns(), other.columns(), strict=True)))

    def columns(self) -> list[Array]:
        """Return the arrays in the order of the fields."""
        return [np.asarray(getattr(self, field.name), dtype=float) for field in fields(self)]

    def at(self, *index: npt.NDArray[np.intp]) -> Leg:
        """Return the leg of each pair that `index` picks."""
        return Leg(*(column[index] for column in self.columns()))

    def where(self, kept: npt.NDArray[np.bool_], other: Leg) -> Leg:
        """Return this leg where `kept`, else `other`."""
        pairs = zip(self.columns(), other.columns(), strict=True)
        return Leg(*(np.where(kept, a, b) for a, b in pairs))


def still(cost_jpy_per_t: float = 0.0, hours: float = 0.0) -> Leg:
    """Return a leg that goes nowhere: handling, storage, preparation."""
    zero = np.float64(0.0)
    return Leg(zero, np.float64(hours), np.float64(cost_jpy_per_t), zero, zero, zero)  # type: ignore[arg-type]


def cheapest(legs: Sequence[Leg]) -> tuple[Leg, npt.NDArray[np.int8]]:
    """Return the cheapest of `legs` for each pair, and its number; the first where they tie."""
    best = legs[0]
    number = np.zeros(np.shape(best.cost_jpy_per_t), dtype=np.int8)
    for position, leg in enumerate(legs[1:], start=1):
        is_dearer = np.asarray(leg.cost_jpy_per_t >= best.cost_jpy_per_t)
        best = best.where(is_dearer, leg)
        number = np.where(is_dearer, number, np.int8(position))
    return best, number


@dataclass(frozen=True)
class Ways:
    """Truck routes between places and what the leg along them depends on besides.

    Attributes
    ----------
    routes : arrays of shape (rows, columns)
    tariff_index : of the region the truck belongs to [-], broadcast to the routes
    beside : True where the two places are the same quay or yard, so that no truck is needed
    """

    routes: Routes
    tariff_index: Array
    beside: npt.NDArray[np.bool_]

    def at(self, *index: Any) -> Ways:
        """Return the ways that `index` picks."""
        shape = self.routes.road_km.shape
        picked = type(self.routes)(
            *(np.asarray(getattr(self.routes, f.name))[index] for f in fields(self.routes))
        )
        tariff_index = np.broadcast_to(self.tariff_index, shape)[index]
        return Ways(picked, tariff_index, np.broadcast_to(self.beside, shape)[index])

    def turned(self) -> Ways:
        """Return the ways from columns to rows: a road is as long both ways."""
        shape = self.routes.road_km.shape
        index = np.broadcast_to(self.tariff_index, shape).T
        return Ways(self.routes.turned(), index, np.broadcast_to(self.beside, shape).T)


@dataclass(frozen=True)
class Terms:
    """What every price rests on: the figures, and the choices the study names.

    Attributes
    ----------
    figures : parameter tables, read as ``figures.amount(key, unit)``
    co2_method : ``conventional`` (tonne-kilometre method) or ``improved``
    long_haul : ``overnight`` or ``relay``: what happens when a shift is over
    """

    figures: Any
    co2_method: str = "conventional"
    long_haul: str = "overnight"

    def amount(self, key: str, unit: str) -> float:
        """Return a figure in `unit`."""
        return float(self.figures.amount(key, unit))
