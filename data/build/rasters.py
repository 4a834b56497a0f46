"""Three rasters on one grid of 0.02 degree: land, distance to the coast, heavy rain."""

from dataclasses import dataclass
from pathlib import Path

import rasterio
from files import CRS, SOURCES, replace_file
from rasterio.io import MemoryFile


@dataclass(frozen=True)
class Raster:
    """How one raster is tagged: value x `scale` is in `unit`."""

    file: str
    description: str
    unit: str
    scale: float
    source: str
    confidence: str


RASTERS = {
    "land_fraction": Raster(
        "landfrac_0p02deg.tif",
        "share of the cell that is land",
        "%",
        1.0,
        "GLOBE 30 arc-second land mask, package global-land-mask",
        "published",
    ),
    "coast_distance": Raster(
        "coastdist_0p02deg.tif",
        "distance from the cell to the coast",
        "km",
        0.1,
        "computed on the GLOBE land mask",
        "estimate",
    ),
    "heavy_rain": Raster(
        "rain_r001_0p02deg.tif",
        "rain rate exceeded during 0.01 % of an average year",
        "mm/h",
        0.1,
        "ITU-R P.837-7, package itur",
        "published",
    ),
}


def write_raster(name: str, out: Path) -> Path:
    """Write the raster `name` with its meaning in its tags."""
    raster = RASTERS[name]
    with rasterio.open(SOURCES / raster.file) as given, MemoryFile() as memory:
        profile = given.profile | {"crs": CRS, "compress": "deflate", "predictor": 2}
        with memory.open(**profile) as copy:
            copy.write(given.read(1), 1)
            copy.descriptions = (f"{raster.description} [{raster.unit}]",)
            copy.units, copy.scales = (raster.unit,), (raster.scale,)
            copy.update_tags(source=raster.source, confidence=raster.confidence)
        return replace_file(out / f"{name}.tif", memory.read())


def cells(path: Path) -> int:
    """Return the number of cells with a value."""
    with rasterio.open(path) as raster:
        return int((raster.read(1) != raster.nodata).sum())
