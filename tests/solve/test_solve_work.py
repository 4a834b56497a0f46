"""Limits by work: what counts, and that the machine's pace does not."""

import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import solve_case

from models.plan import Plan
from siting.solve import Effort, solve, work
from siting.solve.session import Session
from siting.solve.work import Checks, Limit, add, iterations_in, note_run, pivots_in

EFFORT = Effort(gap=0.0, time_limit_s=0.6, arcs_per_source=2, clusters=3, strategy="certified")


def test_a_limit_counts_work_from_when_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 0.0)
    add(5.0)
    limit = Limit(2.0)
    add(0.5)
    assert (limit.used_s, limit.left_s, limit.is_over) == (0.5, 1.5, False)
    add(1.5)
    assert limit.is_over


def test_what_was_done_before_changes_no_digit() -> None:
    used = []
    for before in (0.0, 1 / 3, 1e6):
        add(before)
        limit = Limit(1.0)
        for part in (0.1, 0.7, 1e-7):
            add(part)
        used.append(limit.used_s)
    assert used == [used[0]] * 3


def test_the_clock_ends_a_limit_where_the_machine_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    limit = Limit(2.0)
    now[0] = 2.0 * work.SLOWEST - 0.1
    assert not limit.is_over
    now[0] = 2.0 * work.SLOWEST
    assert limit.is_over


def test_counts_are_the_inverse_of_what_is_noted() -> None:
    def noted_s(**counts: int) -> float:
        zero = {"simplex_iteration_count": 0, "crossover_iteration_count": 0}
        info = SimpleNamespace(**(zero | {"ipm_iteration_count": 0} | counts))
        limit = Limit(1e9)
        note_run(
            SimpleNamespace(getInfo=lambda: info, getNumNz=lambda: 40_000, getNumRow=lambda: 3_000)
        )
        return limit.used_s

    idle_s = noted_s()
    assert idle_s == pytest.approx(40_000 * work.PER_ENTRY_S)
    pivots, rounds = pivots_in(2.0, 3_000), iterations_in(2.0, 40_000)
    assert noted_s(simplex_iteration_count=pivots) - idle_s == pytest.approx(2.0, rel=1e-3)
    assert noted_s(ipm_iteration_count=rounds) - idle_s == pytest.approx(2.0, rel=0.02)
    assert pivots_in(0.0, 3_000) == 1
    assert pivots_in(np.inf, 3_000) == work.MOST_ITERATIONS


def test_checks_end_a_search_after_its_work() -> None:
    ended, each_s = [], 250_000 * work.PER_CHECK_AND_ENTRY_S
    event = SimpleNamespace(interrupt=lambda: ended.append(True))
    checks, limit = Checks(entries=250_000, limit_s=2.5 * each_s), Limit(100.0)
    checks(event)
    checks(event)
    assert not checks.ended
    assert not ended
    checks(event)
    assert checks.ended
    assert ended
    assert limit.used_s == pytest.approx(3 * each_s)


@pytest.fixture
def costly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make HiGHS's work count a thousand times, and the clock never."""
    monkeypatch.setattr(work, "SLOWEST", 1e6)
    for name in ("PER_PIVOT_AND_ROW_S", "PER_ENTRY_S"):
        monkeypatch.setattr(work, name, 1000 * getattr(work, name))


def worked(limit_s: float) -> tuple[Plan, float]:
    """Return the plan of an instance found within `limit_s` of search, and all work for it."""
    data, limit = solve_case.random_instance(11, kinds=2), Limit(1e9)
    return solve(data, replace(EFFORT, time_limit_s=limit_s)), limit.used_s


@pytest.mark.usefixtures("costly")
def test_a_plan_does_not_depend_on_how_fast_the_machine_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, first_s = worked(5.0)
    _, all_s = worked(500.0)
    assert first_s < all_s, "the limit ends nothing"
    held = Session.held

    def slowly(self: Session, *given: object, **named: object) -> float | None:
        time.sleep(0.002)
        return held(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "held", slowly)
    again, again_s = worked(5.0)
    assert again_s == first_s
    assert again.objective_jpy == first.objective_jpy
    assert again.bound_jpy == first.bound_jpy
    pd.testing.assert_frame_equal(again.hubs, first.hubs)
    pd.testing.assert_frame_equal(again.flows, first.flows)
