"""What features say of a cell: how far the nearest is, how much they cover, their highest value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer
from scipy.spatial import KDTree

from siting.errors import LayerError
from siting.network.road import on_sphere

if TYPE_CHECKING:
    import geopandas as gpd

    from siting.screening.cell import Grid

    Array = npt.NDArray[np.float64]

MERCATOR = "EPSG:3857"
EARTH_RADIUS_KM = 6371.0088
WEB_RADIUS_KM = 6378.137
"""Radius of the sphere of ``MERCATOR``, on which a length is cos(lat) of that on the map [km]."""


def distance_km(grid: Grid, shapes: npt.NDArray[np.object_]) -> Array:
    """Return the straight distance [km] from the middle of each cell to the nearest of `shapes`.

    Points are measured on the sphere; lines and areas on a Mercator map at the scale of the cell,
    which is right to 1 % up to 100 km. Inside an area it is 0.
    """
    lat, lon = grid.cells["lat"].to_numpy(), grid.cells["lon"].to_numpy()
    if np.all(shapely.get_type_id(shapes) == shapely.GeometryType.POINT):
        tree = KDTree(on_sphere(shapely.get_y(shapes), shapely.get_x(shapes)))
        chord, _ = tree.query(on_sphere(lat, lon))
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(chord / (2 * EARTH_RADIUS_KM)))
    to_map = Transformer.from_crs("EPSG:4326", MERCATOR, always_xy=True).transform
    flat = shapely.transform(shapes, to_map, interleaved=False)
    points = shapely.points(*to_map(lon, lat))
    _, found = shapely.STRtree(flat).query_nearest(points, all_matches=False, return_distance=True)
    scale = np.cos(np.radians(lat)) * EARTH_RADIUS_KM / WEB_RADIUS_KM
    return np.asarray(found / 1000 * scale, dtype=float)


def covered_share(grid: Grid, shapes: npt.NDArray[np.object_]) -> Array:
    """Return the share of each cell that areas cover; what two of them cover counts once [-]."""
    boxes = grid.boxes()
    cell, shape = shapely.STRtree(shapes).query(boxes, predicate="intersects")
    pieces = pd.DataFrame({"cell": cell, "piece": shapely.intersection(boxes[cell], shapes[shape])})
    several = pieces["cell"].duplicated(keep=False)
    area = np.zeros(len(boxes))
    single = pieces[~several]
    area[single["cell"]] = shapely.area(single["piece"].to_numpy())
    for number, part in pieces[several].groupby("cell")["piece"]:
        area[number] = shapely.area(shapely.union_all(part.to_numpy()))
    return np.asarray(area / shapely.area(boxes))


def highest(grid: Grid, areas: gpd.GeoDataFrame, column: str | None, place: str) -> Array:
    """Return the highest value in `column` among the features in each cell; 0 where none is.

    Raises
    ------
    LayerError
        If there is no such column, or it holds something else than numbers.
    """
    if column not in areas.columns:
        raise LayerError(f"{place}: no column '{column}' to take the highest value of. Name it.")
    values = pd.to_numeric(areas[column], errors="coerce")
    if values.isna().any():
        odd = areas[column][values.isna()].iloc[0]
        raise LayerError(
            f"{place}: {column} is '{odd}' in a feature, expected numbers. Correct it."
        )
    shapes = areas.geometry.to_numpy()
    cell, shape = shapely.STRtree(shapes).query(grid.boxes(), predicate="intersects")
    found = np.zeros(len(grid.cells))
    np.maximum.at(found, cell, values.to_numpy(float)[shape])
    return found


def within_bounds(grid: Grid, shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Return whether each cell lies in the frame around `shapes`, a cell's width added."""
    west, south, east, north = shapely.total_bounds(shapes)
    lat, lon = grid.cells["lat"], grid.cells["lon"]
    pad = grid.transform.a
    inside = lon.between(west - pad, east + pad) & lat.between(south - pad, north + pad)
    return np.asarray(inside, dtype=bool)
