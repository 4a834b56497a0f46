"""Read the source tables and write the layers so that the same input gives the same bytes."""

import gzip
import os
import tempfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

SOURCES = Path(__file__).resolve().parents[1] / "sources"
GIS = Path(__file__).resolve().parents[1] / "gis"

CRS = "EPSG:4326"
CODE_WIDTHS = {"code": 5, "muni_code": 5, "pref_code": 2}

# GeoPackage stores the time of writing; a fixed one keeps the file's sha256 stable.
pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2025-01-01T00:00:00Z"})


def read_source(name: str) -> pd.DataFrame:
    """Return the table `name` of ``data/sources``, its codes as zero-padded strings."""
    frame = pd.read_csv(SOURCES / name, dtype=dict.fromkeys(CODE_WIDTHS, str))
    for column in frame.columns.intersection(list(CODE_WIDTHS)):
        frame[column] = frame[column].str.zfill(CODE_WIDTHS[column])
    return frame


def points(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return `frame` with its ``lat`` and ``lon`` [degree] turned into a geometry."""
    geometry = gpd.points_from_xy(frame["lon"], frame["lat"])
    return gpd.GeoDataFrame(frame.drop(columns=["lat", "lon"]), geometry=geometry, crs=CRS)


def replace_file(path: Path, content: bytes) -> Path:
    """Write `content` to `path` in one step: a failed run leaves the earlier file."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)
    return path


def write_layer(frame: gpd.GeoDataFrame, out: Path, name: str) -> Path:
    """Write `frame` as the one layer `name` of ``<out>/<name>.gpkg``."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / f"{name}.gpkg"
        pyogrio.write_dataframe(frame, part, layer=name, driver="GPKG")
        return replace_file(out / f"{name}.gpkg", part.read_bytes())


def write_table(frame: pd.DataFrame, out: Path, name: str) -> Path:
    """Write `frame` as ``<out>/<name>.csv``."""
    text = frame.to_csv(index=False, lineterminator="\n")
    return replace_file(out / f"{name}.csv", text.encode())


def zipped(content: bytes) -> bytes:
    """Return `content` compressed by gzip without a time or a file name in its header."""
    return gzip.compress(content, compresslevel=9, mtime=0)
