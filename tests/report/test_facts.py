"""Facts agree with sums done by hand on the synthetic outcomes."""

import math

import pytest

from siting.outcome import Outcome
from siting.report import facts
from siting.report.words import REGION_OF


def test_network_cost_leaves_out_sales_baseline_and_penalty(built: Outcome) -> None:
    parts = facts.part_cost_jpy(built.plan)
    left_out = sum(parts[k] for k in ("market", "baseline", "shortfall", "emissions"))
    expected = built.plan.objective_jpy - left_out
    assert facts.network_cost_jpy(built.plan) == pytest.approx(expected, rel=1e-12)


def test_gap_of_network_is_unknown_without_a_network(empty: Outcome) -> None:
    assert math.isnan(facts.sureness(empty.plan).of_network)


def test_extent_counts_the_last_period(built: Outcome) -> None:
    assert facts.extent(built.plan, 2040) == facts.Extent(2, 2, 3, 10_000.0, 9_700.0)


def test_saved_gases_are_those_of_nothing_collected_less_the_plans(built: Outcome) -> None:
    before = 900.0 * 10 * (1200 + 9000 + 5000 + 9500)
    assert facts.kgco2e_saved(built) == pytest.approx(before - facts.kgco2e(built).sum())


def test_cost_per_tonne_discounts_tonnes_too(built: Outcome) -> None:
    tonnes = 8.5 * 4200 + 5.7 * 9700
    assert facts.jpy_per_collected_t(built, 1e9) == pytest.approx(1e9 / tonnes)


def test_cost_per_tonne_is_unknown_if_nothing_is_collected(empty: Outcome) -> None:
    assert math.isnan(facts.jpy_per_collected_t(empty, 1e9))


def test_every_prefecture_lies_in_a_region() -> None:
    assert len(REGION_OF) == 47
