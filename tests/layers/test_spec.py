"""Each way to break a layer is one fault in words."""

import geopandas as gpd
import pytest
from shapely import LineString

from siting.layers.spec import EPSG, PORTS, faults


@pytest.fixture
def ports(layers) -> gpd.GeoDataFrame:
    """Return the ports as they come from a file, with their key as a column."""
    return layers.ports.reset_index()


def test_good_layer_has_no_fault(ports):
    assert faults(ports, PORTS) == []


def test_missing_crs_is_not_assumed(ports):
    bare = ports.set_crs(None, allow_override=True)
    assert ["it has no CRS" in fault for fault in faults(bare, PORTS)] == [True]


def test_wrong_crs_is_named_with_its_repair(ports):
    (fault,) = faults(ports.to_crs(EPSG + 2352), PORTS)
    assert "CRS is EPSG:6678, expected EPSG:4326" in fault
    assert "ogr2ogr -t_srs" in fault


def test_integer_code_is_refused_with_a_hint(ports):
    (fault,) = faults(ports.astype({"muni_code": int}), PORTS)
    assert "muni_code is '1202', '1203'" in fault
    assert "Store muni_code as text" in fault


def test_other_geometry_is_refused(ports):
    ports.loc[[3], "geometry"] = [LineString([(0, 0), (1, 1)])]
    assert faults(ports, PORTS) == ["rows '3' are not of type Point, expected it. Redraw them."]


def test_missing_column_is_named(ports):
    (fault,) = faults(ports.drop(columns="port_class"), PORTS)
    assert fault.startswith("columns 'port_class' are missing")


def test_doubled_key_is_named(ports):
    ports.loc[1, "port_id"] = "P001"
    (fault,) = faults(ports, PORTS)
    assert fault.startswith("key 'P001' stands twice")


def test_words_in_a_number_column_are_named(ports):
    (fault,) = faults(ports.assign(cargo_mt="much"), PORTS)
    assert fault == "cargo_mt is 'much', expected numbers. Correct the cells."


def test_empty_cells_are_refused_unless_the_value_may_be_unknown(ports):
    ports.loc[0, ["name_ja", "cargo_mt"]] = None
    (fault,) = faults(ports, PORTS)
    assert fault.startswith("name_ja is empty in rows '0'")
