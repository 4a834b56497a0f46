"""Buyers overseas: what a study may sell to them, and the distances to their ports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.assemble.place import find_place
from siting.assemble.transport.arc import Lanes
from siting.errors import ConfigError, tried
from siting.freight.overseas import Overseas, reached

if TYPE_CHECKING:
    from siting.config import Config, Study
    from siting.config_transport import Export
    from siting.freight.net import Net
    from siting.layers import Layers


def overseas_places(layers: Layers) -> pd.DataFrame:
    """Return the ports overseas as places of the kind sink."""
    table = layers.overseas_ports
    return table.assign(kind="sink", pref_ja=table["country_ja"], detail="export", by_ferry=False)


def find_overseas(layers: Layers, ports: pd.Index) -> Overseas:
    """Return the ports overseas with their distances from the `ports` of the study."""
    places = overseas_places(layers)
    distance_km = layers.overseas_distance["distance_km"]
    return Overseas(places, reached(distance_km, ports, places.index))


def export_table(config: Config, study: Study, layers: Layers, made: set[str]) -> pd.DataFrame:
    """Return price, demand and credit by (sink, commodity, period) of the buyers overseas.

    Raises
    ------
    ConfigError
        If a buyer's port is unknown, named twice for one commodity, or nothing makes what it
        buys.
    """
    buyers = study.transport.exports
    sinks = tried(
        partial(export_sink, config, study, layers, made, number) for number in range(len(buyers))
    )
    pairs = [(sink, buyer.commodity) for sink, buyer in zip(sinks, buyers, strict=True)]
    twice = [number for number, pair in enumerate(pairs) if pair in pairs[:number]]
    if twice:
        text = "'{0.commodity}' is sold to '{0.to}' twice. Add the two up."
        raise config.faults(
            [(("transport", "exports", n, "to"), text.format(buyers[n])) for n in twice]
        )
    rows = [
        (
            sink,
            buyer.commodity,
            year,
            buyer.price_jpy_per_t,
            limit_t(buyer),
            buyer.credit_kgco2e_per_t,
        )
        for sink, buyer in zip(sinks, buyers, strict=True)
        for year in study.periods.years
    ]
    columns = ["sink", "commodity", "period", "price_jpy_per_t", "demand_t", "credit_kgco2e_per_t"]
    kinds = {"period": int} | dict.fromkeys(columns[3:], float)
    return pd.DataFrame(rows, columns=columns).astype(kinds).set_index(columns[:3])


def limit_t(buyer: Export) -> float:
    """Return the most that `buyer` takes [t/yr]."""
    return np.inf if buyer.demand_t_per_yr is None else buyer.demand_t_per_yr


def export_sink(config: Config, study: Study, layers: Layers, made: set[str], number: int) -> str:
    """Return the port overseas of one buyer of the study."""
    buyer, loc = study.transport.exports[number], ("transport", "exports", number)
    if buyer.commodity not in made:
        text = f"'{buyer.commodity}' is made by no technology of the study."
        raise config.fault((*loc, "commodity"), text)
    row = find_place(config, (*loc, "to"), buyer.to, layers.overseas_ports, "overseas port")
    return str(layers.overseas_ports.index[row])


def export_lanes(net: Net, demand: pd.DataFrame, sites: dict[str, pd.Index]) -> list[Lanes]:
    """Return the lanes of everything sold overseas, from all sites that have it."""
    pairs = demand.index.droplevel("period").unique().to_frame(index=False)
    lanes = []
    for k, rows in pairs.groupby("commodity"):
        buyers = pd.Index(rows["sink"])
        offers = net.exports(str(k), sites[k], buyers)
        if not offers:
            raise ConfigError(
                f"loading.csv: no form of '{k}' travels in an ocean container, or the study has no "
                "ships. Add ocean_20ft or ocean_40hc to its vehicles, or drop the export."
            )
        lanes.append(Lanes(str(k), sites[k], buyers, offers))
    return lanes
