"""Lines are whole, limited, stay open and cost their annuity every year."""

import pyomo.environ as pyo
import pytest
from model_case import coefficients, limits


def test_run_hub_is_whole_and_within_max_lines(toy_model: pyo.ConcreteModel) -> None:
    for lines in toy_model.run_hub.values():
        assert lines.is_integer()
        assert lines.bounds == (0, 2)


def test_open_hub_stays_open_from_the_second_period_on(toy_model: pyo.ConcreteModel) -> None:
    m = toy_model
    assert {index[-1] for index in m.open_hub_stays_open} == {2030}
    row = m.open_hub_stays_open["H", "plastic_recycling", "small", 2030]
    assert coefficients(row.body) == {
        "run_hub[H,plastic_recycling,small,2025]": 1,
        "run_hub[H,plastic_recycling,small,2030]": -1,
    }
    assert limits(row) == (None, 0)


def test_opening_cost_is_the_annuity_of_every_running_line(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.opening_cost[2025]) == pytest.approx(
        {
            "run_hub[H,plastic_recycling,small,2025]": 0.1 * 1_000_000,
            "run_hub[H,plastic_recycling,large,2025]": 0.1 * 1_500_000,
        }
    )


def test_facility_cost_adds_opening_and_running(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.running_cost[2030]) == {
        "run_hub[H,plastic_recycling,small,2030]": 200_000,
        "run_hub[H,plastic_recycling,large,2030]": 250_000,
    }
    assert coefficients(toy_model.facility_cost[2030]) == pytest.approx(
        {
            "run_hub[H,plastic_recycling,small,2030]": 300_000,
            "run_hub[H,plastic_recycling,large,2030]": 400_000,
        }
    )
