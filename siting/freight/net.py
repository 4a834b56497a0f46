"""Roads, terminals and carriers together: what they offer between places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial.distance import cdist

from siting.freight.chain import Chain, hauled
from siting.freight.leg import Ways
from siting.freight.load import BULK, Carrier, Form, forms_of
from siting.freight.offer import Direct, Linked, trucks_of
from siting.freight.overseas import Overseas, ocean_offer
from siting.freight.rail import rail_chains
from siting.freight.service import Line, on_line
from siting.freight.ship import ship_chains
from siting.network.road import (
    OFF_ROAD_KM_PER_H,
    Reach,
    RoadGraph,
    Routes,
    find_routes,
    on_sphere,
    snapped,
)

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from siting.freight.chain import Mask
    from siting.freight.leg import Array, Terms
    from siting.freight.offer import Offer
    from siting.network.terminal import Terminals

DAYS_PER_YEAR = 365.0


@dataclass(frozen=True)
class Net:
    """What carries goods in a study.

    Attributes
    ----------
    modes : on offer
    places : index node; lat, lon, by_ferry, by_landing, tariff_index: all sources, sites, sinks
    direct : truck routes, (sites, places)
    sites : the rows of `direct`
    terminals : mode to its terminals: ``rail`` stations, ``ship`` ports
    to_terminals : mode to the truck ways from places to terminals, (places, terminals)
    ports : kind of ship to the ports it uses, as (ports,) and (ports, ports)
    services : mode of a scheduled service to the service
    overseas : ports overseas that the study sells to
    content_hash : of all that prices rest on
    """

    terms: Terms
    loading: pd.DataFrame
    carriers: dict[str, Carrier]
    modes: tuple[str, ...]
    places: pd.DataFrame
    direct: Routes
    sites: pd.Index
    terminals: dict[str, Terminals]
    to_terminals: dict[str, Ways]
    ports: dict[str, tuple[Mask, Mask]]
    services: dict[str, Line]
    overseas: Overseas
    content_hash: str = ""

    def offers(
        self, commodity: str, origins: pd.Index, destinations: pd.Index, amount_t: Array
    ) -> dict[str, Offer]:
        """Return what each mode offers for `commodity` from `origins` to `destinations`.

        Parameters
        ----------
        amount_t : most that each origin has to send [t/yr]; a bulk lot must fill from it in time.
        """
        forms = forms_of(self.terms, self.loading, self.carriers, commodity)
        ends = (self.places.index.get_indexer(origins), self.places.index.get_indexer(destinations))
        found: dict[str, Offer] = {}
        if "truck" in self.modes:
            found["truck"] = Direct(self.terms, trucks_of(forms), self.roads(origins, destinations))
        for mode in ("rail", "ship"):
            if mode in self.modes and (chains := self.chains(mode, forms)):
                to = self.to_terminals[mode].at(ends[0])
                filled = [self.filled(chain, to, amount_t) for chain in chains]
                found[mode] = self.linked(mode, filled, ends)
        for name, line in self.services.items():
            if chains := on_line(self.chains(line.mode, forms), line):
                found[name] = self.linked(line.mode, chains, ends)
        return found

    def exports(self, commodity: str, origins: pd.Index, buyers: pd.Index) -> dict[str, Offer]:
        """Return what an international container offers for `commodity` to ports overseas."""
        if "ship" not in self.modes:
            return {}
        forms = forms_of(self.terms, self.loading, self.carriers, commodity)
        at = self.overseas.places.index.get_indexer(buyers)
        abroad = Overseas(self.overseas.places.iloc[at], self.overseas.distance_km[:, at])
        to = self.to_terminals["ship"].at(self.places.index.get_indexer(origins))
        ports = self.terminals["ship"].places.index
        return {**ocean_offer(self.terms, forms, ports, to, abroad)}

    def roads(self, origins: pd.Index, destinations: pd.Index) -> Ways:
        """Return the truck ways between sites and other places, whichever side the sites are."""
        turn = not origins.isin(self.sites).all()
        rows, columns = (destinations, origins) if turn else (origins, destinations)
        at = np.ix_(self.sites.get_indexer(rows), self.places.index.get_indexer(columns))
        ways = Ways(self.direct, np.ones((1, 1)), np.zeros((1, 1), dtype=bool)).at(*at)
        ways = ways.turned() if turn else ways
        index = self.places.loc[origins, "tariff_index"].to_numpy(float)
        return replace(ways, tariff_index=index[:, None])

    def chains(self, mode: str, forms: list[Form]) -> list[Chain]:
        """Return every chain of `mode`."""
        if mode == "ship":
            return ship_chains(self.terms, forms, self.ports)
        all_pairs = ~np.eye(len(self.terminals[mode].places), dtype=bool)
        return [chain for form in forms for chain in rail_chains(self.terms, form, all_pairs)]

    def linked(
        self, mode: str, chains: list[Chain], ends: tuple[npt.NDArray[np.intp], ...]
    ) -> Linked:
        """Return the offer of `chains` from and to places of those numbers."""
        to, away = (self.to_terminals[mode].at(end) for end in ends)
        terminals = self.terminals[mode]
        return Linked(chains, terminals.places.index, to, terminals.distance_km, away.turned())

    def filled(self, chain: Chain, to: Ways, amount_t: Array) -> Chain:
        """Return `chain` only from ports where a hold fills before its goods must leave the yard.

        Each origin counts for the permitted port that is cheapest to reach from it.
        """
        if self.carriers[chain.vehicle].kind != BULK:
            return chain
        days = self.terms.amount("choices/port/bulk_lot/fill_days", "d")
        cost = hauled(chain.first, to)[0].cost_jpy_per_t
        nearest = np.where(chain.may_load[None, :], cost, np.inf).argmin(axis=1)
        gathered_t = np.bincount(nearest, weights=amount_t, minlength=len(chain.may_load))
        fills = gathered_t >= chain.lot_t * DAYS_PER_YEAR / days
        return replace(chain, may_load=chain.may_load & fills)


def ways_to_terminals(
    roads: RoadGraph, reach: Reach, places: pd.DataFrame, terminals: pd.DataFrame, quay_km: Array
) -> Ways:
    """Return the truck ways (places, terminals), at the tariff of the place's region.

    Parameters
    ----------
    quay_km : (places,) how near a terminal the place needs no truck; negative if it always does.
    """
    routes = find_routes(roads, terminals, places, reach).turned()
    straight_km = cdist(
        *(
            on_sphere(p["lat"].to_numpy(float), p["lon"].to_numpy(float))
            for p in (places, terminals)
        )
    )
    to_graph_km = np.where(places["by_ferry"], snapped(roads, places, reach)[1], 0.0)
    routes = on_own_island(routes, straight_km, straight_km < to_graph_km[:, None], reach)
    beside = (straight_km <= quay_km[:, None]) & (routes.ferries == 0)  # not across water
    index = places["tariff_index"].to_numpy(float)[:, None]
    return Ways(routes, index, beside)


def on_own_island(
    routes: Routes, straight_km: Array, is_own: npt.NDArray[np.bool_], reach: Reach
) -> Routes:
    """Return `routes` with the island's own road to a terminal on it.

    Parameters
    ----------
    is_own : (places, terminals) whether the terminal is nearer to a place without a road than
        anything of the road graph: then it is a port of the island itself.
    """
    near = is_own & (straight_km <= reach.snap_km)
    road_km = reach.detour * straight_km
    return Routes(
        np.where(near, road_km, routes.road_km),
        np.where(near, 0.0, routes.ferry_km),
        np.where(near, 0.0, routes.ferries),
        np.where(near, road_km / OFF_ROAD_KM_PER_H, routes.hours),
    )
