"""HiGHS answers, or the failure is told."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from solve_case import best

from models import Instance, build_model
from siting.errors import NoPlanError
from siting.solve import Effort, solve
from siting.solve.highs import relax, relax_if_possible, rounded_up, search
from siting.solve.matrix import Matrix, matrix, with_lines

Draw = Callable[..., Instance]


def impossible(data: Instance) -> Matrix:
    """Return the model of `data` where nothing may be left and nothing carried."""
    form = matrix(build_model(data))
    return replace(form, upper=np.zeros_like(form.upper))


@pytest.mark.parametrize("seed", range(6))
def test_rounded_up_lines_carry_the_relaxed_plan(random_instance: Draw, seed: int) -> None:
    form = matrix(build_model(random_instance(seed)))
    x = rounded_up(form, relax(form).x)
    activity = form.a @ x
    assert (activity >= form.row_lower - 1e-5).all()
    assert (activity <= form.row_upper + 1e-5).all()
    assert (x >= form.lower - 1e-6).all()
    assert (x <= form.upper + 1e-6).all()
    np.testing.assert_array_equal(x[form.is_integer], np.round(x[form.is_integer]))


def test_rounding_up_forgives_the_solvers_noise(toy: Instance) -> None:
    form = matrix(build_model(toy))
    x = np.where(form.is_integer, 1 + 1e-9, 0.5)
    assert set(rounded_up(form, x)[form.is_integer]) == {1}
    assert set(rounded_up(form, x)[~form.is_integer]) == {0.5}


@pytest.mark.parametrize("seed", range(3))
def test_relaxation_is_at_most_the_optimum_and_that_at_most_any_lines(
    random_instance: Draw, seed: int
) -> None:
    form = matrix(build_model(random_instance(seed)))
    relaxed = relax(form)
    found = best(form)
    rounded = relax(with_lines(form, rounded_up(form, relaxed.x)))
    assert relaxed.objective <= found.objective * (1 + 1e-9)
    assert found.objective <= rounded.objective * (1 + 1e-9)
    assert found.bound == pytest.approx(found.objective, rel=1e-6)


def test_duals_are_one_per_row_and_prove_the_relaxation(random_instance: Draw) -> None:
    form = matrix(build_model(random_instance(0)))
    answer = relax(form)
    reduced = form.cost - form.a.T @ answer.duals
    row = np.where(answer.duals > 0, form.row_lower, form.row_upper)
    column = np.where(reduced > 0, form.lower, form.upper)
    terms = [(answer.duals, row), (reduced, column)]
    proven = sum(np.sum(d[abs(d) > 1e-9] * at[abs(d) > 1e-9]) for d, at in terms)
    assert proven + form.offset == pytest.approx(answer.objective, rel=1e-6)


def test_fixed_lines_stay_fixed(toy: Instance) -> None:
    form = matrix(build_model(toy))
    none = relax(with_lines(form, np.zeros(len(form.columns))))
    assert not none.x[form.is_integer].any()
    # 3,750,000 JPY of present treatment, and 90 t missing to the target in 4 years.
    assert none.objective == pytest.approx(3.75 + 90 * 0.2 * 4)


def test_impossible_relaxation_is_an_error(toy: Instance) -> None:
    with pytest.raises(NoPlanError, match=r"no plan meets every limit"):
        relax(impossible(toy))


def test_impossible_relaxation_may_be_asked_for(toy: Instance) -> None:
    assert relax_if_possible(impossible(toy)) is None
    form = matrix(build_model(toy))
    assert relax_if_possible(form).objective == relax(form).objective


def test_impossible_search_is_an_error(toy: Instance) -> None:
    form = impossible(toy)
    with pytest.raises(NoPlanError, match=r"no plan meets every limit"):
        search(form, np.zeros(len(form.columns)), 0, 5, lambda *_: None)


def test_dearer_plan_to_start_from_does_not_hide_the_optimum(toy: Instance) -> None:
    hubs = toy.hubs.assign(max_lines=1.0)
    data = replace(toy, hubs=hubs, sinks=toy.sinks.assign(contracted_t=[50.0, 0.0]))
    plan = solve(data, Effort(gap=0, time_limit_s=20))
    # One large line in both periods: 62.5 t and 90 t treated, 7.5 t and 10 t left as today.
    fixed_jpy = (0.1 * 1_500_000 + 250_000) * 9
    carried_jpy = 5 * (60 * 1000 + 2.5 * 8000) + 4 * (60 * 1000 + 30 * 8000)
    treated_jpy = 3000 + 0.8 * (500 - 8000) + 0.2 * 5000
    left_jpy = 5000 * (5 * 7.5 + 4 * 10)
    expected = fixed_jpy + carried_jpy + treated_jpy * (5 * 62.5 + 4 * 90) + left_jpy
    assert plan.objective_jpy == pytest.approx(expected)
    assert plan.status == "optimal"
