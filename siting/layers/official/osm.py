"""Read extracts of OpenStreetMap, ``.osm.pbf`` or ``.osm``, with the driver of GDAL."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from siting.errors import LayerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from siting.layers.official import Dataset

AREAS = (
    "aeroway,amenity,boundary,building,craft,geological,historic,landuse,leisure,military,natural,"
    "office,place,shop,sport,tourism"
)
"""Keys that make a closed way an area, as the driver takes them by default."""


def read_osm(paths: Iterable[Path], dataset: Dataset) -> gpd.GeoDataFrame:
    """Return the features of `dataset` in all extracts: osm_id, name and its keys; EPSG:4326.

    Raises
    ------
    LayerError
        If an extract cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "osm.ini"
        settings.write_text(settings_of(dataset), encoding="utf-8")
        frames = [
            read_shapes(path, shapes, dataset, settings)
            for path in paths
            for shapes in dataset.shapes
        ]
    found = pd.concat(frames, ignore_index=True)
    return gpd.GeoDataFrame(found.drop_duplicates("osm_id"), crs="EPSG:4326")


def settings_of(dataset: Dataset) -> str:
    """Return settings of the driver under which the keys of `dataset` are columns."""
    keys = ",".join(["name", *dataset.tags])
    lines = [f"closed_ways_are_polygons={AREAS}", "attribute_name_laundering=no"]
    for shapes in dataset.shapes:
        lines += [f"[{shapes}]", "osm_id=yes", f"attributes={keys}", "other_tags=no"]
    return "\n".join(lines) + "\n"


def read_shapes(path: Path, shapes: str, dataset: Dataset, settings: Path) -> gpd.GeoDataFrame:
    """Return the features of one kind that have a value that is kept.

    The driver is asked in SQL, so that it passes over the kinds that are not asked for.
    """
    conditions = [
        f'"{key}" IN ({", ".join(repr(value) for value in values)})'
        for key, values in dataset.tags.items()
    ]
    sql = f'SELECT * FROM "{shapes}" WHERE {" OR ".join(conditions)}'
    try:
        frame = pyogrio.read_dataframe(path, sql=sql, CONFIG_FILE=str(settings))
    except (DataSourceError, DataLayerError) as error:
        text = f"cannot be read ({' '.join(str(error).split())})."
        raise LayerError.of_file(path, [f"{text} Fetch it again."]) from None
    way = frame["osm_way_id"] if "osm_way_id" in frame else frame["osm_id"]
    frame["osm_id"] = frame["osm_id"].fillna(way)
    return frame[["osm_id", "name", *dataset.tags, "geometry"]]
