"""Objectives by name, and any of them as a limit by period or over the horizon."""

from dataclasses import replace

import pyomo.environ as pyo
import pytest
from model_case import LARGE, coefficients, limits, rows_of, with_column

from models import Instance, build_model
from models.objective import OBJECTIVES
from siting.errors import NoPlanError
from siting.solve import Effort, solve

EXACT = Effort(gap=0, time_limit_s=20)


@pytest.fixture
def measured(toy: Instance) -> Instance:
    """Return the toy with people on its lines and virgin material displaced."""
    return with_column(with_column(toy, "hubs", jobs=[12.0, 8.0]), "sinks", virgin_t_per_t=0.9)


def test_quantity_within_limit_of_a_period(measured: Instance) -> None:
    rows = (("kgco2e", 2030, -5.0, 100.0), ("jobs", 2025, 3.0, float("inf")))
    m = build_model(replace(measured, limits=rows_of("limits", *rows)))
    assert set(m.quantity_within_limit) == {
        ("kgco2e", 2030, "at_least"), ("kgco2e", 2030, "at_most"), ("jobs", 2025, "at_least")
    }  # fmt: skip
    row = m.quantity_within_limit["jobs", 2025, "at_least"]
    sign = 1 if limits(row)[0] == 3 else -1
    assert coefficients(row.body)[f"run_hub[{LARGE},2025]"] == sign * 12


def test_horizon_within_limit_sums_years(measured: Instance) -> None:
    rows = rows_of("horizon_limits", ("virgin_material_avoided_t", 10.0, float("inf")))
    m = build_model(replace(measured, horizon_limits=rows))
    row = m.horizon_within_limit["virgin_material_avoided_t", "at_least"]
    found = {name: abs(value) for name, value in coefficients(row.body).items()}
    assert found == pytest.approx(
        {f"flow[H,J,truck,recycled_pellet,{t}]": 5 * 0.9 for t in (2025, 2030)}
    )


@pytest.mark.parametrize("name", OBJECTIVES)
def test_objective_is_the_named_total(measured: Instance, name: str) -> None:
    m = build_model(measured, name)
    total, sign = OBJECTIVES[name]
    wanted = coefficients(m.component(total))
    assert coefficients(m.objective) == {key: sign * value for key, value in wanted.items()}
    assert m.objective.sense == pyo.minimize


def test_more_virgin_material_is_avoided_when_that_decides(measured: Instance) -> None:
    cheap = solve(measured, EXACT)
    green = solve(measured, EXACT, objective="virgin_material_avoided_t")
    years = measured.periods["years"]
    everything = 0.9 * 0.8 * (70 * 5 + 100 * 5)
    assert green.objective_value == pytest.approx(everything)
    assert green.gap == 0
    assert green.objective_jpy > cheap.objective_jpy
    assert green.total("virgin_material_avoided_t", years) == pytest.approx(everything)


def test_limit_on_emissions_costs_and_holds(measured: Instance) -> None:
    free, least = (solve(measured, EXACT, objective=name) for name in ("cost", "kgco2e"))
    years = measured.periods["years"]
    middle = (free.total("kgco2e", years) + least.objective_value) / 2
    rows = rows_of("horizon_limits", ("kgco2e", -float("inf"), middle))
    held = solve(replace(measured, horizon_limits=rows), EXACT)
    assert held.total("kgco2e", years) <= middle + 1e-3
    assert free.objective_jpy < held.objective_jpy <= least.objective_jpy + 1


def test_limit_that_nothing_meets_is_told(measured: Instance) -> None:
    rows = rows_of("limits", ("kgco2e", 2025, -float("inf"), -1e12))
    with pytest.raises(NoPlanError, match="no plan meets every limit"):
        solve(replace(measured, limits=rows), EXACT)
