"""Every station and port knows its distance to each other, or one message says which does not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from siting.errors import NetworkError
from siting.layers import Layers, data_folder, read_layers
from siting.network.terminal import COLUMNS, port_terminals, rail_terminals


@pytest.fixture(scope="module")
def layers() -> Layers:
    """Return the shipped layers."""
    return read_layers(data_folder())


@pytest.fixture(params=["rail", "sea"])
def kind(request, layers):
    """Return the reader, the table's name, its pairs and the ids of one kind of terminal."""
    if request.param == "rail":
        return rail_terminals, "rail_distance", layers.rail_distance, layers.rail_stations.index
    return port_terminals, "sea_distance", layers.sea_distance, layers.ports.index


def test_every_terminal_has_a_distance_to_each_other(kind, layers):
    terminals, _, pairs, ids = kind
    found = terminals(layers)
    assert list(found.places.index) == list(ids)
    assert np.array_equal(found.distance_km, found.distance_km.T)
    assert (np.diag(found.distance_km) == 0).all()
    assert np.triu(found.distance_km, 1).sum() == pytest.approx(pairs["distance_km"].sum())


def test_distances_stand_in_the_order_of_places(kind, layers):
    terminals, _, pairs, _ = kind
    found = terminals(layers)
    matrix = pd.DataFrame(found.distance_km, found.places.index, found.places.index)
    for origin, destination in (pairs.index[7], pairs.index[-1]):
        assert matrix.loc[destination, origin] == pairs["distance_km"][origin, destination]


def test_places_are_named_and_located(kind, layers):
    places = kind[0](layers).places
    assert list(places.columns) == COLUMNS
    assert places.index.name == "terminal"
    assert not places["by_ferry"].any()
    assert places["lat"].between(24, 46).all()
    assert places["lon"].between(122, 149).all()
    assert (places[["name_ja", "name_en"]].map(len) > 0).all(axis=None)
    assert places["name_en"].map(str.isascii).all()


def broken(layers, name, pairs):
    """Return `layers` with other distances."""
    return replace(layers, **{name: pairs})


def fault(kind, layers, pairs):
    """Return the one message about `pairs`."""
    terminals, name, _, _ = kind
    with pytest.raises(NetworkError, match=rf"{name}\.csv: ") as caught:
        terminals(broken(layers, name, pairs))
    return str(caught.value)


def test_terminal_without_distances_is_named_with_what_to_do(kind, layers):
    _, _, pairs, ids = kind
    lost = ids[5]
    message = fault(kind, layers, pairs[[lost not in pair for pair in pairs.index]])
    assert f"'{lost}' of" in message
    assert f"lack the distance to {len(ids) - 1} others" in message
    assert ".gpkg" in message
    assert "Add their" in message
    assert message.count("'") == 2  # the others lack one distance only because of it


def test_both_ends_of_one_missing_pair_are_named(kind, layers):
    pairs = kind[2]
    origin, destination = pairs.index[3]
    message = fault(kind, layers, pairs.drop(index=[pairs.index[3]]))
    assert f"'{origin}', '{destination}'" in message
    assert "to 1 others" in message


@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_impossible_distance_is_named(kind, layers, value):
    pairs = kind[2].copy()
    pairs.iloc[3, pairs.columns.get_loc("distance_km")] = value
    message = fault(kind, layers, pairs)
    assert f"'{'-'.join(pairs.index[3])}' is '{value}', expected 0 km or more" in message


def test_distance_to_an_unknown_id_is_named(kind, layers):
    pairs = kind[2].rename(index={kind[3][5]: "X99"})
    message = fault(kind, layers, pairs)
    assert "ids 'X99' have distances but are no" in message
    assert "Correct the ids" in message


@pytest.mark.parametrize("back", [lambda a, b: (b, a), lambda a, _: (a, a)])
def test_pair_given_back_or_to_itself_is_named(kind, layers, back):
    pairs = kind[2]
    again = pairs.iloc[[3]].copy()
    again.index = pd.MultiIndex.from_tuples([back(*pairs.index[3])], names=pairs.index.names)
    message = fault(kind, layers, pd.concat([pairs, again]))
    assert f"'{'-'.join(again.index[0])}'" in message
    assert "expected each two once" in message


def test_all_faults_of_a_file_come_at_once(kind, layers):
    pairs = kind[2].rename(index={kind[3][5]: "X99"})
    pairs.iloc[3, pairs.columns.get_loc("distance_km")] = -1.0
    message = fault(kind, layers, pairs)
    assert "2 faults" in message


@pytest.fixture
def own(layers) -> pd.DataFrame:
    """Return two ports of a study: beside Kochi, and beside Osaka."""
    where = layers.ports.loc[["P095", "P061"]].geometry
    names = {"name_ja": ["自社桟橋", "自社岸壁"], "name_en": ["Own pier", "Own quay"]}
    return pd.DataFrame(names | {"lat": where.y.to_numpy(), "lon": where.x.to_numpy()}, ["A", "B"])


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """Keep nothing between tests."""
    monkeypatch.setenv("SITING_CACHE", str(tmp_path / "cache"))


@pytest.mark.usefixtures("own_cache")
def test_own_port_is_as_far_as_the_port_beside_it(layers, own):
    shipped, found = port_terminals(layers), port_terminals(layers, own)
    assert list(found.places.index) == [*shipped.places.index, "A", "B"]
    assert found.places.loc["B", "name_en"] == "Own quay"
    assert np.array_equal(found.distance_km[:154, :154], shipped.distance_km)
    assert np.array_equal(found.distance_km, found.distance_km.T)
    assert (np.diag(found.distance_km) == 0).all()
    assert np.isfinite(found.distance_km).all()
    kochi = shipped.places.index.get_loc("P095")
    far = shipped.distance_km[kochi] > 100
    apart = found.distance_km[154, :154][far] / shipped.distance_km[kochi][far] - 1
    assert np.median(np.abs(apart)) < 0.03
    assert np.abs(apart).max() < 0.15
    osaka = shipped.places.index.get_loc("P061")
    assert found.distance_km[154, 155] == pytest.approx(shipped.distance_km[kochi, osaka], rel=0.1)


@pytest.mark.usefixtures("own_cache")
def test_no_own_port_changes_nothing(layers, own):
    found = port_terminals(layers, own.iloc[:0])
    assert found.places.equals(port_terminals(layers).places)


@pytest.mark.parametrize(("ids", "taken"), [(["P001", "B"], "P001"), (["B", "B"], "B")])
def test_own_port_under_the_id_of_another_is_refused(layers, own, ids, taken):
    with pytest.raises(NetworkError, match=rf"own ports '{taken}' have the id of another port"):
        port_terminals(layers, own.set_axis(ids))


@pytest.mark.usefixtures("own_cache")
def test_own_port_inland_is_named(layers, own):
    inland = own.assign(lat=[36.24, 34.6], lon=[137.97, 135.3])
    with pytest.raises(NetworkError, match="ports 'A' lie further than 15 km from water"):
        port_terminals(layers, inland)
