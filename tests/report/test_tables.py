"""The contract files exist, agree with the plan and are safe to open."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from models.instance import TABLES, Instance
from siting.outcome import Outcome
from siting.report.tables import guarded, write_tables

VIEWPOINTS = [
    "viewpoint_01_material", "viewpoint_02_economy", "viewpoint_03_technology",
    "viewpoint_04_logistics", "viewpoint_05_siting", "viewpoint_06_energy", "viewpoint_07_data",
    "viewpoint_08_feedstock", "viewpoint_09_offtake", "viewpoint_10_law",
    "viewpoint_11_environment",
]  # fmt: skip
OFFICE = ["hubs", "sites", "sources", "sinks", "modes", "prices", "places", "assumptions",
          "costs", "kgco2e", "disposals",
          *VIEWPOINTS]  # fmt: skip
BOM = b"\xef\xbb\xbf"


def record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", ["built", "empty"])
def test_every_contract_file_is_there_and_reads_back(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    outcome: Outcome = request.getfixturevalue(name)
    write_tables(tmp_path, outcome)
    for table in OFFICE:
        pd.read_csv(tmp_path / f"{table}.csv")
    assert len(pd.read_parquet(tmp_path / "flows.parquet")) == len(outcome.plan.flows)
    again = Instance.read(tmp_path / "instance")
    pd.testing.assert_frame_equal(again.arcs, outcome.instance.arcs, check_dtype=False)
    assert {path.name for path in tmp_path.iterdir()} == {
        "key_figures.csv", "investment.csv", "material_links.csv", "nothing_collected.csv",
        "terminals.csv", "proof.csv",
        "plan.json", "flows.parquet", "legs.parquet", "instance", "certificate.npz",
        *(f"{table}.csv" for table in OFFICE),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["built", "empty"])
def test_cost_parts_sum_to_the_objective(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    write_tables(tmp_path, request.getfixturevalue(name))
    plan = record(tmp_path)
    total = sum(value for parts in plan["cost_jpy"].values() for value in parts.values())
    assert total == pytest.approx(plan["objective_jpy"], rel=1e-9)


def test_emissions_are_yearly_ones_times_the_years(built: Outcome, tmp_path: Path) -> None:
    write_tables(tmp_path, built)
    assert record(tmp_path)["kgco2e"]["market"] == pytest.approx(-(2.6e6 + 5.9e6) * 10)


def test_gap_is_in_words_of_both_languages(built: Outcome, tmp_path: Path) -> None:
    write_tables(tmp_path, built)
    words = record(tmp_path)["gap_in_words"]
    assert "0.44 %" in words["ja"]
    assert "0.44 %" in words["en"]


def test_hub_rows_carry_names_and_load(built: Outcome, tmp_path: Path) -> None:
    write_tables(tmp_path, built)
    hubs = pd.read_csv(tmp_path / "hubs.csv").set_index(["site", "period"])
    assert hubs.loc[("S01", 2030), "name_ja"] == "苫小牧港"
    assert hubs.loc[("S01", 2030), "utilisation"] == pytest.approx(0.3)
    assert hubs["opening_jpy"].sum() == 4.8e9


def test_modes_tell_collection_from_delivery(built: Outcome, tmp_path: Path) -> None:
    write_tables(tmp_path, built)
    keys = ["kind", "leg_mode", "vehicle", "commodity", "stage", "period"]
    modes = pd.read_csv(tmp_path / "modes.csv").set_index(keys)
    ship = ("line", "ship", "coastal_499GT", "pv_panel", "collection", 2040)
    rail = ("line", "rail", "jr_12ft", "recycled_pellet", "delivery", 2030)
    assert modes.loc[ship, "mean_km"] == 660
    assert modes.loc[rail, "flow_t"] == 2880


def test_fee_of_a_missed_target_is_marked_as_penalty(empty: Outcome, tmp_path: Path) -> None:
    write_tables(tmp_path, empty)
    prices = pd.read_csv(tmp_path / "prices.csv")
    assert prices["fee_is_penalty"].all()
    assert (prices["shortfall_t"] > 0).all()


def test_codes_keep_their_zeros(built: Outcome, tmp_path: Path) -> None:
    write_tables(tmp_path, built)
    sources = pd.read_csv(tmp_path / "sources.csv", dtype={"source": str})
    assert set(sources["source"]) == {"01100", "04100"}


def test_office_tables_have_a_mark_and_the_instance_has_none(
    built: Outcome, tmp_path: Path
) -> None:
    write_tables(tmp_path, built)
    assert all((tmp_path / f"{name}.csv").read_bytes().startswith(BOM) for name in OFFICE)
    assert not any(
        (tmp_path / "instance" / f"{name}.csv").read_bytes().startswith(BOM) for name in TABLES
    )


def test_no_office_cell_is_a_live_formula(built: Outcome, tmp_path: Path) -> None:
    write_tables(tmp_path, built)
    hubs = pd.read_csv(tmp_path / "hubs.csv")
    assert set(hubs.loc[hubs["site"] == "S02", "name_en"]) == {"'=1+1"}


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd", "@x", "\tx", "\r=x"])
def test_guard_stops_what_a_spreadsheet_would_run(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+1.5e3", "a=b", "", 3.0, None])
def test_guard_leaves_numbers_and_plain_words(cell: object) -> None:
    assert guarded(cell) == cell


def test_same_outcome_gives_the_same_bytes(built: Outcome, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_tables(tmp_path / name, built)
    for path in sorted((tmp_path / "one").rglob("*.*")):
        twin = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == twin.read_bytes(), path.name
