"""The cells of land that are screened, and the municipality each belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import rasterio
import shapely
from scipy.spatial import KDTree

from siting.errors import MissingDataError
from siting.layers.land import RASTER
from siting.network.road import on_sphere

if TYPE_CHECKING:
    from siting.layers import Layers

    Array = npt.NDArray[np.float64]

CRS = "EPSG:4326"
CORNERS = 32
"""Corners of the polygon that stands for a circle."""

SLIVER = 1e-6
"""By this share a cell is drawn smaller: a pixel that rounding lets it touch is none of it [-]."""

KM_PER_DEGREE = 111.195
"""Length of a degree of latitude on the sphere of ``siting.network.road`` [km]."""


@dataclass(frozen=True)
class Grid:
    """The cells of land on the grid of the raster of land shares.

    Attributes
    ----------
    cells : index cell; row, column, lat, lon of the middle, muni_code, pref_code, region.
    transform, shape : of the whole grid, sea included.
    """

    cells: pd.DataFrame
    transform: rasterio.Affine
    shape: tuple[int, int]

    def boxes(self) -> npt.NDArray[np.object_]:
        """Return the cells as polygons in longitude and latitude."""
        half_x = self.transform.a / 2 * (1 - SLIVER)
        half_y = -self.transform.e / 2 * (1 - SLIVER)
        lon, lat = self.cells["lon"].to_numpy(), self.cells["lat"].to_numpy()
        return np.asarray(shapely.box(lon - half_x, lat - half_y, lon + half_x, lat + half_y))

    def circles(self, radius_km: float) -> npt.NDArray[np.object_]:
        """Return polygons around the middles of the cells, of the area of a circle."""
        step = 2 * np.pi / CORNERS
        reach = radius_km / KM_PER_DEGREE * np.sqrt(step / np.sin(step))
        angle = np.arange(CORNERS) * step
        lat = self.cells["lat"].to_numpy()[:, None] + reach * np.sin(angle)
        wide = reach / np.cos(np.radians(self.cells["lat"].to_numpy()))
        lon = self.cells["lon"].to_numpy()[:, None] + wide[:, None] * np.cos(angle)
        return np.asarray(shapely.polygons(np.stack([lon, lat], axis=-1)))

    def full(self, values: Array, nothing: float) -> npt.NDArray[np.float32]:
        """Return `values` of the cells on the whole grid, `nothing` elsewhere."""
        whole = np.full(self.shape, nothing, dtype=np.float32)
        whole[self.cells["row"], self.cells["column"]] = values
        return whole


def land_grid(layers: Layers, pref_codes: list[str]) -> Grid:
    """Return the cells that hold land in the prefectures `pref_codes`.

    A cell belongs to the nearest municipal hall of the prefecture its middle lies in: approximate
    catchments, not borders. Where no outline of a prefecture is, the nearest hall of all decides.
    """
    path = layers.folder / RASTER
    if not path.is_file():
        msg = f"{path}: not found, expected the raster of land shares. Run `python data/build`."
        raise MissingDataError(msg)
    with rasterio.open(path) as raster:
        share, transform = raster.read(1), raster.transform
        row, column = np.nonzero((share > 0) & (share != raster.nodata))
    lat = transform.f + (row + 0.5) * transform.e
    lon = transform.c + (column + 0.5) * transform.a
    cells = pd.DataFrame({"row": row, "column": column, "lat": lat, "lon": lon})
    cells["muni_code"] = municipality(layers, lat, lon)
    cells["pref_code"] = cells["muni_code"].str[:2]
    cells = cells[cells["pref_code"].isin(pref_codes)].reset_index(drop=True)
    cells["region"] = cells["pref_code"].map(layers.prefectures["region"])
    return Grid(cells.rename_axis("cell"), transform, share.shape)


def municipality(layers: Layers, lat: Array, lon: Array) -> npt.NDArray[np.object_]:
    """Return the code of the municipality of each point."""
    halls = layers.municipalities.geometry
    places, own = on_sphere(halls.y.to_numpy(), halls.x.to_numpy()), on_sphere(lat, lon)
    codes = halls.index.to_numpy(dtype=object)
    found = codes[KDTree(places).query(own)[1]]
    home = layers.municipalities["pref_code"]
    tree = shapely.STRtree(layers.prefectures.geometry.to_numpy())
    point, outline = tree.query(shapely.points(lon, lat), predicate="intersects")
    for number, pref in enumerate(layers.prefectures.index):
        inside = point[outline == number]
        mine = (home == pref).to_numpy()
        if len(inside):
            found[inside] = codes[mine][KDTree(places[mine]).query(own[inside])[1]]
    return np.asarray(found, dtype=object)


def cell_of(grid: Grid, lat: Array, lon: Array) -> npt.NDArray[np.int64]:
    """Return the number of the cell nearest to each point."""
    middles = on_sphere(grid.cells["lat"].to_numpy(), grid.cells["lon"].to_numpy())
    _, near = KDTree(middles).query(on_sphere(np.asarray(lat), np.asarray(lon)))
    return np.asarray(near, dtype=np.int64)
