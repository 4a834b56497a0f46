"""``siting solve``: any folder of tables, at once, with one message for all that is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from models import Instance

ROOT = Path(__file__).parents[1]
HEAVY = {"geopandas", "folium", "osmnx", "rasterio", "shapely", "pyogrio"}


def solve(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "siting", "solve", str(folder), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(toy: Instance, tmp_path: Path) -> Path:
    toy.write(tmp_path)
    return tmp_path


def edited(folder: Path, name: str, **values: object) -> None:
    """Set the columns `values` of a table in every row."""
    path = folder / f"{name}.csv"
    pd.read_csv(path).assign(**values).to_csv(path, index=False)


def test_answer_names_the_open_hubs_by_period(folder: Path) -> None:
    done = solve(folder, "--json", "--gap", "0", "--quiet")
    answer = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert answer["objective"] == "cost"
    assert answer["objective_value"] == answer["objective_jpy"] == pytest.approx(4_030_000)
    assert answer["bound_value"] == answer["bound_jpy"] == pytest.approx(4_030_000)
    assert (answer["gap"], answer["status"]) == (0, "optimal")
    assert answer["hubs"] == [
        {
            "site": "H",
            "technology": "plastic_recycling",
            "size": "large",
            "period": 2030,
            "lines": 1,
        }
    ]


def test_answer_for_people_says_the_same(folder: Path) -> None:
    done = solve(folder, "--gap", "0", "--quiet")
    assert "objective 4,030,000 JPY, bound 4,030,000 JPY" in done.stdout
    assert "gap 0.000%, optimal" in done.stdout
    assert "2030  H  plastic_recycling  large  1 line\n" in done.stdout


def test_other_objective_has_its_own_unit_and_bound(folder: Path) -> None:
    done = solve(folder, "--json", "--gap", "0", "--quiet", "--objective", "kgco2e")
    answer = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    # All is collected: see tests/scenarios/test_pareto_front.py.
    per_t = [4 + 170 + 7.2 + 520 - 1280, 20 + 170 + 7.2 + 520 - 1280]
    expected = 5 * (60 * (2 * per_t[0] - 50) + 10 * per_t[1] + 40 * (per_t[1] - 50))
    assert answer["objective_value"] == pytest.approx(expected)
    assert answer["bound_value"] == pytest.approx(expected)
    assert answer["bound_jpy"] is None
    assert answer["objective_jpy"] >= 4_030_000


def test_unknown_objective_is_refused_with_those_there_are(folder: Path) -> None:
    done = solve(folder, "--objective", "beauty")
    assert done.returncode == 2
    assert "virgin_material_avoided_t" in done.stderr


def test_folder_that_is_not_there_is_an_input_fault(tmp_path: Path) -> None:
    done = solve(tmp_path / "nowhere", "--quiet")
    assert done.returncode == 2
    assert "there is no such folder" in done.stderr


def test_all_faults_of_all_tables_are_in_one_message(folder: Path) -> None:
    (folder / "recipes.csv").unlink()
    edited(folder, "hubs", capacity_t="many")
    edited(folder, "sinks", demand_t=-1)
    (folder / "arcs.csv").write_text("origin,destination\nA,H\n", encoding="utf-8")
    done = solve(folder, "--quiet")
    assert done.returncode == 2
    assert "4 faults" in done.stderr
    assert "recipes: the table is missing" in done.stderr
    assert "hubs: capacity_t" in done.stderr
    assert "sinks: demand_t" in done.stderr
    assert "arcs: index columns ['mode', 'commodity'] are missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_tables_that_contradict_each_other_are_an_input_fault(folder: Path) -> None:
    edited(folder, "targets", commodity="gold")
    done = solve(folder, "--quiet")
    assert done.returncode == 2
    assert "targets: commodity gold is unknown" in done.stderr


def test_instance_that_nothing_satisfies_has_no_plan(folder: Path) -> None:
    limits = "quantity,at_least,at_most\nkgco2e,-inf,-1e9\n"
    (folder / "horizon_limits.csv").write_text(limits, encoding="utf-8")
    done = solve(folder, "--quiet")
    assert done.returncode == 3
    assert "no plan" in done.stderr
    assert "Traceback" not in done.stderr


def test_objective_without_end_is_told_as_a_bug_of_the_tables(folder: Path) -> None:
    edited(folder, "hubs", max_lines="inf", jobs=3)
    done = solve(folder, "--quiet", "--objective", "jobs")
    assert done.returncode == 1
    assert "without end" in done.stderr
    assert "Traceback" not in done.stderr


def test_time_that_is_up_leaves_a_plan_and_says_so(folder: Path) -> None:
    done = solve(folder, "--json", "--quiet", "--gap", "0", "--time-limit", "0.1")
    assert done.returncode in {0, 4}
    answer = json.loads(done.stdout)
    assert (answer["status"] == "limit") == (done.returncode == 4)
    assert answer["objective_jpy"] >= 4_030_000 - 1


def test_solve_loads_no_package_of_maps() -> None:
    code = (
        "import sys, siting.cli, siting.cli.instance, siting.solve;"
        f"sys.exit(', '.join({HEAVY!r} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_loads_no_mathematics() -> None:
    code = (
        "import sys, siting.cli;"
        "sys.exit(', '.join({'pandas', 'pyomo', 'scipy', 'numpy'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
