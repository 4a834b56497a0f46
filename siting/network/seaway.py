"""Shortest ways over water, from the raster of land shares: what a ship sails between two places.

The raster is drawn anew on a Mercator grid, which keeps angles, so that a step is as long in every
direction: a ship may turn into sixteen, and its way is within 3 % of the straight one over open
water. A cell may be sailed where land fills less than `LAND_LIMIT` of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.ndimage import label
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from siting.errors import MissingDataError, NetworkError, some
from siting.layers.land import RASTER
from siting.network.cache import cached, content_hash
from siting.network.road import EARTH_RADIUS_KM, on_sphere

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]

MERCATOR = "EPSG:3857"
MERCATOR_RADIUS_M = 6_378_137.0
STEP_M = 3000.0
"""Size of a cell in Mercator metres; on the ground 2.7 km at Okinawa, 2.1 km at Hokkaido."""

LAND_LIMIT = 70.0
"""A cell with less land [%] may be sailed. Straits of the Inland Sea are narrower than a cell: at
60 % Kanmon is closed, at 85 % a way leads over Okinawa island."""

SNAP_KM = 15.0
"""Furthest from a port to water a ship can reach [km]."""

STEPS: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {
    (0, 1): (),
    (1, 0): (),
    (1, 1): (),
    (1, -1): (),
    (1, 2): ((0, 1), (1, 1)),
    (1, -2): ((0, -1), (1, -1)),
    (2, 1): ((1, 0), (1, 1)),
    (2, -1): ((1, 0), (1, -1)),
}
"""Half of the sixteen steps (rows, columns), and the cells between which each passes."""


class Grid(NamedTuple):
    """Share of land by Mercator cell [%], and where the rows and columns lie [degree]."""

    land: npt.NDArray[np.float32]
    lat: Array
    lon: Array


class Seaway(NamedTuple):
    """The cells of the open sea: a search tree, where they lie, and the steps between them [km]."""

    tree: KDTree
    lat: Array
    lon: Array
    steps: csr_array


@dataclass(frozen=True)
class Sailed:
    """Distances as the cache keeps them, shape (origins, destinations)."""

    distance_km: Array


def sea_distances(folder: Path, points: pd.DataFrame) -> Array:
    """Return the sailing distance [km] between each two of `points`, from the cache.

    Parameters
    ----------
    folder : where the raster of land shares lies
    points : index id; lat, lon [degree]

    Returns
    -------
    (points, points), symmetric, zero on the diagonal.

    Raises
    ------
    MissingDataError
        If the folder has no raster of land shares.
    NetworkError
        If a point has no water that leads to the open sea within `SNAP_KM`.
    """
    return mutual(sea_distances_between(folder, points, points))


def mutual(found_km: Array) -> Array:
    """Return a square matrix as exactly symmetric, with a zero diagonal.

    The sum along a way depends in its last digit on where it starts.
    """
    both_km = (found_km + found_km.T) / 2
    np.fill_diagonal(both_km, 0.0)
    return both_km


def sea_distances_from(folder: Path, point: pd.Series[float], points: pd.DataFrame) -> Array:
    """Return the sailing distance [km] from `point` (lat, lon) to each of `points`, cached.

    Raises as `sea_distances` does.
    """
    return sea_distances_between(folder, point.to_frame().T, points).ravel()


def sea_distances_between(folder: Path, origins: pd.DataFrame, destinations: pd.DataFrame) -> Array:
    """Return the sailing distance [km] from each of `origins` to each of `destinations`.

    One search is made per origin: pass the shorter list first. The result is kept in the cache
    of the raster and the places. Raises as `sea_distances` does.
    """
    raster = found_raster(folder)
    ends = [places[["lat", "lon"]].to_numpy(float) for places in (origins, destinations)]
    settings = repr((STEP_M, LAND_LIMIT, SNAP_KM))
    key = content_hash(raster.read_bytes(), *(end.tobytes() for end in ends), settings)

    def compute() -> Sailed:
        return Sailed(searched(seaway(raster), origins, destinations))

    return cached(f"seaway-{key}", compute, Sailed).distance_km


def found_raster(folder: Path) -> Path:
    """Return the path of the raster of land shares in `folder`, or raise `MissingDataError`."""
    if not (raster := folder / RASTER).is_file():
        msg = f"{raster}: not found, expected the raster of land shares. Run `make layers`."
        raise MissingDataError(msg)
    return raster


def searched(sea: Seaway, origins: pd.DataFrame, destinations: pd.DataFrame) -> Array:
    """Return the distances [km]; the straight way from a place to its cell counts."""
    start, start_km = moored(sea, origins)
    end, end_km = moored(sea, destinations)
    # one origin at a time: the distances to all cells of many would fill the memory
    rows = [dijkstra(sea.steps, indices=cell)[end] for cell in start]
    return np.asarray(np.add.outer(start_km, end_km) + np.array(rows))


def sea_path(folder: Path, start: tuple[float, float], end: tuple[float, float]) -> Array:
    """Return the way from `start` to `end`, each (lat, lon), as rows of lat and lon [degree].

    Raises as `sea_distances` does.
    """
    import pandas as pd

    sea = seaway(found_raster(folder))
    ends = pd.DataFrame([start, end], columns=["lat", "lon"], index=["start", "end"])
    (first, last), _ = moored(sea, ends)
    _, before = dijkstra(sea.steps, indices=first, return_predecessors=True)
    cells = [last]
    while cells[-1] != first:
        cells.append(before[cells[-1]])
    way = np.column_stack([sea.lat[cells], sea.lon[cells]])[::-1]
    return np.vstack([start, way, end])


def moored(sea: Seaway, places: pd.DataFrame) -> tuple[Index, Array]:
    """Return the nearest cell of the open sea to each place, and the distance to it [km]."""
    where = (places[column].to_numpy(float) for column in ("lat", "lon"))
    found_km, cell = sea.tree.query(on_sphere(*where))
    if (far := ~(found_km <= SNAP_KM)).any():
        raise NetworkError(
            f"network: ports {some(places.index[far])} lie further than {SNAP_KM:g} km from water "
            "that leads to the open sea, expected a quay. Correct lat and lon."
        )
    return np.asarray(cell, dtype=np.int64), np.asarray(found_km, dtype=float)


def seaway(raster: Path) -> Seaway:
    """Return the open sea of the `raster` of land shares: its largest body of water."""
    grid = mercator(raster)
    bodies, _ = label(grid.land < LAND_LIMIT, np.ones((3, 3)))
    sizes = np.bincount(bodies.ravel())
    sizes[0] = 0  # label 0 is land
    row, column = np.nonzero(bodies == sizes.argmax())
    lat, lon = grid.lat[row], grid.lon[column]
    number = np.full(grid.land.shape, -1, dtype=np.int32)
    number[row, column] = np.arange(len(row))
    return Seaway(KDTree(on_sphere(lat, lon)), lat, lon, sea_steps(number, grid.lat))


def mercator(raster: Path) -> Grid:
    """Return the `raster` of land shares on a Mercator grid, each cell the mean of what it covers.

    Where the raster has no value there is no land: it is cut to the coasts of Japan.
    """
    import rasterio
    from rasterio.warp import Resampling, reproject

    with rasterio.open(raster) as given:
        share = given.read(1)
        share = np.where(share == given.nodata, 0, share).astype(np.float32) * given.scales[0]
        source, crs, box = given.transform, given.crs, given.bounds
    west, east = MERCATOR_RADIUS_M * np.radians([box.left, box.right])
    south, north = MERCATOR_RADIUS_M * np.arctanh(np.sin(np.radians([box.bottom, box.top])))
    land = np.zeros((int((north - south) // STEP_M), int((east - west) // STEP_M)), np.float32)
    reproject(
        share,
        land,
        src_transform=source,
        src_crs=crs,
        dst_transform=rasterio.Affine(STEP_M, 0.0, west, 0.0, -STEP_M, north),
        dst_crs=MERCATOR,
        resampling=Resampling.average,
    )
    y = north - (np.arange(land.shape[0]) + 0.5) * STEP_M
    x = west + (np.arange(land.shape[1]) + 0.5) * STEP_M
    lat = np.degrees(np.arcsin(np.tanh(y / MERCATOR_RADIUS_M)))
    return Grid(land, lat, np.degrees(x / MERCATOR_RADIUS_M))


def sea_steps(number: npt.NDArray[np.int32], row_lat: Array) -> csr_array:
    """Return the length of every step between cells, both ways [km].

    A long step passes between two cells; both must be water, or it would jump over an isthmus.
    """
    side_km = STEP_M / MERCATOR_RADIUS_M * EARTH_RADIUS_KM * np.cos(np.radians(row_lat))
    starts, ends, lengths = [], [], []
    for (down, right), between in STEPS.items():
        target = shifted(number, down, right)
        free = (number >= 0) & (target >= 0)
        for passed in between:
            free &= shifted(number, *passed) >= 0
        row, column = np.nonzero(free)
        starts.append(number[row, column])
        ends.append(target[row, column])
        lengths.append(np.hypot(down, right) * (side_km[row] + side_km[row + down]) / 2)
    u, v, km = np.concatenate(starts), np.concatenate(ends), np.concatenate(lengths)
    ways = (np.concatenate([u, v]), np.concatenate([v, u]))
    count = int(number.max()) + 1
    return csr_array((np.concatenate([km, km]), ways), shape=(count, count))


def shifted(number: npt.NDArray[np.int32], down: int, right: int) -> npt.NDArray[np.int32]:
    """Return for each cell the number of the one `down` and `right` of it; -1 off the grid."""
    rows, columns = number.shape
    found = np.full_like(number, -1)
    west, east = max(0, -right), columns - max(0, right)
    found[: rows - down, west:east] = number[down:, west + right : east + right]
    return found
