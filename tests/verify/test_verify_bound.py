"""Whatever multipliers a file holds, what they prove is no more than the best plan."""

import numpy as np
import pandas as pd
import pytest
from direct_case import optimum
from hypothesis import given, settings
from hypothesis import strategies as st
from solve_case import random_instance, shared_instance
from verify_case import random_multipliers, whole

from models import Instance, Plan
from models.objective import OBJECTIVES
from siting.solve import Effort, solve
from siting.verify.bound import proven_bound

EFFORT = Effort(gap=0.01, time_limit_s=20)


def least(data: Instance, objective: str) -> float:
    """Return the optimum, to be minimised."""
    return OBJECTIVES[objective][1] * optimum(data, objective).objective_value


@pytest.fixture(scope="module", params=OBJECTIVES)
def goal(request: pytest.FixtureRequest, full: Instance) -> tuple[Instance, str, float]:
    return full, request.param, least(full, request.param)


@pytest.mark.parametrize("size", [1.0, 1e3, 1e6, 1e9])
def test_random_multipliers_never_prove_more_than_the_optimum(
    goal: tuple[Instance, str, float], size: float
) -> None:
    data, objective, best = goal
    model, tables = whole(data)
    for seed in range(3):
        table = random_multipliers(model, np.random.default_rng(seed), size)
        proven = proven_bound(model, tables, objective, table)
        assert proven.value <= best + 1e-6 * abs(best)
        assert proven.wrong > 0


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 3), noise=st.floats(0, 2), draw=st.integers(0, 10**6))
def test_multipliers_near_the_best_never_prove_more_than_the_optimum(
    seed: int, noise: float, draw: int
) -> None:
    model, tables, plan, best = solved(seed)
    table = plan.multipliers.reset_index()
    change = np.random.default_rng(draw).normal(size=len(table))
    table["dual_jpy"] *= 1 + noise * change
    assert proven_bound(model, tables, "cost", table).value <= best + 1e-6 * abs(best)


KEPT: dict[int, tuple] = {}


def solved(seed: int) -> tuple:
    """Return model, tables, plan and optimum of a small instance, solved once."""
    if seed not in KEPT:
        data = shared_instance(seed) if seed % 2 else random_instance(seed)
        plan = solve(data, Effort(gap=0.01, time_limit_s=20, strategy="certified"))
        KEPT[seed] = (*whole(data), plan, least(data, "cost"))
    return KEPT[seed]


@pytest.mark.parametrize(
    ("objective", "strategy"),
    [*((name, "direct") for name in OBJECTIVES), ("cost", "certified"), ("kgco2e", "certified")],
)
def test_certificate_proves_what_the_record_says(
    full: Instance, objective: str, strategy: str
) -> None:
    plan = solve(full, Effort(gap=0.01, time_limit_s=20, strategy=strategy), objective=objective)
    check_certificate(full, plan)


@pytest.mark.parametrize("strategy", ["direct", "certified"])
@pytest.mark.parametrize("kinds", [1, 2])
@pytest.mark.parametrize("draw", [random_instance, shared_instance])
def test_certificates_of_parts_add_up(draw, kinds: int, strategy: str) -> None:
    data = draw(5, kinds)
    plan = solve(data, Effort(gap=0.01, time_limit_s=20, strategy=strategy))
    check_certificate(data, plan)


def check_certificate(data: Instance, plan: Plan) -> None:
    """Check that the certificate proves what is claimed, and what it must where all is counted.

    A service of which only some arcs call at a limited port carries merged sources for less.
    """
    model, tables = whole(data)
    proven = proven_bound(model, tables, plan.objective, plan.multipliers.reset_index())
    sign = OBJECTIVES[plan.objective][1]
    claimed = sign * plan.bounds["certified_value"].sum()
    assert proven.value >= claimed - 1e-7 * abs(claimed) - 1e-3
    if not len(data.calls) or (plan.bounds["rests_on"] == "search").all():
        assert proven.value == pytest.approx(claimed, rel=1e-7, abs=1e-3)
    assert (proven.unknown, proven.wrong) == (0, 0)
    searched = plan.bounds["rests_on"] == "search"
    if not searched.any():
        assert sign * plan.bound_value == pytest.approx(claimed, rel=1e-9, abs=1e-3)


def test_what_is_no_multiplier_counts_as_none(toy: Instance) -> None:
    model, tables = whole(toy)
    good = solve(toy, EFFORT).multipliers.reset_index()
    odd = pd.DataFrame(
        [
            ("target_is_met", "waste_plastic|2030", np.nan),
            ("target_is_met", "waste_plastic|2030|x", -1.0),
            ("target_is_met", "waste_plastic|1999", -1.0),
            ("cost_jpy:transport", "2030", -1.0),
            ("no_such_law", "2030", -1.0),
            ("quantity_within_limit", "jobs|2030|at_least", 1.0),
            ("throughput_within_capacity", "H|plastic_recycling|large|2030", 5.0),
        ],
        columns=["law", "index", "dual_jpy"],
    )
    none = proven_bound(model, tables, "cost", good.iloc[:0])
    same = proven_bound(model, tables, "cost", odd)
    assert (same.unknown, same.wrong) == (4, 2)
    assert same.value == none.value
