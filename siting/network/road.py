"""The road graph, an OSMnx graph on disk, as arrays; shortest truck routes between places."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from siting.errors import LayerError, MissingLayerError, NetworkError, some
from siting.network.cache import cached, content_hash

if TYPE_CHECKING:
    from pathlib import Path

Array = npt.NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088

FERRY_BOARDING_KM = 10_000.0
"""A ferry counts as this many road km when the route is chosen: it is taken only where no road
leads. The ship that competes with a road is a mode of its own and no ferry."""

FERRY_KM_SHARE = 0.5
"""Among ferries, a km counts as this many road km: about 120 JPY against 250 JPY for a 10 t truck
(``transport`` table)."""

OFF_ROAD_KM_PER_H = 30.0
"""Speed between a place and the nearest road of the graph, which holds trunk roads [km/h]."""

SAIL_KM_PER_H = 30.0
"""Speed of the ferry between an island without a road and the nearest road [km/h]."""


@dataclass(frozen=True)
class RoadGraph:
    """Nodes and undirected edges, parallel edges merged to the cheapest.

    Attributes
    ----------
    lat, lon : (nodes,) [degree]
    u, v : (edges,) node positions
    length_km, hours : (edges,)
    is_ferry : (edges,) bool
    """

    lat: Array
    lon: Array
    u: npt.NDArray[np.int64]
    v: npt.NDArray[np.int64]
    length_km: Array
    hours: Array
    is_ferry: npt.NDArray[np.bool_]

    @property
    def is_landing(self) -> npt.NDArray[np.bool_]:
        """Return whether a node is a port that ferries reach and no road: that of an island."""
        by_road = np.zeros(len(self.lat), dtype=bool)
        by_road[np.concatenate([self.u[~self.is_ferry], self.v[~self.is_ferry]])] = True
        sailed_to = np.zeros(len(self.lat), dtype=bool)
        sailed_to[np.concatenate([self.u[self.is_ferry], self.v[self.is_ferry]])] = True
        return sailed_to & ~by_road

    @property
    def weight_km(self) -> Array:
        """Return road km, ferries at what they cost a truck in road km."""
        sailed = FERRY_BOARDING_KM + FERRY_KM_SHARE * self.length_km
        return np.where(self.is_ferry, sailed, self.length_km)


@dataclass(frozen=True)
class Reach:
    """How places are joined to the graph.

    Attributes
    ----------
    snap_km : furthest straight distance to the nearest road [km].
    detour : road km per straight km on that way [-].
    """

    snap_km: float = 25.0
    detour: float = 1.3


@dataclass(frozen=True)
class Routes:
    """Shortest truck routes, each array of shape (origins, destinations).

    Attributes
    ----------
    road_km : on roads, the way from and to the nearest road included.
    ferry_km, ferries : on ferries, and how many are boarded.
    hours : driving and sailing at the graph's speeds [h].
    """

    road_km: Array
    ferry_km: Array
    ferries: Array
    hours: Array

    @property
    def distance_km(self) -> Array:
        """Return road and ferry km together."""
        return self.road_km + self.ferry_km

    def turned(self) -> Routes:
        """Return the routes from destinations to origins: a road is as long both ways."""
        return Routes(self.road_km.T, self.ferry_km.T, self.ferries.T, self.hours.T)


def read_roads(path: Path) -> RoadGraph:
    """Return the OSMnx GraphML at `path` as arrays.

    Raises
    ------
    MissingLayerError
        If the file is not there.
    LayerError
        If it has another CRS than EPSG:4326 or edges without length or travel_time.
    """
    if not path.exists():
        raise MissingLayerError(f"{path}: the road graph is missing. Run `make layers`.")
    import osmnx

    return arrays(osmnx.load_graphml(path), path)


def arrays(graph: Any, path: Path) -> RoadGraph:
    """Return the OSMnx `graph` as arrays; `path` is named in messages."""
    if str(graph.graph.get("crs")).lower() != "epsg:4326":
        raise LayerError(f"{path}: CRS is {graph.graph.get('crs')}, expected epsg:4326. Reproject.")
    nodes = sorted(graph.nodes)
    position = {node: i for i, node in enumerate(nodes)}
    rows = [
        (*sorted((position[u], position[v])), d.get("length"), d.get("travel_time"), d["highway"])
        for u, v, d in graph.edges(data=True)
    ]
    edges = pd.DataFrame(rows, columns=["u", "v", "length", "travel_time", "highway"])
    if edges[["length", "travel_time"]].isna().any(axis=None):
        raise LayerError(
            f"{path}: edges lack length or travel_time. Add them with osmnx.add_edge_speeds "
            "and osmnx.add_edge_travel_times."
        )
    edges = edges[edges["u"] != edges["v"]].assign(is_ferry=edges["highway"].eq("ferry"))
    edges = edges.sort_values(["is_ferry", "length"]).drop_duplicates(["u", "v"])
    edges = edges.sort_values(["u", "v"])
    return RoadGraph(
        lat=np.array([graph.nodes[n]["y"] for n in nodes]),
        lon=np.array([graph.nodes[n]["x"] for n in nodes]),
        u=edges["u"].to_numpy(),
        v=edges["v"].to_numpy(),
        length_km=edges["length"].to_numpy(float) / 1000,
        hours=edges["travel_time"].to_numpy(float) / 3600,
        is_ferry=edges["is_ferry"].to_numpy(),
    )


def find_roads(path: Path) -> RoadGraph:
    """Return the graph at `path` from the cache of its content, reading it the first time."""
    content = path.read_bytes() if path.exists() else b""
    return cached(f"roads-{content_hash(content)}", lambda: read_roads(path), RoadGraph)


def find_routes(
    roads: RoadGraph, origins: pd.DataFrame, destinations: pd.DataFrame, reach: Reach
) -> Routes:
    """Return `shortest_routes` from the cache of the graph, the places and the reach."""
    parts = [getattr(roads, field.name) for field in fields(roads)]
    for places in (origins, destinations):
        parts += [places[c].to_numpy() for c in ("lat", "lon", "by_ferry")] + [has_landing(places)]
    settings = (reach, FERRY_BOARDING_KM, FERRY_KM_SHARE, OFF_ROAD_KM_PER_H, SAIL_KM_PER_H)
    key = content_hash(*(part.tobytes() for part in parts), repr(settings))
    return cached(
        f"routes-{key}", lambda: shortest_routes(roads, origins, destinations, reach), Routes
    )


def shortest_routes(
    roads: RoadGraph, origins: pd.DataFrame, destinations: pd.DataFrame, reach: Reach
) -> Routes:
    """Return the routes from each of `origins` to each of `destinations`.

    Parameters
    ----------
    origins, destinations : index node; lat, lon [degree], by_ferry (bool), by_landing (bool, none
        if left out)
        One search is made per origin: pass the shorter list first, roads run both ways. A place
        `by_ferry` has no road: its way to the graph is a ferry, whatever its length. One
        `by_landing` lies on an island of which the graph has the port alone, see `snapped`.

    Raises
    ------
    NetworkError
        If a place has no road within reach or two places are not connected.
    """
    start, start_km = snapped(roads, origins, reach)
    end, end_km = snapped(roads, destinations, reach)
    count = len(roads.lat)
    matrix = csr_array((roads.weight_km, (roads.u, roads.v)), shape=(count, count))
    weight, before = dijkstra(matrix, directed=False, indices=start, return_predecessors=True)
    if not np.isfinite(weight[:, end]).all():
        far = destinations.index[~np.isfinite(weight[:, end]).all(axis=0)]
        raise NetworkError(f"network: places {some(far)} are cut off. Add a ferry to the graph.")
    start_sails = origins["by_ferry"].to_numpy(float)
    end_sails = destinations["by_ferry"].to_numpy(float)
    sailed_km = np.add.outer(start_km * start_sails, end_km * end_sails)
    driven_km = reach.detour * (np.add.outer(start_km, end_km) - sailed_km)
    road_km, ferry_km, ferries, hours = along_tree(roads, before, end)
    return Routes(
        road_km=road_km + driven_km,
        ferry_km=ferry_km + sailed_km,
        ferries=ferries + np.add.outer(start_sails, end_sails),
        hours=hours + driven_km / OFF_ROAD_KM_PER_H + sailed_km / SAIL_KM_PER_H,
    )


def snapped(
    roads: RoadGraph, places: pd.DataFrame, reach: Reach
) -> tuple[npt.NDArray[np.int64], Array]:
    """Return the nearest road node of each place and the straight distance to it [km].

    A place `by_landing` is joined to the nearest landing, also where a road on the other side of
    the water is nearer.
    """
    node, chord = nearest_node(roads, places, np.arange(len(roads.lat)))
    islanders, landings = has_landing(places), np.flatnonzero(roads.is_landing)
    if islanders.any() and len(landings):
        node[islanders], chord[islanders] = nearest_node(roads, places[islanders], landings)
    far = (chord > reach.snap_km) & ~places["by_ferry"].to_numpy(bool)
    if far.any():
        raise NetworkError(
            f"network: places {some(places.index[far])} reach no road within "
            f"{reach.snap_km:g} km. Raise network.snap_km or give them a ferry."
        )
    return node, chord


def has_landing(places: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which of `places` lie on an island of which the graph has the port alone."""
    given = places.get("by_landing", False)
    return np.broadcast_to(np.asarray(given, dtype=bool), len(places))


