"""Moves of lines: what they save at most, what they may, and where they lead."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import solve_case

from bench.family import Family, instance_of, member
from siting.solve import Effort, solve
from siting.solve.board import Board, board
from siting.solve.highs import Answer, relax
from siting.solve.line import Built, best_of, built_model, starts
from siting.solve.matrix import Array, with_lines
from siting.solve.move import promising, walked
from siting.solve.session import session
from siting.solve.swap import lane_costs, nearest

SEEDS = pytest.mark.parametrize("seed", range(4))


def started(seed: int) -> tuple[Built, dict[str, list[str]], Answer]:
    """Return a model, the sites near each, and a plan: a relaxation's lines rounded up."""
    data = solve_case.random_instance(seed, kinds=2)
    names = data.hubs.index.unique("site")
    costly = {"opening_jpy": 3e9, "annuity_per_yr": 0.08, "plot_m2": np.inf}
    data = replace(data, sites=pd.DataFrame(costly, index=names))
    built, costs = built_model(data), lane_costs(data)
    best = best_of(built, starts(built, relax(built.form).x))
    assert best is not None
    return built, {str(site): nearest(costs, str(site)) for site in costs}, best


def cost_of(built: Built, on: Board, x: Array, lines: Array) -> float:
    """Return what the plan with `lines` costs, infinite where there is none."""
    column, values = on.columns(lines)
    chosen = x.copy()
    chosen[column] = values
    held = session(with_lines(built.form, chosen)).held(column, values, np.inf)
    return np.inf if held is None else held


@SEEDS
def test_a_move_saves_no_more_than_promised_and_others_save_nothing(seed: int) -> None:
    built, near, start = started(seed)
    on = board(built, near)
    lines = np.round(start.x[on.column])
    kept = session(with_lines(built.form, start.x))
    cost = kept.held(*on.columns(lines), np.inf)
    assert cost == pytest.approx(start.objective)
    margin = kept.margins()
    promised = {move: saved for saved, move in promising(on, lines, margin, 0.0)}
    every = [move for _, move in promising(on, lines, margin, -np.inf)]
    assert 0 < len(promised) < len(every)
    for move in every:
        after = lines.copy()
        after[list(move.hubs)] += move.more
        least = cost + promised.get(move, 0.0)
        assert cost_of(built, on, start.x, after) >= least - 1e-6 * abs(cost)


@SEEDS
def test_moves_lead_to_a_plan_near_the_optimum(seed: int) -> None:
    built, near, start = started(seed)
    told: list[str] = []
    found = walked(built, start, near, 2.0, told.append)
    exact = solve_case.search(built.form, None, 0.0, 60.0, lambda *_: None)
    again = relax(with_lines(built.form, found.x))
    assert exact.objective <= found.objective * (1 + 1e-9) <= start.objective * (1 + 2e-9)
    assert found.objective == pytest.approx(again.objective)
    assert found.objective <= 1.02 * exact.objective
    assert told


def test_lines_that_stand_may_go_and_others_may_come() -> None:
    built, near, _ = started(0)
    on = replace(board(built, near), stands=np.arange(len(board(built, near).column)) == 0)
    periods = on.column.shape[1]
    coming, going = np.zeros(periods), np.zeros(periods)
    coming[-1] = going[0] = 1.0
    first, second = np.array([0]), np.array([1])
    assert on.allows(first, going[None]).all()
    assert not on.allows(first, coming[None]).any()
    assert on.allows(second, coming[None]).all()
    assert not on.allows(second, going[None]).any()
    assert not on.allows(second, -coming[None]).any()


def test_a_site_that_must_be_in_use_stays_in_use() -> None:
    built, near, _ = started(1)
    on = board(built, near)
    (marks,) = on.marks
    idle = np.zeros(on.column.shape)
    column, values = on.columns(idle)
    assert not values[np.isin(column, marks.column)].any()
    held = replace(on, marks=(replace(marks, least=np.ones_like(marks.least)),))
    column, values = held.columns(idle)
    assert (values[np.isin(column, marks.column)] == 1.0).all()


def test_without_time_the_plan_is_the_one_there_was() -> None:
    built, near, start = started(2)
    found = walked(built, start, near, 0.0, lambda _: None)
    assert found.objective <= start.objective


def test_sources_that_reach_few_sites_are_not_merged_with_others() -> None:
    """Merged with sources that reach a site, they seem to reach it too; the plan leaves them."""
    data = instance_of(member(Family(300, 1, 2, 40, 5), 1))
    effort = Effort(gap=1e-3, time_limit_s=4.0, clusters=60, strategy="certified")
    plan = solve(data, effort)
    assert plan.gap <= 0.2
