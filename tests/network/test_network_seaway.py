"""A ship finds the shortest way over water, as long as the tables say, and never over land."""

from functools import cache
from itertools import pairwise, permutations

import numpy as np
import pandas as pd
import pytest
import rasterio
from affine import Affine

from siting.errors import MissingDataError, NetworkError
from siting.layers import data_folder
from siting.layers.read import read_layer, read_table
from siting.layers.spec import PORTS, SEA_DISTANCE
from siting.network import seaway
from siting.network.road import on_sphere

PORT = {
    "Kushiro": "P006",
    "Muroran": "P009",
    "Niigata": "P028",
    "Tokyo": "P038",
    "Nagoya": "P053",
    "Osaka": "P061",
    "Sakaiminato": "P070",
    "Kitakyushu": "P074",
    "Kure": "P082",
    "Kochi": "P095",
    "Nagasaki": "P112",
    "Naha": "P126",
}
STRAITS = {  # ways through them, nautical miles by PUB 151
    "Akashi, Bisan Seto, Kurushima, Kanmon": ("P063", "P099", 304),
    "Akashi, Bisan Seto": ("P063", "P090", 120),
    "Hayasui": ("P075", "P040", 545),
    "Tsugaru, its west": ("P010", "P028", 247),
    "Tsugaru, its east": ("P010", "P018", 108),
    "Naruto or Tomogashima": ("P061", "P068", 58),
}
KM_PER_NM = 1.852


SHIPPED = data_folder() / seaway.RASTER
searched_sea = seaway.seaway


@cache
def shipped_sea():
    """Return the open sea of the shipped raster, built once for all tests."""
    return searched_sea(SHIPPED)


