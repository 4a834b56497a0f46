"""Truck routes on the shipped graph lie where a road atlas has them."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from siting.errors import LayerError, MissingLayerError, NetworkError
from siting.network.road import (
    FERRY_BOARDING_KM,
    FERRY_KM_SHARE,
    OFF_ROAD_KM_PER_H,
    SAIL_KM_PER_H,
    Reach,
    arrays,
    find_roads,
    shortest_routes,
)

REACH = Reach(snap_km=25.0, detour=1.3)
SHINJUKU, OSAKA, FUKUOKA, SAPPORO, HAKODATE = "13104", "27100", "40130", "01100", "01202"
OKAYAMA, TAKAMATSU, NAHA = "33100", "37201", "47201"
KM_PER_DEGREE = 6371.0088 * np.pi / 180


def between(roads, halls, origin, destination):
    routes = shortest_routes(roads, halls.loc[[origin]], halls.loc[[destination]], REACH)
    return routes.road_km.item(), routes.ferries.item()


@pytest.mark.parametrize(
    ("origin", "destination", "low_km", "high_km"),
    [
        (SHINJUKU, OSAKA, 480, 560),
        (OSAKA, FUKUOKA, 580, 690),
        (SAPPORO, HAKODATE, 280, 340),
        (OKAYAMA, TAKAMATSU, 65, 95),
    ],
)
def test_road_between_cities_is_as_long_as_in_an_atlas(
    roads, halls, origin, destination, low_km, high_km
):
    road_km, ferries = between(roads, halls, origin, destination)
    assert low_km <= road_km <= high_km
    assert ferries == 0


@pytest.mark.parametrize("city", [SHINJUKU, OSAKA, FUKUOKA])
def test_okinawa_reaches_the_main_islands_only_by_ferry(roads, halls, city):
    assert between(roads, halls, NAHA, city)[1] >= 1


def test_hokkaido_reaches_honshu_only_by_ferry(roads, halls):
    assert between(roads, halls, SAPPORO, SHINJUKU)[1] == 1


def test_every_municipality_is_reached_from_tokyo(roads, halls):
    routes = shortest_routes(roads, halls.loc[[SHINJUKU]], halls, REACH)
    assert routes.distance_km.shape == (1, 1741)
    assert np.isfinite(routes.distance_km).all()
    assert np.isfinite(routes.hours).all()
    assert (routes.distance_km >= 0).all()


def test_road_is_as_long_both_ways(roads, halls):
    places = halls.iloc[::60]
    routes = shortest_routes(roads, places, places, REACH)
    for table in (routes.road_km, routes.ferry_km, routes.ferries, routes.hours):
        np.testing.assert_allclose(table, table.T, atol=1e-9)


def test_islands_without_a_road_board_one_ferry_at_least(roads, halls):
    routes = shortest_routes(roads, halls.loc[[SHINJUKU]], halls[halls["by_ferry"]], REACH)
    assert routes.ferries.min() >= 1
    assert (routes.ferry_km > 0).all()


def drawn_graph(nodes, edges):
    """Return an OSMnx-like graph of `edges` (u, v, km, highway) at 40 km/h, both ways."""
    graph = nx.MultiDiGraph(crs="epsg:4326")
    for node, (lat, lon) in nodes.items():
        graph.add_node(node, y=lat, x=lon)
    for u, v, km, highway in edges:
        facts = {"length": km * 1000.0, "travel_time": km * 90.0, "highway": highway}
        graph.add_edge(u, v, **facts)
        graph.add_edge(v, u, **facts)
    return graph


@pytest.fixture
def path(tmp_path):
    return tmp_path / "roads.graphml.gz"


@pytest.fixture
def small():
    """Return a triangle 1-2-3 and an island 4 with a ferry from 3; a degree apart each."""
    nodes = {1: (34.0, 135.0), 2: (34.0, 136.0), 3: (35.0, 136.0), 4: (36.0, 136.0)}
    edges = [(1, 2, 100, "trunk"), (2, 3, 120, "trunk"), (1, 3, 300, "trunk"), (3, 4, 111, "ferry")]
    return drawn_graph(nodes, edges)


def places(**at):
    """Return places at latitude, longitude and whether only a ferry leads there."""
    columns = ["lat", "lon", "by_ferry"]
    return pd.DataFrame.from_dict(at, orient="index", columns=columns)


def test_route_adds_up_by_hand(small, path):
    ends = places(a=(34.0, 135.0, False)), places(b=(36.0, 136.0, False))
    routes = shortest_routes(arrays(small, path), *ends, REACH)
    assert routes.road_km.item() == pytest.approx(100 + 120)
    assert routes.ferry_km.item() == pytest.approx(111)
    assert routes.ferries.item() == 1
    assert routes.hours.item() == pytest.approx((100 + 120 + 111) / 40)
    assert routes.distance_km.item() == pytest.approx(331)


def test_way_to_the_road_is_driven_with_its_detour(small, path):
    off = 0.1
    ends = places(a=(34.0 - off, 135.0, False)), places(b=(34.0, 136.0, False))
    routes = shortest_routes(arrays(small, path), *ends, REACH)
    extra_km = 1.3 * off * KM_PER_DEGREE
    assert routes.road_km.item() == pytest.approx(100 + extra_km, rel=1e-6)
    assert routes.hours.item() == pytest.approx(100 / 40 + extra_km / OFF_ROAD_KM_PER_H, rel=1e-6)


def test_place_by_ferry_beyond_reach_is_sailed_to(small, path):
    ends = places(a=(34.0, 135.0, False)), places(b=(33.0, 136.0, True))
    routes = shortest_routes(arrays(small, path), *ends, REACH)
    assert routes.road_km.item() == pytest.approx(100)
    assert routes.ferry_km.item() == pytest.approx(KM_PER_DEGREE, rel=1e-4)
    assert routes.ferries.item() == 1
    sailed_h = KM_PER_DEGREE / SAIL_KM_PER_H
    assert routes.hours.item() == pytest.approx(100 / 40 + sailed_h, rel=1e-4)


def test_place_by_landing_is_joined_to_the_port_of_an_island_where_a_road_is_nearer(small, path):
    beside_3 = places(a=(35.1, 136.0, False))
    start = places(b=(34.0, 136.0, False))
    landing = beside_3.assign(by_landing=True)
    reach = Reach(snap_km=150.0, detour=1.3)
    ashore, sailed = (
        shortest_routes(arrays(small, path), start, end, reach) for end in (beside_3, landing)
    )
    assert (ashore.ferries.item(), ashore.road_km.item()) == (0, pytest.approx(134.5, abs=0.1))
    assert (sailed.ferries.item(), sailed.ferry_km.item()) == (1, pytest.approx(111))
    assert sailed.road_km.item() == pytest.approx(120 + 1.3 * 0.9 * KM_PER_DEGREE, rel=1e-4)


def test_two_islands_board_two_ferries(small, path):
    islands = places(a=(33.0, 135.0, True)), places(b=(33.0, 136.0, True))
    assert shortest_routes(arrays(small, path), *islands, REACH).ferries.item() == 2


def test_road_is_taken_where_a_ferry_is_shorter(path):
    nodes = {1: (34.0, 135.0), 2: (34.0, 136.0), 3: (35.0, 136.0)}
    edges = [(1, 2, 10, "ferry"), (1, 3, 800, "trunk"), (2, 3, 900, "trunk")]
    ends = places(a=(34.0, 135.0, False)), places(b=(34.0, 136.0, False))
    routes = shortest_routes(arrays(drawn_graph(nodes, edges), path), *ends, REACH)
    assert routes.road_km.item() == pytest.approx(1700)
    assert routes.ferries.item() == 0


def test_parallel_road_is_taken_where_a_ferry_is_shorter(path):
    nodes = {1: (34.0, 135.0), 2: (34.0, 136.0)}
    roads = arrays(drawn_graph(nodes, [(1, 2, 10, "ferry"), (1, 2, 80, "trunk")]), path)
    assert roads.length_km.tolist() == [80]
    assert roads.is_ferry.tolist() == [False]


def test_shortest_of_parallel_roads_is_kept(path):
    nodes = {1: (34.0, 135.0), 2: (34.0, 136.0)}
    roads = arrays(drawn_graph(nodes, [(1, 2, 90, "trunk"), (1, 2, 80, "trunk")]), path)
    assert roads.length_km.tolist() == [80]


def test_loop_at_a_node_adds_nothing(path):
    nodes = {n: (34.0, 135.0 + n) for n in range(4)}
    edges = [(n, n + 1, 100, "trunk") for n in range(3)]
    loops = [(0, 0, 7, "trunk"), (3, 3, 9, "trunk")]
    ends = places(a=(34.0, 135.0, False)), places(b=(34.0, 138.0, False))
    routes = shortest_routes(arrays(drawn_graph(nodes, edges + loops), path), *ends, REACH)
    assert routes.road_km.item() == pytest.approx(300)


def random_graph(seed):
    """Return a graph of 40 nodes on a grid, a tenth of its edges ferries."""
    rng = np.random.default_rng(seed)
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 8))
    nodes = {n: (34 + n // 8 * 0.5, 135 + n % 8 * 0.5) for n in grid}
    edges = [
        (u, v, float(rng.uniform(5, 60)), "ferry" if rng.random() < 0.1 else "trunk")
        for u, v in grid.edges
    ]
    return drawn_graph(nodes, edges)


def weight(u, v, facts):
    """Return the least weight among the edges from `u` to `v`, as the rule is documented."""
    km = [(d["length"] / 1000, d["highway"]) for d in facts.values()]
    return min(FERRY_BOARDING_KM + FERRY_KM_SHARE * k if h == "ferry" else k for k, h in km)


def walked(graph, origin, destination):
    """Return road km, ferry km and ferries of the way networkx takes."""
    way = nx.shortest_path(graph, origin, destination, weight=weight)
    facts = [graph[u][v][0] for u, v in pairwise(way)]
    sailed = [d["length"] / 1000 for d in facts if d["highway"] == "ferry"]
    return sum(d["length"] for d in facts) / 1000 - sum(sailed), sum(sailed), len(sailed)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sums_along_the_tree_are_those_of_networkx(path, seed):
    graph = random_graph(seed)
    nodes = pd.DataFrame.from_dict(dict(graph.nodes(data=True)), orient="index")
    at = nodes.rename(columns={"y": "lat", "x": "lon"}).assign(by_ferry=False)
    routes = shortest_routes(arrays(graph, path), at.loc[[0, 13, 39]], at, REACH)
    found = np.stack([routes.road_km, routes.ferry_km, routes.ferries])
    expected = np.array([[walked(graph, o, d) for d in at.index] for o in (0, 13, 39)])
    np.testing.assert_allclose(found, expected.transpose(2, 0, 1), atol=1e-6)


def test_places_beyond_reach_are_named(small, path):
    far = places(b=(34.0, 136.0, False), far1=(30.0, 130.0, False), far2=(31.0, 130.0, False))
    with pytest.raises(NetworkError, match=r"'far1', 'far2' reach no road within 25 km") as caught:
        shortest_routes(arrays(small, path), places(a=(34.0, 135.0, False)), far, REACH)
    assert "network.snap_km" in str(caught.value)
    assert "'b'" not in str(caught.value)


def test_places_cut_off_are_named(path):
    nodes = {1: (34.0, 135.0), 2: (34.0, 136.0), 3: (36.0, 135.0), 4: (36.0, 136.0)}
    graph = drawn_graph(nodes, [(1, 2, 100, "trunk"), (3, 4, 100, "trunk")])
    ends = places(a=(34.0, 135.0, False)), places(b=(36.0, 136.0, False))
    with pytest.raises(NetworkError, match="'b' are cut off"):
        shortest_routes(arrays(graph, path), *ends, REACH)


def test_other_crs_is_refused(small, path):
    small.graph["crs"] = "epsg:6677"
    with pytest.raises(LayerError, match=r"CRS is epsg:6677, expected epsg:4326"):
        arrays(small, path)


@pytest.mark.parametrize("column", ["length", "travel_time"])
def test_edges_without_length_or_time_are_refused(small, path, column):
    del small[1][2][0][column]
    with pytest.raises(LayerError, match="edges lack length or travel_time"):
        arrays(small, path)


def test_missing_graph_is_a_fault_of_the_input(path):
    with pytest.raises(MissingLayerError, match=r"make layers") as caught:
        find_roads(path)
    assert caught.value.exit_code == 2
