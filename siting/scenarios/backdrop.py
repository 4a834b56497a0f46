"""What a map shows behind a plan: prefecture outlines and the approved eco-towns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.assemble.candidate.source import eco_town_names
from siting.errors import SitingError
from siting.layers import data_folder
from siting.layers.read import read_layer
from siting.layers.spec import ECO_TOWNS, PREFECTURES

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from siting.layers import Layers


def outlines(layers: Layers | None) -> gpd.GeoDataFrame | None:
    """Return the prefecture outlines; for a study without layers the shipped ones, if any."""
    if layers:
        return layers.prefectures.reset_index()
    try:
        return read_layer(data_folder(), PREFECTURES).reset_index()
    except SitingError:
        return None


def eco_towns(layers: Layers | None) -> pd.DataFrame | None:
    """Return the approved eco-towns; for a study without layers the shipped ones, if any."""
    try:
        towns = layers.eco_towns if layers else read_layer(data_folder(), ECO_TOWNS)
    except SitingError:
        return None
    names_ja, names_en = eco_town_names(towns)
    columns = {"name_ja": names_ja, "name_en": names_en}
    spots = {"lat": towns.geometry.y, "lon": towns.geometry.x}
    return towns.drop(columns="geometry").assign(**columns, **spots)[[*columns, *spots]]
