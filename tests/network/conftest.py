"""The road graph and the halls it must join, each read once."""

import pandas as pd
import pytest

from siting.layers import data_folder
from siting.layers.read import read_layer
from siting.layers.spec import MUNICIPALITIES
from siting.network.road import RoadGraph, find_roads


@pytest.fixture(scope="session")
def roads(tmp_path_factory: pytest.TempPathFactory) -> RoadGraph:
    """Return the shipped road graph; the cache is the session's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITING_CACHE", str(tmp_path_factory.getbasetemp() / "siting-cache"))
        return find_roads(data_folder() / "roads.graphml.gz")


@pytest.fixture(scope="session")
def halls() -> pd.DataFrame:
    """Return the halls of all municipalities: lat, lon, by_ferry."""
    layer = read_layer(data_folder(), MUNICIPALITIES)
    by_ferry = layer["access_mode"] == "ferry"
    return pd.DataFrame({"lat": layer.geometry.y, "lon": layer.geometry.x, "by_ferry": by_ferry})
