"""A solve that starts from an earlier one: the same proof at once, and plans no worse."""

from dataclasses import replace

import numpy as np
import pytest
from solve_case import EXACT, random_instance

from models import Instance, build_model
from models.plan import Plan
from siting.solve import Start, solve
from siting.solve.force import banned, forced, idle_jpy, may_be_banned, may_be_forced
from siting.solve.highs import search
from siting.solve.lagrange.ascent import evaluate
from siting.solve.matrix import UNIT, matrix
from siting.solve.warm import priced

SEED = 3
CERTIFIED = replace(EXACT, strategy="certified", gap=0.001, time_limit_s=2.0)


@pytest.fixture(scope="module")
def data() -> Instance:
    return random_instance(SEED)


@pytest.fixture(scope="module")
def plan(data: Instance) -> Plan:
    return solve(data, CERTIFIED)


def optimum_jpy(data: Instance) -> float:
    """Return the optimum of the whole model, from no start: no line may be too few."""
    found = search(matrix(build_model(data)), None, 0, 60, lambda *_: None)
    return found.objective * UNIT["cost"]


def idle_sites(data: Instance, plan: Plan) -> list[str]:
    used = set(plan.hubs.index[plan.hubs["lines"] > 0].unique("site"))
    return [site for site in data.hubs.index.unique("site") if site not in used]


def test_prices_by_name_prove_what_they_proved(data: Instance, plan: Plan) -> None:
    at = priced(data, Start.of(plan).prices("waste_plastic", "cost"), "cost")
    found = evaluate(at.problem, at.price, at.link).bound * UNIT["cost"]
    assert found == pytest.approx(plan.bound_jpy, rel=1e-9)


def test_prices_pass_over_what_is_gone_and_stay_valid(data: Instance, plan: Plan) -> None:
    site = str(data.hubs.index.unique("site")[0])
    start = Start.of(plan, keeps_prices=True)
    other = banned(data, site)
    at = priced(other, start.prices("waste_plastic", "cost"), "cost")
    assert evaluate(at.problem, at.price, at.link).bound * 1e6 <= optimum_jpy(other) * (1 + 1e-9)


@pytest.mark.parametrize("strategy", ["certified", "direct"])
def test_every_forced_site_is_bounded_by_its_optimum(
    data: Instance, plan: Plan, strategy: str
) -> None:
    start = Start.of(plan, keeps_prices=True)
    effort = replace(CERTIFIED, strategy=strategy)
    for site in data.hubs.index.unique("site"):
        other = forced(data, site)
        found = solve(other, effort, start=start)
        best = optimum_jpy(other)
        assert found.bound_jpy <= best * (1 + 1e-9)
        assert found.objective_jpy >= best * (1 - 1e-9)
        assert found.objective_jpy == pytest.approx(best, rel=0.02)
        last = data.periods.index[-1]
        assert found.hubs["lines"].xs(last, level="period").loc[site].sum() >= 1


def test_forced_prices_rise_by_what_the_site_lacks(data: Instance, plan: Plan) -> None:
    start = Start.of(plan, keeps_prices=True)
    for site in idle_sites(data, plan):
        other = forced(data, site)
        at = priced(other, start.prices("waste_plastic", "cost"), "cost")
        bound = evaluate(at.problem, at.price, at.link).bound * 1e6
        assert plan.bound_jpy * (1 - 1e-9) <= bound <= optimum_jpy(other) * (1 + 1e-9)


def test_idle_line_is_dearer_than_any_regret(data: Instance) -> None:
    best = optimum_jpy(data)
    for site in data.hubs.index.unique("site"):
        regret = optimum_jpy(forced(data, site)) - best
        assert -1e-6 * best <= regret <= idle_jpy(data, site) + 1e-6 * best


def test_idle_line_says_nothing_where_a_law_over_all_may_forbid_it(data: Instance) -> None:
    budget = data.periods[["years"]].rename(columns={"years": "max_opening_jpy"})
    site = str(data.hubs.index.unique("site")[0])
    assert np.isfinite(idle_jpy(data, site))
    assert np.isinf(idle_jpy(replace(data, budgets=budget), site))
    busy = replace(data, hubs=data.hubs.assign(min_utilisation=0.5))
    assert np.isinf(idle_jpy(busy, site))


def test_what_stands_and_may_not_close_cannot_be_left_out(data: Instance) -> None:
    site = str(data.hubs.index.unique("site")[0])
    is_it = data.hubs.index.get_level_values("site") == site
    standing = replace(data, hubs=data.hubs.assign(stands=is_it.astype(float)))
    assert may_be_banned(data, site)
    assert not may_be_banned(standing, site)
    assert may_be_forced(data, site)
    late = replace(data, hubs=data.hubs.assign(earliest_period=3000.0))
    assert not may_be_forced(late, site)


def test_start_with_a_new_relaxation_is_no_worse(data: Instance, plan: Plan) -> None:
    again = solve(data, CERTIFIED, known=[plan], start=Start.of(plan))
    assert again.objective_jpy <= plan.objective_jpy * (1 + 1e-9)
    assert again.bound_jpy >= plan.bound_jpy * (1 - 1e-9)
    assert again.bound_jpy <= optimum_jpy(data) * (1 + 1e-9)
