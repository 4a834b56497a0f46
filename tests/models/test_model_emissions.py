"""Each step's gases, and one carbon price on their sum."""

import pyomo.environ as pyo
import pytest
from model_case import coefficients, with_column

from models import Instance, build_model

SMALL = "throughput[H,plastic_recycling,small,2030]"
LARGE = "throughput[H,plastic_recycling,large,2030]"
PELLET = "flow[H,J,truck,recycled_pellet,2030]"
PARTS = {
    "baseline": {
        "uncollected[A,waste_plastic,2030]": 2600,
        "uncollected[B,waste_plastic,2030]": 2600,
    },
    "conversion": {SMALL: 500 * 0.2 + 20, LARGE: 500 * 0.2 + 20},
    "disposal": {"disposal[H,recycled_pellet,2030]": 2600, "disposal[H,residue,2030]": 2600},
    "transport": {
        "flow[A,H,truck,waste_plastic,2030]": 4,
        "flow[B,H,truck,waste_plastic,2030]": 20,
        PELLET: 9,
    },
    "market": {PELLET: -1600},
}


@pytest.mark.parametrize("part", PARTS)
def test_part_emits_by_the_tonne(part: str, toy_model: pyo.ConcreteModel) -> None:
    emitted = toy_model.component(f"kgco2e_{part}")[2030]
    assert coefficients(emitted) == pytest.approx(PARTS[part])


def test_power_emits_the_grid_factor_of_its_period(toy_model: pyo.ConcreteModel) -> None:
    row = coefficients(toy_model.kgco2e_conversion[2025])
    assert set(row.values()) == {500 * 0.3 + 20}


def test_emissions_cost_prices_the_tonnes_of_all_parts(toy: Instance) -> None:
    priced = build_model(with_column(toy, "periods", carbon_price_jpy_per_t=10_000.0))
    expected: dict[str, float] = {}
    for part in PARTS.values():
        for name, kgco2e in part.items():
            expected[name] = expected.get(name, 0.0) + 10_000 / 1000 * kgco2e
    assert coefficients(priced.emissions_cost[2030]) == pytest.approx(expected)
    assert expected[PELLET] == -15_910


def test_without_a_carbon_price_emissions_cost_nothing(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.emissions_cost[2025]) == {}
