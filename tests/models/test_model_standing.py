"""Lines that stand, orders, permits, contracts, shares, limits of disposal, targets of regions."""

from dataclasses import replace

import pandas as pd
import pytest
from model_case import LARGE, SMALL, coefficients, limits, rows_of, with_column, without_rows

from models import Instance, build_model
from siting.errors import NoPlanError
from siting.solve import Effort, solve

EXACT = Effort(gap=0, time_limit_s=20)
SMALL_HUB, LARGE_HUB = ("H", "plastic_recycling", "small"), ("H", "plastic_recycling", "large")


def standing(toy: Instance, *, may_close: bool) -> Instance:
    """Return the toy where the two small lines stand."""
    return with_column(toy, "hubs", stands=[0.0, 1.0], may_close=[0.0, float(may_close)])


def test_lines_within_limit_hold_what_stands(toy: Instance) -> None:
    m = build_model(standing(toy, may_close=False))
    assert m.run_hub[(*SMALL_HUB, 2025)].bounds == (2, 2)
    assert m.run_hub[(*LARGE_HUB, 2025)].bounds == (0, 2)
    m = build_model(standing(toy, may_close=True))
    assert m.run_hub[(*SMALL_HUB, 2025)].bounds == (0, 2)


def test_closed_hub_stays_closed_and_opening_is_sunk(toy: Instance) -> None:
    m = build_model(standing(toy, may_close=True))
    row = m.closed_hub_stays_closed[(*SMALL_HUB, 2030)]
    sign = coefficients(row.body)[f"run_hub[{SMALL},2030]"]
    assert coefficients(row.body)[f"run_hub[{SMALL},2025]"] == -sign
    assert (*SMALL_HUB, 2030) not in m.open_hub_stays_open
    assert f"run_hub[{SMALL},2025]" not in coefficients(m.opening_cost[2025])
    assert coefficients(m.running_cost[2025])[f"run_hub[{SMALL},2025]"] == 200_000


def test_standing_lines_are_kept_while_they_pay(toy: Instance) -> None:
    kept = solve(standing(toy, may_close=True), EXACT)
    # One line saves 60 x 6,000 a year for 200,000; the other would only help the target.
    assert kept.hubs["lines"].xs("small", level="size").xs(2025, level="period").to_list() == [1]
    assert kept.hubs["opened_lines"].xs("small", level="size").eq(0).all()
    idle = solve(without_rows(standing(toy, may_close=False), "arcs"), EXACT)
    assert idle.hubs["lines"].eq(2).all()
    running = idle.costs["present_value_jpy"].loc[("facility", "running")].sum()
    assert running == pytest.approx(2 * 200_000 * (5 + 4))


def test_orders_open_and_forbid(toy: Instance) -> None:
    orders = rows_of("orders", (*SMALL_HUB, 2025, 1.0, 1.0), (*LARGE_HUB, 2030, 0.0, 0.0))
    m = build_model(replace(toy, orders=orders))
    assert m.run_hub[(*SMALL_HUB, 2025)].bounds == (1, 1)
    assert m.run_hub[(*LARGE_HUB, 2030)].bounds == (0, 0)
    assert m.run_hub[(*LARGE_HUB, 2025)].bounds == (0, 2)


def test_no_line_runs_before_its_permit(toy: Instance) -> None:
    m = build_model(with_column(toy, "hubs", earliest_period=2030.0))
    assert m.run_hub[(*SMALL_HUB, 2025)].bounds == (0, 0)
    assert m.run_hub[(*SMALL_HUB, 2030)].bounds == (0, 2)


def test_throughput_above_minimum(toy: Instance) -> None:
    m = build_model(with_column(toy, "hubs", min_utilisation=0.5))
    row = m.throughput_above_minimum[(*LARGE_HUB, 2030)]
    sign = coefficients(row.body)[f"throughput[{LARGE},2030]"]
    assert coefficients(row.body)[f"run_hub[{LARGE},2030]"] == -50 * sign


def test_disposal_within_limit(toy: Instance) -> None:
    limited = replace(toy, disposal_limits=rows_of("disposal_limits", ("residue", 2030, 12.0)))
    row = build_model(limited).disposal_within_limit["residue", 2030]
    assert coefficients(row.body) == {"disposal[H,residue,2030]": 1}
    assert limits(row) == (None, 12)
    plan = solve(limited, EXACT)
    assert plan.disposals["disposal_t"].xs("residue", level="commodity").max() <= 12 + 1e-6


def test_collection_within_share(toy: Instance) -> None:
    m = build_model(with_column(toy, "supply", collectable_share=0.75))
    assert m.uncollected["A", "waste_plastic", 2030].bounds == (15, 60)


