r"""What a tonne costs by truck, and what it emits.

Per trip, with the road distance :math:`d` and the empty return :math:`\varepsilon`:

* tariff :math:`\kappa g (F + c\,d\,(1 + \varepsilon))`: standard tariff of 2024 at its market
  realisation :math:`\kappa`; :math:`g` is the tariff index of the origin's region
* toll :math:`1.1\,(150 + k\,[\min(x,100) + 0.75\min(x-100,100) + 0.70(x-200)])`, on
  :math:`x = 0.9\,d` of expressway
* loading and unloading, 1.5 h; a night on the road for each further 9 h of driving one way
* ferries: boarding, and km with the reduced rate of the empty return

Per tonne: divided by :math:`q = \min(\text{payload t}, \text{payload m}^3 \rho)`, times the
handling multiplier of the form, plus its preparation (baling). The cheapest vehicle and form
that the ``loading`` table allows is taken for each pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

    from siting.figures import Figures
    from siting.network.road import Routes

Array = npt.NDArray[np.float64]

TOLLED_SHARE = 0.9
"""Share of the road distance on expressways, as the tariff check assumes [-]."""

TOLL_TAX = 1.1
HALF_HOURS_OF_LOADING = 3
TRUCK_CLASS = {"dump_10t": "truck_10t", "tank_lorry_10t": "truck_10t", "packer_4t": "truck_4t"}
"""Bodies that pay the tolls and loading fees of another class."""


@dataclass(frozen=True)
class Haul:
    """What a pair of places costs by truck; arrays shaped like the routes.

    Attributes
    ----------
    cost_jpy_per_t, kgco2e_per_t : door to door
    hours : one way, loading included [h]
    """

    cost_jpy_per_t: Array
    kgco2e_per_t: Array
    hours: Array


def haul(
    figures: Figures, loading: pd.DataFrame, commodity: str, routes: Routes, tariff_index: Array
) -> Haul:
    """Return the cheapest way to truck `commodity` along `routes`.

    Parameters
    ----------
    loading : rows of the ``loading`` table
    tariff_index : of each origin, shape (origins, 1) or broadcastable [-]
    """
    rows = loading[loading["commodity"] == commodity]
    costs = [
        tonne_cost(figures, row, vehicle, routes, tariff_index)
        for row in rows.to_dict("records")
        for vehicle in row["vehicles"].split(";")
    ]
    return Haul(
        cost_jpy_per_t=np.minimum.reduce(costs),
        kgco2e_per_t=tonne_kgco2e(figures, routes),
        hours=routes.hours + figures["transport/truck/loading_plus_unloading_time"],
    )


def tonne_cost(
    figures: Figures, form: dict[str, str], vehicle: str, routes: Routes, tariff_index: Array
) -> Array:
    """Return the cost of a tonne in one `vehicle` and `form` [JPY/t]."""
    truck = f"transport/truck/{vehicle}"
    empty_return = figures[form["empty_return_key"]]
    load_t = min(
        figures[f"{truck}/payload_t"],
        figures[f"{truck}/payload_m3"] * figures[form["density_key"]],
    )
    trip = trip_cost(figures, vehicle, routes, empty_return, tariff_index)
    multiplier = figures[form["multiplier_key"]] if form["multiplier_key"] else 1.0
    preparation = figures[form["preparation_key"]] if form["preparation_key"] else 0.0
    return multiplier * trip / load_t + preparation


def trip_cost(
    figures: Figures, vehicle: str, routes: Routes, empty_return: float, tariff_index: Array
) -> Array:
    """Return the cost of one trip [JPY]."""
    truck = f"transport/truck/{vehicle}"
    charged = f"transport/truck/{TRUCK_CLASS.get(vehicle, vehicle)}"
    per_km = figures[f"{truck}/cost_per_vehicle_km"] * (1 + empty_return)
    tariff = figures[f"{truck}/trip_fixed"] + per_km * routes.road_km
    loading = HALF_HOURS_OF_LOADING * figures[f"{charged}/loading_fee_30min_machine"]
    driving_h = routes.road_km / figures[f"{truck}/speed_avg"]
    return (
        figures["transport/truck/market_realisation_of_tariff"] * tariff_index * tariff
        + toll(figures, charged, routes.road_km)
        + loading
        + figures["transport/truck/overnight_cost"] * nights(figures, driving_h)
        + ferry(figures, routes)
    )


def toll(figures: Figures, charged: str, road_km: Array) -> Array:
    """Return the toll of one laden trip [JPY]."""
    x = TOLLED_SHARE * road_km
    full = np.minimum(x, 100) + 0.75 * np.clip(x - 100, 0, 100) + 0.70 * np.maximum(x - 200, 0)
    per_km = figures[f"{charged}/toll_per_km_ex_tax"]
    return TOLL_TAX * (figures["transport/truck/toll_terminal_charge"] + per_km * full)


def nights(figures: Figures, driving_h: Array) -> Array:
    """Return the nights a driver spends on the road one way."""
    shifts = np.ceil(driving_h / figures["transport/truck/max_driving_h_per_day"])
    return np.asarray(np.maximum(shifts - 1, 0.0), dtype=float)


def ferry(figures: Figures, routes: Routes) -> Array:
    """Return what ferries add to one trip: the rate of an unaccompanied chassis [JPY]."""
    chassis = "transport/ro_ro/roro_chassis_13m"
    back = 1 + figures[f"{chassis}/empty_return_cost_share"]
    sailed = figures[f"{chassis}/cost_per_km"] * back * routes.ferry_km
    return figures[f"{chassis}/trip_fixed"] * routes.ferries + sailed


def tonne_kgco2e(figures: Figures, routes: Routes) -> Array:
    """Return what a tonne emits by the tonne-kilometre method of the fleet mean [kgCO2e/t]."""
    by_truck = figures["transport/truck/fleet_average/co2_tkm_fy2021"]
    by_ship = figures["transport/ship/fleet_average/co2_tkm_fy2021"]
    return (by_truck * routes.road_km + by_ship * routes.ferry_km) / 1000
