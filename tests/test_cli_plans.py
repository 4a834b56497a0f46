"""Commands on several plans: compare, pareto, cases, objectives; outputs and exit codes."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import siting.solve as siting_solve
from siting.cli import app

ROOT = Path(__file__).parents[1]
TOY = ROOT / "configs" / "toy.yaml"


def siting(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "siting", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the outputs of the example with and without its targets."""
    found = tmp_path_factory.mktemp("plans")
    for options in ([], ["--without-targets"]):
        done = siting("run", TOY, "--quiet", "--json", *options, cwd=found)
        assert done.returncode == 0, done.stderr
    return found


def test_compare_says_and_writes_the_difference(folder: Path) -> None:
    done = siting("compare", "out/toy", "out/toy-no-targets", "--lang", "en", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "B is 820,000 JPY cheaper" in done.stdout
    files = {path.name for path in (folder / "out" / "compare-toy-toy-no-targets").iterdir()}
    assert {"compare.json", "sites.csv", "flows.csv", "costs.csv", "kgco2e.csv"} <= files
    assert "82.0万円安い" in siting("compare", "out/toy", "out/toy-no-targets", cwd=folder).stdout


def test_compare_answers_in_json(folder: Path) -> None:
    done = siting("compare", "out/toy-no-targets", "out/toy", "--json", cwd=folder)
    record = json.loads(done.stdout)
    assert record["cost_change_jpy"] == pytest.approx(820_000)
    assert record["a"]["study"] == "toy-no-targets"


def test_map_draws_a_finished_output_anew_with_another_to_switch_to(folder: Path) -> None:
    page = folder / "out" / "toy" / "map.html"
    first = page.read_bytes()
    done = siting("map", "out/toy", "--quiet", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert page.read_bytes() == first
    done = siting("map", "out/toy", "out/toy-no-targets", "--to", "two.html", "--quiet", cwd=folder)
    assert done.stdout == "two.html\n"
    assert '"title":["' in (folder / "two.html").read_text(encoding="utf-8")
    assert page.read_bytes() == first
    assert siting("map", "out", "--quiet", cwd=folder).returncode == 2


def test_compare_refuses_what_is_no_output(folder: Path) -> None:
    done = siting("compare", "out/toy", "out", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith("out: no output of a run")
    assert done.stderr.count("\n") == 1
    assert not (folder / "out" / "compare-toy-out").exists()


def test_pareto_writes_the_front(folder: Path) -> None:
    done = siting(
        "pareto", TOY, "--points", 2, "--without-targets", "--quiet", "--lang", "en", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert "3.21 m JPY" in done.stdout
    files = {path.name for path in (folder / "out" / "toy-no-targets-pareto").iterdir()}
    assert files == {"pareto.csv", "pareto.json", "pareto.html", "pareto_hubs.csv"}


def test_solve_reads_what_run_wrote(folder: Path) -> None:
    done = siting("solve", "out/toy/instance", "--json", "--gap", "0", "--quiet", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["objective_jpy"] == pytest.approx(4_030_000)


def test_pareto_of_one_objective_is_refused(folder: Path) -> None:
    done = siting("pareto", TOY, "--x", "jobs", "--y", "jobs", "--quiet", cwd=folder)
    assert done.returncode == 2
    assert "A front is of two objectives" in done.stderr


def test_pareto_needs_two_points(folder: Path) -> None:
    assert siting("pareto", TOY, "--points", 1, cwd=folder).returncode == 2


def test_run_for_another_objective_says_so_in_its_name(folder: Path) -> None:
    done = siting("run", TOY, "--objective", "kgco2e", "--json", "--quiet", cwd=folder)
    record = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert record["study"] == "toy-kgco2e"
    assert record["title_en"] == "The four-node example, least greenhouse gases"
    collected = (folder / "out" / "toy-kgco2e" / "sources.csv").read_text(encoding="utf-8-sig")
    assert record["objective"] == "kgco2e"
    assert sum(record["kgco2e"].values()) == pytest.approx(record["objective_value"])
    assert record["bound_jpy"] is None
    assert len(collected.splitlines()) == 5


def test_cases_say_what_each_took_and_go_on_after_a_failure(folder: Path) -> None:
    done = siting("cases", TOY, "nowhere.yaml", "--quiet", cwd=folder)
    assert done.returncode == 2
    assert "nowhere: nowhere.yaml: there is no such study" in done.stderr
    header, toy, nowhere, path = done.stdout.splitlines()
    assert header.split() == ["study", "cost", "gap", "hubs", "seconds", "peak", "MiB", "status"]
    assert toy.split()[:4] == ["toy", "4.03", "m", "JPY"]
    assert nowhere.split()[-1] == "failed"
    assert path == "out/cases.json"
    rows = json.loads((folder / "out" / "cases.json").read_text(encoding="utf-8"))
    assert [row["exit_code"] for row in rows] == [0, 2]


def test_study_with_its_own_tables_has_no_scenarios(folder: Path) -> None:
    done = siting("scenarios", TOY, cwd=folder)
    assert done.returncode == 0
    assert "no scenarios" in done.stdout
    assert json.loads(siting("scenarios", TOY, "--json", cwd=folder).stdout) == []
    done = siting("run", TOY, "--scenario", "dear", "--quiet", cwd=folder)
    assert done.returncode == 2
    assert "no scenario 'dear'" in done.stderr


SCENARIOS = """
scenarios:
  dear:
    title_ja: 炭素価格なし
    title_en: no carbon price
    carbon_price: none
    overrides: {choices/site/life/shared: 20}
  free: {title_ja: 目標を外す, title_en: without targets, targets: false}
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return the national study with two scenarios."""
    content = yaml.safe_load((ROOT / "configs" / "japan_three.yaml").read_text(encoding="utf-8"))
    content = content | yaml.safe_load(SCENARIOS)
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "params").symlink_to(ROOT / "configs" / "params")
    path = tmp_path / "configs" / "japan.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_scenarios_are_listed_with_what_they_change(study: Path) -> None:
    done = siting("scenarios", study, "--lang", "en", cwd=study.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "dear: no carbon price",
        "  overrides: {'choices/site/life/shared': 20.0}",
        "  carbon_price: none",
        "free: without targets",
        "  targets: False",
    ]
    listed = json.loads(siting("scenarios", study, "--json", cwd=study.parent).stdout)
    assert [row["scenario"] for row in listed] == ["dear", "free"]
    assert listed[1]["changes"] == {"targets": False}


def test_unknown_scenario_is_an_input_fault(study: Path) -> None:
    done = siting("run", study, "--scenario", "deer", "--quiet", cwd=study.parent)
    assert done.returncode == 2
    assert "no scenario 'deer'" in done.stderr
    assert "Did you mean 'dear'?" in done.stderr


def test_plan_in_hand_at_a_limit_is_written_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    solve = siting_solve.solve
    monkeypatch.setattr(
        siting_solve,
        "solve",
        lambda *given, **named: replace(solve(*given, **named), status="limit"),
    )
    done = CliRunner().invoke(app, ["run", str(TOY), "--quiet", "--out", str(tmp_path)])
    assert done.exit_code == 4
    record = json.loads((tmp_path / "toy" / "plan.json").read_text(encoding="utf-8"))
    assert record["status"] == "limit"
    assert (tmp_path / "toy" / "report.html").exists()
