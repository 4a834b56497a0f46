"""Prices of whole lines: what they prove is what the solver says, and never more than is true."""

from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from direct_case import optimum
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from solve_case import crowded_instance, random_instance, shared_instance, trading_instance
from verify_case import chained_instance, whole

from models.objective import OBJECTIVES
from siting.solve import Effort, solve
from siting.verify.bound import proven_bound
from siting.verify.whole.site import Lines, best_by_start
from siting.verify.whole.take import offers

if TYPE_CHECKING:
    from collections.abc import Callable

    from models import Instance

EFFORT = Effort(gap=0.01, time_limit_s=10, strategy="certified")

DRAWS = {"single": random_instance, "shared": shared_instance, "chained": chained_instance}

LAWS = ("all_supply_is_placed", "made_is_placed", "lines_suffice")


@cache
def solved(draw: str, seed: int, objective: str = "cost") -> tuple[Any, ...]:
    """Return model, tables, multipliers, claim and optimum of a small instance."""
    data: Instance = DRAWS[draw](seed)
    plan = solve(data, EFFORT, objective=objective)
    sign = OBJECTIVES[objective][1]
    assert set(plan.bounds["rests_on"]) == {"certificate"}
    best = sign * optimum(data, objective).objective_value
    claimed = sign * plan.bounds["certified_value"].sum()
    return (*whole(data), plan.multipliers.reset_index(), claimed, best)


