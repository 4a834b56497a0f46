"""A service carries what its hold takes where it runs, and runs where that pays."""

import pyomo.environ as pyo
import pytest
from model_case import SHIP, coefficients, limits, with_ship

from models import Instance, Plan, build_model
from siting.solve import Effort, solve

EXACT = Effort(gap=0, time_limit_s=20)
FLOW = "flow[B,H,'ship:S',waste_plastic,2030]"
RUN = "run_service['ship:S',2030]"

# By ship a tonne from B costs 2,000 JPY instead of 8,000 and then saves 5,000 JPY a year instead
# of costing 1,000, the line aside. One large line in 2030 (400,000 JPY) takes 60 t from A, which
# save 6,000 each. By truck, 30 t from B fill the target: 400,000 - 360,000 + 30,000 = 70,000
# a year more than doing nothing. By ship it takes all 40 t: 400,000 - 360,000 - 200,000 = -160,000
# and the service on top, which pays below 230,000 JPY a year. In 2025 a line does not pay with it.
NOTHING_JPY = 5_000 * (70 * 5 + 100 * 4)
BY_TRUCK_JPY, BY_SHIP_JPY = 70_000, -160_000


def running(plan: Plan) -> dict[int, float]:
    return plan.services["running"].xs(SHIP, level="service").to_dict()


def by_ship_t(plan: Plan) -> float:
    flow = plan.flows["flow_t"]
    return float(flow[flow.index.get_level_values("mode") == SHIP].sum())


def test_service_carries_flow_only_within_its_hold(toy: Instance) -> None:
    m = build_model(with_ship(toy, capacity_t=51, hold_t_per_t=1.7))
    row = m.service_carries_flow[SHIP, 2030]
    assert coefficients(row.body) == {FLOW: 1.7, RUN: -51}
    assert limits(row) == (None, 0)
    assert len(m.service_carries_flow) == 2


def test_lot_is_full_where_the_service_runs(toy: Instance) -> None:
    m = build_model(with_ship(toy, min_lot_t=20, hold_t_per_t=1.7))
    row = m.lot_is_full[SHIP, 2030]
    assert coefficients(row.body) == {FLOW: 1.7, RUN: -20}
    assert limits(row) == (0, None)


def test_service_without_a_least_lot_has_no_lot_is_full(toy: Instance) -> None:
    assert not len(build_model(with_ship(toy)).lot_is_full)


def test_service_runs_or_does_not(toy: Instance) -> None:
    m = build_model(with_ship(toy))
    assert {v.domain.name for v in m.run_service.values()} == {"Binary"}
    assert list(m.run_service) == [(SHIP, 2025), (SHIP, 2030)]


def test_services_cost_is_the_yearly_cost_of_what_runs(toy: Instance) -> None:
    m = build_model(with_ship(toy, yearly_cost_jpy=1234))
    assert coefficients(m.services_cost[2030]) == {RUN: 1234}
    assert coefficients(m.total_cost)[RUN] == 4 * 1234


def test_commodity_without_stowage_takes_its_weight(toy: Instance) -> None:
    data = with_ship(toy, hold_t_per_t=1)
    bare = Instance(**{**vars(data), "stowage": data.stowage.iloc[:0]})
    assert coefficients(build_model(bare).loaded[SHIP, 2030]) == {FLOW: 1}


def test_without_services_the_model_is_as_small_as_before(toy_model: pyo.ConcreteModel) -> None:
    m = toy_model
    laws = (m.run_service, m.service_carries_flow, m.lot_is_full, m.berth_within_capacity)
    assert not any(len(law) for law in laws)
    assert coefficients(m.services_cost[2025]) == {}


@pytest.mark.parametrize(("yearly_cost_jpy", "runs"), [(220_000, 1), (240_000, 0)])
def test_service_runs_only_where_it_pays(toy: Instance, yearly_cost_jpy: int, runs: int) -> None:
    plan = solve(with_ship(toy, yearly_cost_jpy=yearly_cost_jpy), EXACT)
    more = min(BY_SHIP_JPY + yearly_cost_jpy, BY_TRUCK_JPY)
    assert plan.objective_jpy == pytest.approx(NOTHING_JPY + 4 * more, rel=1e-9)
    assert running(plan) == {2025: 0, 2030: runs}
    assert by_ship_t(plan) == pytest.approx(40 * runs)
    paid = plan.costs["cost_jpy_per_yr"].loc[("services", "services")]
    assert paid.to_dict() == {2025: 0, 2030: runs * yearly_cost_jpy}


def test_closed_service_carries_nothing(toy: Instance) -> None:
    m = build_model(with_ship(toy))
    m.run_service.fix(0)
    m.flow["B", "H", SHIP, "waste_plastic", 2030].set_value(1.0)
    assert pyo.value(m.service_carries_flow[SHIP, 2030].body) > 0
    plan = solve(with_ship(toy, yearly_cost_jpy=240_000), EXACT)
    assert by_ship_t(plan) == 0
    assert plan.services["carried_t"].to_list() == [0, 0]


def test_hold_limits_what_the_service_carries(toy: Instance) -> None:
    # 51 t of hold take 30 t that need 1.7 each: 400,000 - 360,000 - 30 x 5,000 = -110,000.
    data = with_ship(toy, yearly_cost_jpy=100_000, capacity_t=51, hold_t_per_t=1.7)
    plan = solve(data, EXACT)
    assert by_ship_t(plan) == pytest.approx(30)
    assert plan.services.loc[(SHIP, 2030)].to_dict() == pytest.approx(
        {"running": 1, "capacity_t": 51, "carried_t": 51, "cost_jpy": 100_000}
    )
    assert plan.objective_jpy == pytest.approx(NOTHING_JPY + 4 * (-110_000 + 100_000), rel=1e-9)


@pytest.mark.parametrize(("hold_t_per_t", "runs"), [(1, 0), (1.5, 1)])
def test_service_that_cannot_fill_its_lot_does_not_run(
    toy: Instance, hold_t_per_t: float, runs: int
) -> None:
    # B has 40 t: 40 t of hold, or just the 60 t of the lot where a tonne takes 1.5.
    plan = solve(with_ship(toy, min_lot_t=60, hold_t_per_t=hold_t_per_t), EXACT)
    assert running(plan) == {2025: 0, 2030: runs}
    assert plan.services["carried_t"].sum() == pytest.approx(60 * runs)


def test_lot_is_filled_with_tonnes_that_cost_more_than_they_save(toy: Instance) -> None:
    # A tonne from B still costs 1,000 by ship; the target wants 30 t of it, the lot all 40 t.
    data = with_ship(toy, yearly_cost_jpy=0, min_lot_t=40)
    ship = data.arcs.index.get_level_values("mode") == SHIP
    dear = data.arcs["cost_jpy_per_t"].where(~ship, 7_500)
    plan = solve(Instance(**{**vars(data), "arcs": data.arcs.assign(cost_jpy_per_t=dear)}), EXACT)
    # All 40 t at a loss of 500 cost 20,000, less than 30 t by truck at a loss of 1,000.
    assert by_ship_t(plan) == pytest.approx(40)
    assert plan.objective_jpy == pytest.approx(NOTHING_JPY + 4 * (40_000 + 20_000), rel=1e-9)
