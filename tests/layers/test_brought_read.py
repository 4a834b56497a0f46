"""Readers of official files, on small files written here as their publishers write them."""

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from loopback import ksj_shapefile, named, osm_pbf

from siting.errors import LayerError
from siting.layers.brought import import_layer
from siting.layers.official import dataset_of, read_official
from siting.layers.official.attribute import depth_m
from siting.layers.official.mesh import grid_position

BOX = shapely.box(132.7, 33.8, 132.8, 33.9)
OTHER = shapely.box(133.0, 34.0, 133.1, 34.1)


def frame(rows: dict[str, list[object]], *shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(rows, geometry=list(shapes), crs="EPSG:6668")


def geojson(rows: dict[str, list[object]], *shapes: shapely.Geometry) -> str:
    """Return GeoJSON as 国土数値情報 writes it: with its CRS."""
    data = json.loads(frame(rows, *shapes).to_json())
    data["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6668"}}
    return json.dumps(data, ensure_ascii=False)


def test_every_name_of_the_table_is_once_and_every_page_is_said():
    datasets = read_official().datasets
    assert len({one.name for one in datasets}) == len(datasets)
    assert all(one.licence and one.source and one.page.startswith("https://") for one in datasets)
    regions = read_official().areas["region"]
    assert sorted(code for codes in regions.values() for code in codes) == [
        f"{number:02d}" for number in range(1, 48)
    ]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("N03-20250101_38_GML.zip", "municipal_borders"),
        ("C02-14_GML.zip", "ports"),
        ("N06-25_GML.zip", "interchanges"),
        ("L05-1-09_38_GML.zip", "industrial_parks"),
        ("P15-12_38_GML.zip", "landfills"),
        ("A31a-25_38_10_GEOJSON.zip", "flood"),
        ("A31-12_38_GML.zip", "flood"),
        ("A40-16_38_GML.zip", "tsunami"),
        ("tblT001141H5032.zip", "population"),
        ("A310-1.zip", None),
        ("river.gpkg", None),
    ],
)
def test_official_file_is_known_by_its_name(file, name):
    found = dataset_of(Path(file), None)
    assert (found.name if found else None) == name


def test_borders_of_a_shapefile_in_shift_jis(tmp_path):
    rows = {"N03_001": ["愛媛県"] * 2, "N03_003": [None] * 2, "N03_004": ["松山市", "所属未定地"]}
    rows |= {"N03_007": ["38201", None]}
    path = ksj_shapefile(frame(rows, BOX, OTHER), tmp_path / "N03-20250101_38.zip")
    found = import_layer(path).content
    assert found["name_ja"].tolist() == ["松山市", "所属未定地"]
    assert found["code"].isna().tolist() == [False, True]
    assert found["code"][0] == "38201"
    assert found.crs == "EPSG:4326"


def test_lost_zero_of_a_code_is_restored(tmp_path):
    rows = {"N03_001": ["北海道"], "N03_007": [1202]}
    shape = shapely.box(140.7, 41.8, 140.8, 41.9)
    path = ksj_shapefile(frame(rows, shape), tmp_path / "N03-20250101_01.zip")
    assert import_layer(path).content["code"].tolist() == ["01202"]


C02 = """<?xml version="1.0" encoding="UTF-8"?>
<ksj:Dataset gml:id="C02" xmlns:gml="http://www.opengis.net/gml/3.2"
  xmlns:ksj="http://nlftp.mlit.go.jp/ksj/schemas/ksj-app"
  xmlns:xlink="http://www.w3.org/1999/xlink">
<gml:Point gml:id="p_1"><gml:pos>33.86 132.71</gml:pos></gml:Point>
<ksj:PortAndHarbor gml:id="c_1"><ksj:position xlink:href="#p_1"/><ksj:type1>1</ksj:type1>
<ksj:type2>13</ksj:type2><ksj:administrativeAreaCode>38201</ksj:administrativeAreaCode>
<ksj:portCode>38001</ksj:portCode><ksj:portName>松山</ksj:portName></ksj:PortAndHarbor>
<ksj:HarborDistrictBoundary gml:id="b_1"><ksj:location xlink:href="#p_1"/>
</ksj:HarborDistrictBoundary></ksj:Dataset>
"""


def test_ports_of_gml_whose_features_point_to_their_places(tmp_path):
    path = tmp_path / "C02-14_GML.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("C02-14_GML/KS-META-C02-14.xml", "<meta/>")
        archive.writestr("C02-14_GML/C02-14-g.xml", C02)
    found = import_layer(path).content
    assert len(found) == 1
    row = found.iloc[0]
    assert (row["name_ja"], row["port_class"], row["muni_code"]) == ("松山", "important", "38201")
    assert (row.geometry.x, row.geometry.y) == (132.71, 33.86)