@pytest.mark.parametrize("objective", ["cost", "kgco2e"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("draw", DRAWS)
def test_prices_prove_what_the_solver_says(draw: str, seed: int, objective: str) -> None:
    model, tables, table, claimed, best = solved(draw, seed, objective)
    proven = proven_bound(model, tables, objective, table)
    assert proven.value >= claimed - 1e-7 * abs(claimed)
    if draw != "shared":  # merged sources there may use a port for less
        assert proven.value == pytest.approx(claimed, rel=1e-7)
    assert proven.value <= best + 1e-7 * abs(best)
    assert (proven.unknown, proven.wrong) == (0, 0)


@pytest.mark.parametrize("draw", [trading_instance, crowded_instance])
@pytest.mark.parametrize("seed", range(3))
def test_blocks_together_prove_no_less_than_the_sum_of_what_each_claims(
    draw: "Callable[[int], Instance]", seed: int
) -> None:
    data = draw(seed)
    plan = solve(data, replace(EFFORT, strategy="joint"))
    proven = proven_bound(*whole(data), "cost", plan.multipliers.reset_index())
    assert proven.value >= plan.bound_jpy - 1e-7 * abs(plan.bound_jpy)
    assert proven.value <= optimum(data, "cost").objective_jpy + 1
    assert (proven.unknown, proven.wrong) == (0, 0)


def test_chained_sites_have_a_price_of_every_kind() -> None:
    _, _, table, claimed, _ = solved("chained", 0)
    assert set(LAWS) <= set(table["law"])
    assert "throughput_within_capacity" not in set(table["law"])
    lines = table["law"] == "lines_suffice"
    assert (table.loc[lines, "dual_jpy"] > 0).all()
    assert claimed > 0


@settings(max_examples=40, deadline=None)
@given(
    draw=st.sampled_from(list(DRAWS)),
    seed=st.integers(0, 2),
    noise=st.floats(0, 1),
    laws=st.sampled_from([*LAWS, None]),
    number=st.integers(0, 10**6),
)
def test_no_prices_prove_more_than_the_optimum(
    draw: str, seed: int, noise: float, laws: str | None, number: int
) -> None:
    model, tables, table, _, best = solved(draw, seed)
    rng = np.random.default_rng(number)
    factor = 1 + noise**3 * rng.normal(size=len(table))
    mine = (table["law"] == laws) | (laws is None)
    changed = table.assign(dual_jpy=table["dual_jpy"] * np.where(mine, factor, 1.0))
    assert proven_bound(model, tables, "cost", changed).value <= best + 1e-7 * abs(best)


@pytest.mark.parametrize("size", [1e3, 1e5, 1e9])
@pytest.mark.parametrize("draw", DRAWS)
def test_random_prices_of_everything_prove_no_more(draw: str, size: float) -> None:
    model, tables, table, _, best = solved(draw, 1)
    for seed in range(3):
        rng = np.random.default_rng(seed)
        k, total = "waste_plastic", rng.uniform(10, 1_000, 5)
        more = pd.DataFrame(
            [
                ("lines_suffice", f"{k}|{unit!r}|{t}")
                for unit in total.tolist()
                for t in (2025, 2030)
            ],
            columns=["law", "index"],
        )
        both = pd.concat([table[["law", "index"]], more])
        both = both.assign(dual_jpy=rng.normal(size=len(both)) * size)
        assert proven_bound(model, tables, "cost", both).value <= best + 1e-7 * abs(best)


@pytest.mark.parametrize(
    "index",
    ["waste_plastic|-1.0|2030", "waste_plastic|nan|2030", "waste_plastic|x|2030",
     "plastic_product|10.0|2030", "10.0|2030", "waste_plastic|10.0|1999"],
)  # fmt: skip
def test_sum_of_lines_that_cannot_be_meant_counts_as_none(index: str) -> None:
    model, tables, table, claimed, _ = solved("single", 0)
    more = pd.DataFrame([("lines_suffice", index, 1e4)], columns=["law", "index", "dual_jpy"])
    proven = proven_bound(model, tables, "cost", pd.concat([table, more]))
    assert proven.unknown == 1
    assert proven.value == pytest.approx(claimed, rel=1e-7)


def drawn_lines(rng: np.random.Generator) -> tuple[Lines, np.ndarray, np.ndarray]:
    """Return two new sizes and a standing one over two periods, and what they may take."""
    shape = (3, 2)
    stands = np.array([False, True, False])
    most = np.array([[2.0, 2.0], [1.0, 1.0], [0.0, 1.0]])
    room = np.broadcast_to(rng.uniform(2, 9, (3, 1)), shape)
    lines = Lines(rng.normal(size=shape) * 20, rng.normal(size=shape) * 5 - 3, room,
                  np.zeros(shape), most, room * most, stands)  # fmt: skip
    return lines, rng.normal(size=(5, 2)) * 5, rng.uniform(0, 6, (5, 2))


def least_of(lines: Lines, slope: np.ndarray, mass: np.ndarray, y: np.ndarray, t: int) -> float:
    """Return the value of line counts in a period by a linear program."""
    cost = [*lines.unit[:, t], *slope[:, t]]
    limits = [(0, room) for room in lines.room[:, t] * y] + [(0, m) for m in mass[:, t]]
    taken = linprog(cost, A_eq=[[1] * 3 + [-1] * 5], b_eq=[0], bounds=limits)
    return float(lines.line[:, t] @ y + taken.fun)


@pytest.mark.parametrize("seed", range(5))
def test_best_plan_of_a_technology_is_that_of_all_line_counts(seed: int) -> None:
    lines, slope, mass = drawn_lines(np.random.default_rng(seed))
    found = best_by_start(lines.stages(offers(slope, mass)), lines.stands)
    best = [np.inf] * 3
    counts = [np.array(y) for y in product(range(3), range(2), range(2))]
    value = [[least_of(lines, slope, mass, y, t) for y in counts] for t in range(2)]
    for (a, before), (b, after) in product(enumerate(counts), repeat=2):
        rises = after >= before
        if before[2] or not (np.where(lines.stands, before >= after, rises)).all():
            continue
        since = 0 if before[[0, 2]].any() else 1 if after[[0, 2]].any() else 2
        for start in range(since + 1):
            best[start] = min(best[start], value[0][a] + value[1][b])
    assert found == pytest.approx(best)


def test_too_many_line_counts_are_taken_at_their_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    model, tables, table, claimed, _ = solved("single", 0)
    monkeypatch.setattr("siting.verify.whole.site.MOST_STATES", 1)
    proven = proven_bound(model, tables, "cost", table)
    assert np.isfinite(proven.value)
    assert proven.value < claimed