@pytest.fixture(scope="module", autouse=True)
def shared_sea():
    """Build the open sea of the shipped raster once; any other as often as it is asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            seaway,
            "seaway",
            lambda raster: shipped_sea() if raster == SHIPPED else searched_sea(raster),
        )
        yield
    shipped_sea.cache_clear()


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Keep nothing between tests."""
    monkeypatch.setenv("SITING_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def ports() -> pd.DataFrame:
    """Return all ports: lat, lon."""
    points = read_layer(data_folder(), PORTS).geometry
    return pd.DataFrame({"lat": points.y, "lon": points.x})


@pytest.fixture(scope="module")
def found_km(ports, tmp_path_factory) -> pd.DataFrame:
    """Return the distances between twelve ports from Hokkaido to Okinawa."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITING_CACHE", str(tmp_path_factory.mktemp("cache")))
        found = seaway.sea_distances(data_folder(), ports.loc[list(PORT.values())])
    return pd.DataFrame(found, index=list(PORT), columns=list(PORT))


def test_distances_agree_with_the_shipped_table(found_km):
    table_km = read_table(data_folder(), SEA_DISTANCE)["distance_km"]
    departure = pd.Series(
        {
            (start, end): abs(found_km.loc[start, end] / table_km[PORT[start], PORT[end]] - 1)
            for start, end in permutations(PORT, 2)
            if PORT[start] < PORT[end]
        }
    )
    assert len(departure) == 66
    assert departure.median() < 0.03
    assert departure.max() < 0.10


def test_tokyo_lies_a_thousand_km_from_kitakyushu(found_km):
    assert found_km.loc["Tokyo", "Kitakyushu"] == pytest.approx(1000, rel=0.03)


def test_distances_are_symmetric_and_zero_at_home(found_km):
    values = found_km.to_numpy()
    assert np.array_equal(values, values.T)
    assert (np.diag(values) == 0).all()
    assert (values + np.eye(len(values)) > 0).all()


def test_no_way_is_shorter_past_a_third_port(found_km):
    values = found_km.to_numpy()
    past = values[:, :, None] + values[None, :, :]
    assert (values <= past.min(axis=1) + 1e-6).all()


def test_narrow_straits_are_open(ports):
    # round the next cape instead, each of these ways is at least a third longer
    starts = ports.loc[[start for start, _, _ in STRAITS.values()]].drop_duplicates()
    found = seaway.sea_distances_between(data_folder(), starts, ports)
    found = pd.DataFrame(found, index=starts.index, columns=ports.index)
    for strait, (start, end, nautical) in STRAITS.items():
        assert found.loc[start, end] == pytest.approx(nautical * KM_PER_NM, rel=0.12), strait


def test_path_runs_from_place_to_place_and_is_as_long_as_the_distance(ports, found_km):
    start, end = (tuple(ports.loc[PORT[name]]) for name in ("Tokyo", "Kitakyushu"))
    path = seaway.sea_path(data_folder(), start, end)
    assert tuple(path[0]) == start
    assert tuple(path[-1]) == end
    steps_km = np.linalg.norm(np.diff(on_sphere(path[:, 0], path[:, 1]), axis=0), axis=1)
    assert steps_km.max() < 10
    assert steps_km.sum() == pytest.approx(found_km.loc["Tokyo", "Kitakyushu"], rel=1e-3)


def test_port_far_from_water_is_named():
    inland = pd.DataFrame({"lat": [36.24, 35.0], "lon": [137.97, 139.3]}, index=["Suwa", "Atami"])
    with pytest.raises(NetworkError, match=r"ports 'Suwa' lie further than 15 km from water"):
        seaway.sea_distances(data_folder(), inland)


def test_missing_raster_is_missing_data(tmp_path, ports):
    with pytest.raises(MissingDataError, match="raster of land shares"):
        seaway.sea_distances(tmp_path, ports)
    with pytest.raises(MissingDataError, match="raster of land shares"):
        seaway.sea_path(tmp_path, (35.0, 139.0), (34.0, 139.0))


WEST = (34.0, 138.5)
EAST = (34.0, 139.5)


def written(folder, land):
    """Write `land` [%], 100 x 100 cells of 0.02 degree round 34 N, 139 E, and return `folder`."""
    profile = {"driver": "GTiff", "width": 100, "height": 100, "count": 1, "dtype": "uint8"}
    grid = Affine(0.02, 0, 138.0, 0, -0.02, 35.0)
    path = folder / "land_fraction.tif"
    with rasterio.open(path, "w", **profile, nodata=255, transform=grid, crs="EPSG:4326") as raster:
        raster.write(land, 1)
    return folder


def wall(gap_rows):
    """Return a wall of 0.04 degree from north to south with water in its last `gap_rows`."""
    land = np.zeros((100, 100), "uint8")
    land[: 100 - gap_rows, 50:52] = 100
    return land


def between(folder, places):
    """Return the distance of two `places` of `folder` [km]."""
    return seaway.sea_distances(folder, pd.DataFrame(places, columns=["lat", "lon"]))[0, 1]


@pytest.mark.parametrize("end", [(34.0, 139.5), (34.7, 138.5), (34.6, 139.2), (34.2, 139.4)])
def test_open_water_is_crossed_straight(tmp_path, end):
    folder = written(tmp_path, np.full((100, 100), 255, "uint8"))
    ends = np.array([(33.6, 138.3), end])
    straight_km = np.linalg.norm(np.diff(on_sphere(ends[:, 0], ends[:, 1]), axis=0))
    assert straight_km - 3 < between(folder, ends) < straight_km * 1.03 + 3


def test_ship_goes_round_land_and_never_over_it(tmp_path):
    detour_km = between(written(tmp_path, wall(10)), [WEST, EAST])
    corner = np.array([WEST, (33.2, 139.02), EAST])
    round_km = np.linalg.norm(np.diff(on_sphere(corner[:, 0], corner[:, 1]), axis=0), axis=1).sum()
    assert detour_km == pytest.approx(round_km, rel=0.05)


def test_water_behind_land_is_not_the_open_sea(tmp_path):
    land = wall(0)
    land[:, 80:] = 100
    with pytest.raises(NetworkError, match="that leads to the open sea"):
        between(written(tmp_path, land), [WEST, (34.0, 139.3)])


def test_step_never_jumps_a_wall_one_cell_thick():
    number = np.arange(25, dtype=np.int32).reshape(5, 5)
    number[:, 2] = -1
    u, v = seaway.sea_steps(number, np.full(5, 34.0)).nonzero()
    columns = {(a % 5 < 2, b % 5 < 2) for a, b in zip(u, v, strict=True)}
    assert columns == {(True, True), (False, False)}


def test_step_is_as_long_as_its_direction_says():
    number = np.arange(9, dtype=np.int32).reshape(3, 3)
    steps = seaway.sea_steps(number, np.zeros(3)).toarray()
    side_km = steps[0, 1]
    assert side_km == pytest.approx(seaway.STEP_M / 1000, rel=2e-3)  # at the equator
    assert steps[0, 3] == pytest.approx(side_km)
    assert steps[0, 4] == pytest.approx(np.sqrt(2) * side_km)
    assert steps[0, 5] == pytest.approx(np.sqrt(5) * side_km)
    assert steps[0, 2] == steps[0, 8] == 0  # two straight steps, no step of its own
    assert np.array_equal(steps, steps.T)


def refuse(raster):
    raise AssertionError(f"{raster} was searched again")


def test_distances_are_searched_once_for_one_raster(tmp_path, monkeypatch):
    folder = written(tmp_path, wall(10))
    first = between(folder, [WEST, EAST])
    monkeypatch.setattr(seaway, "seaway", refuse)
    assert between(folder, [WEST, EAST]) == first
    with pytest.raises(AssertionError, match="searched again"):
        between(folder, [WEST, (34.0, 139.6)])
    written(tmp_path, wall(20))
    with pytest.raises(AssertionError, match="searched again"):
        between(folder, [WEST, EAST])


def test_distances_from_a_point_are_a_row_of_all(tmp_path):
    folder = written(tmp_path, wall(10))
    places = pd.DataFrame([WEST, EAST, (33.4, 139.0)], columns=["lat", "lon"], index=list("abc"))
    every = seaway.sea_distances(folder, places)
    for name, other in pairwise("abc"):
        row = seaway.sea_distances_from(folder, places.loc[name], places)
        assert row.shape == (3,)
        position = places.index.get_loc(other)
        assert row[position] == pytest.approx(every[places.index.get_loc(name), position])