def test_curves_make_a_surface_with_a_hole(tmp_path):
    def curve(name: str, text: str) -> str:
        line = f"<gml:LineStringSegment><gml:posList>{text}</gml:posList></gml:LineStringSegment>"
        return f'<gml:Curve gml:id="{name}"><gml:segments>{line}</gml:segments></gml:Curve>'

    def ring(kind: str, *names: str) -> str:
        parts = "".join(f'<gml:curveMember xlink:href="#{name}"/>' for name in names)
        return f"<gml:{kind}><gml:Ring>{parts}</gml:Ring></gml:{kind}>"

    head = C02.partition("<gml:Point")[0]
    hole = "33.4 132.4 33.4 132.6 33.6 132.6 33.4 132.4"
    text = "".join(
        (
            head,
            curve("a", "33 132 33 133 34 133"),
            curve("b", "33 132 34 132 34 133"),
            '<gml:OrientableCurve gml:id="c" orientation="-"><gml:baseCurve xlink:href="#b"/>'
            "</gml:OrientableCurve>",
            curve("h", hole),
            f'<gml:Surface gml:id="s"><gml:patches><gml:PolygonPatch>{ring("exterior", "a", "c")}'
            f"{ring('interior', 'h')}</gml:PolygonPatch></gml:patches></gml:Surface>",
            '<ksj:ExpectedTsunamiInundatedArea gml:id="t"><ksj:bounds xlink:href="#s"/>',
            "<ksj:cassificationOfWaterDepth>3m以上 〜 4m未満</ksj:cassificationOfWaterDepth>",
            "</ksj:ExpectedTsunamiInundatedArea></ksj:Dataset>",
        )
    )
    (tmp_path / "A40-16_38.xml").write_text(text, encoding="utf-8")
    found = import_layer(tmp_path / "A40-16_38.xml").content
    assert found["depth_m"].tolist() == [4.0]
    assert found.geometry[0].area == pytest.approx(1 - 0.02)


@pytest.mark.parametrize("broken", ["#p_2", "</ksj:Dataset"])
def test_broken_gml_is_refused(tmp_path, broken):
    text = C02.replace("#p_1" if broken == "#p_2" else "</ksj:Dataset>", broken)
    (tmp_path / "C02-14-g.xml").write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match=r"C02-14-g\.xml: (points to 'p_2'|cannot be read)"):
        import_layer(tmp_path / "C02-14-g.xml")


def test_only_interchanges_in_service_are_kept_of_the_encoding_that_is_utf_8(tmp_path):
    rows = {"N06_012": [1990, 2000, 1990, 1990], "N06_014": [9999, 9999, 2005, 9999]}
    rows |= {"N06_018": ["松山", "伊予", "旧", "分岐"], "N06_019": ["1", "2", "1", "3"]}
    points = [shapely.Point(132.7 + number / 10, 33.8) for number in range(4)]
    path = tmp_path / "N06-25_GML.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("UTF-8/N06-25_Joint.geojson", geojson(rows, *points))
        archive.writestr("Shift-JIS/N06-25_Joint.geojson", b"\x8f\xbc")
        archive.writestr("UTF-8/N06-25_HighwaySection.geojson", "{}")
    found = import_layer(path).content
    assert found["name_ja"].tolist() == ["松山", "伊予"]
    assert found["joint"].tolist() == ["interchange", "smart_interchange"]


def test_floods_of_all_rivers_of_an_archive_of_windows(tmp_path):
    path = tmp_path / "A31a-25_38_10_GEOJSON.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, rank in enumerate((3, 6)):
            text = geojson({"A31a_202": ["重信川"], "A31a_205": [rank]}, BOX)
            folder = "20_想定最大規模"
            archive.writestr(named(f"{folder}\\A31a-20-25_38_{number}.geojson"), text)
        archive.writestr(named("10_計画規模\\A31a-10-25_38_0.geojson"), "{}")
    found = import_layer(path)
    assert found.name == "flood"
    assert found.content["depth_m"].tolist() == [5.0, 20.0]
    assert found.content["river_ja"].tolist() == ["重信川", "重信川"]


