"""Layers, figures and study -> what carries goods between the places of the study."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting import __version__
from siting.assemble.place import find_place
from siting.assemble.region import tariff_index
from siting.assemble.rule import Rules
from siting.assemble.transport.export import find_overseas
from siting.errors import ConfigError, tried
from siting.figures import read_figures
from siting.freight.leg import Terms
from siting.freight.load import BULK, CHASSIS, CONTAINER, forms_of, read_carriers
from siting.freight.net import Net, ways_to_terminals
from siting.freight.service import Line
from siting.network.cache import content_hash
from siting.network.road import Reach, Routes, find_routes
from siting.network.terminal import Terminals, port_terminals, rail_terminals

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from siting.config import Config, Study
    from siting.figures import Figures
    from siting.freight.load import Carrier, Form
    from siting.freight.ship import Ports
    from siting.layers import Layers
    from siting.network.road import RoadGraph

BULK_WASTE = "bulk_waste"
SERVICE_USE = {
    "ro_ro": CHASSIS,
    "container_feeder": CONTAINER,
    "container_international": CONTAINER,
}
"""Service of the ``port_services`` layer to the kind of carrier it takes."""

HUB_CLASS = "international_strategic"
"""Coastal feeders run between a port of this class and another."""

BULK_CLASSES = ("important", "international_hub", "international_strategic")
"""Classes of port with public berths for coastal bulk ships; local ports are left out."""

NONE = pd.Index([], dtype=object)
PLACE = ["lat", "lon", "by_ferry", "by_landing", "region"]


@dataclass(frozen=True)
class Ground:
    """Where the places of a study are: towns, sites, sinks and ports of entry; index node."""

    towns: pd.DataFrame
    sites: pd.DataFrame
    sinks: pd.DataFrame
    entries: pd.DataFrame | None = None

    @property
    def places(self) -> pd.DataFrame:
        """Return all of them: lat, lon, by_ferry, by_landing, region."""
        tables = [self.towns, self.sites, self.sinks]
        if self.entries is not None and len(self.entries):
            tables.append(self.entries)
        return pd.concat([table[PLACE] for table in tables])


def find_net(
    config: Config, layers: Layers, roads: RoadGraph, figures: Figures, rules: Rules, ground: Ground
) -> Net:
    """Return the network of the study over the places of `ground`."""
    study: Study = config.study  # type: ignore[assignment]
    terms = Terms(figures, study.transport.co2_method, study.transport.long_haul)
    carriers = read_carriers(rules.carriers)
    refuse_empty_modes(study, carriers, rules.loading)
    reach = Reach(study.network.snap_km, figures.amount("choices/network/detour/factor", "1"))
    places = ground.places
    places["tariff_index"] = tariff_index(figures, places["region"])
    terminals = find_terminals(study, layers)
    services = service_lines(config, terminals, carriers)
    ports = terminals["ship"].places.index if "ship" in terminals else NONE
    net = Net(
        terms=terms,
        loading=rules.loading,
        carriers=carriers,
        modes=tuple(study.modes),
        places=places,
        direct=find_routes(roads, ground.sites, places, reach),
        sites=ground.sites.index,
        terminals=terminals,
        to_terminals={
            mode: ways_to_terminals(roads, reach, places, t.places, quay_km(figures, ground, mode))
            for mode, t in terminals.items()
        },
        ports=port_uses(study, layers, figures, terminals["ship"]) if "ship" in terminals else {},
        services=services,
        overseas=find_overseas(layers, ports),
    )
    return replace(net, content_hash=hash_of(net, study))


def quay_km(figures: Figures, ground: Ground, mode: str) -> npt.NDArray[np.float64]:
    """Return how near a terminal each place needs no truck [km]: a works may lie on a quay.

    Waste arises all over a municipality, and a freight station has to be driven to: negative.
    """
    is_works = ~ground.places.index.isin(ground.towns.index)
    portside_km = figures.amount("choices/port/portside/distance", "km")
    return np.where(is_works & (mode == "ship"), portside_km, -1.0)


def find_forms(
    study: Study, params: Path, commodities: list[str]
) -> tuple[Terms, dict[str, list[Form]]]:
    """Return the terms of `study`, and the forms of each commodity from the tables in `params`."""
    rules = Rules.read(params)
    choices = (study.transport.co2_method, study.transport.long_haul)
    terms = Terms(read_figures(params, study.overrides, study.levers), *choices)
    carriers = read_carriers(rules.carriers)
    return terms, {k: forms_of(terms, rules.loading, carriers, k) for k in commodities}


def hash_of(net: Net, study: Study) -> str:
    """Return a hash of everything that the price of an arc rests on, the program's version too."""
    figures = net.terms.figures.table[["value", "unit"]]
    tables = [figures, net.loading, pd.DataFrame(net.carriers.values()), net.places]
    tables += [t.places for t in net.terminals.values()]
    ways = [(w.routes, w.tariff_index, w.beside) for w in net.to_terminals.values()]
    arrays = [
        getattr(r, f.name) for r in (net.direct, *(w[0] for w in ways)) for f in fields(Routes)
    ]
    arrays += [array for way in ways for array in way[1:]]
    arrays += [mask for masks in net.ports.values() for mask in masks]
    arrays += [t.distance_km for t in net.terminals.values()] + [net.overseas.distance_km]
    texts = [table.to_csv() for table in tables]
    said = (__version__, study.transport.model_dump_json(), *net.modes)
    return content_hash(*said, *texts, *(np.ascontiguousarray(a).tobytes() for a in arrays))


