"""The command line as a user meets it: answers, exit codes, faults, and outputs left alone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest

ROOT = Path(__file__).parents[1]
TOY = ROOT / "configs" / "toy.yaml"
JAPAN = ROOT / "configs" / "japan.yaml"


def siting(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "siting", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def toy_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    done = siting("run", TOY, "--lang", "en", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "out" / "toy"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a folder with a copy of the layers, the study and its parameters."""
    shutil.copytree(ROOT / "data" / "gis", tmp_path / "gis")
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    earlier = tmp_path / "out" / "japan"
    earlier.mkdir(parents=True)
    (earlier / "plan.json").write_text("earlier", encoding="utf-8")
    return tmp_path


def refused(folder: Path) -> str:
    """Return the one message of a run that must fail with exit code 2 and change nothing."""
    done = siting("run", "configs/japan.yaml", "--data", "gis", "--quiet", cwd=folder)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "out/japan/plan.json").read_text(encoding="utf-8") == "earlier"
    assert [p.name for p in (folder / "out").iterdir()] == ["japan"]
    return done.stderr


def edited(folder: Path, old: str, new: str) -> None:
    study = folder / "configs" / "japan.yaml"
    text = study.read_text(encoding="utf-8")
    assert old in text
    study.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_promised_file_is_written(toy_out: Path) -> None:
    promised = {
        "plan.json", "hubs.csv", "flows.parquet", "sources.csv", "sinks.csv", "modes.csv",
        "prices.csv", "instance", "certificate.npz", "report.html", "map.html",
    }  # fmt: skip
    assert promised <= {path.name for path in toy_out.iterdir()}


def test_cost_breakdown_sums_to_the_objective(toy_out: Path) -> None:
    plan = json.loads((toy_out / "plan.json").read_text(encoding="utf-8"))
    parts = [cost for block in plan["cost_jpy"].values() for cost in block.values()]
    assert sum(parts) == pytest.approx(plan["objective_jpy"], rel=1e-9)
    assert plan["gap"] <= 1e-9
    assert len(plan["config_sha256"]) == 64


def test_json_answer_is_pure_json(tmp_path: Path) -> None:
    done = siting("run", TOY, "--json", "--quiet", cwd=tmp_path)
    assert json.loads(done.stdout)["study"] == "toy"
    assert done.stderr == ""


def test_without_targets_the_market_alone_decides(tmp_path: Path) -> None:
    done = siting("run", TOY, "--without-targets", "--json", "--quiet", cwd=tmp_path)
    plan = json.loads(done.stdout)
    assert plan["study"] == "toy-no-targets"
    assert plan["targets"] == []
    assert plan["objective_jpy"] < 4_030_000


def test_missing_study_is_told_in_one_line(tmp_path: Path) -> None:
    done = siting("run", "nowhere.yaml", "--quiet", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "nowhere.yaml" in done.stderr


def test_missing_layer_is_an_input_fault(copied: Path) -> None:
    (copied / "gis" / "sinks.gpkg").unlink()
    assert "sinks.gpkg" in refused(copied)


def test_wrong_crs_is_an_input_fault(copied: Path) -> None:
    path = copied / "gis" / "eco_towns.gpkg"
    layer = gpd.read_file(path).to_crs("EPSG:6677")
    path.unlink()
    layer.to_file(path, layer="eco_towns", driver="GPKG")
    message = refused(copied)
    assert "EPSG:6677" in message
    assert "EPSG:4326" in message


def test_typo_in_a_key_is_an_input_fault(copied: Path) -> None:
    edited(copied, "discount_rate:", "discount_rte:")
    message = refused(copied)
    assert "configs/japan.yaml:" in message
    assert "Did you mean 'discount_rate'?" in message


def test_candidate_in_the_sea_is_an_input_fault(copied: Path) -> None:
    edited(copied, "lat: 31.52, lon: 130.53", "lat: 31.52, lon: 133.53")
    message = refused(copied)
    assert "X03" in message
    assert "in the sea" in message


def test_code_without_its_zero_is_an_input_fault(copied: Path) -> None:
    edited(copied, '"15202"', '"1202"')
    assert '"01202"' in refused(copied)


def test_bare_code_is_an_input_fault(copied: Path) -> None:
    edited(copied, '"15202"', "01202")
    assert 'Write "01202"' in refused(copied)


def test_layers_are_as_catalogued(tmp_path: Path) -> None:
    done = siting("layers", "check", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    listed = siting("layers", cwd=tmp_path)
    assert "municipalities" in listed.stdout


def test_changed_layer_is_noticed(copied: Path) -> None:
    with (copied / "gis" / "growth.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    done = siting("layers", "--data", "gis", "check", cwd=copied)
    assert done.returncode == 2
    assert "growth.csv" in done.stderr


def test_resource_that_pays_nothing_gives_a_plan_without_hubs(tmp_path: Path) -> None:
    text = TOY.read_text(encoding="utf-8").replace("cost_jpy_per_t: 5000", "cost_jpy_per_t: 0")
    (tmp_path / "free.yaml").write_text(text, encoding="utf-8")
    done = siting("run", "free.yaml", "--without-targets", "--json", "--quiet", cwd=tmp_path)
    plan = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert plan["objective_jpy"] == pytest.approx(0)
    assert plan["gap"] == 0


def without_rows(path: Path, name: str) -> None:
    """Drop the rows of `path` that name `name`."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if name not in line.split(",")[:2]]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), encoding="utf-8")


def test_port_without_sea_distance_is_an_input_fault(copied: Path) -> None:
    without_rows(copied / "gis" / "sea_distance.csv", "P038")
    told = refused(copied)
    assert "sea_distance.csv" in told
    assert "P038" in told


def test_station_off_the_network_is_an_input_fault(copied: Path) -> None:
    without_rows(copied / "gis" / "rail_distance.csv", "RS32")
    told = refused(copied)
    assert "rail_distance.csv" in told
    assert "RS32" in told


def test_negative_distance_is_an_input_fault(copied: Path) -> None:
    path = copied / "gis" / "rail_distance.csv"
    head, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = first.split(",")
    cells[2] = f"-{cells[2]}"
    path.write_text("".join([head, ",".join(cells), *rest]), encoding="utf-8")
    told = refused(copied)
    assert cells[0] in told
    assert "distance" in told


def test_mode_without_vehicle_rows_is_an_input_fault(copied: Path) -> None:
    path = copied / "configs" / "params" / "loading.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(";jr_12ft", "").replace(";jr_31ft", ""), encoding="utf-8")
    assert "mode 'rail' of the study has no vehicle" in refused(copied)


def test_wrong_unit_is_an_input_fault(copied: Path) -> None:
    path = copied / "configs" / "params" / "transport.csv"
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if ",jr_12ft,any,any,cost_per_km_rail," in line)
    assert ",JPY/(container*km)," in row
    wrong = row.replace("JPY/(container*km)", "JPY/(t*km)")
    path.write_text(text.replace(row, wrong), encoding="utf-8")
    told = refused(copied)
    assert "transport.csv:" in told
    assert "expected JPY/(container*km)" in told


def test_study_with_its_own_arcs_has_no_modes_to_compare(tmp_path: Path) -> None:
    done = siting("modes", TOY, "--quiet", cwd=tmp_path)
    assert done.returncode == 2
    assert "has its own arcs" in done.stderr
    assert not (tmp_path / "out").exists()
