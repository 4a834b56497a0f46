"""Money by resource sums to the plan's, and the ledger to one."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from siting.outcome import Outcome
from siting.report import facts
from siting.report.viewpoints.money.attribute import (
    apportioned,
    cost_by_resource,
    kgco2e_by_resource,
)
from siting.report.viewpoints.money.data import data, ledger
from siting.report.viewpoints.money.economy import economy, waterfall_steps
from siting.report.viewpoints.trace import resource_of

SOLD_T = 8.5 * (420 + 2880) + 5.7 * (2800 + 4560)


def with_figure(outcome: Outcome, table: str, name: str, *values: object) -> Outcome:
    row = dict(zip(outcome.assumptions, (table, name, *values), strict=True))
    return replace(outcome, assumptions=pd.concat([outcome.assumptions, pd.DataFrame([row])]))


@pytest.mark.parametrize("part", ["opening", "running", "handling", "acquisition", "transport",
                                  "disposal", "market"])  # fmt: skip
def test_resources_sum_to_each_part_of_the_cost(built: Outcome, part: str) -> None:
    found = cost_by_resource(built).groupby(level="part").sum()[part]
    assert found == pytest.approx(facts.part_cost_jpy(built.plan)[part])


def test_opening_is_of_the_resource_its_lines_treat(built: Outcome) -> None:
    annuity_jpy = 9e8 * 0.07
    expected = 8.5 * annuity_jpy + 5.7 * 2 * annuity_jpy
    assert cost_by_resource(built)["pv_panel", "opening"] == pytest.approx(expected)


def test_resources_sum_to_the_network_s_emissions(built: Outcome) -> None:
    found = kgco2e_by_resource(built).groupby(level=["part", "period"]).sum()
    expected = built.plan.kgco2e["kgco2e_per_yr"].reindex(found.index)
    np.testing.assert_allclose(found, expected)


def test_technology_fed_by_another_is_of_the_first_one_s_resource(built: Outcome) -> None:
    recipes = built.instance.recipes
    more = recipes.loc[[("pv_recycling", "pv_panel"), ("pv_recycling", "residue")]]
    more.index = pd.MultiIndex.from_tuples(
        [("melting", "recycled_pellet"), ("melting", "residue")], names=recipes.index.names
    )
    more.loc[("melting", "residue"), "yield_t_per_t"] = 1.0
    data = replace(built.instance, recipes=pd.concat([recipes, more]).sort_index())
    assert resource_of(replace(built, instance=data))["melting"] == "waste_plastic"


def test_part_without_weights_is_of_no_resource() -> None:
    index = pd.MultiIndex.from_tuples([("a", 2030), ("b", 2030)], names=["resource", "period"])
    total = pd.Series({2030: 8.0, 2040: 5.0}).rename_axis("period")
    found = apportioned(total, pd.Series([1.0, 3.0], index))
    assert found.to_dict() == {("a", 2030): 2, ("b", 2030): 6, ("unattributed", 2040): 5}


def test_waterfall_ends_at_the_net_cost_of_all_resources(built: Outcome) -> None:
    steps = waterfall_steps(built)
    net = economy(built).table("break_even")["net_jpy"].sum()
    assert steps["present_value_jpy"].sum() == pytest.approx(net)
    assert steps["cost_jpy_per_t"].sum() == pytest.approx(net / SOLD_T)


def test_transport_is_cut_by_leg_and_mode(built: Outcome) -> None:
    steps = waterfall_steps(built)["present_value_jpy"]
    assert steps["line:ship"] == pytest.approx(5.7 * 1400 * 6000)
    legs = steps[[":" in step for step in steps.index]]
    assert legs.sum() == pytest.approx(facts.part_cost_jpy(built.plan)["transport"])
    assert "leg:handling" in legs.index
    assert not [step for step in steps.index if step.endswith(":")]


def test_fee_pays_the_net_cost_and_counts_what_owners_pay_today(built: Outcome) -> None:
    row = economy(built).table("break_even").loc["pv_panel"]
    tonnes = 8.5 * 600 + 5.7 * 4000
    assert row["fee_jpy_per_t"] == pytest.approx(row["net_jpy"] / tonnes)
    assert row["paid_today_jpy_per_t"] == pytest.approx(32_000)
    assert row["missing_jpy_per_t"] == pytest.approx(row["fee_jpy_per_t"] - 32_000)
    assert row["price_rise_share"] == pytest.approx(row["net_jpy"] / row["sales_jpy"])


def test_investment_has_the_site_s_own_share(rich: Outcome) -> None:
    table = economy(rich).table("investment_by_site")["opening_jpy"]
    assert table["S01", "shared_site", 2030] == 4e8
    assert table.sum() == facts.investment_jpy(rich.plan) == 5.2e9


def test_jobs_are_a_range(rich: Outcome) -> None:
    row = economy(rich).table("jobs").loc[("pv_recycling", 2040)]
    assert list(row) == pytest.approx([16, 20, 24])


def test_range_of_jobs_is_that_of_the_labour_figures(rich: Outcome) -> None:
    more = with_figure(rich, "facility", "x/labour/medium", 2.0, "p", 1.0, 5.0, "", "estimate")
    row = economy(more).table("jobs").loc[("pv_recycling", 2040)]
    assert list(row) == pytest.approx([10, 20, 50])


def test_short_run_prices_are_a_range_over_nodes(rich: Outcome) -> None:
    row = economy(rich).table("short_run_prices").loc[("source", "pv_panel", 2040)]
    assert list(row) == [-20e3, -15e3, -10e3, 2]


def test_plan_without_duals_says_so(built: Outcome, rich: Outcome) -> None:
    assert "no_duals" in [q.key for q in economy(built).questions]
    assert "no_duals" not in [q.key for q in economy(rich).questions]


@pytest.mark.parametrize("name", ["built", "rich", "empty"])
def test_ledger_sums_to_one(name: str, request: pytest.FixtureRequest) -> None:
    view = data(request.getfixturevalue(name))
    assert view.table("ledger")["weight_share"].sum() == pytest.approx(1.0)
    assert view.table("ledger_by_part")["weight_share"].sum() == pytest.approx(1.0)


def test_part_rests_on_the_confidence_of_its_figures(built: Outcome) -> None:
    parts = ledger(built)["weight_share"]
    assert parts.xs("opening", level="part").index.to_list() == ["estimate"]
    assert parts.xs("transport", level="part").index.to_list() == ["published"]
    assert parts.xs("acquisition", level="part").index.to_list() == ["study"]


def test_figures_of_a_part_count_alike(built: Outcome) -> None:
    more = with_figure(built, "transport", "rail/fee", 1.0, "JPY", 1.0, 1.0, "", "estimate")
    shares = ledger(more)["weight_share"].xs("transport", level="part")
    assert shares["published"] == pytest.approx(shares["estimate"])


def test_penalty_is_no_part_of_the_ledger(empty: Outcome) -> None:
    assert set(ledger(empty).index.unique("part")) == {"baseline"}


def test_swing_is_half_the_range_of_the_cost(built: Outcome) -> None:
    row = data(built).table("sensitivity").loc["transport"]
    assert row["half_range_share"] == pytest.approx((3e4 - 2e4) / 2 / 25e3)
    assert row["swing_jpy"] == pytest.approx(0.2 * facts.part_cost_jpy(built.plan)["transport"])
