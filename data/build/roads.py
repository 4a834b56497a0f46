"""The road graph as an OSMnx graph: both directions of every edge, with time and speed."""

import tempfile
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import osmnx as ox
import pandas as pd
from files import CRS, read_source, replace_file, zipped
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

FILE = "roads.graphml.gz"
ROADS = {  # of the graph as a whole; edges of another origin carry their own
    "source": "© OpenStreetMap contributors (ODbL 1.0), via scgraph_data 2.0.0; "
    "length x 1.15, speed by class",
    "confidence": "estimate",
}
OTHERS = {  # source in the edge table: source and confidence as shown
    "derived": ("straight line from a port to its nearest road x 1.3", "estimate"),
    "compiled route list, computed length": ("list of car ferries, computed length", "compiled"),
    "compiled": ("bridges, tunnels and links added by hand", "compiled"),
    "joined": ("a stub of road joined to the road beside it, straight line x 1.3", "estimate"),
}
STUB_KM = 1.5
"""A stub of two nodes is joined to the network where a road passes so near [km]."""
DETOUR = 1.3
KM_PER_DEGREE = 111.2


def graph() -> nx.MultiDiGraph:
    """Return the road graph with ``length`` [m], ``speed_kph`` and ``travel_time`` [s]."""
    roads = nx.MultiDiGraph(crs=CRS.lower(), **ROADS)
    roads.add_nodes_from(nodes())
    edges = read_source("road_edges.csv.gz")
    edges = pd.concat([edges, joined_stubs(edges)], ignore_index=True)
    roads.add_edges_from(sorted(directed(edges), key=lambda edge: edge[:2]))
    roads = ox.add_edge_travel_times(ox.add_edge_speeds(roads))
    for _, _, data in roads.edges(data=True):
        del data["maxspeed"]
        data["travel_time"] = round(data["travel_time"], 2)
    return roads


def nodes() -> list[tuple[int, dict[str, Any]]]:
    """Return the nodes by number: ``x``, ``y``, ``kind`` and, for ports, their id."""
    frame = read_source("road_nodes.csv.gz").sort_values("node_id")
    port = read_source("ports.csv").set_index("name_ja")["port_id"].to_dict()
    return [(row.node_id, node_data(row, port)) for row in frame.itertuples()]


def node_data(row: Any, port: dict[str, str]) -> dict[str, Any]:
    """Return the attributes of one node; empty ones are left out."""
    data = {"x": row.lon, "y": row.lat, "kind": row.kind}
    if pd.notna(row.name):
        data["name"] = row.name
    if row.kind == "port" and row.name in port:
        data["port_id"] = port[row.name]
    return data


def joined_stubs(edges: pd.DataFrame) -> pd.DataFrame:
    """Return an edge for each stub of two nodes, such as a port and its access, beside a road."""
    places = read_source("road_nodes.csv.gz").set_index("node_id")[["lat", "lon"]]
    flat = np.column_stack([places["lat"], places["lon"] * np.cos(np.radians(places["lat"]))])
    by_road = edges[edges["road_class"] != "ferry"]
    ends = [places.index.get_indexer(by_road[end]) for end in ("u", "v")]
    joint = coo_array((np.ones(len(by_road)), ends), shape=(len(places), len(places)))
    _, label = connected_components(joint, directed=False)
    size = np.bincount(label)[label]
    network = np.flatnonzero(size > 2)
    chord, nearest = KDTree(flat[network]).query(flat[size == 2])
    stubs = pd.DataFrame({"u": places.index[size == 2], "v": places.index[network[nearest]]})
    stubs["length_km"] = (DETOUR * KM_PER_DEGREE * chord).round(3)
    stubs["label"] = label[size == 2]
    nearer = stubs.sort_values("length_km").drop_duplicates("label")
    access = edges[edges["road_class"] == "port_access"].iloc[0]
    same = {"road_class": "port_access", "speed_kmh": access["speed_kmh"], "source": "joined"}
    kept = nearer[nearer["length_km"] <= STUB_KM * DETOUR].drop(columns="label")
    return kept.assign(**same).sort_values("u")


def directed(edges: pd.DataFrame) -> list[tuple[int, int, dict[str, Any]]]:
    """Return every edge once in each direction."""
    found = []
    for row in edges.itertuples():
        found += [(row.u, row.v, edge_data(row)), (row.v, row.u, edge_data(row))]
    return found


def edge_data(row: Any) -> dict[str, Any]:
    """Return the attributes of one edge; its ``osmid`` is its row in the edge table."""
    data = {
        "osmid": row.Index,
        "length": round(row.length_km * 1000, 1),
        "highway": row.road_class,
        "maxspeed": str(row.speed_kmh),
    }
    if row.source in OTHERS:
        data["source"], data["confidence"] = OTHERS[row.source]
    return data | ({"name": row.name} if pd.notna(row.name) else {})


def write_graph(roads: nx.MultiDiGraph, out: Path) -> Path:
    """Write `roads` as compressed GraphML, which ``osmnx.load_graphml`` reads as it is."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "roads.graphml"
        ox.save_graphml(roads, part)
        return replace_file(out / FILE, zipped(part.read_bytes()))
