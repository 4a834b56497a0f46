"""Prefecture outlines as short lists of whole numbers."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import geopandas as gpd

STEP_DEG = 0.001
"""Grid the corners are rounded to, about 100 m [degree]."""

TOLERANCE_DEG = 0.004
"""A line may leave its original by this much, under a pixel on the whole map [degree]."""

SMALLEST_DEG2 = 0.0008
"""Islands below this area, about 8 km2, are left out unless nothing else is there [degree²]."""


def prefecture_rings(outlines: "gpd.GeoDataFrame | None") -> list[dict[str, Any]]:
    """Return for each prefecture its names and rings, in order of its code.

    A ring is lon, lat of the first corner and then the steps to each next one, all in
    units of ``STEP_DEG``.
    """
    if outlines is None:
        return []
    return [
        {"name": [row.name_ja, row.name_en], "rings": rings(row.geometry)}
        for row in outlines.sort_values("pref_code").itertuples()
    ]


def rings(geometry: Any) -> list[list[int]]:
    """Return the outer rings of a polygon or of many, simplified and rounded."""
    shape = geometry.simplify(TOLERANCE_DEG)
    parts = sorted(getattr(shape, "geoms", [shape]), key=lambda part: -part.area)
    kept = [part for part in parts if part.area >= SMALLEST_DEG2] or parts[:1]
    return [steps(np.asarray(part.exterior.coords)[:, :2]) for part in kept if not part.is_empty]


def steps(corners: np.ndarray) -> list[int]:
    """Return the first corner and the steps between corners, without steps of nothing."""
    grid = np.rint(corners / STEP_DEG).astype(int)
    moves = np.diff(grid, axis=0)
    moves = moves[np.any(moves != 0, axis=1)]
    return [int(number) for number in np.vstack([grid[:1], moves]).ravel()]
