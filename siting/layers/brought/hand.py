"""Take over a file that lies at hand: an official one, or any layer a user has."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pyogrio
import rasterio
from pyogrio.errors import DataSourceError
from rasterio.errors import RasterioIOError

from siting.errors import LayerError, some
from siting.layers.brought.download import Original
from siting.layers.brought.make import official_layer
from siting.layers.brought.registry import Brought, Said
from siting.layers.brought.shape import (
    bounds_in_japan,
    codes_broken,
    sound_features,
    usable_crs,
)
from siting.layers.catalog import checksum
from siting.layers.official import Dataset, dataset_of, find_dataset
from siting.layers.official.archive import read_features
from siting.layers.read import UNREADABLE, csv

if TYPE_CHECKING:
    from pathlib import Path

RASTERS = (".tif", ".tiff", ".vrt", ".img", ".asc")
NAME = re.compile(r"[a-z][a-z0-9_]*")
PREFECTURE = re.compile(r"_(0[1-9]|[1-3]\d|4[0-7])(?=[_.])")
"""Code of a prefecture in the name of an official file that is of one."""

WORDS = {"source": "--source", "licence": "--licence"}
"""What must be said of a layer that is no official one."""


def import_layer(
    path: Path, name: str | None = None, crs: str | None = None, said: dict[str, str] | None = None
) -> Brought:
    """Return the layer that the file at `path` becomes.

    Parameters
    ----------
    name : what it is to be called; the name of the official layer, or of the file, if none.
    crs : CRS of a file that does not say its own.
    said : of a layer that is no official one: source and licence, and if known title_ja, title_en,
        url and vintage.

    Raises
    ------
    LayerError
        If the file cannot be read, is no layer of Japan, or it is not said whose it is.
    """
    if not path.is_file():
        raise LayerError.of_file(path, ["there is no such file. Correct the name."])
    if crs:
        usable_crs(crs)
    original = (Original(path, "", checksum(path)),)
    raster = path.suffix.lower() in RASTERS
    dataset = None if raster else estat_of(path) or dataset_of(path, name)
    called = usable_name(name or (dataset.name if dataset else path.stem.lower()))
    if dataset:
        own = dataset.model_copy(update={"crs": crs or dataset.crs})
        brought = official_layer(own, original, called)
        found = PREFECTURE.findall(path.name) if "prefecture" in dataset.holes else []
        return replace(brought, covers=tuple(found[:1]))
    whose = words_of(called, said or {})
    if raster:
        bounds = raster_bounds(path)
        return Brought(called, path, whose, original, bounds)
    if path.suffix.lower() == ".csv":
        return table_layer(path, called, whose, original)
    frame = sound_features(read_features([one_layer(path)], plain(called, crs)), str(path))
    return Brought(called, frame, whose, original, tuple(frame.total_bounds))


def estat_of(path: Path) -> Dataset | None:
    """Return the data set of tables of e-Stat if the file at `path` is one."""
    ending, start = path.suffix.lower(), path.read_bytes()[:65536]
    marks = {".json": b"GET_STATS_DATA", ".csv": b"area_code"}
    return find_dataset("estat") if ending in marks and marks[ending] in start else None


def usable_name(name: str) -> str:
    """Return `name` if a layer may be called so, or raise `LayerError`."""
    if NAME.fullmatch(name):
        return name
    text = f"a layer cannot be called '{name}', expected small letters, digits and _."
    raise LayerError(f"{text} Name it: --as NAME.")


def words_of(name: str, said: dict[str, str]) -> Said:
    """Return what is said of a layer, or raise `LayerError` if it is not said whose it is."""
    if lacking := [option for key, option in WORDS.items() if not said.get(key)]:
        text = f"'{name}' is no official layer: it must be said whose it is, and on what terms."
        raise LayerError(f"{text} Add {' and '.join(lacking)}.")
    rest = {"title_ja": name, "title_en": name, "url": "", "vintage": "unknown"}
    return Said(**rest | said)


def raster_bounds(path: Path) -> tuple[float, float, float, float]:
    """Return the frame [degree] of the raster at `path`, or raise `LayerError`."""
    try:
        with rasterio.open(path) as raster:
            if raster.crs is None:
                text = "it has no CRS, and none is assumed. Write it into the file"
                raise LayerError.of_file(
                    path, [f"{text}: gdal_edit.py -a_srs EPSG:6668 {path.name}."]
                )
            if raster.count != 1:
                text = f"has {raster.count} bands, expected one."
                raise LayerError.of_file(path, [f"{text} Write the one out: gdal_translate -b 1."])
            return bounds_in_japan(tuple(raster.bounds), str(raster.crs), str(path))
    except RasterioIOError as error:
        raise LayerError.of_file(path, [f"cannot be read ({error}). Fetch it again."]) from None


def table_layer(path: Path, name: str, said: Said, original: tuple[Original, ...]) -> Brought:
    """Return the layer of a CSV file: points if it has lat and lon, else a table."""
    try:
        table: Any = csv(path)
    except UNREADABLE as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise LayerError.of_file(
            path, [f"cannot be read ({reason}). Save it as CSV in UTF-8."]
        ) from None
    if {"lat", "lon"} <= set(table.columns):
        points = gpd.points_from_xy(table["lon"], table["lat"])
        bare = table.drop(columns=["lat", "lon"])
        frame = sound_features(gpd.GeoDataFrame(bare, geometry=points, crs="EPSG:4326"), str(path))
        return Brought(name, frame, said, original, tuple(frame.total_bounds))
    if found := codes_broken(table) or ([] if len(table) else ["it has no rows. Bring some."]):
        raise LayerError.of_file(path, found)
    return Brought(name, table, said, original)


def one_layer(path: Path) -> Path:
    """Return `path` if it holds one layer or is an archive, or raise `LayerError`."""
    if path.suffix.lower() in {".zip", ".gml", ".xml"}:
        return path
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
    except DataSourceError as error:
        text = f"cannot be read ({' '.join(str(error).split())})."
        raise LayerError.of_file(path, [f"{text} Bring a layer that GDAL reads."]) from None
    if len(names) > 1:
        text = f"has layers {some(names)}, expected one."
        raise LayerError.of_file(
            path, [f"{text} Write one out: ogr2ogr one.gpkg {path.name} LAYER."]
        )
    return path


def plain(name: str, crs: str | None) -> Dataset:
    """Return how a file is read that is no official one: everything in it as it stands."""
    words = {"title_ja": "", "title_en": "", "code": "", "vintage": "", "page": "", "licence": ""}
    rest = {"name": name, "reader": "ksj", "files": (), "source": "", "crs": crs}
    return Dataset.model_validate(words | rest)
