r"""What a tonne costs by truck, how long it takes, and what it emits.

Per trip, with the road distance :math:`d` and the empty return :math:`\varepsilon`:

* tariff :math:`\kappa g (F + c\,d\,(1 + \varepsilon))`: standard tariff of 2024 at its market
  realisation :math:`\kappa`; :math:`g` is the tariff index of the region
* toll :math:`1.1\,(150 + k\,[\min(x,100) + 0.75\min(x-100,100) + 0.70(x-200)])` on
  :math:`x` km of expressway: none on hauls up to ``expressway_from_km``, then a share of the way
  that grows to ``expressway_share_full``
* loading and unloading, 1.5 h, and half-hours of waiting that are charged
* a night on the road for each further 9 h of driving one way, or the relay to another driver
* ferries: boarding, and km with the reduced rate of the empty return

Per tonne: divided by the load, times the multiplier of the form. A driver works
:math:`d (1 + \varepsilon)/v` + loading + 30 min of rest for each 4 h of driving.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.freight.emission import by_line, by_truck
from siting.freight.leg import Leg
from siting.freight.load import load_t

if TYPE_CHECKING:
    from siting.freight.leg import Array, Terms, Ways
    from siting.freight.load import Carrier, Form
    from siting.network.road import Routes

TRUCK = "transport/truck"

TOLL_TAX = 1.1
LOADING_HALF_HOURS = 3.0
"""Half-hours of loading and unloading paid for a whole trip; a drayage pays those of one end."""

REST_H = 0.5
"""Break after ``max_continuous_driving_h`` [h]."""


def road_leg(
    terms: Terms, form: Form, truck: Carrier, ways: Ways, half_hours: float = LOADING_HALF_HOURS
) -> Leg:
    """Return the leg of `form` in `truck` along `ways`.

    Parameters
    ----------
    half_hours : of loading and unloading that are paid.
    """
    return trip_leg(terms, form, truck, load_t(terms, form, truck), ways, half_hours)


def trip_leg(
    terms: Terms, form: Form, truck: Carrier, carried_t: float, ways: Ways, half_hours: float
) -> Leg:
    """Return the leg of `carried_t` per trip of `truck` along `ways`."""
    routes = ways.routes
    price = trip_cost(terms, truck, ways, form.empty_return, half_hours)
    kgco2e, energy = by_truck(terms, truck, carried_t, form.empty_return, routes.road_km)
    sailed_kgco2e, sailed_mj = by_line(terms, "ship", routes.ferry_km)
    loading_h = half_hours / LOADING_HALF_HOURS * loading_time_h(terms)
    work_h = driver_hours(terms, truck, routes.road_km, form.empty_return, loading_h)
    return Leg(
        distance_km=routes.distance_km,
        hours=routes.hours + loading_h + rest_h(terms, truck, routes.road_km),
        cost_jpy_per_t=form.multiplier * price / carried_t,
        kgco2e_per_t=kgco2e + sailed_kgco2e,
        mj_per_t=energy + sailed_mj,
        driver_h_per_t=work_h / carried_t,
    )


def trip_cost(
    terms: Terms, truck: Carrier, ways: Ways, empty_return: float, half_hours: float
) -> Array:
    """Return the cost of one trip [JPY]."""
    routes = ways.routes
    per_km = terms.amount(f"{truck.key}/cost_per_vehicle_km", "JPY/km") * (1 + empty_return)
    tariff = terms.amount(f"{truck.key}/trip_fixed", "JPY/trip") + per_km * routes.road_km
    realised = terms.amount(f"{TRUCK}/market_realisation_of_tariff", "1") * ways.tariff_index
    return np.asarray(
        realised * tariff
        + toll(terms, truck, routes.road_km)
        + standing(terms, truck, half_hours)
        + shift_cost(terms, truck, routes.road_km)
        + ferry(terms, routes)
    )


def speed_km_per_h(terms: Terms, truck: Carrier) -> float:
    """Return the speed door to door [km/h]."""
    return terms.amount(f"{truck.key}/speed_avg", "km/h")


def loading_time_h(terms: Terms) -> float:
    """Return the time of loading and unloading [h per trip]."""
    return terms.amount(f"{TRUCK}/loading_plus_unloading_time", "h/trip")


def standing(terms: Terms, truck: Carrier, half_hours: float) -> float:
    """Return what loading, unloading and waiting add to one trip [JPY]."""
    if not half_hours:
        return 0.0
    per_half_hour = "JPY/(30*min)"
    loading = terms.amount(f"{truck.class_key}/loading_fee_30min_machine", per_half_hour)
    waiting = terms.amount(f"{truck.class_key}/waiting_fee_30min", per_half_hour)
    return half_hours * loading + terms.amount(f"{TRUCK}/waiting_half_hours", "1") * waiting


def expressway_km(terms: Terms, road_km: Array) -> Array:
    """Return the part of a haul on expressways: none of a short one, most of a long one [km]."""
    from_km = terms.amount(f"{TRUCK}/expressway_from_km", "km")
    full_km = terms.amount(f"{TRUCK}/expressway_full_km", "km")
    share = terms.amount(f"{TRUCK}/expressway_share_full", "1")
    return np.asarray(road_km * np.interp(road_km, [from_km, full_km], [0.0, share]))


def toll(terms: Terms, truck: Carrier, road_km: Array) -> Array:
    """Return the toll of one laden trip [JPY]."""
    x = expressway_km(terms, road_km)
    full = np.minimum(x, 100) + 0.75 * np.clip(x - 100, 0, 100) + 0.70 * np.maximum(x - 200, 0)
    per_km = terms.amount(f"{truck.class_key}/toll_per_km_ex_tax", "JPY/km")
    entry = terms.amount(f"{TRUCK}/toll_terminal_charge", "JPY/use")
    return np.asarray(np.where(x > 0, TOLL_TAX * (entry + per_km * full), 0.0))


def shift_cost(terms: Terms, truck: Carrier, road_km: Array) -> Array:
    """Return what it costs that a driver may not drive on: nights or relays one way [JPY]."""
    name = {"overnight": "overnight_cost", "relay": "relay_cost"}[terms.long_haul]
    per_change = terms.amount(f"{TRUCK}/{name}", "JPY/night")
    return np.asarray(shift_changes(terms, truck, road_km) * per_change)


def rest_h(terms: Terms, truck: Carrier, road_km: Array) -> Array:
    """Return the rest on the way; who hands over to another driver needs none [h]."""
    a_night_h = terms.amount(f"{TRUCK}/min_rest_h", "h") if terms.long_haul == "overnight" else 0.0
    return np.asarray(shift_changes(terms, truck, road_km) * a_night_h)


def shift_changes(terms: Terms, truck: Carrier, road_km: Array) -> Array:
    """Return how often on the laden way a driver may drive no further."""
    driving_h = road_km / speed_km_per_h(terms, truck)
    longest_h = terms.amount(f"{TRUCK}/max_driving_h_per_day", "h")
    return np.asarray(np.maximum(np.ceil(driving_h / longest_h) - 1, 0.0))


def driver_hours(
    terms: Terms, truck: Carrier, road_km: Array, empty_return: float, loading_h: float
) -> Array:
    """Return the bound hours of the driver for one trip, empty return included [h]."""
    driving_h = road_km * (1 + empty_return) / speed_km_per_h(terms, truck)
    breaks = np.floor(driving_h / terms.amount(f"{TRUCK}/max_continuous_driving_h", "h"))
    return np.asarray(driving_h + loading_h + REST_H * breaks)


def ferry(terms: Terms, routes: Routes) -> Array:
    """Return what ferries add to one trip: the rate of an unaccompanied chassis [JPY]."""
    chassis = "transport/ro_ro/roro_chassis_13m"
    back = 1 + terms.amount(f"{chassis}/empty_return_cost_share", "1")
    sailed = terms.amount(f"{chassis}/cost_per_km", "JPY/(chassis*km)") * back * routes.ferry_km
    return terms.amount(f"{chassis}/trip_fixed", "JPY/chassis") * routes.ferries + sailed
