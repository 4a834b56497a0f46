"""The road graph is parsed once, then read from the cache of its content."""

import networkx as nx
import numpy as np
import osmnx
import pytest

from siting.network.road import RoadGraph, arrays, find_roads, read_roads


@pytest.fixture
def small():
    """Return an OSMnx-like graph of one road and one ferry."""
    graph = nx.MultiDiGraph(crs="epsg:4326")
    for node in range(3):
        graph.add_node(node, y=34.0, x=135.0 + node)
    graph.add_edge(0, 1, length=90_000.0, travel_time=5400.0, highway="trunk")
    graph.add_edge(1, 2, length=95_000.0, travel_time=9000.0, highway="ferry")
    return graph


def same(left, right):
    return all(np.array_equal(getattr(left, name), getattr(right, name)) for name in vars(left))


@pytest.fixture
def saved(small, tmp_path, monkeypatch):
    """Return the path of the small graph on disk, with an empty cache."""
    monkeypatch.setenv("SITING_CACHE", str(tmp_path / "cache"))
    osmnx.save_graphml(small, tmp_path / "roads.graphml")
    return tmp_path / "roads.graphml"


def test_saved_graph_is_read_back(small, saved):
    assert same(read_roads(saved), arrays(small, saved))


def refuse(path):
    raise AssertionError(f"{path} was parsed again")


def test_second_search_does_not_parse_the_graph_again(saved, monkeypatch):
    first = find_roads(saved)
    monkeypatch.setattr("siting.network.road.read_roads", refuse)
    assert same(find_roads(saved), first)


def test_changed_graph_is_parsed_again(saved, monkeypatch):
    find_roads(saved)
    saved.write_text(saved.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    monkeypatch.setattr("siting.network.road.read_roads", refuse)
    with pytest.raises(AssertionError, match="parsed again"):
        find_roads(saved)


@pytest.mark.parametrize("damage", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_damaged_cache_is_computed_anew(saved, tmp_path, damage):
    first = find_roads(saved)
    (stored,) = (tmp_path / "cache").glob("*.npz")
    stored.write_bytes(damage)
    assert same(find_roads(saved), first)
    with np.load(stored) as healed:
        assert set(healed.files) == set(vars(first))


def test_cache_of_another_kind_is_computed_anew(saved, tmp_path):
    first = find_roads(saved)
    (stored,) = (tmp_path / "cache").glob("*.npz")
    with stored.open("wb") as file:
        np.savez(file, lat=first.lat)
    assert same(find_roads(saved), first)


def test_folder_that_cannot_be_written_is_no_fault(saved, tmp_path, monkeypatch):
    blocker = tmp_path / "file"
    blocker.write_text("")
    monkeypatch.setenv("SITING_CACHE", str(blocker / "cache"))
    assert isinstance(find_roads(saved), RoadGraph)
