"""A port handles no more than its berths can."""

import pytest
from model_case import SHIP, coefficients, limits, with_port, with_ship

from models import Instance, build_model
from siting.solve import Effort, solve

EXACT = Effort(gap=0, time_limit_s=20)
NOTHING_JPY = 5_000 * (70 * 5 + 100 * 4)


def test_berth_within_capacity_counts_what_is_handled(toy: Instance) -> None:
    m = build_model(with_port(with_ship(toy), SHIP, 20, handled_t_per_t=2))
    row = m.berth_within_capacity["P", 2030]
    assert coefficients(row.body) == {"flow[B,H,'ship:S',waste_plastic,2030]": 2}
    assert limits(row) == (None, 20)
    assert len(m.berth_within_capacity) == 2


def test_port_that_no_arc_calls_at_has_no_row(toy: Instance) -> None:
    data = with_port(with_ship(toy), SHIP, 20)
    without = data.with_arcs(data.arcs.index.get_level_values("mode") != SHIP)
    assert not len(without.calls)
    assert not len(build_model(without).berth_within_capacity)


def test_berth_limit_binds_and_its_dual_is_what_a_tonne_more_saves(toy: Instance) -> None:
    # 20 t from B go by ship and save 5,000 each; the 10 t more that the target wants go by truck
    # and cost 1,000. With 60 t from A and a large line: 400,000 - 360,000 - 100,000 + 10,000 =
    # -50,000 in 2030, and without the truck 400,000 - 360,000 - 50,000 = -10,000 in 2025.
    plan = solve(with_port(with_ship(toy, mode="ship"), "ship", 20), EXACT)
    assert plan.objective_jpy == pytest.approx(NOTHING_JPY - 5 * 10_000 - 4 * 50_000, rel=1e-9)
    assert plan.berths["handled_t"].to_dict() == pytest.approx({("P", 2025): 10, ("P", 2030): 20})
    assert plan.berths["capacity_t_per_yr"].to_list() == [20, 20]
    # A tonne more by ship spares a tonne by truck: 6,000 JPY in each of 4 discounted years.
    duals = plan.multipliers["dual_jpy"].xs("berth_within_capacity", level="law")
    assert duals.droplevel("part").to_dict() == pytest.approx({"P|2030": -4 * 6_000})


def test_transshipment_takes_the_berth_twice(toy: Instance) -> None:
    plan = solve(with_port(with_ship(toy, mode="ship"), "ship", 20, handled_t_per_t=2), EXACT)
    by_ship = plan.flows["flow_t"].xs("ship", level="mode")
    assert by_ship.max() == pytest.approx(10)
    assert plan.berths["handled_t"].max() == pytest.approx(20)


def test_wide_berth_changes_nothing(toy: Instance) -> None:
    free = with_ship(toy, mode="ship")
    plans = [solve(data, EXACT).objective_jpy for data in (free, with_port(free, "ship", 1_000))]
    assert plans[0] == pytest.approx(plans[1], rel=1e-12)
