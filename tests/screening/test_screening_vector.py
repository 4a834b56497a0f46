"""Distances, shares and highest values of features are those computed by hand."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from siting.errors import LayerError
from siting.layers.where import matching
from siting.screening.vector import covered_share, distance_km, highest, within_bounds


def test_distance_to_points_and_to_lines_is_that_of_the_earth(grid):
    lon, lat = grid.cells["lon"].to_numpy(), grid.cells["lat"].to_numpy()
    meridian = np.full(6, 133.5)
    _, _, metres = Geod(ellps="GRS80").inv(lon, lat, meridian, lat)
    points = distance_km(grid, shapely.points(meridian, lat))
    assert points == pytest.approx(metres / 1000, rel=0.005)
    line = np.array([shapely.LineString([(133.5, 30), (133.5, 40)])], dtype=object)
    assert distance_km(grid, line) == pytest.approx(metres / 1000, rel=0.01)


def test_distance_inside_an_area_is_nothing(grid):
    area = np.array([shapely.box(133, 35, 134.2, 36)], dtype=object)
    found = distance_km(grid, area)
    assert found[[0, 3]].tolist() == [0, 0]
    assert (found[[1, 2, 4, 5]] > 0).all()


def test_share_counts_what_two_areas_cover_once(grid):
    areas = np.array([shapely.box(134, 35, 134.3, 36), shapely.box(134.2, 35.9, 134.3, 36)])
    assert covered_share(grid, areas).tolist() == pytest.approx([1, 0.5, 0, 1, 0.5, 0])


def test_highest_value_is_taken_and_nothing_where_no_area_is(grid):
    areas = gpd.GeoDataFrame(
        {"depth_m": ["0.5", "3"]},
        geometry=[shapely.box(134, 35.9, 134.1, 36), shapely.box(134.05, 35.85, 134.3, 35.95)],
        crs="EPSG:4326",
    )
    assert highest(grid, areas, "depth_m", "flood").tolist() == [3, 3, 0, 0, 0, 0]
    with pytest.raises(LayerError, match="no column 'depth'"):
        highest(grid, areas, "depth", "flood")


def test_cells_beyond_the_frame_of_a_layer_are_not_covered(grid):
    frame = np.array([shapely.box(134, 35.8, 134.05, 36)])
    assert within_bounds(grid, frame).tolist() == [True, False, False, True, False, False]


def test_filter_takes_one_value_or_several_and_tells_what_there_is():
    frame = gpd.GeoDataFrame(
        {"code": [10, 11, 12]}, geometry=gpd.points_from_xy([1, 2, 3], [1, 2, 3])
    )
    assert matching(frame, {"code": [11, "12"]}, "zones").index.tolist() == [1, 2]
    with pytest.raises(LayerError, match=r"no feature is left with code = 9; there is '10', '11'"):
        matching(frame, {"code": 9}, "zones")
    with pytest.raises(LayerError, match="zones: no column 'kode'"):
        matching(frame, {"kode": 9}, "zones")
