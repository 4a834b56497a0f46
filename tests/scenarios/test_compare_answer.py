"""What is said and written of a difference is what it is."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from siting.scenarios.compare import (
    Difference,
    Output,
    answer,
    difference,
    difference_record,
    read_output,
    write_difference,
)

HUB = ["X1", "g", "small", 2030, 1]


@pytest.fixture(scope="module")
def found(toy_output: Output, market_output: Output) -> Difference:
    return difference(toy_output, market_output)


def test_answer_names_cost_emissions_hubs_and_lanes(found: Difference) -> None:
    said = " ".join(answer(found, "en"))
    assert "A costs 4.03 m JPY and B 3.21 m JPY: B is 820,000 JPY cheaper." in said
    assert "gaps" not in said
    assert "Both use the same sites." in said
    assert "1 of another size" in said
    assert "Waste plastics by Truck +15 t" in said
    assert "Takamatsu to Naoshima, Waste plastics by Truck +30 t" in said
    assert "B is" not in " ".join(answer(found, "ja"))


def test_both_languages_say_as_much(found: Difference) -> None:
    assert len(answer(found, "ja")) == len(answer(found, "en"))
    assert "820,000" not in " ".join(answer(found, "ja"))
    assert "82.0万円安い" in " ".join(answer(found, "ja"))


def test_difference_inside_the_gaps_is_said_to_be_so(hand_written: Callable[..., Path]) -> None:
    outputs = [
        read_output(hand_written("a", 100e6, 90e6, [HUB], [])),
        read_output(hand_written("b", 105e6, 95e6, [HUB], [])),
    ]
    said = " ".join(answer(difference(*outputs), "en"))
    assert "inside the gaps" in said
    assert "-5.00 m JPY to +15.0 m JPY" in said
    assert "ギャップ)の範囲内" in " ".join(answer(difference(*outputs), "ja"))


def test_plan_against_itself_has_nothing_to_say_but_that(toy_output: Output) -> None:
    said = answer(difference(toy_output, toy_output), "en")
    assert "there is no difference" in " ".join(said)
    assert "Hubs and lines are the same." in said
    assert "What is carried is the same." in said


def test_long_lists_are_cut_and_counted(hand_written: Callable[..., Path]) -> None:
    many = [[f"X{n:02}", "g", "small", 2030, 1] for n in range(12)]
    a = read_output(hand_written("a", 10.0, 9.0, many[:1], []))
    b = read_output(hand_written("b", 10.0, 9.0, many, []))
    said = " ".join(answer(difference(a, b), "en"))
    assert "11 site(s) only in B" in said
    assert "3 more" in said


def test_files_hold_the_record_and_the_tables(found: Difference, tmp_path: Path) -> None:
    write_difference(tmp_path, found)
    record = json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))
    assert record == json.loads(json.dumps(difference_record(found)))
    assert record["cost_change_jpy"] == pytest.approx(-820_000)
    assert record["is_within_gaps"] is False
    assert record["hubs"][0]["change"] == "resized"
    costs = pd.read_csv(tmp_path / "costs.csv")
    assert costs["jpy_change"].sum() == pytest.approx(-820_000, abs=5)
    sites = pd.read_csv(tmp_path / "sites.csv")
    assert list(sites["site_change"]) == ["kept", "kept"]
    assert list(sites["name_en"]) == ["Naoshima", "Naoshima"]
    for name in ("flows", "lanes", "kgco2e", "collected", "sold"):
        assert len(pd.read_csv(tmp_path / f"{name}.csv")) > 0
