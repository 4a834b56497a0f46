"""``python bench/public``: a folder that ``siting solve`` reads, and a table of what was found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from public_command import main
from public_comparison import Found, Target, compare, line, targets, verdict
from typer.testing import CliRunner

from siting.cli import app

ROOT = Path(__file__).parents[2]
TEXT = str(ROOT / "pyproject.toml")


@pytest.fixture
def listed(sets: dict[str, Path]) -> Path:
    """Return a folder with small files and the list of their values."""
    folder = sets["tbed1"].parents[1]
    rows = [
        "file,variant,value",
        "tbed1/small,single-source,300",
        "tbed1/small,multi-source (split allowed),290",
        "orlib_*/small,uncapacitated (UFL),180",
        "two_stage/small,two-stage CFL,90",
    ]
    (folder / "expected.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_converted_folder_is_solved(sets: dict[str, Path], tmp_path: Path) -> None:
    assert main(["convert", str(sets["orlib_cap"]), str(tmp_path / "out"), "--uncapacitated"]) == 0
    solved = CliRunner().invoke(app, ["solve", str(tmp_path / "out"), "--json", "--quiet"])
    assert json.loads(solved.stdout)["objective_value"] == pytest.approx(180)


def test_bound_above_the_published_value_is_told_and_counted(
    listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", "--sets", str(listed), "--only", "two_stage"]) == 1
    head, found = capsys.readouterr().out.splitlines()
    assert head.split() == ["file", "variant", "expected", "found", "bound", "gap", "s"]
    assert found.startswith("two_stage/small")
    assert found.count("94.000") == 2
    assert found.endswith("4.4e-02 above  WRONG")


def test_folder_is_a_program() -> None:
    command = [sys.executable, "bench/public", "convert", "none", "none"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("none: format is None")


def test_line_names_the_set_and_the_file() -> None:
    target = Target("orlib_cap/beasley-cap/70/cap71.txt", "uncapacitated (UFL)", 932615.75)
    words = line(target, Found(value=932615.75, bound=932615.75, seconds=2.5)).split()
    assert words[:3] == ["orlib_cap/cap71.txt", "uncapacitated", "(UFL)"]
    assert words[3:] == ["932,615.750"] * 3 + ["0.0e+00", "2.5"]


def test_split_customers_are_no_value_of_a_whole_one(listed: Path) -> None:
    found = list(targets(listed))
    assert [target.file for target in found] == [
        "tbed1/small",
        "orlib_cap/small",
        "two_stage/small",
    ]
    assert [target.uncapacitated for target in found] == [False, True, False]


def test_large_files_and_others_than_asked_for_are_left_out(listed: Path) -> None:
    large = listed / "two_stage" / "small"
    text = large.read_text(encoding="utf-8")
    large.write_text(text + " " * 60_000, encoding="utf-8")
    short = [target.file for target in targets(listed, short=True)]
    large.write_text(text, encoding="utf-8")
    assert short == ["tbed1/small", "orlib_cap/small"]
    assert [target.file for target in targets(listed, only=["two"])] == ["two_stage/small"]


def test_bound_and_value_are_compared_by_share() -> None:
    target = Target("tbed1/small", "multi-source", 200.0)
    answer = Found(value=202.0, bound=101.0, seconds=1.0)
    assert answer.off(target) == pytest.approx(0.01)
    assert answer.gap == pytest.approx(0.5)
    assert verdict(target, answer) == "  1.0e-02 above"
    same = Found(value=200.0 + 1e-5, bound=200.0 + 1e-5, seconds=1.0)
    assert verdict(target, same) == ""


@pytest.mark.parametrize(
    ("value", "bound", "is_optimum", "wrong"),
    [
        (202.0, 199.0, True, False),  # the time limit left it there
        (202.0, 201.0, True, True),  # a plan of 200 exists
        (198.0, 197.0, True, True),  # no plan of 198 exists
        (198.0, 197.0, False, False),  # better than the best one known
        (200.0, 200.0, True, False),
    ],
)
def test_only_what_cannot_be_is_wrong(
    value: float, bound: float, is_optimum: bool, wrong: bool
) -> None:
    target = Target("tbed1/small", "multi-source", 200.0, is_optimum)
    answer = Found(value, bound, seconds=1.0)
    assert answer.is_wrong(target) is wrong
    assert verdict(target, answer).endswith("WRONG") is wrong


def test_value_that_may_be_beaten_is_told_from_an_optimum(tmp_path: Path) -> None:
    rows = ["file,variant,value,status", "tbed1/a,whole,1,published optimum"]
    rows += ['tbed1/b,whole,1,"best known, published LB 0.9"', "tbed1/c,whole,1,"]
    (tmp_path / "tbed1").mkdir()
    for name in "abc":
        (tmp_path / "tbed1" / name).touch()
    (tmp_path / "expected.csv").write_text("\n".join(rows), encoding="utf-8")
    assert [target.is_optimum for target in targets(tmp_path)] == [True, False, True]


def test_nothing_to_compare_is_no_fault(listed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(listed, [], 0.0, 1.0) == 0
    assert capsys.readouterr().out.split()[0] == "file"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["convert", "none/tbed1/p1", "out"], "No such file"),
        (["convert", TEXT, "out"], "pyproject.toml: format is None, expected one of"),
        (["convert", TEXT, "out", "--form", "tbed1"], "it holds '[build-system]'"),
        (["compare", "--sets", "none"], "none: expected.csv is not there"),
    ],
)
def test_bad_input_is_one_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_file_that_the_list_names_must_be_there(tmp_path: Path) -> None:
    row = "file,variant,value\ntbed1/gone,multi-source,1\n"
    (tmp_path / "expected.csv").write_text(row, encoding="utf-8")
    with pytest.raises(ValueError, match="tbed1/gone is not there"):
        list(targets(tmp_path))