def test_unknown_rank_and_missing_attribute_are_refused(tmp_path):
    path = ksj_shapefile(frame({"A31_001": [9]}, BOX), tmp_path / "A31-12_38.zip")
    with pytest.raises(LayerError, match=r"flood: 'A31_001' is '9', expected .*'11'"):
        import_layer(path)
    path = ksj_shapefile(frame({"rank": [1]}, BOX), tmp_path / "A31-12_39.zip")
    with pytest.raises(LayerError, match=r"flood: lacks depth_m from 'A31_001', .*there is 'rank'"):
        import_layer(path)


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("3m以上5m未満", 5.0),
        ("0.01m以上 ～ 0.3m未満", 0.3),
        ("0.3～1m未満", 1.0),
        ("2.0ｍ以上3.0ｍ未満", 3.0),
        ("0.3m未満", 0.3),
        ("10m以上～", 10.0),
        ("20m以上", 20.0),
        ("浸水なし", None),
        ("m", None),
    ],
)
def test_class_of_depth_is_its_upper_end(text, depth):
    assert depth_m(text) == depth


def test_landfills_are_those_of_both_kinds_of_waste(tmp_path):
    point = shapely.Point(132.7, 33.8)
    municipal = frame({"P15_001": ["焼却場", "埋立地"], "P15_003": ["1", "7"]}, point, point)
    industrial = frame({"P15_015": ["業者", "業者"], "P15_017": [1, 2]}, point, point)
    first = ksj_shapefile(municipal, tmp_path / "P15-12_38.zip")
    other = ksj_shapefile(industrial, tmp_path / "other.zip")
    with zipfile.ZipFile(other) as more, zipfile.ZipFile(first, "a") as archive:
        for name in more.namelist():
            archive.writestr(name, more.read(name))
    assert len(import_layer(first).content) == 2
    plants = import_layer(first, "waste_plants").content
    assert plants["municipal_kind"].dropna().tolist() == ["incinerator", "landfill"]
    assert plants["industrial_kind"].dropna().tolist() == ["intermediate", "landfill"]


def test_estates_come_from_jgd2000(tmp_path):
    rows = {"L05_001": [3801], "L05_002": ["臨海団地"], "L05_003": ["38205"], "L05_005": [1]}
    path = ksj_shapefile(frame(rows, BOX), tmp_path / "L05-1-09_38.zip")
    found = import_layer(path).content
    assert found[["name_ja", "shore", "park_id"]].iloc[0].tolist() == [
        "臨海団地",
        "coastal",
        "3801",
    ]


