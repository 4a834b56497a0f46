"""What the map shows at first, and what its inset shows."""

import pandas as pd

MAIN_ISLANDS_LAT = 30.0
"""The first view leaves out what lies south of this, if most of the study lies north [degree]."""

SOUTH_WEST_LON = 132.0
"""What the first view leaves out west of this goes into an inset [degree]."""

LEAST_VIEW_DEG = 0.2
"""The first view of a study in one spot is at least this wide and high [degree]."""

JAPAN_LAT, JAPAN_LON = (20.0, 46.0), (122.0, 154.0)
"""Where Japan lies [degree]."""


def first_view(places: pd.DataFrame) -> list[list[float]]:
    """Return south-west and north-east corner of the main islands, or of the whole study.

    Ports overseas are left out: they are reached by moving the map.
    """
    places = places[places["lat"].between(*JAPAN_LAT) & places["lon"].between(*JAPAN_LON)]
    north = places[places["lat"] >= MAIN_ISLANDS_LAT]
    shown = north if len(north) * 2 > len(places) else places
    if shown.empty:
        return [[30.9, 129.3], [45.6, 145.9]]
    low, high = shown[["lat", "lon"]].min(), shown[["lat", "lon"]].max()
    pad = ((LEAST_VIEW_DEG - (high - low)) / 2).clip(lower=0.0)
    return [[round(float(v), 4) for v in corner] for corner in (low - pad, high + pad)]


def inset(places: pd.DataFrame) -> list[list[float]] | None:
    """Return the corners of the south-western islands if the first view leaves them out."""
    (south, _), _ = first_view(places[places["kind"] != "candidate"])
    left_out = places[(places["lat"] < south) & (places["lon"] < SOUTH_WEST_LON)]
    return None if left_out.empty else first_view(left_out)
