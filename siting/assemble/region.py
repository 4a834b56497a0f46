"""Which region's figure a place uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    from siting.figures import Figures
    from siting.layers import Layers

STAND_IN = {
    "Okinawa": "Kyushu",
    "Koshinetsu": "Chubu",
    "Tokai": "Chubu",
    "Hokuriku": "Chubu",
    "Kansai": "Kinki",
}
"""The wider region whose figure a region uses where a table has none of its own."""


def regional(figures: Figures, key: str, unit: str, regions: pd.Series) -> pd.Series:
    """Return the figure `key` in `unit`, with ``{region}`` filled in, for each of `regions`.

    An empty `key` is no cost: 0.
    """
    if not key:
        return pd.Series(0.0, index=regions.index)
    keys = {name: key_for(figures, key, name) for name in regions.unique()}
    amounts = {name: figures.amount(own, unit) for name, own in keys.items()}
    return regions.map(amounts).astype(float)


def key_for(figures: Figures, key: str, region: str) -> str:
    """Return `key` for `region`, or for the wider region that stands in for it."""
    own = key.format(region=region)
    return own if own in figures else key.format(region=STAND_IN.get(region, region))


def tariff_index(figures: Figures, regions: pd.Series) -> npt.NDArray[np.float64]:
    """Return the truck tariff index of each of `regions` [-]."""
    key = "transport/truck/regional_tariff_index_{region}"
    keys = {name: key_for(figures, key, name) for name in regions.unique()}
    other = key.format(region="other")
    found = {name: own if own in figures else other for name, own in keys.items()}
    index = {name: figures.amount(own, "1") for name, own in found.items()}
    return np.asarray(regions.map(index), dtype=float)


def with_region(places: pd.DataFrame, layers: Layers) -> pd.DataFrame:
    """Return `places` with the region, price region and factors of their prefecture."""
    columns = ["region", "industrial_land_price_jpy_per_m2", "wage_index"]
    return places.join(layers.prefectures[columns], on="pref_code")
