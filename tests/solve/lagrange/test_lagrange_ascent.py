"""What prices prove when every site plans for itself in whole lines is below every plan."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import solve_case

from models import Instance
from siting.solve import solve
from siting.solve.highs import relax
from siting.solve.lagrange.ascent import evaluate, raised, site_regrets
from siting.solve.lagrange.problem import Problem, problem_of
from siting.solve.matrix import UNIT
from siting.solve.reduced.value import proof

Draw = Callable[..., Instance]
BOTH = pytest.mark.parametrize("draw", [solve_case.random_instance, solve_case.shared_instance])
SEEDS = pytest.mark.parametrize("seed", range(4))


def problem(
    data: Instance, count: int = 5, per_cluster: int = 2, objective: str = "cost"
) -> tuple[Problem, np.ndarray, float]:
    """Return the problem, the prices of its relaxation, and what these prove."""
    model = solve_case.small(data, count, per_cluster, objective)
    duals = relax(model.priced(np.zeros(model.found.supply_t.shape))).duals
    proven = proof(model, duals)
    return problem_of(model, duals), proven.price, proven.bound


def optimum(data: Instance, objective: str = "cost") -> float:
    """Return the value of the best plan in units of the objective."""
    plan = solve(data, replace(solve_case.EXACT, strategy="direct"), objective=objective)
    sign = -1.0 if objective in ("virgin_material_avoided_t", "jobs") else 1.0
    return sign * plan.objective_value / UNIT[objective]


def with_costly_sites(data: Instance) -> Instance:
    """Return `data` where every site costs something of its own to open."""
    names = data.hubs.index.unique("site")
    sites = pd.DataFrame(
        {"opening_jpy": 4e8, "annuity_per_yr": 0.08, "plot_m2": np.inf}, index=names
    )
    return replace(data, sites=sites)


def with_chain(data: Instance) -> Instance:
    """Return `data` where every site may also work up the residue that it or others make."""
    names = ["technology", "commodity"]
    recipes = pd.DataFrame(
        [("residue_work", "residue", 1.0, 0.0), ("residue_work", "ash", 0.0, 1.0)],
        columns=[*names, "input_t_per_t", "yield_t_per_t"],
    ).set_index(names)
    first = data.hubs.xs(data.hubs.index.unique("technology")[0], level="technology")
    hubs = first.assign(opening_jpy=0.2 * first["opening_jpy"], handling_jpy_per_t=500.0)
    hubs = pd.concat({"residue_work": hubs}, names=["technology"])
    hubs = hubs.reorder_levels(data.hubs.index.names)
    sites = list(data.hubs.index.unique("site"))
    lanes = solve_case.arc_table(np.random.default_rng(7), sites, sites, "residue", ["truck"])
    ends = [lanes.index.get_level_values(level) for level in ("origin", "destination")]
    ash = data.commodities.loc[["residue"]].rename(index={"residue": "ash"})
    return replace(
        data,
        commodities=pd.concat([data.commodities, ash.assign(disposal_jpy_per_t=500.0)]),
        recipes=pd.concat([data.recipes, recipes]),
        hubs=pd.concat([data.hubs, hubs]),
        arcs=pd.concat([data.arcs, lanes[ends[0] != ends[1]]]),
    )


def is_below(bound: float, best: float) -> bool:
    return bound <= best + 1e-7 * abs(best) + 1e-7


@BOTH
@SEEDS
def test_whole_lines_prove_at_least_what_fractions_do(draw: Draw, seed: int) -> None:
    found, price, bound = problem(draw(seed))
    value = evaluate(found, price, found.link_start).bound
    assert value >= bound - 1e-7 * abs(bound)


@BOTH
@SEEDS
def test_bound_is_below_the_best_plan(draw: Draw, seed: int) -> None:
    data = draw(seed)
    found, price, _ = problem(data)
    assert is_below(raised(found, price, 60, 20.0).bound, optimum(data))


@SEEDS
def test_bound_is_below_the_best_plan_where_sites_cost(seed: int) -> None:
    data = with_costly_sites(solve_case.random_instance(seed))
    found, price, fractions = problem(data)
    bound = raised(found, price, 80, 20.0).bound
    assert bound > fractions
    assert is_below(bound, optimum(data))


@SEEDS
def test_bound_is_below_the_best_plan_of_a_chain(seed: int) -> None:
    data = with_chain(with_costly_sites(solve_case.random_instance(seed)))
    found, price, fractions = problem(data, 9, 9)
    bound = raised(found, price, 80, 20.0).bound
    assert (found.knapsacks.own >= 0).any()
    assert bound > fractions
    assert is_below(bound, optimum(data))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("noise", [0.2, 1.0])
def test_any_price_proves_something_true(seed: int, noise: float) -> None:
    data, rng = with_costly_sites(solve_case.random_instance(seed)), np.random.default_rng(seed)
    found, price, _ = problem(data)
    best = optimum(data)
    for _ in range(5):
        prices = price * rng.uniform(1 - noise, 1 + noise, price.shape)
        link = found.link_start * rng.uniform(1 - noise, 1 + noise, len(found.link_start))
        link = np.clip(link, found.link_low, found.link_high)
        assert is_below(evaluate(found, prices, link).bound, best)


@pytest.mark.parametrize("objective", ["kgco2e", "virgin_material_avoided_t", "jobs"])
def test_bound_holds_for_every_objective(objective: str) -> None:
    data = solve_case.random_instance(1)
    found, price, _ = problem(data, objective=objective)
    best = optimum(data, objective)
    assert is_below(raised(found, price, 30, 20.0).bound, best)


@SEEDS
def test_a_site_of_the_best_prices_own_plans_costs_nothing_more(seed: int) -> None:
    data = with_costly_sites(solve_case.random_instance(seed))
    found, price, _ = problem(data)
    lifted = raised(found, price, 60, 20.0)
    regret = site_regrets(found, lifted.price, lifted.link)
    lines = evaluate(found, lifted.price, lifted.link).lines
    busy = {found.sites.hubs[n][0] for n in np.flatnonzero(lines.max(axis=1) > 0)}
    assert regret.min() >= -1e-9
    assert all(regret[found.sites.names.index(site)] <= 1e-6 for site in busy)


@pytest.mark.parametrize("seed", range(3))
def test_certified_plan_and_bound_enclose_the_optimum(seed: int) -> None:
    data = with_costly_sites(solve_case.random_instance(seed))
    plan = solve(data, replace(solve_case.EXACT, strategy="certified"))
    best = optimum(data) * UNIT["cost"]
    assert plan.bound_jpy <= best + 1e-6 * abs(best)
    assert plan.objective_jpy >= best - 1e-6 * abs(best)
