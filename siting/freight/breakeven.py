"""From which distance on another vehicle is the cheaper: cost of a tonne over the road distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.freight.chain import hauled
from siting.freight.leg import Ways
from siting.freight.load import BULK, ROAD, TRAIN
from siting.freight.rail import rail_chains
from siting.freight.ship import ship_chains
from siting.freight.truck import road_leg
from siting.network.road import Routes

if TYPE_CHECKING:
    from siting.freight.chain import Chain
    from siting.freight.leg import Array, Terms
    from siting.freight.load import Form

ROAD_KM = np.arange(10.0, 1501.0, 10.0)
"""Road distances of the chart [km]."""

QUAY = ":quay"
"""Added to a vessel whose both ends lie on the quay, so that no truck is needed."""

ANYWHERE = (np.ones(1, dtype=bool), np.ones((1, 1), dtype=bool))


def curves(terms: Terms, forms: list[Form], road_km: Array = ROAD_KM) -> pd.DataFrame:
    """Return the cost of a tonne by every carrier of `forms` over `road_km`.

    A line by rail or sea is ``road_ratio`` times as long as the road; its trucks drive the
    ``feeder`` distance at each end, except for a vessel marked ``:quay``.

    Returns
    -------
    (commodity, form, vehicle, distance_km) : mode, cost_jpy_per_t
    """
    rows = [
        (form.commodity, form.name, vehicle, km, mode, cost)
        for form in forms
        for vehicle, mode, costs in carried(terms, form, road_km)
        for km, cost in zip(road_km.tolist(), costs.tolist(), strict=True)
    ]
    names = ["commodity", "form", "vehicle", "distance_km", "mode", "cost_jpy_per_t"]
    return pd.DataFrame(rows, columns=names).set_index(names[:4])


def carried(terms: Terms, form: Form, road_km: Array) -> list[tuple[str, str, Array]]:
    """Return vehicle, mode and cost over `road_km` of every carrier of `form` [JPY/t]."""
    found = [
        (truck.name, "truck", road_leg(terms, form, truck, plain(road_km)).cost_jpy_per_t)
        for truck in form.of_kind(ROAD)
    ]
    found = [(name, mode, cost + form.preparation_jpy_per_t) for name, mode, cost in found]
    line_km = road_km * terms.amount("choices/rail/road_ratio/distance", "1")
    boxes = form.of_kind(TRAIN)
    trains = rail_chains(terms, form, ANYWHERE[1]) if boxes else []
    anywhere = dict.fromkeys(("bulk", "bulk_waste", "chassis", "container", "ocean"), ANYWHERE)
    ships = [c for c in ship_chains(terms, [form], anywhere) if not c.vehicle.startswith("ocean")]
    for mode, chains in (("rail", trains), ("ship", ships)):
        feeder_km = terms.amount(f"choices/{PLACE_OF[mode]}/feeder/distance", "km")
        for chain in chains:
            found.append((chain.vehicle, mode, chain_cost(chain, line_km, feeder_km)))
    bulk = {ship.name for ship in form.of_kind(BULK)}
    quay = [c for c in ships if c.vehicle in bulk]
    return found + [(c.vehicle + QUAY, "ship", chain_cost(c, line_km, None)) for c in quay]


PLACE_OF = {"rail": "rail", "ship": "port"}
"""Mode to the group of the ``choices`` table with the length of its feeders."""


def chain_cost(chain: Chain, line_km: Array, feeder_km: float | None) -> Array:
    """Return the cost of a tonne over `line_km` with a truck leg at both ends, or none."""
    fixed = sum(
        float(leg.cost_jpy_per_t) for leg in (chain.preparation, chain.loading, chain.unloading)
    )
    if feeder_km is not None:
        ends = [hauled(h, plain(np.array([feeder_km])))[0] for h in (chain.first, chain.last)]
        fixed += sum(float(leg.cost_jpy_per_t[0]) for leg in ends)
    return np.asarray(chain.line(line_km).cost_jpy_per_t + fixed, dtype=float)


def plain(road_km: Array) -> Ways:
    """Return truck ways of that length, at the tariff of Kanto."""
    zero = np.zeros_like(road_km)
    return Ways(Routes(road_km, zero, zero, zero), zero + 1.0, np.zeros(zero.shape, dtype=bool))


def crossings(table: pd.DataFrame) -> pd.DataFrame:
    """Return from which road distance each train or ship is cheaper than each truck.

    Parameters
    ----------
    table : as returned by ``curves``

    Returns
    -------
    (commodity, form, vehicle, other) : distance_km, NaN where it never is
    """
    rows = []
    for (commodity, form), part in table.groupby(level=["commodity", "form"]):
        wide = part["cost_jpy_per_t"].unstack("vehicle")
        mode = part["mode"].groupby(level="vehicle").first()
        trucks, others = mode.index[mode == "truck"], mode.index[mode != "truck"]
        km = wide.index.get_level_values("distance_km").to_numpy(float)
        rows += [
            (commodity, form, a, b, crossing(km, wide[a].to_numpy(), wide[b].to_numpy()))
            for a in trucks
            for b in others
        ]
    names = ["commodity", "form", "vehicle", "other", "distance_km"]
    return pd.DataFrame(rows, columns=names).set_index(names[:4])


def crossing(km: Array, one: Array, other: Array) -> float:
    """Return the first distance from which `other` costs less, between grid points by line."""
    saving = one - other
    if saving[0] > 0:
        return float(km[0])
    after = np.flatnonzero(saving > 0)
    if not len(after):
        return float("nan")
    n = after[0]
    share = -saving[n - 1] / (saving[n] - saving[n - 1])
    return float(km[n - 1] + share * (km[n] - km[n - 1]))