def nearest_node(
    roads: RoadGraph, places: pd.DataFrame, nodes: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], Array]:
    """Return which of `nodes` is nearest to each place, and the straight distance [km]."""
    tree = KDTree(on_sphere(roads.lat[nodes], roads.lon[nodes]))
    chord, found = tree.query(on_sphere(places["lat"].to_numpy(), places["lon"].to_numpy()))
    return np.asarray(nodes[found], dtype=np.int64), np.asarray(chord, dtype=float)


def on_sphere(lat: Array, lon: Array) -> Array:
    """Return points on a sphere of the earth's size [km], so that chords are distances."""
    phi, lam = np.radians(lat), np.radians(lon)
    flat = np.cos(phi)
    return EARTH_RADIUS_KM * np.column_stack([flat * np.cos(lam), flat * np.sin(lam), np.sin(phi)])


def along_tree(
    roads: RoadGraph, before: npt.NDArray[np.int32], end: npt.NDArray[np.int64]
) -> list[Array]:
    """Return road km, ferry km, ferries and hours on the way to each node of `end`.

    `before` holds each node's predecessor per origin. Sums along the trees double their reach
    in every pass: a node adds the sum of the node it points to, then points past it.
    """
    count = len(roads.lat)
    edge = csr_array((np.arange(1, len(roads.u) + 1), (roads.u, roads.v)), shape=(count, count))
    edge = (edge + edge.T).tocsr()
    road_km = np.where(roads.is_ferry, 0.0, roads.length_km)
    ferry_km = np.where(roads.is_ferry, roads.length_km, 0.0)
    amounts = np.vstack([road_km, ferry_km, roads.is_ferry.astype(float), roads.hours])
    result = np.zeros((4, len(before), len(end)))
    for row, parent in enumerate(before):
        nodes = np.arange(count)
        reached = np.where(parent >= 0, parent, nodes)
        used = np.asarray(edge[nodes, reached]).ravel()
        total = np.where(used > 0, amounts[:, np.maximum(used, 1) - 1], 0.0)
        while (reached != reached[reached]).any():
            total = total + total[:, reached]
            reached = reached[reached]
        result[:, row, :] = total[:, end]
    return list(result)
