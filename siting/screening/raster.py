"""What a raster says of a zone: exact shares of pixels, in the raster's own CRS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import rasterio
import shapely
from exactextract import exact_extract
from exactextract.feature import Feature, FeatureSource
from pyproj import Transformer

from siting.errors import LayerError
from siting.screening.cell import CRS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from siting.screening.cell import Grid

    Array = npt.NDArray[np.float64]

OPERATIONS = {"mean": "mean", "lowest": "min", "highest": "max", "sum": "sum"}
"""Measure to the operation of exactextract."""

ALIGNED = 1e-6
"""A grid is that of the cells if its corners are off by less [pixels]."""


class Zone(Feature):  # type: ignore[misc]
    """One polygon, as exactextract reads it."""

    def __init__(self, number: int, wkb: bytes) -> None:
        super().__init__()
        self.number, self.wkb = number, wkb

    def geometry(self) -> bytes:
        """Return the polygon as WKB."""
        return self.wkb

    def get(self, _: str) -> int:
        """Return the only column: the number."""
        return self.number

    def fields(self) -> list[str]:
        """Return the names of the columns."""
        return ["zone"]


class Zones(FeatureSource):  # type: ignore[misc]
    """Many polygons; handing over WKB takes a fifth of the time that GeoJSON takes."""

    def __init__(self, polygons: Sequence[bytes], crs: str) -> None:
        super().__init__()
        self.polygons, self.crs = polygons, crs

    def count(self) -> int:
        """Return how many there are."""
        return len(self.polygons)

    def __iter__(self) -> Iterator[Zone]:
        return (Zone(number, wkb) for number, wkb in enumerate(self.polygons))

    def srs_wkt(self) -> str:
        """Return their CRS."""
        return self.crs


def zone_values(path: Path, grid: Grid, measure: str, within_km: float | None) -> Array:
    """Return the `measure` of the raster at `path` in each cell, or circle around its middle.

    A pixel counts by the exact share of it that lies in the zone. Cells without any value are
    NaN; of a sum, those beyond the raster: a pixel without people has often no value. Where a
    raster lies on the grid of the cells, a cell is one pixel and is read as it is.

    Raises
    ------
    LayerError
        If the raster cannot be read or has no CRS.
    """
    try:
        with rasterio.open(path) as raster:
            if raster.crs is None:
                text = "it has no CRS, and none is assumed. Write it into the file"
                raise LayerError(f"{path}: {text}: gdal_edit.py -a_srs EPSG:6668 {path.name}.")
            if within_km is None and aligned(raster, grid):
                return pixel_values(raster, grid)
            crs, bounds = raster.crs, raster.bounds
    except rasterio.RasterioIOError as error:
        raise LayerError(f"{path}: cannot be read ({error}). Fetch it again.") from None
    zones = grid.boxes() if within_km is None else grid.circles(within_km)
    if str(crs) != CRS:
        to_raster = Transformer.from_crs(CRS, crs, always_xy=True)
        zones = shapely.transform(zones, to_raster.transform, interleaved=False)
    found = exact_extract(
        str(path),
        Zones(list(shapely.to_wkb(zones)), crs.to_wkt()),
        [OPERATIONS[measure]],
        include_cols=["zone"],
        output="pandas",
        strategy="raster-sequential",
    ).set_index("zone")
    values = np.asarray(found.iloc[:, 0].reindex(range(len(zones))), dtype=float)
    if measure == "sum":
        middle = shapely.centroid(zones)
        inside = shapely.intersects(shapely.box(*bounds), middle)
        return np.where(inside, np.nan_to_num(values), np.nan)
    return values


def aligned(raster: Any, grid: Grid) -> bool:
    """Return whether every cell of `grid` is a pixel of `raster`."""
    own, other = raster.transform, grid.transform
    if str(raster.crs) != CRS or own.b or own.d:
        return False
    steps = ((own.c - other.c) / other.a, (own.f - other.f) / other.e)
    same_size = np.allclose([own.a / other.a, own.e / other.e], 1, atol=ALIGNED / max(grid.shape))
    return bool(same_size and np.allclose(steps, np.round(steps), atol=ALIGNED))


def pixel_values(raster: Any, grid: Grid) -> Array:
    """Return the pixel of each cell, in the raster's unit; NaN outside it and without a value."""
    own, other = raster.transform, grid.transform
    row = grid.cells["row"].to_numpy() + round((other.f - own.f) / own.e)
    column = grid.cells["column"].to_numpy() + round((other.c - own.c) / own.a)
    inside = (row >= 0) & (row < raster.height) & (column >= 0) & (column < raster.width)
    band = raster.read(1, masked=True).astype(float).filled(np.nan)
    values = np.full(len(row), np.nan)
    values[inside] = band[row[inside], column[inside]] * raster.scales[0] + raster.offsets[0]
    return values
