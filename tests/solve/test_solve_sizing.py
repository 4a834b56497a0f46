"""Lines that fit what flows keep the laws of lines, and lead to plans."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import solve_case

from models import Instance
from siting.solve.highs import relax, rounded_up
from siting.solve.line import Built, best_of, built_model, carried
from siting.solve.sizing import fitted, fitting, with_few_hubs

SEEDS = pytest.mark.parametrize("seed", range(4))


def with_narrow_plots(data: Instance) -> Instance:
    """Return `data` where lines take land and a plot holds few of them."""
    names = data.hubs.index.unique("site")
    land_m2 = data.hubs["capacity_t"] / data.hubs["capacity_t"].max() * 1000.0
    sites = pd.DataFrame(
        {"opening_jpy": 0.0, "annuity_per_yr": 0.08, "plot_m2": 1100.0}, index=names
    )
    return replace(data, sites=sites, hubs=data.hubs.assign(land_m2=land_m2))


def model(seed: int) -> tuple[Built, np.ndarray]:
    """Return a model with narrow plots and its relaxation."""
    built = built_model(with_narrow_plots(solve_case.random_instance(seed, kinds=2)))
    return built, relax(built.form).x


@SEEDS
def test_every_fit_keeps_the_laws_and_has_a_plan(seed: int) -> None:
    built, x = model(seed)
    fits = list(fitted(built, x, limit_s=30.0))
    assert len(fits) == 9
    assert all(carried(built, running) is not None for running in fits)


def test_rounding_up_would_not_fit_on_the_plots() -> None:
    built, x = model(1)
    assert carried(built, built.running(rounded_up(built.form, x))) is None


@SEEDS
def test_fits_lead_near_the_optimum(seed: int) -> None:
    built, x = model(seed)
    best = best_of(built, fitted(built, x, limit_s=30.0))
    exact = solve_case.search(built.form, None, 0.0, 60.0, lambda *_: None)
    assert best is not None
    assert exact.objective <= best.objective + 1e-6
    assert best.objective - exact.objective <= 0.25 * abs(exact.objective)


@SEEDS
def test_lines_take_all_that_flows_where_capacity_is_dear(seed: int) -> None:
    built = built_model(solve_case.random_instance(seed, kinds=2))
    fit = fitting(built)
    needs_t = fit.needs_t(relax(built.form).x)
    lines = fit.lines(needs_t, worth=1e3, limit_s=10)
    assert (fit.capacity_t @ lines >= needs_t - 1e-6).all()


@SEEDS
def test_slope_is_what_a_tonne_cost_and_never_less_than_the_least(seed: int) -> None:
    built, x = model(seed)
    fit = fitting(built)
    needs_t = fit.needs_t(x)
    lines = fit.lines(needs_t, worth=8.0, limit_s=10)
    slope = fit.sloped(needs_t, lines, fit.least)
    assert (slope >= fit.least).all()
    cost = built.form.cost[built.form.is_integer]
    paid = (fit.capacity_t > 0).astype(float) @ (cost * lines)
    inside = (needs_t > 0) & (paid > 0) & (slope < 20.0 * fit.least) & (slope > fit.least)
    assert inside.any()
    np.testing.assert_allclose((slope * needs_t)[inside], paid[inside], rtol=1e-9)


def test_few_hubs_are_those_of_the_lines_given() -> None:
    built, x = model(2)
    fits = list(fitted(built, x, limit_s=0.0))
    few = with_few_hubs(built, fits)
    hub_of = {column: i[1:4] for i, column in built.columns().items() if i[0] == "run_hub"}
    may_run = {hub for column, hub in hub_of.items() if few.upper[column] > 0}
    assert 0 < len(may_run) < len(set(hub_of.values()))
    assert may_run == {
        i[1:4] for run in fits for i, v in run.items() if i[0] == "run_hub" and v > 0
    }
