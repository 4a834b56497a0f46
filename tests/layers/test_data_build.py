"""The builder gives the shipped bytes again."""

import sys
import time

import generation
import geopandas as gpd
import networkx
import numpy as np
import osmnx
import outlines
import pandas as pd
import places
import pv
import pytest
import rasterio
import rasters
import roads
import sites
import trade
from files import write_layer, write_table
from geopandas.testing import assert_geodataframe_equal

LAYERS = {
    "ports": sites.ports,
    "eco_towns": sites.eco_towns,
    "sinks": sites.sinks,
    "municipalities": places.municipalities,
}

TABLES = {
    "growth": generation.growth,
    "port_services": trade.port_services,
    "overseas_ports": trade.overseas_ports,
    "overseas_distance": trade.overseas_distance,
}


def built_twice(frame, name, folder):
    """Write `frame` two times, a moment apart, and return both files."""
    (folder / "again").mkdir()
    first = write_layer(frame, folder, name)
    time.sleep(0.01)
    return first, write_layer(frame, folder / "again", name)


@pytest.mark.parametrize("name", LAYERS)
def test_layer_is_built_to_the_same_bytes(tmp_path, folder, name):
    first, second = built_twice(LAYERS[name](), name, tmp_path)
    assert first.read_bytes() == second.read_bytes()
    # across versions of GDAL the bytes may differ, the content may not
    assert_geodataframe_equal(gpd.read_file(first), gpd.read_file(folder / first.name))


@pytest.mark.parametrize(("name", "table"), TABLES.items())
def test_table_is_built_to_the_same_bytes(tmp_path, folder, name, table):
    path = write_table(table(), tmp_path, name)
    assert path.read_bytes() == (folder / path.name).read_bytes()


@pytest.mark.parametrize("name", rasters.RASTERS)
def test_raster_keeps_its_cells_and_says_its_unit(tmp_path, folder, name):
    path = rasters.write_raster(name, tmp_path)
    with rasterio.open(path) as built, rasterio.open(folder / path.name) as shipped:
        assert np.array_equal(built.read(), shipped.read())
        assert built.units == shipped.units == (rasters.RASTERS[name].unit,)
        assert built.scales == shipped.scales == (rasters.RASTERS[name].scale,)
        assert built.crs == shipped.crs


# japanmap leaves its file of points open
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_prefectures_are_built_to_the_same_bytes(tmp_path, folder):
    pytest.importorskip("japanmap")
    frame = places.prefectures(places.municipalities(), outlines.land_masses())
    first, second = built_twice(frame, "prefectures", tmp_path)
    assert first.read_bytes() == second.read_bytes()
    assert_geodataframe_equal(gpd.read_file(first), gpd.read_file(folder / first.name))


def test_missing_japanmap_is_said_with_its_repair(monkeypatch):
    monkeypatch.setitem(sys.modules, "japanmap", None)
    with pytest.raises(SystemExit, match="japanmap is not installed"):
        outlines.land_masses()


def test_every_road_runs_both_ways_with_a_time():
    graph = roads.graph()
    u, v, data = next(iter(graph.edges(data=True)))
    assert graph.has_edge(v, u)
    assert data["travel_time"] == pytest.approx(data["length"] / data["speed_kph"] * 3.6, abs=0.01)
    assert len(graph.edges) == 2 * 41_798


def test_shipped_graph_is_read_by_osmnx_as_it_is(folder):
    graph = osmnx.load_graphml(folder / roads.FILE)
    assert graph.graph["crs"] == "epsg:4326"
    assert networkx.is_strongly_connected(graph)
    ports = {data["port_id"] for _, data in graph.nodes(data=True) if "port_id" in data}
    assert len(ports) == 148


def test_weibull_life_is_the_published_one():
    assert pv.share_retired(28) == pytest.approx(1 - 2.718281828**-1)
    assert pv.share_retired(0) == 0


def test_panel_mass_falls_between_its_ends():
    assert pv.panel_t_per_mw(2005) == 75
    assert 52 < pv.panel_t_per_mw(2020) < 75
    assert pv.panel_t_per_mw(2040) == 52


def test_vintages_add_up_to_the_stock():
    stock_mw = pv.read_source("pv_kw_by_prefecture_year.csv").query("year == 2023")
    built_mw = pv.installed_mw().loc[:, :2023].sum(axis=1)
    expected = stock_mw.set_index("pref_code")["installed_kw_end_of_year"] / 1000
    assert built_mw.to_numpy() == pytest.approx(expected.to_numpy())


def test_commodity_weights_add_up_to_one():
    for commodity, parts in generation.PARTS.items():
        assert sum(weight for weight, _, _ in parts) == pytest.approx(1), commodity


def test_service_under_the_name_of_another_port_is_refused(monkeypatch):
    given = trade.read_source

    def misnamed(name):
        table = given(name)
        return table.replace({"name": {"Kobe": "Osaka"}}) if name == "port_services.csv" else table

    monkeypatch.setattr(trade, "read_source", misnamed)
    with pytest.raises(AssertionError, match=r"P063\s+Osaka"):
        trade.port_services()


def test_way_overseas_is_the_shortest_past_a_reference():
    coastal_km = trade.coastal()
    figures = {"distance_nm": [2689.0, 2889.0], "source": "", "confidence": "published"}
    reference = pd.DataFrame(figures, index=["P063", "P040"])  # Kobe, Yokohama
    port, _, distance_km, source, confidence = trade.row("x", "P061", reference, coastal_km)
    past_kobe_km = 2689 * 1.852 + coastal_km.loc["P061", "P063"]
    assert (port, confidence) == ("P061", "estimate")
    assert distance_km == pytest.approx(past_kobe_km, abs=0.05)
    assert source.startswith("distance from P063")
    assert trade.row("x", "P063", reference, coastal_km)[2] == pytest.approx(4980.0, abs=0.05)
