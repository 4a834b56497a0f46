"""Layers as `siting layers import` writes them count in a screening at once."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from siting.config_screening import Criterion
from siting.errors import LayerError
from siting.figures import params_folder
from siting.layers.brought import import_layer, register
from siting.screening import screen
from siting.screening.library import Library
from siting.screening.measure import municipal
from siting.screening.need import layer_needs
from siting.screening.raster import zone_values

SHIKOKU = ("36", "37", "38", "39")


def screened(config, layers):
    return screen(config, config.study, layers, params_folder(config.path), lambda _: None)


def ksj(path, columns, *shapes):
    """Write an archive of 国土数値情報 with one file of GeoJSON."""
    frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"20_想定最大規模/{path.stem}.geojson", frame.to_json())
    path.write_bytes(content.getvalue())
    return path


def brought(path, folder, covers=SHIKOKU):
    """Import the file at `path` into `folder` as of the prefectures `covers`."""
    found = import_layer(path)
    return register(replace(found, covers=covers), folder)


def test_official_flood_areas_and_estates_count(written, layers, tmp_path):
    here = shapely.box(132.70, 33.80, 132.74, 33.84)
    flood = ksj(tmp_path / "A31a-25_38_10.zip", {"A31a_205": [4]}, here)
    brought(flood, tmp_path / "mine")
    rows = {"L05_001": ["1"], "L05_002": ["団地"], "L05_003": ["38201"]}
    estates = ksj(tmp_path / "L05-1-09_38.zip", rows, shapely.box(133.2, 33.9, 133.21, 33.91))
    brought(estates, tmp_path / "mine")
    park = "{title_ja: 工業団地, title_en: Estate, layer: industrial_parks, measure: distance}"
    more = f"  layers: mine\n  only: [flood_depth, park]\n  criteria: {{park: {park}}}\n"
    found = screened(written(more), layers)
    cells, depth = found.grid.cells, found.amounts["flood_depth"]
    assert depth.notna().all()  # also far from every flood area: the layer speaks of Shikoku
    inside = cells["lat"].between(33.80, 33.84) & cells["lon"].between(132.70, 132.74)
    assert inside.sum() == 4
    assert (depth[inside] == 10.0).all()
    assert found.fails["flood_depth"][inside].all()
    assert (
        "「国土数値情報（洪水浸水想定区域データ）」" in found.criteria.loc["flood_depth", "source"]
    )
    nearest = found.amounts["park"].idxmin()
    assert abs(cells.loc[nearest, ["lat", "lon"]] - [33.905, 133.205]).max() < 0.02


def test_layer_of_one_prefecture_says_nothing_of_the_others(written, layers, tmp_path):
    shape = shapely.box(132.70, 33.80, 132.74, 33.84)
    path = ksj(tmp_path / "A40-16_38_GML.zip", {"A40_003": ["3m以上4m未満"]}, shape)
    entry = register(import_layer(path), tmp_path / "mine")
    assert entry.covers == ("38",)
    more = "  layers: mine\n  only: [tsunami_depth]\n"
    with pytest.raises(LayerError, match=r"'tsunami' covers 3\d% .* 香川県"):
        screened(written(more), layers)
    more += "  criteria: {tsunami_depth: {uncovered: neutral}}\n"
    found = screened(written(more), layers)
    in_ehime = found.grid.cells["pref_code"] == "38"
    assert (found.amounts["tsunami_depth"].notna() == in_ehime).all()


def library(layers, folder, entry):
    """Return the shipped layers and the one of `entry` in `folder`."""
    return Library(layers, {entry.name: (folder, entry)}, frozenset({entry.name}))


def test_table_of_e_stat_gives_the_figure_of_the_municipality(grid, layers, tmp_path):
    areas = [{"@code": code, "@name": f"{code}市"} for code in ("31201", "31202")]
    figures = [{"@area": "31201", "$": "7,000"}, {"@area": "31202", "$": "9"}]
    data = {"RESULT_INF": {}, "CLASS_INF": {"CLASS_OBJ": {"@id": "area", "CLASS": areas}}}
    data["DATA_INF"] = {"VALUE": figures}
    answer = {"GET_STATS_DATA": {"RESULT": {"STATUS": 0}, "STATISTICAL_DATA": data}}
    (tmp_path / "a.json").write_text(json.dumps(answer), encoding="utf-8")
    entry = register(import_layer(tmp_path / "a.json", "workers"), tmp_path / "mine")
    mine = library(layers, tmp_path / "mine", entry)
    asked = Criterion(layer="workers", measure="municipality", column="value")
    assert municipal(asked, grid, mine).tolist() == [7000.0] * 6
    asked = Criterion(layer="workers", measure="municipality", column="people")
    with pytest.raises(LayerError, match="workers: no column 'people', expected one of 'value'"):
        municipal(asked, grid, mine)


def test_table_without_codes_has_no_municipalities(grid, layers, tmp_path):
    (tmp_path / "a.csv").write_text("town,jobs\n31201,5\n", encoding="utf-8")
    whose = {"source": "県", "licence": "CC BY 4.0"}
    entry = register(import_layer(tmp_path / "a.csv", said=whose), tmp_path / "mine")
    asked = Criterion(layer="a", measure="municipality", column="jobs")
    with pytest.raises(LayerError, match="no column 'code' with every municipality once"):
        municipal(asked, grid, library(layers, tmp_path / "mine", entry))


def test_population_of_the_standard_grid_is_counted_around_a_cell(grid, tmp_path):
    rows = [f"{mesh}00001,1" for mesh in (5333, 5334, 5335, 5233, 5234, 5235)]
    text = "\n".join(["KEY_CODE,T001141001", *rows, "533462841,700"])  # at 35.9 N, 134.3 E
    (tmp_path / "tblT001141H5334.txt").write_text(text, encoding="cp932")
    entry = register(import_layer(tmp_path / "tblT001141H5334.txt"), tmp_path / "mine")
    people = zone_values(tmp_path / "mine" / entry.file, grid, "sum", 15.0)
    assert people.tolist() == pytest.approx([0, 700, 0, 0, 0, 0])


def test_needs_are_those_of_the_criteria_of_that_layer():
    params = params_folder(Path("study.yaml"))
    (need,) = layer_needs(params, "flood")
    assert (need.asker, need.columns) == ("flood_depth", frozenset({"depth_m"}))
    assert {one.asker for one in layer_needs(params, "population")} == {
        "population_500m",
        "population_5km",
    }
    (use,) = layer_needs(params, "use_districts")
    assert use.columns == {"code"}
    assert layer_needs(params, "mine") == []
