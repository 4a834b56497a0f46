"""Terminals of rail and coastal sea: where they are, and how far each is from each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from siting.errors import NetworkError, listed, some
from siting.layers.spec import PORTS, RAIL_DISTANCE, RAIL_STATIONS, SEA_DISTANCE
from siting.network.seaway import mutual, sea_distances_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from siting.layers import Layers

Array = npt.NDArray[np.float64]

COLUMNS = ["name_ja", "name_en", "pref_ja", "lat", "lon", "by_ferry"]


@dataclass(frozen=True)
class Terminals:
    """Places where a load changes between truck and train or ship.

    Attributes
    ----------
    places : index terminal; name_ja, name_en, pref_ja (empty if not known), lat, lon [degree],
        by_ferry (False: a truck reaches each by road)
    distance_km : (terminals, terminals) in the order of `places`, symmetric, zero on the diagonal
    """

    places: pd.DataFrame
    distance_km: Array


@dataclass(frozen=True)
class PairTable:
    """The files of terminals and of the distances between them, as messages name them."""

    file: str
    """The distances."""
    places: str
    """The terminals."""
    kind: str
    """What a terminal is called."""
    remedy: str
    """What to do if a distance is missing."""


RAIL = PairTable(
    RAIL_DISTANCE.file,
    RAIL_STATIONS.file,
    "stations",
    "Add their track distances, or drop the stations",
)
SEA = PairTable(
    SEA_DISTANCE.file,
    PORTS.file,
    "ports",
    "Add their sailing distances, or give the ports as own ports of the study",
)


def rail_terminals(layers: Layers) -> Terminals:
    """Return the freight stations, whose prefectures are not known.

    Raises
    ------
    NetworkError
        If the rail distances lack a pair, hold an impossible one, or name no station.
    """
    stations = layers.rail_stations
    places = located(stations, {"pref_ja": ""})
    distance_km = pair_matrix(layers.folder, layers.rail_distance, places.index, RAIL)
    return Terminals(places, distance_km)


def port_terminals(layers: Layers, own_ports: pd.DataFrame | None = None) -> Terminals:
    """Return the ports, then the study's own, whose distances are searched over water.

    Parameters
    ----------
    own_ports : index id; name_ja, name_en, lat, lon [degree], and pref_ja if known

    Raises
    ------
    NetworkError
        If the sea distances lack a pair, hold an impossible one, or name no port; if an own
        port has the id of a port, or no water near.
    """
    places = located(layers.ports, {})
    distance_km = pair_matrix(layers.folder, layers.sea_distance, places.index, SEA)
    if own_ports is None or own_ports.empty:
        return Terminals(places, distance_km)
    taken = own_ports.index.isin(places.index) | own_ports.index.duplicated()
    if taken.any():
        raise NetworkError(
            f"network: own ports {some(set(own_ports.index[taken]))} have the id of another port, "
            "expected new ids. Rename them."
        )
    named_ja = own_ports.get("pref_ja", "")
    own = own_ports.assign(pref_ja=named_ja, by_ferry=False)[COLUMNS].rename_axis("terminal")
    return Terminals(pd.concat([places, own]), with_own(layers.folder, places, own, distance_km))


def with_own(folder: Path, places: pd.DataFrame, own: pd.DataFrame, among_km: Array) -> Array:
    """Return `among_km` between `places`, and beside and below it the distances of `own` ports.

    Only the new distances are searched: those of the layer stay as they are.
    """
    found_km = sea_distances_between(folder, own, pd.concat([places, own]))
    to_places_km, among_own_km = found_km[:, : len(places)], mutual(found_km[:, len(places) :])
    return np.block([[among_km, to_places_km.T], [to_places_km, among_own_km]])


def located(layer: pd.DataFrame, missing: dict[str, pd.Series[str] | str]) -> pd.DataFrame:
    """Return the places of a point `layer` with the columns that `missing` names added."""
    points = layer.geometry
    frame = pd.DataFrame(layer.drop(columns="geometry"))
    frame = frame.assign(lat=points.y, lon=points.x, by_ferry=False, **missing)
    return frame[COLUMNS].rename_axis("terminal")


def pair_matrix(
    folder: Path, pairs: pd.DataFrame, terminals: pd.Index[str], table: PairTable
) -> Array:
    """Return the distances of `pairs`, each given once, as a symmetric matrix [km].

    Parameters
    ----------
    pairs : index (origin, destination); distance_km
    """
    ends = [pairs.index.get_level_values(level) for level in ("origin", "destination")]
    origin, destination = (terminals.get_indexer(end) for end in ends)
    strange = {*ends[0][origin < 0], *ends[1][destination < 0]}
    fail(folder, table, [*unknown(strange, table), *impossible(pairs)])
    distance_km = np.full((len(terminals), len(terminals)), np.nan)
    distance_km[origin, destination] = distance_km[destination, origin] = pairs["distance_km"]
    np.fill_diagonal(distance_km, 0.0)
    fail(folder, table, unjoined(distance_km, terminals, table))
    return distance_km


def fail(folder: Path, table: PairTable, faults: Iterable[str]) -> None:
    """Raise one message that names the file of distances and all `faults`, if there are any."""
    if found := list(faults):
        raise NetworkError(listed(folder / table.file, found))


def unknown(strange: set[str], table: PairTable) -> list[str]:
    """Return the fault of distances to `strange` ids, which are no terminals."""
    if not strange:
        return []
    return [
        f"ids {some(strange)} have distances but are no {table.kind}, expected the ids of "
        f"{table.places}. Correct the ids or drop their rows."
    ]


def impossible(pairs: pd.DataFrame) -> list[str]:
    """Return the faults of distances that cannot be: no number, negative, or given twice."""
    given_km = pairs["distance_km"].to_numpy(float)
    odd = ~(np.isfinite(given_km) & (given_km >= 0))
    ways = set(pairs.index)
    back = np.array([pair[::-1] in ways for pair in pairs.index], dtype=bool)  # or to itself
    found = []
    if odd.any():
        found.append(
            f"distance_km of {named(pairs.index[odd])} is {some(set(given_km[odd]))}, "
            "expected 0 km or more. Correct the cells."
        )
    if back.any():
        found.append(
            f"{named(pairs.index[back])} stand in both directions, expected each two "
            "once and none to itself. Drop the copies."
        )
    return found


def named(pairs: pd.Index[str]) -> str:
    """Return the ends of the first of `pairs`."""
    return some(f"{origin}-{destination}" for origin, destination in pairs)


def unjoined(distance_km: Array, terminals: pd.Index[str], table: PairTable) -> list[str]:
    """Return the fault of terminals without a distance to others; those that lack most."""
    gaps = np.isnan(distance_km).sum(axis=1)
    if not gaps.any():
        return []
    lost = terminals[gaps == gaps.max()]
    return [
        f"{table.kind} {some(lost)} of {table.places} lack the distance to {gaps.max()} "
        f"others, expected one to each. {table.remedy}."
    ]
