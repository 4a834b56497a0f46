r"""Coastal ships and ocean containers: what they ask from port to port, and the trucks around them.

* bulk hold, per tonne: :math:`(c_{tkm} d + p)\,Q_{nom}/Q` with the load
  :math:`Q = \min(Q_{nom}, \text{hold m}^3 \rho)`, the ship's time in both ports :math:`p`, and at
  each port stevedoring and storage; any truck of the form brings the goods
* chassis on a RORO ship: :math:`(F + c\,d\,(1 + e))` / load, its own tractor at both ends
* container, coastal feeder or ocean: the same per box, drayage at both ends; the shipper stuffs it
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from siting.freight.chain import Chain, Haul
from siting.freight.emission import by_line
from siting.freight.leg import Leg, still
from siting.freight.load import BULK, CHASSIS, CONTAINER, OCEAN, ROAD, Carrier, load_t, payload_of
from siting.freight.truck import LOADING_HALF_HOURS, road_leg, trip_leg

if TYPE_CHECKING:
    from siting.freight.chain import Mask
    from siting.freight.leg import Array, Terms
    from siting.freight.load import Form

Ports = tuple["Mask", "Mask"]
"""Which ports serve a kind of ship, as (ports,), and between which it runs, as (ports, ports)."""

PORT, SHIP = "transport/port", "transport/ship"

BOXES = {
    CHASSIS: ("ro_ro", "chassis", LOADING_HALF_HOURS / 2),
    CONTAINER: ("coastal_container", "container", 0.0),
    OCEAN: ("ocean_container", "container", 0.0),
}
"""Kind to the group of its figures, the unit it is priced by, and the half-hours of loading that
a truck is paid at one end: a chassis is loaded at the door and left at the quay; a container is
stuffed by the shipper."""

HOURS_PER_DAY = 24.0

TRAILER_KEY = "transport/truck/trailer_20t"
"""Tractors pay the tolls and fees of the semi-trailer."""

EMPTY_RETURN = {
    CHASSIS: "transport/ro_ro/roro_chassis_13m",
    CONTAINER: "transport/coastal_container",
}
"""Kind to whose empty return is part of the fare; ocean carriers reposition at their own cost."""


def ship_chains(terms: Terms, forms: list[Form], ports: dict[str, Ports]) -> list[Chain]:
    """Return a chain for each ship and form; bulk also baled at the port instead of at the source.

    Parameters
    ----------
    ports : kind to the ports that handle it, as (ports,) and (ports, ports); ``bulk_waste`` are
        those of the kind bulk that may handle waste.
    """
    chains = []
    for form in forms:
        for ship in form.of_kind(BULK):
            use = ports["bulk_waste" if form.is_waste else BULK]
            chains += [bulk_chain(terms, f, form, ship, use) for f in first_forms(form, forms)]
        boxes = form.of_kind(CHASSIS, CONTAINER)
        chains += [box_chain(terms, form, box, ports[box.kind]) for box in boxes]
    return chains


def first_forms(form: Form, forms: list[Form]) -> list[Form]:
    """Return the forms that may reach the port as `form`: itself, and what is prepared there."""
    if form.terminal_preparation_jpy_per_t is None:
        return [form]
    raw = [f for f in forms if not f.preparation_jpy_per_t and f.of_kind(ROAD)]
    return [form, *raw]


def bulk_chain(terms: Terms, first: Form, form: Form, ship: Carrier, use: Ports) -> Chain:
    """Return the chain of goods that reach the port as `first` and sail as `form`."""
    prepared = form.terminal_preparation_jpy_per_t or 0.0 if first is not form else 0.0
    port = quay(terms, form, ship)
    return Chain(
        mode=ship.mode,
        vehicle=ship.name,
        form=form.name,
        first_form=first.name,
        preparation=still(first.preparation_jpy_per_t),
        first=trucks(terms, first),
        loading=port + still(prepared),
        line=lambda distance_km: hold_leg(terms, form, ship, distance_km),
        unloading=port,
        last=trucks(terms, form),
        may_load=use[0],
        may_unload=use[0],
        may_link=use[1],
        lot_t=load_t(terms, form, ship),
    )


def trucks(terms: Terms, form: Form) -> tuple[Haul, ...]:
    """Return the trucks of `form`."""
    return tuple(
        Haul(truck.name, partial(road_leg, terms, form, truck)) for truck in form.of_kind(ROAD)
    )


def quay(terms: Terms, form: Form, ship: Carrier) -> Leg:
    """Return what handling takes at one port: stevedoring, storage, the ship's call.

    A lot builds up, or is drawn down, over the dwell time; a tonne waits half of it.
    """
    storage = terms.amount(f"{PORT}/yard/open_storage", "JPY/t")
    waiting_h = HOURS_PER_DAY * terms.amount(f"{PORT}/yard/dwell_time_shiplot", "d") / 2
    price = form.multiplier * form.stevedoring_jpy_per_t + storage
    return still(price, waiting_h + call_h(terms, "ship_bulk"))


def call_h(terms: Terms, group: str) -> float:
    """Return the time of a call at one port [h]."""
    return terms.amount(f"transport/{group}/port_time_per_call", "h")


def hold_leg(terms: Terms, form: Form, ship: Carrier, distance_km: Array) -> Leg:
    """Return the leg of `form` in the hold of `ship`."""
    price = form.multiplier * hold_fare(terms, ship, distance_km) / load_t(terms, form, ship)
    return sea_leg(terms, ship, price, distance_km)


def hold_fare(terms: Terms, ship: Carrier, distance_km: Array) -> Array:
    """Return the cost of one voyage, ballast and time in both ports included [JPY]."""
    per_tkm = terms.amount(f"{ship.key}/cost_per_tkm", "JPY/(t*km)")
    in_port = terms.amount(f"{ship.key}/vessel_port_time_cost", "JPY/t")
    nominal_t = terms.amount(f"{ship.key}/{payload_of(ship)}", "t")
    return nominal_t * (per_tkm * distance_km + in_port)


def sea_leg(terms: Terms, ship: Carrier, cost_jpy_per_t: Array, distance_km: Array) -> Leg:
    """Return the leg between two ports at `cost_jpy_per_t`."""
    if ship.kind == OCEAN:
        factor = terms.amount("transport/ocean_container/co2_tkm", "kgCO2e/(t*km)")
        kgco2e = factor * distance_km
        energy = terms.amount(f"{SHIP}/method_default/energy_tkm", "MJ/(t*km)") * distance_km
    else:
        kgco2e, energy = by_line(terms, "ship", distance_km)
    return Leg(
        distance_km=distance_km,
        hours=distance_km / terms.amount(f"{ship.key}/speed_avg", "km/h"),
        cost_jpy_per_t=cost_jpy_per_t,
        kgco2e_per_t=kgco2e,
        mj_per_t=energy,
        driver_h_per_t=np.zeros(np.shape(distance_km)),
    )


def box_chain(terms: Terms, form: Form, box: Carrier, use: Ports) -> Chain:
    """Return the chain of a chassis or container: one load from door to door."""
    group, _, half_hours = BOXES[box.kind]
    truck = Carrier(box.class_key.rsplit("/", 1)[-1], "truck", ROAD, box.class_key, TRAILER_KEY)
    carried_t = load_t(terms, form, box)
    haul = Haul(truck.name, lambda ways: trip_leg(terms, form, truck, carried_t, ways, half_hours))
    call = still(hours=call_h(terms, group))
    return Chain(
        mode=box.mode,
        vehicle=box.name,
        form=form.name,
        first_form=form.name,
        preparation=still(form.preparation_jpy_per_t),
        first=(haul,),
        loading=call,
        line=lambda distance_km: box_leg(terms, form, box, distance_km),
        unloading=call,
        last=(haul,),
        may_load=use[0],
        may_unload=use[0],
        may_link=use[1],
        lot_t=carried_t,
    )


def box_leg(terms: Terms, form: Form, box: Carrier, distance_km: Array) -> Leg:
    """Return the leg of `form` in one `box` between two ports."""
    price = form.multiplier * slot_fare(terms, box, distance_km) / load_t(terms, form, box)
    return sea_leg(terms, box, price, distance_km)


def slot_fare(terms: Terms, box: Carrier, distance_km: Array) -> Array:
    """Return the fare of one chassis or container from port to port [JPY]."""
    unit = BOXES[box.kind][1]
    back = 1.0
    if box.kind in EMPTY_RETURN:
        back += terms.amount(f"{EMPTY_RETURN[box.kind]}/empty_return_cost_share", "1")
    per_km = terms.amount(f"{box.key}/cost_per_km", f"JPY/({unit}*km)") * back
    return terms.amount(f"{box.key}/trip_fixed", f"JPY/{unit}") + per_km * distance_km
