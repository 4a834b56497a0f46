"""Make what was read a layer: checked, in the project's CRS, with valid shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from siting.errors import LayerError
from siting.layers.spec import CODE_DIGITS, LAT, LON, LayerSpec, code_faults, nearest, place_faults
from siting.layers.spec import CRS as PROJECT_CRS

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

WHOLLY = 0.95
"""Share of a prefecture inside the frame of a layer from which it counts as covered [-]."""

RESERVED = ["fid", "FID", "ogc_fid"]
"""Columns in which a GeoPackage numbers its rows."""

Bounds = tuple[float, float, float, float]


class Need(NamedTuple):
    """What something asks of a layer.

    Attributes
    ----------
    asker : what asks, such as a criterion of screening.
    kinds : what the layer may be.
    columns : columns it must have if it is features or a table.
    """

    asker: str
    kinds: frozenset[str]
    columns: frozenset[str]


def usable_crs(text: str) -> str:
    """Return `text` if it names a CRS, or raise `LayerError`."""
    try:
        CRS.from_user_input(text)
    except CRSError:
        raise LayerError(f"--crs is '{text}', expected a code such as EPSG:6668.") from None
    return text


def sound_features(frame: gpd.GeoDataFrame, place: str) -> gpd.GeoDataFrame:
    """Return the features of `frame` in EPSG:4326: flat, valid, none empty.

    Raises
    ------
    LayerError
        If nothing is left, features lie outside Japan, or codes are broken.
    """
    flat = frame.to_crs(PROJECT_CRS)
    flat = flat[flat.geometry.notna() & ~flat.geometry.is_empty]
    if flat.empty:
        raise LayerError.of_file(
            place, ["no feature has a shape, expected some. Bring another file."]
        )
    flat = flat.drop(columns=[name for name in RESERVED if name in flat]).reset_index(drop=True)
    geometry = shapely.force_2d(flat.geometry.to_numpy())
    broken = ~shapely.is_valid(geometry)
    geometry[broken] = shapely.make_valid(
        geometry[broken], method="structure", keep_collapsed=False
    )
    flat = flat.set_geometry(geometry, crs=PROJECT_CRS)
    if found := [*place_faults(flat), *codes_broken(flat)]:
        raise LayerError.of_file(place, found)
    return flat


def codes_broken(frame: Any) -> list[str]:
    """Return the faults of the columns of `frame` that are called as JIS codes are."""
    spec = LayerSpec("", None, (), {})
    found = [name for name in CODE_DIGITS if name in frame]
    return [fault for name in found for fault in code_faults(frame[name], spec)]


def bounds_in_japan(bounds: Bounds, crs: str, place: str) -> Bounds:
    """Return `bounds` in EPSG:4326, or raise `LayerError` if nothing of them is in Japan."""
    to_lonlat = Transformer.from_crs(crs, PROJECT_CRS, always_xy=True)
    west, south, east, north = to_lonlat.transform_bounds(*bounds)
    if east < LON[0] or west > LON[1] or north < LAT[0] or south > LAT[1]:
        spot = f"west {west:.2f}, south {south:.2f}, east {east:.2f}, north {north:.2f}"
        raise LayerError.of_file(place, [f"lies at {spot}, expected Japan. Correct its CRS."])
    return west, south, east, north


def covered_prefectures(bounds: Bounds, prefectures: gpd.GeoDataFrame) -> list[str]:
    """Return the codes of the prefectures that lie in the frame `bounds` [degree], nearly whole."""
    shapes = prefectures.geometry.to_numpy()
    inside = shapely.area(shapely.intersection(shapes, shapely.box(*bounds)))
    return [str(code) for code in prefectures.index[inside >= WHOLLY * shapely.area(shapes)]]


def need_faults(
    kind: str, columns: Collection[str], needs: Collection[Need], name: str
) -> list[str]:
    """Return what a layer called `name` lacks of what is asked of it."""
    found = []
    for need in needs:
        if kind not in need.kinds:
            wanted = " or ".join(sorted(need.kinds))
            text = f"'{name}' is a {kind}, and {need.asker} needs a {wanted}."
            found.append(f"{text} Bring that, or choose another name: --as NAME.")
        elif kind != "raster" and (lacking := need.columns - set(columns)):
            text = f"column '{min(lacking)}' is missing, and {need.asker} reads it."
            found.append(f"{text} {nearest(set(lacking), Columns(columns))}")
    return found


class Columns(NamedTuple):
    """The names of columns, as a table has them."""

    columns: Collection[str]
