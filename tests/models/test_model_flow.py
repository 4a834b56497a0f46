"""Nothing appears or vanishes at a node."""

import pyomo.environ as pyo
from model_case import coefficients, limits

from models import Instance
from models.flow import arcs_by_node

SMALL = "throughput[H,plastic_recycling,small,2030]"
LARGE = "throughput[H,plastic_recycling,large,2030]"


def test_all_supply_is_placed_on_an_arc_or_left(toy_model: pyo.ConcreteModel) -> None:
    row = toy_model.all_supply_is_placed["B", "waste_plastic", 2030]
    assert coefficients(row.body) == {
        "flow[B,H,truck,waste_plastic,2030]": 1,
        "uncollected[B,waste_plastic,2030]": 1,
    }
    assert limits(row) == (40, 40)
    assert len(toy_model.all_supply_is_placed) == 2 * 2


def test_site_balance_treats_all_that_arrives(toy_model: pyo.ConcreteModel) -> None:
    row = toy_model.site_balance["H", "waste_plastic", 2030]
    assert coefficients(row.body) == {
        "flow[A,H,truck,waste_plastic,2030]": 1,
        "flow[B,H,truck,waste_plastic,2030]": 1,
        SMALL: -1,
        LARGE: -1,
    }
    assert limits(row) == (0, 0)


def test_site_balance_delivers_or_disposes_of_all_that_is_made(
    toy_model: pyo.ConcreteModel,
) -> None:
    pellet = toy_model.site_balance["H", "recycled_pellet", 2030]
    assert in_sign_of(SMALL, coefficients(pellet.body)) == {
        SMALL: 0.8,
        LARGE: 0.8,
        "flow[H,J,truck,recycled_pellet,2030]": -1,
        "disposal[H,recycled_pellet,2030]": -1,
    }
    residue = toy_model.site_balance["H", "residue", 2030]
    expected = {SMALL: 0.2, LARGE: 0.2, "disposal[H,residue,2030]": -1}
    assert in_sign_of(SMALL, coefficients(residue.body)) == expected
    assert limits(pellet) == limits(residue) == (0, 0)


def test_inflow_is_what_arrives_on_all_arcs(toy_model: pyo.ConcreteModel) -> None:
    assert coefficients(toy_model.inflow["H", "waste_plastic", 2025]) == {
        "flow[A,H,truck,waste_plastic,2025]": 1,
        "flow[B,H,truck,waste_plastic,2025]": 1,
    }
    assert coefficients(toy_model.inflow["H", "residue", 2025]) == {}


def test_every_arc_leaves_one_node_and_arrives_at_one(toy: Instance) -> None:
    leaving, arriving = arcs_by_node(toy)
    assert set(leaving) == {
        ("A", "waste_plastic"),
        ("B", "waste_plastic"),
        ("H", "recycled_pellet"),
    }
    assert len(arriving["H", "waste_plastic"]) == 2
    assert sum(map(len, leaving.values())) == sum(map(len, arriving.values())) == len(toy.arcs)


def in_sign_of(name: str, row: dict[str, float]) -> dict[str, float]:
    """Return an equation whose right-hand side is zero, written with `name` positive."""
    sign = 1 if row[name] > 0 else -1
    return {variable: sign * coefficient for variable, coefficient in row.items()}
