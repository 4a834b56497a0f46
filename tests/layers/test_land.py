"""Land is told from sea, land made from the sea included."""

import math

import numpy as np
import pytest
import rasterio
from affine import Affine

from siting.errors import MissingDataError
from siting.layers.land import distance_to_land_km, on_land

IN_THE_SEA = {
    "Suruga Bay": (34.85, 138.60),
    "Sea of Enshu": (34.50, 137.00),
    "Sea of Japan off Noto": (38.50, 137.50),
    "Sea of Japan": (39.00, 135.00),
    "Pacific": (33.00, 142.00),
}


@pytest.mark.parametrize("name", ["eco_towns", "recycling_ports", "case_study_sites"])
def test_every_known_site_stands_on_land(layers, name):
    places = getattr(layers, name).geometry
    assert on_land(layers.folder, places.y, places.x).all()


def test_every_municipal_hall_stands_on_land(layers):
    halls = layers.municipalities.geometry
    assert on_land(layers.folder, halls.y, halls.x).all()


@pytest.mark.parametrize("place", IN_THE_SEA)
def test_the_sea_is_no_site(folder, place):
    assert not on_land(folder, *IN_THE_SEA[place]).any()


@pytest.fixture
def one_island(tmp_path):
    """Return a folder whose raster holds one land cell, 139.00-139.02 E, 35.00-35.02 N."""
    share = np.zeros((1, 50, 50), "uint8")
    share[0, 25, 25] = 1
    profile = {"driver": "GTiff", "width": 50, "height": 50, "count": 1, "dtype": "uint8"}
    grid = Affine(0.02, 0, 138.5, 0, -0.02, 35.52)
    path = tmp_path / "land_fraction.tif"
    with rasterio.open(path, "w", **profile, transform=grid, crs="EPSG:4326") as raster:
        raster.write(share)
    return tmp_path


def test_distance_runs_from_the_edge_of_the_cell(one_island):
    inside, north, west = distance_to_land_km(
        one_island, [35.01, 35.12, 35.01], [139.01, 139.01, 138.90]
    )
    degree_km = math.pi * 6371.0088 / 180
    assert inside == 0
    assert north == pytest.approx(0.10 * degree_km, rel=1e-3)
    assert west == pytest.approx(0.10 * degree_km * math.cos(math.radians(35.01)), rel=1e-3)


def test_missing_raster_is_missing_data(tmp_path):
    with pytest.raises(MissingDataError, match="raster of land shares"):
        on_land(tmp_path, 35.0, 139.0)
