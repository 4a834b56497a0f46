"""The whole model: every law is written down and tested, and the toy is solved by hand."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pyomo.environ as pyo
import pytest
from model_case import with_column, without_rows

from models import Instance, Plan
from models.instance import TABLES
from siting.solve import Effort, solve

HERE = Path(__file__).parent
README = (HERE.parents[1] / "models" / "README.md").read_text(encoding="utf-8")
EXACT = Effort(gap=0, time_limit_s=20)

SMALL_T, LARGE_T = 60, 100  # capacity of a line, t/yr
SMALL_JPY = 1_000_000 * 0.1 + 200_000  # a year of a line: annuity and running
LARGE_JPY = 1_500_000 * 0.1 + 250_000
BASELINE_JPY, SHORTFALL_JPY = 5_000, 200_000  # per tonne left, per tonne missing
# Per tonne at the site: handling, 0.8 t of pellets sold and carried, 0.2 t of residue.
SITE_JPY = 3_000 - 0.8 * (8_000 - 500) + 0.2 * 5_000
A_JPY, B_JPY = 1_000 + SITE_JPY, 8_000 + SITE_JPY  # per tonne collected, lines aside
YEARS = {2025: 5, 2030: 4}  # discounted years
SUPPLY_A, SUPPLY_B = 60, {2025: 10, 2030: 40}  # t/yr
WANTED = {2025: 0, 2030: 0.9 * (60 + 40)}  # t/yr
NOTHING_JPY = BASELINE_JPY * (YEARS[2025] * (60 + 10) + YEARS[2030] * (60 + 40))


def names(m: pyo.ConcreteModel, kind: type) -> Iterator[str]:
    return (component.local_name for component in m.component_objects(kind))


@pytest.mark.parametrize("kind", [pyo.Set, pyo.Var, pyo.Constraint, pyo.Expression, pyo.Objective])
def test_every_component_is_named_in_the_readme(kind: type, toy_model: pyo.ConcreteModel) -> None:
    assert {name for name in names(toy_model, kind) if f"`{name}`" not in README} == set()


def test_every_constraint_is_named_in_a_test(toy_model: pyo.ConcreteModel) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_model_*.py"))
    laws = set(names(toy_model, pyo.Constraint))
    assert laws
    assert {law for law in laws if f".{law}" not in tests} == set()


def year_jpy(small: int, large: int, t: int, wanted_t: float) -> float:
    """Return the cost of the best year with these lines.

    A tonne from A saves 6,000 JPY, so A goes first; one from B costs 1,000 JPY more collected
    than left, so B only fills what the target still wants.
    """
    capacity_t = SMALL_T * small + LARGE_T * large
    a = min(SUPPLY_A, capacity_t)
    b = min(SUPPLY_B[t], capacity_t - a, max(wanted_t - a, 0))
    left = SUPPLY_A + SUPPLY_B[t] - a - b
    return (
        SMALL_JPY * small
        + LARGE_JPY * large
        + A_JPY * a
        + B_JPY * b
        + BASELINE_JPY * left
        + SHORTFALL_JPY * max(wanted_t - a - b, 0)
    )


def all_plans(wanted: dict[int, float]) -> dict[tuple[int, int, int, int], float]:
    """Return the cost of every choice of small and large lines in 2025, then in 2030."""
    counts = range(3)
    return {
        (s1, l1, s2, l2): YEARS[2025] * year_jpy(s1, l1, 2025, wanted[2025])
        + YEARS[2030] * year_jpy(s2, l2, 2030, wanted[2030])
        for s1, l1, s2, l2 in product(counts, repeat=4)
        if s2 >= s1 and l2 >= l1
    }


def test_tonne_from_a_saves_and_tonne_from_b_costs() -> None:
    assert A_JPY - BASELINE_JPY == -6_000
    assert B_JPY - BASELINE_JPY == +1_000


def test_toy_optimum_matches_hand_calculation(toy_plan: Plan) -> None:
    # Doing nothing would cost 5,000 JPY for each of 70 t in 5 and 100 t in 4 discounted years,
    # and miss the target. One large line from 2030 takes 60 t from A and 30 t from B:
    # 400,000 - 60 x 6,000 + 30 x 1,000 = 70,000 JPY a year more than doing nothing.
    assert NOTHING_JPY == 5_000 * (70 * 5 + 100 * 4) == 3_750_000
    plans = all_plans(WANTED)
    assert min(plans, key=plans.__getitem__) == (0, 0, 0, 1)
    assert plans[0, 0, 0, 1] == pytest.approx(NOTHING_JPY + 4 * 70_000)
    assert sorted(plans.values())[1] > plans[0, 0, 0, 1] + 1

    assert toy_plan.objective_jpy == pytest.approx(min(plans.values()), rel=1e-9)
    assert toy_plan.hubs["lines"].to_dict() == {("H", "plastic_recycling", "large", 2030): 1}
    collected = toy_plan.sources["collected_t"].droplevel("commodity")
    assert collected.to_dict() == pytest.approx(
        {("A", 2025): 0, ("A", 2030): 60, ("B", 2025): 0, ("B", 2030): 30}
    )
    assert toy_plan.disposals["disposal_t"].to_list() == pytest.approx([0.2 * 90])
    assert toy_plan.sinks["inflow_t"].to_list() == pytest.approx([0.8 * 90])


def test_without_a_target_the_market_keeps_a_only(toy: Instance) -> None:
    # 60 t from A save 360,000 JPY a year and a small line costs 300,000: 60,000 a year gained.
    plans = all_plans({2025: 0, 2030: 0})
    assert min(plans, key=plans.__getitem__) == (1, 0, 1, 0)
    assert min(plans.values()) == pytest.approx(NOTHING_JPY - (5 + 4) * 60_000)
    plan = solve(without_rows(toy, "targets"), EXACT)
    assert plan.objective_jpy == pytest.approx(min(plans.values()), rel=1e-9)
    assert plan.hubs["lines"].unstack("period").loc[("H", "plastic_recycling", "small")].eq(1).all()
    assert plan.sources["collected_t"].xs("B", level="source").eq(0).all()


def test_fee_is_what_the_last_tonne_loses_with_its_share_of_a_line(toy_plan: Plan) -> None:
    # B's own loss of 1,000 JPY/t and 1/100 of the yearly cost of a large line.
    fee = toy_plan.targets.loc[("waste_plastic", 2030), "fee_jpy_per_t"]
    assert fee == pytest.approx(1_000 + LARGE_JPY / LARGE_T, rel=1e-6)


def test_target_that_is_met_anyway_has_no_fee(toy: Instance) -> None:
    plan = solve(with_column(toy, "targets", min_collected_share=0.5), EXACT)
    assert plan.targets["fee_jpy_per_t"].to_list() == pytest.approx([0], abs=1e-6)
    assert plan.targets["shortfall_t"].to_list() == [0]


@pytest.mark.parametrize(("small_lines", "missing_t"), [(0, 90), (1, 30)])
def test_unreachable_target_reports_what_is_missing(
    toy: Instance, small_lines: int, missing_t: float
) -> None:
    sizes = toy.hubs.index.get_level_values("size")
    limited = with_column(toy, "hubs", max_lines=np.where(sizes == "small", small_lines, 0))
    plan = solve(limited, EXACT)
    assert plan.status == "optimal"
    assert plan.targets["shortfall_t"].to_list() == pytest.approx([missing_t])
    left = [
        cost
        for (s1, l1, s2, l2), cost in all_plans(WANTED).items()
        if l1 == l2 == 0 and max(s1, s2) <= small_lines
    ]
    assert plan.objective_jpy == pytest.approx(min(left), rel=1e-9)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_and_column_is_in_the_readme(name: str) -> None:
    assert f"| `{name}` ({', '.join(TABLES[name].index)}) |" in README
    assert {column for column in TABLES[name].columns if f"| `{column}` |" not in README} == set()
