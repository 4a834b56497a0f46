"""From a blank file to a checked study: init, schema, check, and how faults are shown."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from siting.cli import app
from siting.cli.fault import excerpt
from siting.cli.progress import Told
from siting.config import Study, read_config
from siting.errors import Located

ROOT = Path(__file__).parents[1]
BROKEN = Path(__file__).parent / "data" / "broken" / "studies"


def siting(*arguments: object, **variables: str) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], env=variables, prog_name="siting")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_study_to_start_from_is_whole_and_names_its_schema(empty: Path) -> None:
    assert siting("init", "demo").exit_code == 0
    text = (empty / "demo.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=study.schema.json\n")
    schema = json.loads((empty / "study.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(Study.model_fields)
    assert read_config(empty / "demo.yaml").study.study == "demo"


def test_study_to_start_from_speaks_of_every_setting(empty: Path) -> None:
    siting("init", "demo")
    text = (empty / "demo.yaml").read_text(encoding="utf-8")
    assert [name for name in Study.model_fields if f"{name}:" not in text] == []


@pytest.mark.parametrize("case", range(1, 13))
def test_each_case_can_be_started_from(empty: Path, case: int) -> None:
    assert siting("init", "mine", "--case", case).exit_code == 0
    study = read_config(empty / "mine.yaml").study
    assert (study.study, study.case) == ("mine", case)


def test_init_leaves_a_study_that_is_there_alone(empty: Path) -> None:
    (empty / "demo.yaml").write_text("mine", encoding="utf-8")
    done = siting("init", "demo")
    assert done.exit_code == 2
    assert done.stderr == "demo.yaml: the file is there already. Choose another name.\n"
    assert (empty / "demo.yaml").read_text(encoding="utf-8") == "mine"
    assert siting("init", "../Demo").exit_code == 2


@pytest.mark.parametrize(
    ("line", "column", "width"),
    [
        ("port: 高松湾", 7, 6),
        ("{name_ja: 岩国, port: x}", 23, 24),
        ("gap: 2", 6, 5),
        ("a\tb", 3, 2),
    ],
)
def test_caret_stands_under_the_spot_whatever_the_width(
    tmp_path: Path, line: str, column: int, width: int
) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(f"first\n{line}\n", encoding="utf-8")
    shown, caret = excerpt(Located(str(path), 2, column, "wrong"))
    margin = len("     2 | ")
    assert shown[margin:] == line.replace("\t", " ")
    assert caret == " " * (margin + width) + "^"


def test_long_line_is_cut_around_the_caret(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("あ" * 200 + "X" + "い" * 200, encoding="utf-8")
    shown, caret = excerpt(Located(str(path), 1, 201, "wrong"))
    assert cell_len(shown) <= 115
    assert cell_len(shown[: shown.index("X")]) == caret.index("^")


def test_faults_are_told_in_the_language_asked_for() -> None:
    study = BROKEN / "limits_name_nothing.yaml"
    plain = siting("check", study, "-q")
    assert plain.exit_code == 2
    assert plain.stdout == ""
    assert "2031 starts no period" in plain.stderr
    assert plain.stderr.endswith("8 faults in all.\n")
    for told in (siting("check", study, "-q", "--lang", "ja"),
                 siting("check", study, "-q", SITING_LANG="ja")):  # fmt: skip
        assert told.exit_code == 2
        assert "2031年に始まる計画期間はありません。" in told.stderr
        assert told.stderr.endswith("誤りは全部で8件です。\n")


def test_other_commands_tell_the_same_faults_the_same_way(empty: Path) -> None:
    study = BROKEN / "key_misspelt.yaml"
    run, check = siting("run", study, "-q"), siting("check", study, "-q")
    assert (run.exit_code, run.stderr) == (2, check.stderr)
    assert list(empty.iterdir()) == []


def test_language_that_is_none_is_refused() -> None:
    assert siting("check", BROKEN / "empty.yaml", "--lang", "de").exit_code == 2


@pytest.mark.parametrize(
    ("typed", "offered"), [("siting ch", "check"), ("siting check --sc", "--scenario")]
)
def test_shell_completes_commands_and_options(typed: str, offered: str) -> None:
    done = siting(
        _SITING_COMPLETE="complete_bash",
        COMP_WORDS=typed,
        COMP_CWORD=str(len(typed.split()) - 1),
    )
    assert offered in done.stdout.split()


def test_time_left_is_that_of_the_same_step_the_last_time() -> None:
    told = Told(quiet=True)
    told.lasted = {"building the model": 9.0}
    told.tell("building the model, 20,796 of 115,903 arcs")
    assert told.line(told.step_started + 3).endswith("arcs, about 6 s left")
    assert told.line(told.step_started + 10).endswith("arcs")
    told.end_step(told.step_started + 7)
    assert told.now == {"building the model": 7.0}


def test_interrupt_while_a_model_is_built_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "siting", "run", ROOT / "configs" / "case08_pv.yaml"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        for line in run.stderr:
            if "building the model" in line:
                break
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        told = [line for line in run.stderr if " s  " not in line]
    assert (run.returncode, told) == (130, ["Stopped. Nothing was written.\n"])
    assert not (tmp_path / "out").exists()


def test_wheel_carries_what_a_study_needs(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    layers = {f"siting/data/gis/{path.name}" for path in (ROOT / "data" / "gis").iterdir()}
    params = {
        f"siting/configs/params/{path.name}" for path in (ROOT / "configs" / "params").iterdir()
    }
    cases = {f"siting/configs/{path.name}" for path in (ROOT / "configs").glob("case*.yaml")}
    code = {
        path.relative_to(ROOT).as_posix()
        for name in ("siting", "models")
        for path in (ROOT / name).rglob("*.py")
    }
    tables = {"siting/cli/study.yaml", "siting/layers/official/official.yaml"}
    assert layers | params | cases | code | tables <= carried
    assert not [name for name in carried if name.startswith(("tests", "bench", "docs"))]


def test_study_whose_sites_screening_proposes_has_no_faults() -> None:
    done = siting("check", ROOT / "configs" / "screening.yaml", "--quiet")
    assert done.exit_code == 0
    assert "siting screen" in done.stdout


def test_line_that_a_site_must_have_is_checked(tmp_path: Path) -> None:
    study = ROOT / "configs" / "case04_ships.yaml"
    technology = next(iter(read_config(study).study.technologies))
    must = f"{{technology: {technology}, size: huge}}"
    site = f'{{id: X01, municipality: "38201", must_open: [{must}]}}'
    text = study.read_text(encoding="utf-8")
    text = text.replace("candidates:\n", f"candidates:\n  sites: [{site}]\n", 1)
    (tmp_path / "ships.yaml").write_text(text, encoding="utf-8")
    done = siting("check", tmp_path / "ships.yaml", "--quiet")
    assert done.exit_code == 2
    assert "huge" in done.stderr
    assert len(done.stderr.splitlines()) <= 3
