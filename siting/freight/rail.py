r"""Rail containers: what JR freight asks from station to station, and the truck at both ends.

Per container of 12 or 31 ft, with the rail distance :math:`d` and the road distance :math:`x` to
the station: line :math:`F + c\,d\,(1 + e)`, pick-up or delivery :math:`P_{10} + p \max(0, x - 10)`;
:math:`e` is the share of the fare that the empty return costs. Divided by the load, times the
multiplier of the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.freight.chain import Chain, Haul
from siting.freight.emission import by_line, by_truck
from siting.freight.leg import Leg, still
from siting.freight.load import ROAD, TRAIN, Carrier, load_t
from siting.freight.truck import driver_hours

if TYPE_CHECKING:
    from siting.freight.chain import Mask
    from siting.freight.leg import Array, Terms, Ways
    from siting.freight.load import Form

PICKUP_INCLUDES_KM = 10.0
"""Road distance that the pick-up or delivery fee covers [km]."""

PER_BOX, PER_BOX_KM = "JPY/container", "JPY/(container*km)"


def rail_chains(terms: Terms, form: Form, may_link: Mask) -> list[Chain]:
    """Return a chain for each container that `form` travels in."""
    return [box_chain(terms, form, box, may_link) for box in form.of_kind(TRAIN)]


def box_chain(terms: Terms, form: Form, box: Carrier, may_link: Mask) -> Chain:
    """Return the chain of one container; loading costs nothing beyond its pick-up."""
    dwell = still(hours=terms.amount("transport/rail/terminal_dwell", "h"))
    pickup = Haul(box.class_key.rsplit("/", 1)[-1], lambda ways: pickup_leg(terms, form, box, ways))
    everywhere = np.ones(len(may_link), dtype=bool)
    return Chain(
        mode=box.mode,
        vehicle=box.name,
        form=form.name,
        first_form=form.name,
        preparation=still(form.preparation_jpy_per_t),
        first=(pickup,),
        loading=dwell,
        line=lambda distance_km: line_leg(terms, form, box, distance_km),
        unloading=dwell,
        last=(pickup,),
        may_load=everywhere,
        may_unload=everywhere,
        may_link=may_link,
        lot_t=load_t(terms, form, box),
    )


def line_leg(terms: Terms, form: Form, box: Carrier, distance_km: Array) -> Leg:
    """Return the leg of `form` in `box` over `distance_km` of rail."""
    price = box_fare(terms, box, distance_km)
    kgco2e, energy = by_line(terms, "rail", distance_km)
    return Leg(
        distance_km=distance_km,
        hours=distance_km / terms.amount("transport/rail/speed_avg", "km/h"),
        cost_jpy_per_t=form.multiplier * price / load_t(terms, form, box),
        kgco2e_per_t=kgco2e,
        mj_per_t=energy,
        driver_h_per_t=np.zeros(np.shape(distance_km)),
    )


def box_fare(terms: Terms, box: Carrier, distance_km: Array) -> Array:
    """Return the fare of one container from station to station [JPY]."""
    back = 1 + terms.amount(f"{box.key}/empty_return_cost_share", "1")
    per_km = terms.amount(f"{box.key}/cost_per_km_rail", PER_BOX_KM) * back
    return terms.amount(f"{box.key}/trip_fixed_rail", PER_BOX) + per_km * distance_km


def pickup_leg(terms: Terms, form: Form, box: Carrier, ways: Ways) -> Leg:
    """Return the leg between a place and a station; no box is fetched across the sea."""
    road_km = ways.routes.road_km
    per_km = terms.amount(f"{box.key}/pickup_or_delivery_per_km_over_10", PER_BOX_KM)
    further_km = np.maximum(road_km - PICKUP_INCLUDES_KM, 0.0)
    price = terms.amount(f"{box.key}/pickup_or_delivery_10km", PER_BOX) + per_km * further_km
    carried_t = load_t(terms, form, box)
    truck = truck_of(box)
    kgco2e, energy = by_truck(terms, truck, carried_t, form.empty_return, road_km)
    work_h = driver_hours(terms, truck, road_km, form.empty_return, 0.0)
    return Leg(
        distance_km=road_km,
        hours=ways.routes.hours,
        cost_jpy_per_t=np.where(
            ways.routes.ferries > 0, np.inf, form.multiplier * price / carried_t
        ),
        kgco2e_per_t=kgco2e,
        mj_per_t=energy,
        driver_h_per_t=work_h / carried_t,
    )


def truck_of(box: Carrier) -> Carrier:
    """Return the truck that carries `box` on the road."""
    key = box.class_key
    return Carrier(key.rsplit("/", 1)[-1], "truck", ROAD, key, key)
