"""Differences of two plans against numbers found by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from siting.scenarios.compare import Difference, Output, difference, read_output


@pytest.fixture(scope="module")
def found(toy_output: Output, market_output: Output) -> Difference:
    return difference(toy_output, market_output)


def test_market_builds_earlier_and_smaller(found: Difference) -> None:
    lines = found.hubs["lines_change"]
    assert lines.to_dict() == {
        ("H", "plastic_recycling", 2025): 1,
        ("H", "plastic_recycling", 2030): 0,
    }
    hub = found.changes.loc[("H", "plastic_recycling")]
    assert (hub["capacity_t_a"], hub["capacity_t_b"]) == (100, 60)
    assert (hub["first_period_a"], hub["first_period_b"]) == (2030, 2025)
    assert hub["change"] == "resized"
    assert found.sites("added") == found.sites("dropped") == []


def test_cost_changes_by_what_the_arithmetic_says(found: Difference) -> None:
    change = found.costs["jpy_change"]
    assert found.cost_change_jpy == pytest.approx(3_210_000 - 4_030_000)
    assert change.sum() == pytest.approx(-820_000)
    # With targets, 400,000 JPY/yr for 4 yr; alone, 300,000 for 9.
    facility = change.groupby(level="block").sum()["facility"]
    assert facility == pytest.approx(300_000 * 9 - 400_000 * 4)
    assert found.sure_change_jpy == pytest.approx((-820_000, -820_000))
    assert not found.is_within_gaps


def test_flows_of_every_lane_and_period_are_told_apart(found: Difference) -> None:
    lanes = found.lanes["flow_t_change"].to_dict()
    assert lanes["A", "H", "waste_plastic", "truck"] == pytest.approx(60 - 60 * 5 / 10)
    assert lanes["B", "H", "waste_plastic", "truck"] == pytest.approx(-30 * 5 / 10)
    assert lanes["H", "J", "recycled_pellet", "truck"] == pytest.approx(0.8 * (60 - 45))
    assert next(iter(lanes)) == ("A", "H", "waste_plastic", "truck")
    yearly = found.flows["flow_t_change"]
    assert yearly["waste_plastic", "truck", 2025] == pytest.approx(60)
    assert yearly["waste_plastic", "truck", 2030] == pytest.approx(60 - 90)


def test_collected_and_sold_tonnes_change_with_the_flows(found: Difference) -> None:
    collected = found.collected["collected_t_change"]
    assert collected["waste_plastic", 2025] == pytest.approx(60)
    assert collected["waste_plastic", 2030] == pytest.approx(-30)
    assert found.sold.at[("J", "recycled_pellet"), "inflow_t_change"] == pytest.approx(12)


def test_emissions_change_by_what_is_collected(found: Difference) -> None:
    # A tonne from A to H and its pellets to J: 4 + 20 + 0.8 * (9 - 1600) + 0.2 * 2600 and power.
    def per_t(freight: float, grid: float) -> float:
        return freight + 20 + 500 * grid + 0.8 * (9 - 1600) + 0.2 * 2600 - 2600

    before = 5 * (60 * per_t(4, 0.2) + 30 * per_t(20, 0.2))
    after = 5 * 60 * (per_t(4, 0.3) + per_t(4, 0.2))
    assert found.kgco2e["kgco2e_change"].sum() == pytest.approx(after - before)


def test_plan_does_not_differ_from_itself(toy_output: Output) -> None:
    same = difference(toy_output, toy_output)
    assert same.cost_change_jpy == 0
    assert set(same.changes["change"]) == {"same"}
    for table in (same.hubs, same.flows, same.lanes, same.collected, same.sold, same.costs):
        changes = table[[name for name in table if name.endswith("_change")]]
        assert (changes == 0).all(axis=None)


def test_difference_turns_its_sign_with_the_order(
    toy_output: Output, market_output: Output, found: Difference
) -> None:
    turned = difference(market_output, toy_output)
    assert turned.cost_change_jpy == -found.cost_change_jpy
    for name in ("hubs", "flows", "lanes", "costs"):
        one, other = getattr(found, name), getattr(turned, name)
        for column in (c for c in one if c.endswith("_change")):
            assert (one[column] + other[column].reindex(one.index)).abs().max() == 0


SMALL = ["g", "small", 2030]
LANE = ["S", "truck", "k", 2030]


@pytest.fixture
def two(hand_written: Callable[..., Path]) -> Difference:
    """Return X1 dropped, X2 with a line more, X3 with one fewer, X4 added."""
    a = [["X1", *SMALL, 1], ["X2", *SMALL, 1], ["X3", *SMALL, 2]]
    b = [["X2", *SMALL, 2], ["X3", *SMALL, 1], ["X4", *SMALL, 1]]
    before = hand_written("a", 100.0, 90.0, a, [["S", "X1", "truck", "k", 2030, 4.0]])
    after = hand_written("b", 105.0, 95.0, b, [["S", "X4", "rail", "k", 2030, 7.0]])
    return difference(read_output(before), read_output(after))


def test_hubs_are_added_dropped_and_change_lines(two: Difference) -> None:
    assert two.changes["change"].droplevel("technology").to_dict() == {
        "X1": "dropped",
        "X2": "more",
        "X3": "fewer",
        "X4": "added",
    }
    assert (two.sites("added"), two.sites("dropped")) == (["X4"], ["X1"])


def test_lane_of_one_plan_is_nothing_in_the_other(two: Difference) -> None:
    assert two.lanes["flow_t_change"].to_dict() == {
        ("S", "X4", "k", "rail"): 7.0,
        ("S", "X1", "k", "truck"): -4.0,
    }


def test_overlapping_gaps_leave_the_order_open(two: Difference) -> None:
    assert two.cost_change_jpy == 5
    assert two.sure_change_jpy == (95 - 100, 105 - 90)
    assert two.is_within_gaps


def test_gaps_that_do_not_meet_prove_the_order(hand_written: Callable[..., Path]) -> None:
    a = read_output(hand_written("a", 100.0, 90.0, [["X1", *SMALL, 1]], []))
    b = read_output(hand_written("b", 120.0, 101.0, [["X1", *SMALL, 1]], []))
    found = difference(a, b)
    assert found.sure_change_jpy == (1, 30)
    assert not found.is_within_gaps
