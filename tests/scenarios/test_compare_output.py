"""An output is read as it was written; what is no output is told with all its faults."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from siting.errors import ConfigError
from siting.scenarios.compare import Output, read_output

HUBS = [["X1", "plastic_recycling", "large", 2030, 1]]


def test_tables_come_back_with_their_index(toy_output: Output) -> None:
    assert toy_output.hubs.at[("H", "plastic_recycling", "large", 2030), "lines"] == 1
    assert toy_output.flows["flow_t"].sum() == pytest.approx(60 + 30 + 72)
    assert toy_output.sources["collected_t"].sum() == pytest.approx(90)
    assert toy_output.sinks["inflow_t"].sum() == pytest.approx(72)
    assert toy_output.years.to_dict() == {2025: 5, 2030: 5}
    assert toy_output.cost_jpy == toy_output.least_cost_jpy == pytest.approx(4_030_000)


def test_codes_keep_their_zeros_and_lose_the_guard(hand_written: Callable[..., Path]) -> None:
    hubs = [["01106", "g", "large", 2030, 1], ["'-site", "g", "large", 2030, 1]]
    output = read_output(hand_written("a", 10.0, 9.0, hubs, []))
    assert list(output.hubs.index.unique("site")) == ["-site", "01106"]


def test_bound_of_another_objective_is_no_bound_of_cost(hand_written: Callable[..., Path]) -> None:
    folder = hand_written("a", 10.0, 9.0, HUBS, [])
    assert read_output(folder).least_cost_jpy == 9.0
    path = folder / "plan.json"
    record = json.loads(path.read_text(encoding="utf-8")) | {"objective": "jobs"}
    path.write_text(json.dumps(record), encoding="utf-8")
    assert read_output(folder).least_cost_jpy is None


def test_folder_without_plan_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"plan\.json is missing"):
        read_output(tmp_path)


def test_all_faults_of_an_output_are_told_at_once(hand_written: Callable[..., Path]) -> None:
    folder = hand_written("a", 10.0, 9.0, HUBS, [])
    (folder / "sinks.csv").unlink()
    (folder / "flows.parquet").write_text("no table", encoding="utf-8")
    (folder / "hubs.csv").write_text("site,period\nX1,2030\n", encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        read_output(folder)
    told = str(fault.value)
    assert "3 faults" in told
    assert "sinks.csv: the file is missing" in told
    assert "flows.parquet:" in told
    assert "hubs.csv: columns ['technology', 'size'" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"objective_jpy": "much"}, "objective_jpy is missing or of another kind"),
        ({"kgco2e": {"transport": None}}, "kgco2e transport is None, expected a number"),
        ({"cost_jpy": {"facility": 3}}, "cost_jpy facility"),
    ],
)
def test_record_that_makes_no_sense_is_told(
    hand_written: Callable[..., Path], change: dict[str, object], told: str
) -> None:
    path = hand_written("a", 10.0, 9.0, HUBS, []) / "plan.json"
    record = json.loads(path.read_text(encoding="utf-8")) | change
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        read_output(path.parent)


def test_record_that_is_no_json_is_told(hand_written: Callable[..., Path]) -> None:
    path = hand_written("a", 10.0, 9.0, HUBS, []) / "plan.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"plan\.json: no JSON"):
        read_output(path.parent)
