"""The tables of the comparison hold every lane and leg, safe for spreadsheets."""

import json
from pathlib import Path

import pandas as pd
import pytest
from modes_example import comparison

from siting.report.modes import runs_record, write_modes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("modes")
    write_modes(made, comparison())
    return made


def read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"modes_{name}.csv", dtype={"origin": str}, keep_default_na=True)


def test_folder_holds_the_page_and_four_tables(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "modes.html", "modes_breakeven.csv", "modes_lanes.csv", "modes_legs.csv", "modes_runs.csv",
    ]  # fmt: skip
    for path in folder.glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_runs_stand_in_rows(folder: Path) -> None:
    runs = read(folder, "runs").set_index("run")
    assert list(runs.index) == ["truck", "truck+rail", "truck+ship", "truck+rail+ship"]
    assert runs.loc["truck+rail+ship", "saving_jpy"] == 637_000_000
    assert runs.loc["truck+rail+ship", "driver_h_per_yr"] == 30_820
    assert runs.loc["truck+ship", "dropped_sites"] == "S01"


def test_lanes_have_a_row_for_each_mode(folder: Path) -> None:
    lanes = read(folder, "lanes")
    assert lanes["lane"].tolist() == [1, 1, 1, 2, 2, 3]
    ship = lanes[(lanes["lane"] == 1) & (lanes["mode"] == "ship")].iloc[0]
    assert ship["is_chosen"]
    assert ship["first_haul_cost_jpy_per_t"] == 8000
    assert ship["flow_t"] == 2000
    assert ship["why_ja"].startswith("内航船: 鉄道より")
    rail = lanes[(lanes["lane"] == 2) & (lanes["mode"] == "rail")].iloc[0]
    assert rail["shift_jpy_per_tco2"] == pytest.approx(34_782.61, abs=0.01)
    assert lanes["shift_jpy_per_tco2"].notna().sum() == 2


def test_formula_is_no_formula(folder: Path) -> None:
    legs = (folder / "modes_runs.csv").read_text(encoding="utf-8-sig")
    lanes = read(folder, "lanes")
    assert not legs.startswith("=")
    assert not lanes.map(lambda cell: str(cell).startswith("=")).to_numpy().any()


def test_legs_are_those_of_the_lanes_in_the_plan(folder: Path) -> None:
    legs = read(folder, "legs")
    # 01100 and 01200 to S02: 1 + 3 + 6 legs each; 2030 still uses S01: 1 each; others 1, 1 + 3, 1
    assert len(legs) == 10 + 10 + 1 + 1 + 1 + 4 + 1
    assert legs.groupby("mode")["cost_jpy_per_t"].sum()["ship"] == 15_000 + 21_000


def test_crossings_stand_below_the_curves(folder: Path) -> None:
    rows = read(folder, "breakeven")
    assert len(rows) == 4 * 21 + 3
    crossing = rows[rows["other"] == "jr_12ft"].iloc[0]
    assert (crossing["vehicle"], crossing["mode"], crossing["distance_km"]) == (
        "truck_10t",
        "truck",
        240.0,
    )


def test_record_is_plain_json() -> None:
    record = runs_record(comparison())
    again = json.loads(json.dumps(record, allow_nan=False))
    assert again["runs"]["truck+rail"]["saving_jpy"] == pytest.approx(5e6)
    assert again["runs"]["truck"]["dropped_sites"] == ""
    assert len(again["summary"]["ja"]) == 5
