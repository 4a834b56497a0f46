"""``siting layers`` as a user meets it: what it says in both languages, and what it leaves."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from loopback import Server, serving
from typer.testing import CliRunner

from siting.cli import app
from siting.cli.fault_layer import LAYER_SENTENCES
from siting.cli.fault_text import SENTENCES
from siting.cli.fault_words import japanese


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITING_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ESTAT_APP_ID", raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    frame = gpd.GeoDataFrame(
        {"A31a_205": [3]}, geometry=[shapely.box(132.7, 33.8, 132.8, 33.9)], crs="EPSG:4326"
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("20_想定最大規模/A31a-20-25_38.geojson", frame.to_json())
    with serving() as running:
        running.files["A31a-25_38_10_GEOJSON.zip"] = content.getvalue()
        yield running


def siting(*words: object) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of a command."""
    done = CliRunner().invoke(app, ["layers", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def flood(server: Server, *words: object) -> tuple[int, str, str]:
    url = f"{server.url}/A31a-25_{{prefecture}}_10_GEOJSON.zip"
    return siting("fetch", "flood", "--prefecture", "愛媛県", "--url", url, "--quiet", *words)


def test_fetched_layer_is_said_in_japanese_and_english(server: Server) -> None:
    code, told, _ = flood(server)
    assert code == 0
    assert "レイヤ flood を layers/flood-" in told
    assert "対象の都道府県: 愛媛県。" in told
    assert "これを使う評価基準: flood_depth。" in told
    code, told, _ = flood(server, "--lang", "en")
    assert "Prefectures that it speaks of: Ehime." in told
    assert "A study uses it with layers: layers under screening" in told
    assert len(server.asked) == 1  # the second time it lies in the cache


def test_fetched_layer_as_json(server: Server) -> None:
    _, told, _ = flood(server, "--json", "--to", "my/own")
    record = json.loads(told)
    assert (record["name"], record["prefectures"], record["rows"]) == ("flood", ["38"], 1)
    assert record["criteria"] == ["flood_depth"]
    assert (Path("my/own") / record["file"]).is_file()
    _, told, _ = siting("--data", "my/own", "--json")
    assert json.loads(told)[0]["sha256"] == record["sha256"]


@pytest.mark.parametrize(
    ("words", "japanese_", "english"),
    [
        (("--sha256", "0" * 64), "指定の 000", "expected 000"),
        (("--prefecture", "香川県"), "配布元にありません(404)", "there is no such file (404)"),
    ],
)
def test_what_cannot_be_fetched_is_said_and_leaves_nothing(
    server: Server, words: tuple[str, ...], japanese_: str, english: str
) -> None:
    for lang, said in (("ja", japanese_), ("en", english)):
        code, told, fault = flood(server, *words, "--lang", lang)
        assert (code, told) == (5, "")
        assert said in fault
        assert "Traceback" not in fault
    assert "heavy_rain" in fault
    assert not Path("layers").exists()


def test_without_network_the_shipped_layer_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("fetch", "interchanges", "--url", "http://127.0.0.1:9/a.zip", "--quiet")
    code, _, fault = siting(*words, "--lang", "ja")
    assert code == 5
    assert "つながりません" in fault
    assert "付属のレイヤ「roads」が使われます" in fault
    assert "siting layers import FILE --as interchanges" in fault


def test_all_official_layers_are_listed_and_said_to_be_untried() -> None:
    _, japanese_, _ = siting("fetch")
    _, english, _ = siting("fetch", "--lang", "en")
    assert "まだ試していません" in japanese_
    assert "never tried" in english
    _, told, _ = siting("fetch", "--json")
    names = {one["name"] for one in json.loads(told)}
    assert {"flood", "tsunami", "industrial_parks", "ports", "estat", "osm_roads"} <= names


def test_file_of_a_user_is_imported_and_checked_for_what_reads_it(tmp_path: Path) -> None:
    shape = gpd.GeoDataFrame(
        {"depth": [1.0]}, geometry=[shapely.box(133, 34, 133.1, 34.1)], crs="EPSG:6668"
    )
    shape.to_file("hazard.gpkg")
    whose = ("--source", "愛媛県", "--licence", "CC BY 4.0")
    code, _, fault = siting("import", "hazard.gpkg", "--lang", "ja", "--as", "flood_map")
    assert (code, "出典と利用条件が要ります" in fault) == (2, True)
    words = ("import", "hazard.gpkg", "--as", "landslide", "--prefecture", "愛媛県", *whose)
    code, told, _ = siting(*words, "--lang", "en")
    assert code == 0
    assert "Criteria that now count: landslide." in told
    code, _, fault = siting("import", "hazard.gpkg", "--as", "use_districts", *whose)
    assert code == 2
    assert "column 'code' is missing, and industrial_zone reads it" in fault
    code, _, fault = siting("import", "hazard.gpkg", "--as", "slope", *whose, "--lang", "ja")
    assert "評価基準 slope には raster が要ります" in fault
    code, told, _ = siting("--data", "layers", "--lang", "ja")
    assert "landslide" in told
    assert "slope" not in told


def test_shipped_layers_are_listed_in_two_languages() -> None:
    assert "港湾" in siting()[1]
    assert "Ports" in siting("--lang", "en")[1]
    assert "目録のとおりです" in siting("check")[1]


@pytest.mark.parametrize("english", [*LAYER_SENTENCES])
def test_every_sentence_of_a_fault_has_its_own_japanese(english: str) -> None:
    assert english not in SENTENCES or LAYER_SENTENCES[english] == SENTENCES[english]
    said = japanese(english)
    assert said != english
    assert said == japanese(said)
