"""Land and sea: how far a point lies from the nearest land, from the raster of land shares."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import rasterio
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from siting.errors import MissingDataError

RASTER = "land_fraction.tif"
EARTH_RADIUS_KM = 6371.0088
NEIGHBOURS = 9  # the nearest cell by its edge is among the nearest by their centres

TOLERANCE_KM = 3.0
"""Land made since the mask was drawn reaches about this far out (ports of Tokyo Bay)."""


class Land(NamedTuple):
    """The cells that hold land: a search tree, their centres and half their size [degree]."""

    tree: cKDTree
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    half_degree: float


def distance_to_land_km(folder: Path, lat: ArrayLike, lon: ArrayLike) -> NDArray[np.float64]:
    """Return the distance [km] of each point to the nearest cell with land; 0 inside one.

    A cell of 0.02 degree counts as land if any of it is. Only Japan is in the raster.

    Raises
    ------
    MissingDataError
        If the folder has no raster of land shares.
    """
    land = land_cells(folder / RASTER)
    north, east = np.atleast_1d(np.asarray(lat, float)), np.atleast_1d(np.asarray(lon, float))
    nearest = range(1, 1 + min(NEIGHBOURS, len(land.lat)))
    _, near = land.tree.query(directions(north, east), k=nearest)
    centre_lat, centre_lon = land.lat[near], land.lon[near]
    edge_lat = np.clip(north[:, None], centre_lat - land.half_degree, centre_lat + land.half_degree)
    edge_lon = np.clip(east[:, None], centre_lon - land.half_degree, centre_lon + land.half_degree)
    chord = directions(edge_lat, edge_lon) - directions(north, east)[:, None, :]
    half = np.clip(np.linalg.norm(chord, axis=2).min(axis=1) / 2, 0.0, 1.0)
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(half))


def on_land(
    folder: Path, lat: ArrayLike, lon: ArrayLike, tolerance_km: float = TOLERANCE_KM
) -> NDArray[np.bool_]:
    """Return whether each point lies on land or within `tolerance_km` of it."""
    return distance_to_land_km(folder, lat, lon) <= tolerance_km


@lru_cache(maxsize=2)
def land_cells(path: Path) -> Land:
    """Return the cells of the raster at `path` that hold land."""
    if not path.is_file():
        msg = f"{path}: not found, expected the raster of land shares. Run `python data/build`."
        raise MissingDataError(msg)
    with rasterio.open(path) as raster:
        share, grid = raster.read(1), raster.transform
        row, column = np.nonzero((share > 0) & (share != raster.nodata))
    lon, lat = grid.c + (column + 0.5) * grid.a, grid.f + (row + 0.5) * grid.e
    return Land(cKDTree(directions(lat, lon)), lat, lon, grid.a / 2)


def directions(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the unit vector from the earth's centre to each point [degree]."""
    north, east = np.radians(lat), np.radians(lon)
    axes = (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north))
    return np.stack(axes, axis=-1)
