"""Read the GML of 国土数値情報 (JPGIS 2.x), whose features point to shapes by their ids.

GDAL reads no such file: points, curves and surfaces stand beside the features, not in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import geopandas as gpd
import shapely

from siting.errors import LayerError

if TYPE_CHECKING:
    from pathlib import Path

    from siting.layers.official import Dataset

    Shapes = dict[str, shapely.Geometry]

HREF = "{http://www.w3.org/1999/xlink}href"
SHAPES = {"Point", "Curve", "OrientableCurve", "Surface"}
START_BYTES = 4096


def is_jpgis(path: Path) -> bool:
    """Return whether the file at `path` is GML of 国土数値情報."""
    with path.open("rb") as file:
        return b"ksj:Dataset" in file.read(START_BYTES)


def read_jpgis(path: Path, dataset: Dataset, place: str) -> gpd.GeoDataFrame:
    """Return the features of the GML at `path`: attributes by the names of their elements.

    Parameters
    ----------
    dataset : says which element is a feature (every one that points to a shape if none is said),
        and the CRS of the positions, which are latitude and longitude.
    place : what the file is called in messages.

    Raises
    ------
    LayerError
        If the file is not well-formed, or a feature points to no shape.
    """
    feature = dataset.feature
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise LayerError.of_file(place, [f"cannot be read ({error}). Fetch it again."]) from None
    shapes: Shapes = {}
    rows, geometry = [], []
    for element in root:
        if local(element.tag) in SHAPES:
            shapes[id_of(element)] = shape_of(element, shapes, place)
        elif shape := shape_named(element, feature):
            if shape not in shapes:
                raise LayerError.of_file(place, [lost(shape)])
            rows.append(attributes(element))
            geometry.append(shapes[shape])
    if not rows:
        text = f"holds no feature {feature}, expected some."
        raise LayerError.of_file(place, [f"{text} Bring another file."])
    return gpd.GeoDataFrame(rows, geometry=geometry, crs=dataset.crs)


def lost(shape: str) -> str:
    """Return the fault of a file that points to a `shape` it does not hold."""
    return f"points to '{shape}', which is not there. Fetch it again."


def local(tag: str) -> str:
    """Return the name of an element without its namespace, which differs between editions."""
    return tag.rsplit("}", 1)[-1]


def id_of(element: ElementTree.Element) -> str:
    """Return the ``gml:id`` of an element; empty if it has none."""
    return next((value for key, value in element.attrib.items() if local(key) == "id"), "")


def shape_of(element: ElementTree.Element, shapes: Shapes, place: str) -> shapely.Geometry:
    """Return the shape that `element` describes, by itself or by curves among `shapes`."""
    kind = local(element.tag)
    if kind == "Surface":
        rings: dict[str, list[Any]] = {"exterior": [], "interior": []}
        for ring in element.iter():
            if local(ring.tag) in rings:
                rings[local(ring.tag)].append(coordinates(ring, shapes, place))
        return shapely.Polygon(rings["exterior"][0], rings["interior"])
    positions = coordinates(element, shapes, place)
    return shapely.Point(positions[0]) if kind == "Point" else shapely.LineString(positions)


def coordinates(
    element: ElementTree.Element, shapes: Shapes, place: str
) -> list[tuple[float, float]]:
    """Return longitude and latitude [degree] of what `element` holds or points to, in order."""
    found: list[tuple[float, float]] = []
    backwards = element.get("orientation") == "-"
    for part in element.iter():
        if local(part.tag) in {"pos", "posList"}:
            numbers = [float(number) for number in (part.text or "").split()]
            more = list(zip(numbers[1::2], numbers[0::2], strict=True))
        elif (target := part.get(HREF, "")[1:]) in shapes:
            more = list(shapes[target].coords)
        elif target:
            raise LayerError.of_file(place, [lost(target)])
        else:
            continue
        found += more[1:] if found and found[-1] == more[0] else more
    return found[::-1] if backwards else found


def shape_named(element: ElementTree.Element, feature: str) -> str:
    """Return the id of the shape that a feature points to; empty if it is none that is wanted."""
    if feature and local(element.tag) != feature:
        return ""
    return next((href[1:] for part in element if (href := part.get(HREF))), "")


def attributes(element: ElementTree.Element) -> dict[str, str]:
    """Return the texts of a feature by the names of their elements."""
    return {
        local(part.tag): part.text.strip() for part in element if part.text and part.text.strip()
    }
