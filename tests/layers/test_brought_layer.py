"""From a server or a file to the user's folder of layers: whole and catalogued, or not at all."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from loopback import Server, serving
from test_brought_read import estat, value

from siting.errors import LayerError
from siting.layers.brought import fetch_files, import_layer, layer_of, register
from siting.layers.brought.address import (
    Wanted,
    mesh_code,
    meshes_of,
    places_of,
    prefectures_named,
)
from siting.layers.brought.download import Downloads, FetchError, Manner
from siting.layers.brought.shape import Need, covered_prefectures, need_faults
from siting.layers.catalog import check, checksum, read_catalog
from siting.layers.official import Dataset, find_dataset

HASTY = Manner(connect_s=1.0, read_s=0.2, attempts=2, backoff_s=0.01, pause_s=0.0)
WHOSE = {"source": "県", "licence": "CC BY 4.0"}


def tsunami(*depths: str) -> bytes:
    """Return an archive of A40 with an area for each class of depth."""
    shapes = [shapely.box(132 + n, 33, 132.5 + n, 33.5) for n in range(len(depths))]
    frame = gpd.GeoDataFrame({"A40_003": list(depths)}, geometry=shapes, crs="EPSG:6668")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("A40-16_38.geojson", frame.to_json())
        archive.writestr("padding.bin", os.urandom(60_000))
    return content.getvalue()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.files["A40-16_38_GML.zip"] = tsunami("1m以上2m未満", "20m以上")
        yield running


def served(server: Server, name: str, *files: str, may_lack: bool = False) -> Dataset:
    """Return the data set `name` with `files` of `server`."""
    urls = [{"url": f"{server.url}/{file}", "may_lack": may_lack} for file in files]
    return Dataset.model_validate(find_dataset(name).model_dump(by_alias=True) | {"files": urls})


def fetched(dataset: Dataset, folder: Path, sha256: str | None = None):
    places = places_of(dataset, Wanted())
    files = fetch_files(dataset, places, Downloads(folder, lambda *_: None, HASTY), sha256)
    return layer_of(dataset, files)


@pytest.fixture
def mine(tmp_path) -> Path:
    """Return a folder of layers that already has one."""
    shape = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(133, 34)], crs="EPSG:4326")
    shape.to_file(tmp_path / "kept.geojson")
    register(import_layer(tmp_path / "kept.geojson", said=WHOSE), tmp_path / "mine")
    return tmp_path / "mine"


def contents(folder: Path) -> dict[str, str]:
    return {path.name: checksum(path) for path in folder.iterdir()}


def test_fetched_layer_stands_in_the_catalogue_beside_the_others(server, mine, tmp_path):
    brought = fetched(served(server, "tsunami", "A40-16_38_GML.zip"), tmp_path / "downloads")
    entry = register(brought, mine)
    assert check(mine) == []
    assert [one.name for one in read_catalog(mine).layers] == ["kept", "tsunami"]
    assert read_catalog(mine).layers[1] == entry
    address = f"{server.url}/A40-16_38_GML.zip"
    sha256 = hashlib.sha256(server.files["A40-16_38_GML.zip"]).hexdigest()
    assert entry.originals == {address: sha256}
    assert (entry.rows, entry.crs, entry.kind) == (2, "EPSG:4326", "vector")
    assert "国土交通省" in entry.source
    found = gpd.read_file(mine / entry.file)
    assert found["depth_m"].tolist() == [2.0, 20.0]


@pytest.mark.parametrize("manner", ["truncated", "slow", "lying", "busy", "absent", "other"])
def test_what_cannot_be_fetched_leaves_the_layers_as_they_were(server, mine, tmp_path, manner):
    before = contents(mine)
    server.manners["A40-16_38_GML.zip"] = [manner] * 30
    file = "none.zip" if manner == "absent" else "A40-16_38_GML.zip"
    sha256 = "0" * 64 if manner == "other" else None
    with pytest.raises(FetchError) as told:
        register(fetched(served(server, "tsunami", file), tmp_path / "d", sha256), mine)
    assert contents(mine) == before
    assert not [path for path in (tmp_path / "d").glob("*.zip*") if path.suffix == ".zip"]
    message = str(told.value)
    assert "The shipped layer 'coast_distance' remains in use" in message
    assert "KsjTmplt-A40" in message
    assert message.endswith("siting layers import FILE --as tsunami.")
    assert told.value.exit_code == 5


def test_files_that_a_publisher_may_lack_are_passed_over_and_told(server, tmp_path):
    files = ("none.zip", "A40-16_38_GML.zip")
    brought = fetched(served(server, "tsunami", *files, may_lack=True), tmp_path)
    assert brought.absent == (f"{server.url}/none.zip",)
    with pytest.raises(FetchError, match="nor at the other addresses"):
        fetched(served(server, "tsunami", "none.zip", may_lack=True), tmp_path)


def test_one_file_of_several_that_is_not_there_is_a_fault(server, tmp_path):
    with pytest.raises(FetchError, match="there is no such file"):
        fetched(served(server, "tsunami", "A40-16_38_GML.zip", "none.zip"), tmp_path)


def test_pages_of_a_table_are_fetched_until_the_last(server, tmp_path):
    pages = {
        "": (value("38201", "0", "1"), 2),
        "&startPosition=2": (value("38202", "0", "2"), None),
    }
    for start, (row, more) in pages.items():
        server.files[f"get?statsDataId=7{start}"] = json.dumps(estat([row], more)).encode()
    brought = fetched(served(server, "estat", "get?statsDataId=7"), tmp_path)
    assert brought.content["value"].tolist() == [1, 2]
    assert len(brought.originals) == 2


def test_refusal_is_not_kept(server, tmp_path):
    server.files["get?x=1"] = b'{"GET_STATS_DATA": {"RESULT": {"STATUS": 100}}}'
    with pytest.raises(LayerError, match="e-Stat refused"):
        fetched(served(server, "estat", "get?x=1"), tmp_path)
    assert [path for path in tmp_path.iterdir() if path.suffix != ".json"] == []


def test_layer_that_is_brought_again_replaces_the_earlier_one(server, mine, tmp_path):
    dataset = served(server, "tsunami", "A40-16_38_GML.zip")
    first = register(fetched(dataset, tmp_path / "a"), mine)
    assert register(fetched(dataset, tmp_path / "a"), mine) == first
    server.files["A40-16_38_GML.zip"] = tsunami("3m以上5m未満")
    second = register(fetched(dataset, tmp_path / "b"), mine)
    assert [one.name for one in read_catalog(mine).layers] == ["kept", "tsunami"]
    assert second.file != first.file
    assert not (mine / first.file).exists()
    assert check(mine) == []


@pytest.mark.parametrize("where", ["write_content", "write_catalog"])
def test_break_while_writing_leaves_no_trace(mine, tmp_path, monkeypatch, where):
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "A40-16_38_GML.zip").write_bytes(tsunami("1m未満"))
    brought = import_layer(tmp_path / "A40-16_38_GML.zip")
    before = contents(mine)
    monkeypatch.setattr(f"siting.layers.brought.registry.{where}", broken)
    for folder in (mine, tmp_path / "new"):
        with pytest.raises(KeyboardInterrupt):
            register(brought, folder)
    assert contents(mine) == before
    assert not (tmp_path / "new").exists()


def test_broken_catalogue_is_not_touched(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "catalog.yaml").write_text("layers: [")
    (tmp_path / "A40-16_38_GML.zip").write_bytes(tsunami("1m未満"))
    with pytest.raises(LayerError, match="is not YAML"):
        register(import_layer(tmp_path / "A40-16_38_GML.zip"), tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["catalog.yaml"]


BARE = "EPSG:6674"
"""CRS of a shapefile that is not to say its own."""


def points(path: Path, crs: str = "EPSG:6677", **columns: list[object]) -> Path:
    shape = gpd.GeoSeries([shapely.Point(139.8, 36.0)], crs="EPSG:4326").to_crs("EPSG:6677")
    frame = gpd.GeoDataFrame(columns or {"a": [1]}, geometry=shape.to_numpy(), crs=crs)
    frame.to_file(path)
    if path.suffix == ".shp" and crs == BARE:
        path.with_suffix(".prj").unlink()
    return path


def test_file_in_another_crs_is_converted(tmp_path):
    found = import_layer(points(tmp_path / "my-sites.gpkg"), "my_sites", said=WHOSE)
    assert (found.name, found.kind) == ("my_sites", "vector")
    assert found.content.geometry.x[0] == pytest.approx(139.8)
    assert found.said.licence == "CC BY 4.0"


def test_file_without_crs_needs_one(tmp_path):
    path = points(tmp_path / "sites.shp", BARE)
    with pytest.raises(LayerError, match="it has no CRS, and none is assumed"):
        import_layer(path, said=WHOSE)
    found = import_layer(path, crs="EPSG:6677", said=WHOSE)
    assert found.content.geometry.y[0] == pytest.approx(36.0)
    with pytest.raises(LayerError, match="--crs is 'JGD', expected a code"):
        import_layer(path, crs="JGD", said=WHOSE)


def test_wrong_crs_is_seen_by_where_it_puts_things(tmp_path):
    path = points(tmp_path / "sites.shp", BARE)
    with pytest.raises(LayerError, match="do not lie in Japan"):
        import_layer(path, crs="EPSG:32601", said=WHOSE)


def test_broken_codes_are_refused(tmp_path):
    path = points(tmp_path / "towns.gpkg", code=["1202"])
    with pytest.raises(LayerError, match="code is '1202', expected 5 digits"):
        import_layer(path, said=WHOSE)
    (tmp_path / "t.csv").write_text("code,v\n1202,1\n", encoding="utf-8")
    with pytest.raises(LayerError, match="code is '1202', expected 5 digits"):
        import_layer(tmp_path / "t.csv", said=WHOSE)


def test_it_must_be_said_whose_a_layer_is(tmp_path):
    path = points(tmp_path / "sites.gpkg")
    with pytest.raises(LayerError, match="Add --source and --licence"):
        import_layer(path)
    with pytest.raises(LayerError, match=r"Add --licence\."):
        import_layer(path, said={"source": "県"})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("none.gpkg", None, "there is no such file"),
        ("Sites 2.csv", "lat,lon\n34,133\n", "a layer cannot be called 'sites 2'"),
        ("a.gpkg", "text", "cannot be read"),
        ("a.tif", "text", "cannot be read"),
        ("a.csv", "", "cannot be read"),
        ("a.csv", "code,v\n", "it has no rows"),
        ("a.csv", "lat,lon\n133,34\n", "Their lat and lon look swapped"),
        ("a.zip", "text", "is no zip archive"),
    ],
)
def test_file_that_is_no_layer_is_refused(tmp_path, name, text, message):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match=message):
        import_layer(tmp_path / name, said=WHOSE)


def test_points_and_figures_of_csv(tmp_path):
    (tmp_path / "a.csv").write_text("id,lat,lon\nX,34,133\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("code,jobs\n01202,5\n", encoding="utf-8")
    sites = import_layer(tmp_path / "a.csv", said=WHOSE)
    towns = import_layer(tmp_path / "b.csv", said=WHOSE)
    assert (sites.kind, list(sites.columns)) == ("vector", ["id", "geometry"])
    entry = register(towns, tmp_path / "mine")
    text = (tmp_path / "mine" / entry.file).read_text(encoding="utf-8")
    assert text == "code,jobs\n01202,5\n"


def raster(path: Path, west: float = 132.0, count: int = 1, crs: str | None = "EPSG:6668") -> Path:
    grid = rasterio.Affine(0.1, 0.0, west, 0.0, -0.1, 34.0)
    profile = {"driver": "GTiff", "height": 2, "width": 3, "count": count, "dtype": "int16"}
    with rasterio.open(path, "w", crs=crs, transform=grid, nodata=-1, **profile) as file:
        for band in range(1, count + 1):
            file.write(np.array([[1, 2, -1], [4, 5, 6]], dtype="int16"), band)
    return path


def test_raster_keeps_its_grid(tmp_path):
    found = import_layer(raster(tmp_path / "elevation.tif"), said=WHOSE)
    entry = register(found, tmp_path / "mine")
    assert (entry.kind, entry.rows, entry.crs) == ("raster", 5, "EPSG:6668")
    with rasterio.open(tmp_path / "mine" / entry.file) as file:
        assert file.read(1).tolist() == [[1, 2, -1], [4, 5, 6]]
    assert check(tmp_path / "mine") == []


@pytest.mark.filterwarnings("ignore:.*not georeferenced")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": 2}, "has 2 bands, expected one"),
        ({"west": 10.0}, "expected Japan"),
        ({"crs": None}, "it has no CRS"),
    ],
)
def test_raster_that_is_none_of_japan_is_refused(tmp_path, options, message):
    with pytest.raises(LayerError, match=message):
        import_layer(raster(tmp_path / "a.tif", **options), said=WHOSE)


def test_file_of_two_layers_is_refused(tmp_path):
    path = points(tmp_path / "two.gpkg")
    gpd.read_file(path).to_file(path, layer="other")
    with pytest.raises(LayerError, match="has layers 'other', 'two', expected one"):
        import_layer(path, said=WHOSE)


def test_what_a_criterion_reads_must_be_there():
    need = Need("flood_depth", frozenset({"vector", "raster"}), frozenset({"depth_m"}))
    assert need_faults("vector", ["depth_m"], [need], "flood") == []
    assert need_faults("raster", [], [need], "flood") == []
    (fault,) = need_faults("vector", ["depth"], [need], "flood")
    assert "column 'depth_m' is missing, and flood_depth reads it" in fault
    assert "Is 'depth' meant to be 'depth_m'?" in fault
    (fault,) = need_faults("table", ["depth_m"], [need], "flood")
    assert "is a table, and flood_depth needs a raster or vector" in fault


def test_prefectures_are_named_in_three_ways(layers):
    named = prefectures_named(["愛媛県", "Kagawa", "01", "38"], layers.prefectures)
    assert named == ("38", "37", "01")
    assert len(prefectures_named(["all"], layers.prefectures)) == 47
    with pytest.raises(LayerError, match="prefectures '愛媛' are unknown"):
        prefectures_named(["愛媛"], layers.prefectures)


def test_addresses_are_those_of_what_is_asked_for():
    flood = places_of(find_dataset("flood"), Wanted(("38",)))
    assert [place.url.rsplit("/", 1)[-1] for place in flood] == [
        "A31a-25_38_10_GEOJSON.zip", "A31a-25_38_20_GEOJSON.zip", "A31a-25_88_10_GEOJSON.zip",
    ]  # fmt: skip
    both = places_of(find_dataset("tsunami"), Wanted(("28",)))
    assert [place.url[-17:] for place in both] == ["A40-16_28_GML.zip", "A40-18_28_GML.zip"]
    roads = places_of(find_dataset("osm_roads"), Wanted(("37", "38")))
    assert [place.url.rsplit("/", 1)[-1] for place in roads] == ["shikoku-latest.osm.pbf"]
    cells = places_of(find_dataset("population"), Wanted(meshes=("5032", "5033")))
    assert [place.url.split("code=")[1][:4] for place in cells] == ["5032", "5033"]
    assert len(places_of(find_dataset("ports"), Wanted())) == 1


@pytest.mark.parametrize(
    ("name", "wanted", "message"),
    [
        ("flood", Wanted(), "comes by area. Name the prefectures"),
        ("tsunami", Wanted(("03", "38")), "no file for the prefectures '03'"),
        ("estat", Wanted(), "needs 'app_id', 'table'.*ESTAT_APP_ID"),
        ("estat", Wanted(values={"app_id": "x"}), "needs 'table'.*--table"),
    ],
)
def test_what_an_address_lacks_is_asked_for(name, wanted, message):
    with pytest.raises(LayerError, match=message):
        places_of(find_dataset(name), wanted)


def test_prefectures_without_an_edition_are_passed_over_when_all_are_asked_for():
    wanted = Wanted(("03", "38"), everywhere=True)
    assert len(places_of(find_dataset("tsunami"), wanted)) == 1


def test_cells_of_the_grid_hold_outline_and_halls(layers):
    cells = meshes_of(["38"], layers.prefectures, layers.municipalities)
    assert {"5032", "5033", "4932"} <= set(cells)
    assert "5339" not in cells
    assert mesh_code(35.68, 139.77) == "5339"  # Tokyo station, JIS X 0410


def test_prefectures_in_the_frame_are_covered(layers):
    shikoku = (132.0, 32.7, 134.9, 34.6)
    assert covered_prefectures(shikoku, layers.prefectures) == ["36", "37", "38", "39"]


def test_checksum_is_of_one_file(server, tmp_path):
    dataset = served(server, "tsunami", "A40-16_38_GML.zip", "b.zip")
    with pytest.raises(LayerError, match="--sha256 is of one file"):
        fetched(dataset, tmp_path, "0" * 64)