def mesh_file(path: Path, rows: list[str]) -> Path:
    """Write a table of the standard grid as e-Stat gives it."""
    head = ["KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001141001", ",,,,　人口（総数）"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tblT001141H5032.txt", "\n".join([*head, *rows]).encode("cp932"))
    return path


def test_population_is_a_raster_of_persons_per_cell(tmp_path):
    path = mesh_file(tmp_path / "tblT001141H5032.zip", ["503257371,0,,,12", "503257374,0,,,*"])
    found = import_layer(path)
    raster = found.content
    assert found.name == "population"
    assert raster.pixels.shape == (160, 160)
    assert raster.pixels.sum() == 12
    row, column = np.argwhere(raster.pixels == 12)[0]
    grid = raster.transform
    lat, lon = grid.f + (row + 1) * grid.e, grid.c + column * grid.a  # its south-western corner
    assert (lat, lon) == pytest.approx((50 / 1.5 + 5 / 12 + 3 / 120, 132 + 7 / 8 + 7 / 80))


def test_digits_of_a_cell_are_read_as_the_standard_says():
    row, column = grid_position(np.array(["503200001", "503299994"[:8].replace("9", "7") + "4"]))
    assert (row[0], column[0]) == (50 * 160, 132 * 160)
    assert row[1] - row[0] == (7 * 10 + 7) * 2 + 1


def test_grids_of_two_sizes_are_not_mixed(tmp_path):
    path = mesh_file(tmp_path / "tblT001141H5032.zip", ["503257371,0,,,12", "50325737,0,,,3"])
    with pytest.raises(LayerError, match="digits, expected one of"):
        import_layer(path)


def estat(values: list[dict[str, str]], next_key: int | None = None) -> dict[str, object]:
    """Return an answer of the API of e-Stat."""

    def dimension(name: str, title: str, **classes: str) -> dict[str, object]:
        found = [{"@code": code[1:], "@name": label} for code, label in classes.items()]
        return {"@id": name, "@name": title, "CLASS": found if len(found) > 1 else found[0]}

    objects = [
        dimension("tab", "表章項目", _1="人口"),
        dimension("cat01", "男女", _0="総数", _1="男"),
        dimension("area", "地域", _38000="愛媛県", _38201="松山市", _38202="今治市"),
        dimension("time", "時間軸", _2020="2020年"),
    ]
    result = {"NEXT_KEY": next_key} if next_key else {}
    data = {
        "RESULT_INF": result,
        "CLASS_INF": {"CLASS_OBJ": objects},
        "DATA_INF": {"VALUE": values},
    }
    return {"GET_STATS_DATA": {"RESULT": {"STATUS": 0}, "STATISTICAL_DATA": data}}


def value(area: str, sex: str, number: str) -> dict[str, str]:
    keys = {"@tab": "1", "@cat01": sex, "@area": area, "@time": "2020", "@unit": "人"}
    return keys | {"$": number}


def test_table_of_e_stat_is_by_municipality(tmp_path):
    values = [value("38000", "0", "9"), value("38201", "0", "1,000"), value("38201", "1", "400")]
    values += [value("38202", "0", "500"), value("38202", "1", "***")]
    (tmp_path / "a.json").write_text(json.dumps(estat(values)), encoding="utf-8")
    found = import_layer(tmp_path / "a.json", "women").content
    assert found["code"].tolist() == ["38201", "38202"]
    assert found["総数"].tolist() == [1000, 500]
    assert found["男"].isna().tolist() == [False, True]


def test_csv_of_e_stat_is_read_the_same(tmp_path):
    lines = ['"RESULT"', '"STATUS","0"', '"VALUE"']
    titles = "tab_code,表章項目,area_code,地域,time_code,時間軸,unit,value"
    row = '"1","人口","38201","松山市","2020","2020年","人","1,000"'
    (tmp_path / "a.csv").write_text("\n".join([*lines, titles, row]), encoding="utf-8")
    found = import_layer(tmp_path / "a.csv", "people").content
    assert found.to_dict("records") == [{"code": "38201", "name_ja": "松山市", "value": 1000}]


def test_refusal_of_e_stat_is_told(tmp_path):
    said = {"GET_STATS_DATA": {"RESULT": {"STATUS": 100, "ERROR_MSG": "認証に失敗しました。"}}}
    (tmp_path / "a.json").write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(LayerError, match=r"e-Stat refused \(100: 認証に失敗しました。\)"):
        import_layer(tmp_path / "a.json", "people")


def test_extract_of_openstreetmap_in_pbf(tmp_path):
    places = [(33.8, 132.7, {"amenity": "school", "name": "学校"})]
    places += [(33.9, 132.8, {"amenity": "bench"}), (34.0, 132.9, {"amenity": "hospital"})]
    (tmp_path / "a.osm.pbf").write_bytes(osm_pbf(places))
    found = import_layer(tmp_path / "a.osm.pbf", "sensitive_places").content
    assert found["amenity"].tolist() == ["school", "hospital"]
    assert found["name"][0] == "学校"
    assert (found.geometry.x[0], found.geometry.y[0]) == pytest.approx((132.7, 33.8))


OSM = """<osm version="0.6"><node id="2" lat="34" lon="133" version="1"/>
<node id="3" lat="34.1" lon="133" version="1"/><node id="4" lat="34.1" lon="133.1" version="1"/>
<way id="10" version="1"><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="2"/>
<tag k="landuse" v="industrial"/></way>
<way id="11" version="1"><nd ref="2"/><nd ref="3"/><tag k="highway" v="trunk"/></way></osm>"""


def test_extract_of_openstreetmap_in_xml(tmp_path):
    (tmp_path / "a.osm").write_text(OSM, encoding="utf-8")
    areas = import_layer(tmp_path / "a.osm", "osm_industrial").content
    roads = import_layer(tmp_path / "a.osm", "osm_roads").content
    assert (areas["osm_id"].tolist(), areas.geometry[0].area) == (["10"], pytest.approx(0.005))
    assert (roads["osm_id"].tolist(), roads.geometry[0].length) == (["11"], pytest.approx(0.1))
    with pytest.raises(LayerError, match=r"no feature has .*amenity"):
        import_layer(tmp_path / "a.osm", "sensitive_places")


def test_archive_of_something_else_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "A40-16_38_GML.zip", "w") as archive:
        archive.writestr("readme.txt", "")
    with pytest.raises(LayerError, match=r"holds nothing of tsunami, but 'readme\.txt'"):
        import_layer(tmp_path / "A40-16_38_GML.zip")
    (tmp_path / "A40-18_28_GML.zip").write_bytes(b"PK")
    with pytest.raises(LayerError, match="is no zip archive"):
        import_layer(tmp_path / "A40-18_28_GML.zip")


def test_empty_and_broken_shapes_are_mended(tmp_path):
    bow = shapely.Polygon([(132, 33), (133, 34), (133, 33), (132, 34)])
    rows = {"A40_003": ["1m未満"] * 3}
    path = ksj_shapefile(frame(rows, bow, BOX, None), tmp_path / "A40-16_38.zip")
    found = import_layer(path).content
    assert len(found) == 2
    assert found.is_valid.all()
    assert found.geometry[0].area == pytest.approx(0.5)