def test_target_counts_what_counts(toy: Instance) -> None:
    imported = with_column(toy, "supply", counts_to_target=[1.0, 1.0, 0.0, 0.0])
    row = build_model(imported).target_is_met["waste_plastic", 2030]
    assert coefficients(row.body) == {
        "uncollected[A,waste_plastic,2030]": 1,
        "shortfall[waste_plastic,2030]": -1,
    }
    assert limits(row) == (None, pytest.approx(0.1 * 60))


def test_regional_target_is_met_by_sources_of_the_region(toy: Instance) -> None:
    regions = pd.MultiIndex.from_tuples([("east", "B")], names=["region", "node"])
    own = rows_of("regional_targets", ("east", "waste_plastic", 2030, 0.5, 90_000))
    east = replace(toy, regions=pd.DataFrame(index=regions), regional_targets=own)
    m = build_model(east)
    row = m.regional_target_is_met["east", "waste_plastic", 2030]
    assert coefficients(row.body) == {
        "uncollected[B,waste_plastic,2030]": 1,
        "regional_shortfall[east,waste_plastic,2030]": -1,
    }
    assert limits(row) == (None, 20)
    assert coefficients(m.regional_shortfall_cost[2030]) == {
        "regional_shortfall[east,waste_plastic,2030]": 90_000
    }
    plan = solve(without_rows(east, "targets"), EXACT)
    assert plan.sources["collected_t"].loc["B", "waste_plastic", 2030] == pytest.approx(20)


def test_share_of_one_site_in_what_is_collected(toy: Instance) -> None:
    shared = replace(toy, site_shares=rows_of("site_shares", ("waste_plastic", 2030, 0.6)))
    m = build_model(shared)
    assert coefficients(m.share_of_one_site["H", "waste_plastic", 2030].body) == pytest.approx(
        {
            "flow[A,H,truck,waste_plastic,2030]": 1,
            "flow[B,H,truck,waste_plastic,2030]": 1,
            "uncollected[A,waste_plastic,2030]": 0.6,
            "uncollected[B,waste_plastic,2030]": 0.6,
        }
    )


def test_contract_is_met_or_paid_for(toy: Instance) -> None:
    priced = with_column(toy, "sinks", contracted_t=30.0, contract_shortfall_jpy_per_t=70_000.0)
    m = build_model(priced)
    row = m.contract_is_met["J", "recycled_pellet", 2030]
    assert {name: abs(c) for name, c in coefficients(row.body).items()} == {
        "flow[H,J,truck,recycled_pellet,2030]": 1,
        "contract_shortfall[J,recycled_pellet,2030]": 1,
    }
    assert coefficients(m.contract_cost[2030]) == {
        "contract_shortfall[J,recycled_pellet,2030]": 70_000
    }
    plan = solve(priced, EXACT)
    assert plan.contracts["inflow_t"].ge(30 - 1e-6).all()
    hard = build_model(with_column(toy, "sinks", contracted_t=30.0))
    assert hard.contract_shortfall["J", "recycled_pellet", 2030].bounds == (0, 0)


def test_contract_without_a_price_that_nothing_meets_has_no_plan(toy: Instance) -> None:
    with pytest.raises(NoPlanError):
        solve(with_column(toy, "sinks", contracted_t=500.0), EXACT)


def test_outflow_within_made_where_a_commodity_comes_and_goes(toy: Instance) -> None:
    chained = chain(toy)
    m = build_model(chained)
    row = m.outflow_within_made["H", "recycled_pellet", 2030]
    found = coefficients(row.body)
    assert found.pop(f"throughput[{SMALL},2030]") == -0.8
    assert found.pop(f"throughput[{LARGE},2030]") == -0.8
    assert found == {
        "flow[H,J,truck,recycled_pellet,2030]": 1,
        "flow[H,K,truck,recycled_pellet,2030]": 1,
        "disposal[H,recycled_pellet,2030]": 1,
    }


def chain(toy: Instance) -> Instance:
    """Return the toy with a second site K that makes pellets too, and lanes both ways."""
    twin = toy.hubs.rename(index={"H": "K"}, level="site")
    lane = ("truck", "recycled_pellet", 10, 1, 100, 1)
    both = pd.DataFrame(
        [("H", "K", *lane), ("K", "H", *lane)],
        columns=[*toy.arcs.index.names, *toy.arcs.columns],
    )
    both = both.set_index(list(toy.arcs.index.names))
    return replace(toy, hubs=pd.concat([toy.hubs, twin]), arcs=pd.concat([toy.arcs, both]))
