"""Every broken study, layer and table of ``data/broken`` is told as the file beside it says."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from typer.testing import CliRunner

import siting.assemble.rule
import siting.check.param
import siting.layers
from siting.cli import app
from siting.cli.fault_words import first_sentence
from siting.layers import data_folder

ROOT = Path(__file__).parents[1]
BROKEN = Path(__file__).parent / "data" / "broken"
SOUND = BROKEN / "sound.yaml"
STUDIES, LAYERS, TABLES = (
    sorted(path for path in (BROKEN / kind).iterdir() if path.suffix != ".expected")
    for kind in ("studies", "layers", "tables")
)
PARAMS = ROOT / "configs" / "params"


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """Read every layer and table once for all the checks of this file."""
    patch = pytest.MonkeyPatch()
    readers = (
        (siting.layers, "read_layer"),
        (siting.layers, "read_table"),
        (siting.check.param, "read_table"),
        (siting.assemble.rule, "read_rule"),
    )
    for module, name in readers:
        patch.setattr(module, name, kept(getattr(module, name)))
    patch.setattr(siting.layers, "checksums", lambda folder: {})
    yield
    patch.undo()


def kept(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return a reader that keeps what it read of a file."""
    found: dict[Path, Any] = {}

    def read_or_kept(folder: Path, what: Any) -> Any:
        path = (folder / getattr(what, "file", f"{what}.csv")).resolve()
        if path not in found:
            found[path] = read(folder, what)
        return found[path]

    return read_or_kept


def checked(study: Path, *options: object, names: Path) -> tuple[int, list[str]]:
    """Return the exit code, and every fault; paths are told from the folder `names`."""
    done = CliRunner().invoke(app, ["check", str(study), "--json", *map(str, options)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    told = []
    for fault in json.loads(done.stdout)["faults"]:
        spot = f"{fault['line']}:{fault['column']}: " if fault["line"] else ""
        file = (fault["file"] or "?").removeprefix(f"{names}/")
        told.append(f"{file}: {spot}{fault['message'].replace(str(data_folder()), 'gis')}")
    return done.exit_code, told


def expected(path: Path) -> list[str]:
    return path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()


def test_there_are_enough_broken_files() -> None:
    assert len(STUDIES) + len(LAYERS) + len(TABLES) >= 40


def test_sound_study_has_no_faults() -> None:
    assert checked(SOUND, names=BROKEN) == (0, [])


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.stem)
def test_every_fault_of_a_broken_study_is_told_where_it_is(study: Path) -> None:
    assert checked(study, names=study.parent) == (2, expected(study))


def linked(folder: Path, shipped: Path, without: str) -> Path:
    """Return the new `folder` with links to the files of `shipped`, one left out."""
    folder.mkdir()
    for file in shipped.iterdir():
        if file.name != without:
            (folder / file.name).symlink_to(file)
    return folder


@pytest.mark.parametrize("layer", LAYERS, ids=lambda path: path.stem)
def test_every_fault_of_a_broken_layer_is_told_where_it_is(layer: Path, tmp_path: Path) -> None:
    name = layer.stem.split("-")[0]
    if layer.suffix == ".csv":
        folder = linked(tmp_path / "gis", data_folder(), f"{name}.csv")
        (folder / f"{name}.csv").write_bytes(layer.read_bytes())
    else:
        folder = linked(tmp_path / "gis", data_folder(), f"{name}.gpkg")
        gpd.read_file(layer).to_file(folder / f"{name}.gpkg", layer=name, driver="GPKG")
    assert checked(SOUND, "--data", folder, names=folder) == (2, expected(layer))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_every_fault_of_a_broken_table_is_told_where_it_is(table: Path, tmp_path: Path) -> None:
    name = f"{table.stem.split('-')[0]}.csv"
    folder = linked(tmp_path / "params", PARAMS, name)
    (folder / name).write_bytes(table.read_bytes())
    study = tmp_path / "sound.yaml"
    study.write_bytes(SOUND.read_bytes())
    assert checked(study, names=folder) == (2, expected(table))


def message_of(line: str) -> str:
    """Return the words of a fault, its file and place left out."""
    return re.sub(r"^\S+: (\d+:\d+: )?", "", line)


ALL = [*STUDIES, *LAYERS, *TABLES]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_sentence_of_a_fault_is_known_in_japanese(path: Path) -> None:
    for line in expected(path):
        left = message_of(line)
        while left:
            found = first_sentence(left)
            assert found is not None, left
            said, left = found
            assert re.search("[ぁ-んァ-ヶ一-龠]", said), said
