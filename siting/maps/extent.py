"""What the map shows at first, and what its insets show."""

from typing import Any, NamedTuple

import pandas as pd

MAIN_ISLANDS_LAT = 30.0
"""The first view leaves out what lies south of this, if most of the study lies north [degree]."""

LEAST_VIEW_DEG = 0.2
"""The first view of a study in one spot is at least this wide and high [degree]."""

JAPAN_LAT, JAPAN_LON = (20.0, 46.0), (122.0, 154.0)
"""Where Japan lies [degree]."""


class Islands(NamedTuple):
    """Islands with an inset of their own: key of their name, and the longitudes they lie in."""

    name: str
    west: float
    east: float


ISLANDS = (Islands("south_west", 122.0, 132.0), Islands("ogasawara", 138.0, 154.0))


def first_view(places: pd.DataFrame) -> list[list[float]]:
    """Return south-west and north-east corner of the main islands, or of the whole study.

    Ports overseas are left out: they are reached by moving the map.
    """
    places = places[places["lat"].between(*JAPAN_LAT) & places["lon"].between(*JAPAN_LON)]
    north = places[places["lat"] >= MAIN_ISLANDS_LAT]
    shown = north if len(north) * 2 > len(places) else places
    return corners(shown) if len(shown) else [[30.9, 129.3], [45.6, 145.9]]


def corners(places: pd.DataFrame) -> list[list[float]]:
    """Return the south-west and north-east corner of `places`, not too near to each other."""
    low, high = places[["lat", "lon"]].min(), places[["lat", "lon"]].max()
    pad = ((LEAST_VIEW_DEG - (high - low)) / 2).clip(lower=0.0)
    return [[round(float(v), 4) for v in corner] for corner in (low - pad, high + pad)]


def insets(places: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the name and corners of each group of islands that the first view leaves out."""
    places = places[places["kind"] != "candidate"]
    (south, _), _ = first_view(places)
    left_out = places[places["lat"].between(JAPAN_LAT[0], south, inclusive="left")]
    found = [(name, left_out[left_out["lon"].between(west, east)]) for name, west, east in ISLANDS]
    return [{"name": name, "view": corners(own)} for name, own in found if len(own)]
