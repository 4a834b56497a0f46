"""Hubs of a site share its opening cost and its plot; budgets hold what is opened."""

from dataclasses import replace

import pyomo.environ as pyo
import pytest
from model_case import LARGE, SMALL, coefficients, limits, rows_of, with_column

from models import Instance, build_model
from siting.solve import Effort, solve

EXACT = Effort(gap=0, time_limit_s=20)


@pytest.fixture
def shared(toy: Instance) -> Instance:
    """Return the toy whose site costs 300,000 JPY of its own and has 500 m2."""
    land = with_column(toy, "hubs", land_m2=[300.0, 200.0])  # large, small
    return replace(land, sites=rows_of("sites", ("H", 300_000, 0.1, 500)))


def test_hub_needs_site_that_is_paid_once(shared: Instance) -> None:
    m = build_model(shared)
    row = m.hub_needs_site["H", "plastic_recycling", "small", 2030]
    assert coefficients(row.body) == {f"run_hub[{SMALL},2030]": 1, "use_site[H,2030]": -2}
    assert limits(row) == (None, 0)
    assert coefficients(m.site_opening_cost[2025]) == {"use_site[H,2025]": 300_000 * 0.1}
    assert coefficients(m.site_cost[2025]) == {"use_site[H,2025]": 30_000}


def test_site_stays_open(shared: Instance) -> None:
    m = build_model(shared)
    row = m.site_stays_open["H", 2030]
    assert coefficients(row.body) in (
        {"use_site[H,2025]": 1, "use_site[H,2030]": -1},
        {"use_site[H,2025]": -1, "use_site[H,2030]": 1},
    )
    assert len(m.site_stays_open) == 1


def test_land_within_plot(shared: Instance) -> None:
    row = build_model(shared).land_within_plot["H", 2025]
    assert coefficients(row.body) == {f"run_hub[{SMALL},2025]": 200, f"run_hub[{LARGE},2025]": 300}
    assert limits(row) == (None, 500)


def test_chosen_site_runs_some_line_at_last(shared: Instance) -> None:
    m = build_model(with_column(shared, "sites", must_run=1.0))
    assert list(m.chosen_site_runs) == [("H", 2030)]
    row = m.chosen_site_runs["H", 2030]
    assert coefficients(row.body) == {f"run_hub[{SMALL},2030]": 1, f"run_hub[{LARGE},2030]": 1}
    assert limits(row) == (1, None)
    assert not build_model(shared).chosen_site_runs


def test_site_that_must_run_has_one_line_more_than_it_wants(shared: Instance) -> None:
    unwanted = replace(shared, targets=shared.targets[:0], sinks=shared.sinks.assign(
        price_jpy_per_t=-5_000.0))  # fmt: skip
    assert not solve(unwanted, EXACT).hubs["lines"].any()
    plan = solve(with_column(unwanted, "sites", must_run=1.0), EXACT)
    assert plan.hubs["lines"].groupby("period").sum().to_dict() == {2030: 1}


def test_opening_within_budget_counts_hubs_and_sites_of_the_period(shared: Instance) -> None:
    m = build_model(replace(shared, budgets=rows_of("budgets", (2030, 2_000_000))))
    row = m.opening_within_budget[2030]
    opened = {SMALL: 1_000_000, LARGE: 1_500_000}
    expected = {f"run_hub[{hub},2030]": jpy for hub, jpy in opened.items()}
    expected |= {f"run_hub[{hub},2025]": -jpy for hub, jpy in opened.items()}
    expected |= {"use_site[H,2030]": 300_000, "use_site[H,2025]": -300_000}
    assert coefficients(row.body) == expected
    assert limits(row) == (None, 2_000_000)
    assert list(m.opening_within_budget) == [2030]


def test_site_cost_is_paid_once_for_two_hubs(shared: Instance) -> None:
    both = replace(
        shared,
        orders=rows_of(
            "orders",
            *(
                ("H", "plastic_recycling", size, t, 1.0)
                for size in ("small", "large")
                for t in (2025, 2030)
            ),
        ),
    )
    plan = solve(with_column(both, "sites", plot_m2=1_000.0), EXACT)
    site = plan.costs["present_value_jpy"].xs("site_opening", level="part").sum()
    assert site == pytest.approx(30_000 * (5 + 4))
    assert plan.sites["opened"].to_list() == [1, 0]


def test_plot_keeps_the_second_line_out(shared: Instance) -> None:
    plan = solve(with_column(shared, "sites", plot_m2=299.0), EXACT)
    assert set(plan.hubs.index.get_level_values("size")) == {"small"}
    assert plan.targets["shortfall_t"].to_list() == pytest.approx([30])


def test_salvage_pays_a_share_of_opening_once(shared: Instance) -> None:
    paid = rows_of(
        "salvage", ("plastic_recycling", 2025, 0.9), ("plastic_recycling", 2030, 0.5),
        ("H", 2025, 0.8), ("H", 2030, 0.4),
    )  # fmt: skip
    m = build_model(replace(shared, salvage=paid))
    assert coefficients(m.opening_cost[2030]) == pytest.approx(
        {
            f"run_hub[{SMALL},2030]": 0.5 * 1_000_000 / 4,
            f"run_hub[{SMALL},2025]": -0.5 * 1_000_000 / 4,
            f"run_hub[{LARGE},2030]": 0.5 * 1_500_000 / 4,
            f"run_hub[{LARGE},2025]": -0.5 * 1_500_000 / 4,
        }
    )
    assert coefficients(m.site_opening_cost[2025]) == pytest.approx(
        {"use_site[H,2025]": 0.8 * 300_000 / 5}
    )


def test_site_without_cost_or_limit_adds_nothing(toy_model: pyo.ConcreteModel) -> None:
    for name in ("hub_needs_site", "site_stays_open", "land_within_plot", "opening_within_budget"):
        assert not len(toy_model.component(name))
    assert not len(toy_model.use_site)
