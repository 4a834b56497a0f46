"""Scheduled services and berth limits of a study -> tables of the instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from models.instance import TABLES
from siting.assemble.place import find_place
from siting.freight.load import forms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siting.config import Config
    from siting.freight.net import Net


def service_table(net: Net) -> pd.DataFrame:
    """Return what each service costs and carries in a year."""
    rows = []
    for name, line in net.services.items():
        distance_km = float(net.terminals[line.mode].distance_km[line.start, line.end])
        capacity_t = line.capacity_t(net.terms)
        cost_jpy = line.yearly_cost_jpy(net.terms, distance_km)
        rows.append((name, cost_jpy, capacity_t, line.min_fill * capacity_t))
    return table("services", rows)


def stowage_table(net: Net, commodities: list[str]) -> pd.DataFrame:
    """Return the hold that a tonne of each commodity takes on each service it may ride."""
    rows = []
    for commodity in sorted(set(commodities)):
        forms = forms_of(net.terms, net.loading, net.carriers, commodity)
        rows += [
            (name, commodity, line.hold_t_per_t(net.terms, forms))
            for name, line in net.services.items()
            if any(line.carrier in form.carriers for form in forms)
        ]
    return table("stowage", rows)


def berth_table(config: Config, net: Net) -> pd.DataFrame:
    """Return what the ports of the study can handle, those it names [t/yr]."""
    limits = config.study.transport.berths_t_per_yr  # type: ignore[union-attr]
    rows = []
    for name, limit_t in limits.items():
        places = net.terminals["ship"].places
        loc = ("transport", "berths_t_per_yr", name)
        number = find_place(config, loc, name, places, "port")
        rows.append((places.index[number], limit_t))
    return table("berths", rows)


def table(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Return `rows` as the table `name` of the instance."""
    spec = TABLES[name]
    frame = pd.DataFrame(rows, columns=[*spec.index, *spec.columns])
    frame = frame.astype(dict.fromkeys(spec.columns, float)).set_index(list(spec.index))
    return frame.sort_index()
