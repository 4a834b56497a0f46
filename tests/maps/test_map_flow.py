"""Legs of one kind between the same two places are one line, whatever chains they serve."""

from dataclasses import replace

import pytest
from map_chains import SERVICE
from map_studies import plan_data

from siting.maps import data
from siting.outcome import Outcome


def lines(made: dict[str, object]) -> dict[tuple[str, str, str], list[float]]:
    """Return (from, to, mode) to tonnes by period."""
    places = made["places"]["key"]  # type: ignore[index]
    modes = [mode["name"][1] for mode in made["modes"]]  # type: ignore[attr-defined]
    return {
        (places[i], places[j], modes[m]): t
        for i, j, m, _, t in made["flows"]  # type: ignore[attr-defined]
    }


def test_chains_over_the_same_stations_are_one_line(chained: Outcome) -> None:
    found = lines(plan_data(chained))
    assert found["rail1", "rail2", "Rail"] == [50, 110]
    assert found["port1", "port2", "Coastal ship"] == [40, 136]


def test_hauls_to_a_terminal_are_lines_by_truck(chained: Outcome) -> None:
    found = lines(plan_data(chained))
    assert found["b", "rail1", "Truck"] == [50, 80]
    assert found["c", "rail1", "Truck"] == [0, 30]
    assert found["rail2", "h", "Truck"] == [50, 110]
    assert found["a", "h", "Truck"] == [0, 60]
    assert len(found) == 8


def test_terminals_are_those_in_use_with_what_they_handle(chained: Outcome) -> None:
    made = plan_data(chained)
    keys = made["places"]["key"]
    handled = {(keys[i], kind): t for i, kind, _, t in made["terminals"]}
    assert handled == {
        ("port1", "port"): [40, 136], ("port2", "port"): [40, 136],
        ("rail1", "station"): [50, 110], ("rail2", "station"): [50, 110],
    }  # fmt: skip


def test_hub_knows_the_lines_of_its_chains_that_do_not_touch_it(chained: Outcome) -> None:
    made = plan_data(chained)
    keys = made["places"]["key"]
    ends = [(keys[row[0]], keys[row[1]]) for row in made["flows"]]
    via = {ends[n] for n in made["via"][str(keys.index("h"))]}
    assert via == {("b", "rail1"), ("c", "rail1"), ("rail1", "rail2"), ("port1", "port2"),
                   ("port2", "j")}  # fmt: skip


def test_line_of_a_service_bears_its_name(chained: Outcome) -> None:
    made = plan_data(chained)
    ((number, names),) = made["services"].items()
    keys = made["places"]["key"]
    assert [keys[i] for i in made["flows"][int(number)][:2]] == ["port1", "port2"]
    assert names == [[SERVICE, SERVICE]]


def test_sums_of_a_hub_stay_those_from_door_to_door(chained: Outcome) -> None:
    made = plan_data(chained)
    site = made["sites"][str(made["places"]["key"].index("h"))]
    assert site["in_flow_t"] == [50, 170]
    assert site["in_tkm"] == [6000, 20400]
    assert site["in_n"] == [1, 2]


def test_lines_left_out_are_counted_and_summed(
    chained: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "TOP_FLOWS", 1)
    monkeypatch.setattr(data, "LEAST_TOP_FLOWS", 1)
    made = plan_data(chained)
    plastic = [name[1] for name in made["commodities"]].index("Waste plastics")
    assert made["others"][plastic] == [[2, 4], [100, 280]]


def test_outcome_without_legs_has_a_line_for_each_flow(chained: Outcome) -> None:
    bare = replace(chained, legs=chained.legs.iloc[:0])
    made = plan_data(bare)
    assert lines(made) == {
        ("a", "h", "Truck"): [0, 60],
        ("b", "h", "Rail"): [50, 80],
        ("c", "h", "Rail"): [0, 30],
        ("h", "j", "Coastal ship"): [40, 136],
    }
    assert made["terminals"] == []
    assert made["via"] == {}


def test_leg_that_stays_in_its_place_is_no_line(chained: Outcome) -> None:
    legs = chained.legs.copy()
    near = (legs["kind"] == "haul") & (legs["from_node"] == "port2")
    legs.loc[near, "to_node"] = "port2"
    assert ("port2", "j", "Truck") not in lines(plan_data(replace(chained, legs=legs)))
