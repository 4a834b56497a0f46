"""Zonal values are those computed by hand, whatever grid and CRS the raster has."""

import numpy as np
import pytest
from pyproj import Transformer
from screening_case import at_corner, write_raster

from siting.errors import LayerError
from siting.screening.raster import zone_values

CELLS = np.array([[1.0, 2.0, 3.0], [4.0, -9.0, 6.0]])
UTM = "EPSG:6690"


def test_raster_on_the_grid_of_the_cells_is_read_as_it_is(tmp_path, grid):
    wide = np.pad(CELLS, 1, constant_values=99.0)
    path = write_raster(tmp_path / "a.tif", wide, at_corner(133.8, 36.2, 0.2), "EPSG:4326")
    found = zone_values(path, grid, "mean", None)
    assert found.tolist() == pytest.approx([1, 2, 3, 4, np.nan, 6], nan_ok=True)


def test_raster_off_the_grid_counts_by_the_share_of_each_pixel(tmp_path, grid):
    # shifted half a pixel east: the west half of the first cell lies outside, the second
    # cell is half 1 and half 2; below it only 4 is known
    path = write_raster(tmp_path / "a.tif", CELLS, at_corner(134.1, 36, 0.2), "EPSG:4326")
    mean = zone_values(path, grid, "mean", None)
    assert mean.tolist() == pytest.approx([1, 1.5, 2.5, 4, 4, 6])
    assert zone_values(path, grid, "highest", None).tolist() == pytest.approx([1, 2, 3, 4, 4, 6])
    assert zone_values(path, grid, "lowest", None).tolist() == pytest.approx([1, 1, 2, 4, 4, 6])


def test_finer_pixels_are_averaged(tmp_path, grid):
    fine = np.arange(24.0).reshape(4, 6)
    path = write_raster(tmp_path / "a.tif", fine, at_corner(134, 36, 0.1), "EPSG:4326")
    # first cell: 0, 1, 6, 7
    found = zone_values(path, grid, "mean", None)
    assert found.tolist() == pytest.approx([3.5, 5.5, 7.5, 15.5, 17.5, 19.5])


def test_raster_in_another_crs_gives_the_same_values(tmp_path, grid):
    # one field, east plus twice north, sampled every 250 m in UTM and every 0.002 degree
    def field(lon, lat):
        return 10 * (lon - 134) + 20 * (36 - lat)

    corner = Transformer.from_crs("EPSG:4326", UTM, always_xy=True).transform(133.8, 36.2)
    east, north = np.round(corner, -3)
    x, y = east + 250 * (np.arange(400) + 0.5), north - 250 * (np.arange(400) + 0.5)
    lon, lat = Transformer.from_crs(UTM, "EPSG:4326", always_xy=True).transform(*np.meshgrid(x, y))
    flat = write_raster(tmp_path / "a.tif", field(lon, lat), at_corner(east, north, 250), UTM)
    lon, lat = np.meshgrid(
        134 + 0.002 * (np.arange(300) + 0.5), 36 - 0.002 * (np.arange(200) + 0.5)
    )
    where = at_corner(134, 36, 0.002)
    plain = write_raster(tmp_path / "b.tif", field(lon, lat), where, "EPSG:4326")
    middle = field(grid.cells["lon"], grid.cells["lat"]).to_numpy()
    assert zone_values(plain, grid, "mean", None) == pytest.approx(middle, abs=1e-9)
    assert zone_values(flat, grid, "mean", None) == pytest.approx(middle, abs=0.005)


def test_sum_within_a_radius_is_that_of_the_circle(tmp_path, grid):
    # 100 persons in every pixel of 250 m: 1,600 per km2, so 5 km hold 1,600 x 25 pi
    people = np.full((500, 500), 100.0)
    corner = Transformer.from_crs("EPSG:4326", UTM, always_xy=True).transform(133.7, 36.3)
    where = at_corner(*np.round(corner, -3), 250)
    path = write_raster(tmp_path / "a.tif", people, where, UTM)
    found = zone_values(path, grid, "sum", 5.0)
    assert found == pytest.approx(np.full(6, 1600 * 25 * np.pi), rel=0.005)


def test_sum_where_nothing_is_known_is_nothing_inside_the_raster_and_unknown_outside(
    tmp_path, grid
):
    people = np.full((2, 2), -9.0)
    path = write_raster(tmp_path / "a.tif", people, at_corner(134, 36, 0.2), "EPSG:4326")
    found = zone_values(path, grid, "sum", 0.5)
    assert found.tolist() == pytest.approx([0, 0, np.nan, 0, 0, np.nan], nan_ok=True)


def test_raster_without_crs_is_told(tmp_path, grid):
    path = write_raster(tmp_path / "a.tif", CELLS, at_corner(134, 36, 0.2), None)
    with pytest.raises(LayerError, match="has no CRS"):
        zone_values(path, grid, "mean", None)