def refuse_empty_modes(study: Study, carriers: dict[str, Carrier], loading: pd.DataFrame) -> None:
    """Refuse a mode that no carrier of any form belongs to."""
    used = {name for row in loading["vehicles"] for name in row.split(";")}
    known = {carrier.mode for name, carrier in carriers.items() if name in used}
    for mode in study.modes:
        if mode not in known:
            raise ConfigError(
                f"carriers.csv: mode '{mode}' of the study has no vehicle that loading.csv uses. "
                "Add a row for its vehicle, or leave the mode out."
            )


def find_terminals(study: Study, layers: Layers) -> dict[str, Terminals]:
    """Return the terminals of each mode the study or its services use."""
    found = {}
    if "rail" in study.modes or study.transport.services:
        found["rail"] = rail_terminals(layers)
    if "ship" in study.modes or study.transport.services or study.transport.berths_t_per_yr:
        rows = [
            (p.id, p.name_ja or p.id, p.name_en or p.name_ja or p.id, p.lat, p.lon)
            for p in study.transport.ports
        ]
        columns = ["port_id", "name_ja", "name_en", "lat", "lon"]
        own = pd.DataFrame(rows, columns=columns).set_index("port_id")
        found["ship"] = port_terminals(layers, own)
    return found


def port_uses(study: Study, layers: Layers, figures: Figures, ports: Terminals) -> dict[str, Ports]:
    """Return kind of ship to the ports that serve it, and between which of them it runs."""
    ids = ports.places.index
    serves: dict[str, set[str]] = {use: set() for use in (BULK, BULK_WASTE, CHASSIS, CONTAINER)}
    of_class = layers.ports["port_class"]
    serves[BULK] |= set(layers.ports.index[of_class.isin(BULK_CLASSES)])
    serves[BULK_WASTE] |= set(layers.ports.index[layers.ports["recycling_port"] == 1])
    for port, service in layers.port_services.index:
        serves[SERVICE_USE[service]].add(port)
    for own in study.transport.ports:
        for use in own.handles:
            serves[use].add(own.id)
    apart = ~np.eye(len(ids), dtype=bool)
    is_hub = ids.isin(of_class.index[of_class == HUB_CLASS])
    shortest_km = figures.amount("choices/port/liner/shortest_distance", "km")
    lined = ports.distance_km >= shortest_km
    links = {CHASSIS: lined, CONTAINER: lined & (is_hub[:, None] | is_hub[None, :])}
    return {use: (ids.isin(found), links.get(use, apart)) for use, found in serves.items()}


def service_lines(
    config: Config, terminals: dict[str, Terminals], carriers: dict[str, Carrier]
) -> dict[str, Line]:
    """Return the scheduled services of the study by the mode of their arcs.

    Raises
    ------
    ConfigError
        If a service names an unknown vehicle or terminal, or ends where it starts.
    """
    services = config.study.transport.services  # type: ignore[union-attr]
    lines = tried(
        partial(service_line, config, number, terminals, carriers)
        for number in range(len(services))
    )
    ids = [service.id for service in services]
    twice = [number for number, name in enumerate(ids) if name in ids[:number]]
    if twice:
        raise config.faults(
            [
                (
                    ("transport", "services", n, "id"),
                    f"service '{ids[n]}' stands twice. Rename one.",
                )
                for n in twice
            ]
        )
    return {f"{line.mode}:{name}": line for name, line in zip(ids, lines, strict=True)}


def service_line(
    config: Config, number: int, terminals: dict[str, Terminals], carriers: dict[str, Carrier]
) -> Line:
    """Return one service of the study as a line between two terminals."""
    service = config.study.transport.services[number]  # type: ignore[union-attr]
    loc = ("transport", "services", number)
    carrier = carriers.get(service.vehicle)
    if carrier is None or carrier.mode not in terminals:
        known = ", ".join(sorted(k for k, c in carriers.items() if c.mode in terminals))
        text = f"vehicle '{service.vehicle}' is unknown, expected one of {known}."
        raise config.fault((*loc, "vehicle"), text)
    places = terminals[carrier.mode].places
    kind = {"rail": "station", "ship": "port"}[carrier.mode]
    start, end = tried(
        partial(find_place, config, (*loc, key), name, places, kind)
        for key, name in (("from", service.start), ("to", service.end))
    )
    if start == end:
        raise config.fault((*loc, "to"), f"service '{service.id}' ends where it starts.")
    return Line(
        carrier.mode,
        start,
        end,
        carrier,
        service.trips_per_yr,
        service.boxes_per_trip,
        service.fare_share,
        service.min_fill,
    )
