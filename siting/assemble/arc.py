"""Which places can be joined, how far they are, and what carrying a tonne costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.assemble.region import tariff_index
from siting.errors import ConfigError
from siting.network.road import Reach, RoadGraph, Routes, find_routes
from siting.network.truck import haul

if TYPE_CHECKING:
    from siting.figures import Figures

INDEX = ["origin", "destination", "mode", "commodity"]


@dataclass(frozen=True)
class Haulage:
    """What the price of an arc depends on besides its ends: figures, vehicles and roads."""

    figures: Figures
    loading: pd.DataFrame
    roads: RoadGraph
    reach: Reach


def collection_arcs(
    haulage: Haulage, towns: pd.DataFrame, sites_taking: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return the arcs from every municipality to every site that takes its commodity.

    Parameters
    ----------
    towns : index source; lat, lon, by_ferry, region
    sites_taking : commodity to its sites; index site; lat, lon, by_ferry
    """
    tables = []
    for commodity, sites in sites_taking.items():
        routes = find_routes(haulage.roads, sites, towns, haulage.reach)
        tables.append(arc_table(haulage, commodity, turned(routes), towns, sites))
    return pd.concat(tables).sort_index()


def delivery_arcs(
    haulage: Haulage, sites_with: dict[str, pd.DataFrame], sinks_taking: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return the arcs from every site to every sink of what it makes."""
    tables = []
    for commodity, sinks in sinks_taking.items():
        sites = sites_with[commodity]
        routes = find_routes(haulage.roads, sites, sinks, haulage.reach)
        tables.append(arc_table(haulage, commodity, routes, sites, sinks))
    return pd.concat(tables).sort_index()


def turned(routes: Routes) -> Routes:
    """Return `routes` from destinations to origins: a road is as long both ways."""
    return Routes(routes.road_km.T, routes.ferry_km.T, routes.ferries.T, routes.hours.T)


def arc_table(
    haulage: Haulage,
    commodity: str,
    routes: Routes,
    origins: pd.DataFrame,
    destinations: pd.DataFrame,
) -> pd.DataFrame:
    """Return one arc for each pair, by truck."""
    if commodity not in set(haulage.loading["commodity"]):
        raise ConfigError(f"loading.csv: no row for '{commodity}'. Add its form and vehicles.")
    index = tariff_index(haulage.figures, origins["region"])[:, None]
    carried = haul(haulage.figures, haulage.loading, commodity, routes, index)
    pairs = pd.MultiIndex.from_product(
        [origins.index, destinations.index, ["truck"], [commodity]], names=INDEX
    )
    columns = {
        "distance_km": routes.distance_km,
        "hours": carried.hours,
        "cost_jpy_per_t": carried.cost_jpy_per_t,
        "kgco2e_per_t": carried.kgco2e_per_t,
    }
    rounded = {name: np.round(values, 4).ravel() for name, values in columns.items()}
    return pd.DataFrame(rounded, index=pairs)
