"""Every case in a process of its own; one that fails does not hide the others."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from siting.errors import MissingDataError
from siting.scenarios.case import CaseRun, case_studies, exit_code, run_cases, write_cases

ROOT = Path(__file__).parents[2]
TOY = ROOT / "configs" / "toy.yaml"
NO_STEP = lambda _: None  # noqa: E731


def row(code: int) -> CaseRun:
    return CaseRun("a", "a.yaml", code, "optimal", 1.0)


def test_cases_are_the_numbered_studies_and_the_national_one(tmp_path: Path) -> None:
    (tmp_path / "configs").mkdir()
    for name in ("case02_x", "case01_y", "japan", "toy", "shuttle"):
        (tmp_path / "configs" / f"{name}.yaml").touch()
    names = [path.stem for path in case_studies(tmp_path)]
    assert names == ["case01_y", "case02_x", "japan"]


def test_without_a_folder_of_studies_those_of_the_product_are_run(tmp_path: Path) -> None:
    assert ROOT / "configs" / "japan.yaml" in case_studies(tmp_path)


def test_product_without_studies_is_incomplete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("siting.scenarios.case.__file__", str(tmp_path / "a" / "b" / "case.py"))
    with pytest.raises(MissingDataError, match="no case studies"):
        case_studies(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([0, 0], 0), ([0, 4, 0], 4), ([4, 3, 2], 3), ([-9], 1), ([], 0)],
)
def test_exit_code_is_the_first_failure_else_that_of_a_limit(
    codes: list[int], expected: int
) -> None:
    assert exit_code([row(code) for code in codes]) == expected


def test_failure_is_a_row_and_the_rest_goes_on(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("study: broken\ntitle_jp: x\n", encoding="utf-8")
    rows = run_cases([broken, TOY], tmp_path / "out", None, NO_STEP)
    assert [(r.study, r.exit_code, r.status) for r in rows] == [
        ("broken", 2, "failed"),
        ("toy", 0, "optimal"),
    ]
    assert "title_jp is no setting" in rows[0].message
    assert rows[0].cost_jpy is None
    assert rows[1].cost_jpy == pytest.approx(4_030_000)
    assert rows[1].hubs == rows[1].lines == 1
    assert rows[1].peak_mib is not None
    assert rows[1].peak_mib > 50
    assert (tmp_path / "out" / "toy" / "plan.json").exists()
    path = write_cases(tmp_path / "out", rows)
    assert [r["study"] for r in json.loads(path.read_text(encoding="utf-8"))] == ["broken", "toy"]


def test_interrupted_run_is_waited_for_and_is_the_last(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from siting.scenarios.case import run_cases;"
        "told = lambda step: print(step, flush=True);"
        f"rows = run_cases([Path({str(TOY)!r})] * 2, Path('out'), None, told);"
        "print(len(rows), 'of 2')"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("1 of 2")
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    answer, _ = process.communicate(timeout=60)
    assert answer.splitlines()[-1] == "1 of 2"
