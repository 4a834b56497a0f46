"""A line treats at most its capacity; handling and disposal cost by the tonne."""

import pyomo.environ as pyo
from model_case import coefficients, limits

SMALL = "H,plastic_recycling,small"
LARGE = "H,plastic_recycling,large"


def test_throughput_within_capacity_of_the_running_lines(toy_model: pyo.ConcreteModel) -> None:
    rows = toy_model.throughput_within_capacity
    row = rows["H", "plastic_recycling", "large", 2030]
    assert coefficients(row.body) == {
        f"throughput[{LARGE},2030]": 1,
        f"run_hub[{LARGE},2030]": -100,
    }
    assert limits(row) == (None, 0)
    assert len(rows) == 4
    small = rows["H", "plastic_recycling", "small", 2025]
    assert coefficients(small.body)[f"run_hub[{SMALL},2025]"] == -60


def test_only_what_a_recipe_makes_can_be_disposed_of(toy_model: pyo.ConcreteModel) -> None:
    assert set(toy_model.WASTES) == {("H", "recycled_pellet"), ("H", "residue")}
    assert all(disposal.bounds == (0, None) for disposal in toy_model.disposal.values())


def test_conversion_cost_adds_handling_and_disposal(toy_model: pyo.ConcreteModel) -> None:
    handling = {f"throughput[{SMALL},2025]": 3000, f"throughput[{LARGE},2025]": 3000}
    disposal = {"disposal[H,recycled_pellet,2025]": 5000, "disposal[H,residue,2025]": 5000}
    assert coefficients(toy_model.handling_cost[2025]) == handling
    assert coefficients(toy_model.disposal_cost[2025]) == disposal
    assert coefficients(toy_model.conversion_cost[2025]) == {**handling, **disposal}
