"""The arrays are the Pyomo model."""

from collections.abc import Callable

import highspy
import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.repn import generate_standard_repn

from models import Instance, build_model
from siting.solve.highs import relax
from siting.solve.matrix import JPY_PER_UNIT, Matrix, bound, hand_over, load, matrix


@pytest.fixture(scope="module")
def m(toy: Instance) -> pyo.ConcreteModel:
    return build_model(toy)


def test_cost_is_the_objective_in_millions(m: pyo.ConcreteModel) -> None:
    form = matrix(m)
    load(form, np.arange(len(form.columns), dtype=float))
    in_millions = form.cost @ np.arange(len(form.columns)) + form.offset
    assert pyo.value(m.total_cost) == pytest.approx(in_millions * JPY_PER_UNIT)


def test_rows_hold_the_coefficients_of_their_constraint(m: pyo.ConcreteModel) -> None:
    form = matrix(m)
    dense = form.a.toarray()
    assert sum(map(len, form.rows.values())) == len(dense)
    for law in m.component_data_objects(pyo.Constraint):
        row = generate_standard_repn(law.body)
        expected = {v.name: c for v, c in zip(row.linear_vars, row.linear_coefs, strict=True)}
        (row_number,) = form.rows_of(law)
        values = dense[row_number]
        held = {v.name: c for v, c in zip(form.columns, values, strict=True) if c}
        assert held == pytest.approx(expected)


def test_lines_alone_are_whole(m: pyo.ConcreteModel) -> None:
    form = matrix(m)
    whole = {v.name for v, kind in zip(form.columns, form.is_integer, strict=True) if kind}
    assert whole == {v.name for v in m.run_hub.values()}
    assert whole_columns(form, relaxed=True) == 0
    assert whole_columns(form, relaxed=False) == len(whole)


def whole_columns(form: Matrix, *, relaxed: bool) -> int:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    assert hand_over(form, highs, relaxed=relaxed) == highspy.HighsStatus.kOk
    return list(highs.getLp().integrality_).count(highspy.HighsVarType.kInteger)


def test_solver_holds_the_arrays(m: pyo.ConcreteModel) -> None:
    form, highs = matrix(m), highspy.Highs()
    highs.setOptionValue("output_flag", False)
    hand_over(form, highs)
    held = highs.getLp()
    for name in ("cost", "lower", "upper"):
        np.testing.assert_array_equal(getattr(held, f"col_{name}_"), getattr(form, name))
    for name in ("row_lower", "row_upper"):
        np.testing.assert_array_equal(getattr(held, f"{name}_"), getattr(form, name))
    assert (held.num_row_, held.num_col_) == form.a.shape
    np.testing.assert_array_equal(held.a_matrix_.value_, form.a.data)
    np.testing.assert_array_equal(held.a_matrix_.index_, form.a.indices)
    assert held.offset_ == form.offset


def test_services_are_whole_too(shared_instance: Callable[..., Instance]) -> None:
    model = build_model(shared_instance(0))
    form = matrix(model)
    assert form.is_integer.sum() == len(model.run_hub) + len(model.run_service)
    running = {id(v) for v in model.run_service.values()}
    bounds = [
        (lo, up)
        for lo, up, v in zip(form.lower, form.upper, form.columns, strict=True)
        if id(v) in running
    ]
    assert set(bounds) == {(0, 1)}


def test_loaded_values_cost_what_highs_says(m: pyo.ConcreteModel) -> None:
    form = matrix(m)
    answer = relax(form)
    load(form, answer.x)
    assert pyo.value(m.total_cost) == pytest.approx(answer.objective * JPY_PER_UNIT)


def test_missing_bound_has_a_default() -> None:
    assert bound(None, np.inf) == np.inf
    assert bound(0, np.inf) == 0
