"""Prefecture outlines: the main land mass of each, from the package japanmap."""

from importlib import import_module
from typing import Any

import shapely

PREFECTURES = 47


def land_masses() -> dict[str, Any]:
    """Return the outline polygon of each prefecture by its two-digit code.

    The rings are japanmap's own. A ring that crosses itself is repaired, and the sliver
    it then sheds (at most 0.02 % of the area) is dropped.
    """
    try:
        japanmap: Any = import_module("japanmap")
    except ImportError:
        msg = (
            "data/build: japanmap is not installed; it holds the prefecture outlines. "
            'Install the build-time extra: pip install -e ".[layers]".'
        )
        raise SystemExit(msg) from None
    rings = japanmap.pref_points(japanmap.get_data())
    assert len(rings) == PREFECTURES, f"japanmap gives {len(rings)} rings, expected {PREFECTURES}"
    return {f"{number:02d}": repaired(ring) for number, ring in enumerate(rings, start=1)}


def repaired(ring: list[tuple[float, float]]) -> Any:
    """Return the valid polygon inside `ring`."""
    polygon = shapely.Polygon(ring)
    parts = getattr(shapely.make_valid(polygon), "geoms", [shapely.make_valid(polygon)])
    largest = max((part for part in parts if part.geom_type == "Polygon"), key=shapely.area)
    assert largest.area > 0.999 * shapely.make_valid(polygon).area, "an outline fell apart"
    return largest
