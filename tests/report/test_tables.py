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

Folders = dict[str, Path]


def record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", ["built", "empty"])
def test_every_contract_file_is_there_and_reads_back(
    name: str, request: pytest.FixtureRequest, folders: Folders
) -> None:
    outcome: Outcome = request.getfixturevalue(name)
    folder = folders[name]
    for table in OFFICE:
        pd.read_csv(folder / f"{table}.csv")
    assert len(pd.read_parquet(folder / "flows.parquet")) == len(outcome.plan.flows)
    again = Instance.read(folder / "instance")
    pd.testing.assert_frame_equal(again.arcs, outcome.instance.arcs, check_dtype=False)
    assert {path.name for path in folder.iterdir()} == {
        "key_figures.csv", "investment.csv", "material_links.csv", "nothing_collected.csv",
        "terminals.csv", "proof.csv",
        "plan.json", "flows.parquet", "legs.parquet", "instance", "certificate.npz",
        *(f"{table}.csv" for table in OFFICE),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["built", "empty"])
def test_cost_parts_sum_to_the_objective(name: str, folders: Folders) -> None:
    plan = record(folders[name])
    total = sum(value for parts in plan["cost_jpy"].values() for value in parts.values())
    assert total == pytest.approx(plan["objective_jpy"], rel=1e-9)


def test_emissions_are_yearly_ones_times_the_years(folders: Folders) -> None:
    assert record(folders["built"])["kgco2e"]["market"] == pytest.approx(-(2.6e6 + 5.9e6) * 10)


def test_gap_is_in_words_of_both_languages(folders: Folders) -> None:
    words = record(folders["built"])["gap_in_words"]
    assert "0.44 %" in words["ja"]
    assert "0.44 %" in words["en"]


def test_hub_rows_carry_names_and_load(folders: Folders) -> None:
    hubs = pd.read_csv(folders["built"] / "hubs.csv").set_index(["site", "period"])
    assert hubs.loc[("S01", 2030), "name_ja"] == "苫小牧港"
    assert hubs.loc[("S01", 2030), "utilisation"] == pytest.approx(0.3)
    assert hubs["opening_jpy"].sum() == 4.8e9


def test_modes_tell_collection_from_delivery(folders: Folders) -> None:
    keys = ["kind", "leg_mode", "vehicle", "commodity", "stage", "period"]
    modes = pd.read_csv(folders["built"] / "modes.csv").set_index(keys)
    ship = ("line", "ship", "coastal_499GT", "pv_panel", "collection", 2040)
    rail = ("line", "rail", "jr_12ft", "recycled_pellet", "delivery", 2030)
    assert modes.loc[ship, "mean_km"] == 660
    assert modes.loc[rail, "flow_t"] == 2880


def test_fee_of_a_missed_target_is_marked_as_penalty(folders: Folders) -> None:
    prices = pd.read_csv(folders["empty"] / "prices.csv")
    assert prices["fee_is_penalty"].all()
    assert (prices["shortfall_t"] > 0).all()


def test_codes_keep_their_zeros(folders: Folders) -> None:
    sources = pd.read_csv(folders["built"] / "sources.csv", dtype={"source": str})
    assert set(sources["source"]) == {"01100", "04100"}


def test_office_tables_have_a_mark_and_the_instance_has_none(folders: Folders) -> None:
    assert all((folders["built"] / f"{name}.csv").read_bytes().startswith(BOM) for name in OFFICE)
    assert not any(
        (folders["built"] / "instance" / f"{name}.csv").read_bytes().startswith(BOM)
        for name in TABLES
    )


def test_no_office_cell_is_a_live_formula(folders: Folders) -> None:
    hubs = pd.read_csv(folders["built"] / "hubs.csv")
    assert set(hubs.loc[hubs["site"] == "S02", "name_en"]) == {"'=1+1"}


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd", "@x", "\tx", "\r=x"])
def test_guard_stops_what_a_spreadsheet_would_run(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+1.5e3", "a=b", "", 3.0, None])
def test_guard_leaves_numbers_and_plain_words(cell: object) -> None:
    assert guarded(cell) == cell


def test_same_outcome_gives_the_same_bytes(
    built: Outcome, folders: Folders, tmp_path: Path
) -> None:
    write_tables(tmp_path, built)
    for path in sorted(folders["built"].rglob("*.*")):
        twin = tmp_path / path.relative_to(folders["built"])
        assert path.read_bytes() == twin.read_bytes(), path.name
