"""The front of the four-node example without targets, against arithmetic by hand.

Best in cost: one small line from 2025 for the 60 t of A. Fewer emissions need tonnes of B, so the
large line from 2025 instead of the small one; B's tonnes then cost 1,000 JPY more than they save,
and cheapest in 2030, where a year counts 4 yr instead of 5 and 3,212.8 kg are saved by a tonne.
"""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from siting import pipeline
from siting.pipeline import Prepared
from siting.scenarios.objective import Objective
from siting.scenarios.pareto import Front, Point, find_front
from siting.scenarios.pareto.front import limited, limits, undominated

TOY = Path(__file__).parents[2] / "configs" / "toy.yaml"
NO_STEP = lambda _: None  # noqa: E731
COST, GAS = Objective.COST, Objective.KGCO2E

SMALL_JPY = 3.75e6 - 5 * 60_000 - 4 * 60_000
LARGE_JPY = 3.75e6 + 9 * 40_000
KG_PER_T_2025, KG_PER_T_2030 = 3_162.8, 3_212.8
ALL_OF_B_KG = 5 * (10 * KG_PER_T_2025 + 40 * KG_PER_T_2030)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return pipeline.prepare(TOY, None, NO_STEP, targets=False)


@pytest.fixture(scope="module")
def front(prepared: Prepared) -> Front:
    return find_front(prepared, COST, GAS, 3, NO_STEP)


def test_ends_of_the_front_are_the_two_best_plans(front: Front) -> None:
    first, *_, last = front.points
    assert first.x == pytest.approx(SMALL_JPY)
    assert last.x == pytest.approx(LARGE_JPY + 1_000 * (10 * 5 + 40 * 4), rel=1e-6)
    assert first.y - last.y == pytest.approx(ALL_OF_B_KG, rel=1e-5)
    assert [front.best_y, front.best_y_bound] == pytest.approx([last.y, last.y], rel=1e-5)


def test_point_between_takes_the_cheapest_tonnes(front: Front) -> None:
    middle = front.points[1]
    assert middle.limit == pytest.approx((front.points[0].y + front.points[2].y) / 2, rel=1e-5)
    tonnes = ALL_OF_B_KG / 2 / (5 * KG_PER_T_2030)
    assert tonnes < 40
    assert middle.y == pytest.approx(middle.limit, abs=1.0)
    assert middle.x == pytest.approx(LARGE_JPY + 4 * 1_000 * tonnes, rel=1e-6)


def test_every_point_is_proven(front: Front) -> None:
    for point in front.points:
        assert point.bound <= point.x + 1e-6
        assert point.gap <= 1e-6
        assert point.status == "optimal"


def test_points_never_get_better_in_both(prepared: Prepared) -> None:
    front = find_front(prepared, COST, GAS, 6, NO_STEP)
    xs, ys = np.array([[p.x, p.y] for p in front.points]).T
    assert (np.diff(xs) > 0).all()
    assert (np.diff(ys) < 0).all()


def test_front_may_be_sought_from_the_other_side(prepared: Prepared, front: Front) -> None:
    turned = find_front(prepared, GAS, COST, 2, NO_STEP)
    ends = [(p.y, p.x) for p in (turned.points[-1], turned.points[0])]
    asked = [(p.x, p.y) for p in (front.points[0], front.points[-1])]
    np.testing.assert_allclose(ends, asked, rtol=1e-4)


def test_objective_that_is_to_grow_is_limited_from_below(prepared: Prepared) -> None:
    table = prepared.assembled.instance.sinks.assign(virgin_t_per_t=1.0)
    data = replace(prepared.assembled.instance, sinks=table)
    prepared = replace(prepared, assembled=replace(prepared.assembled, instance=data))
    front = find_front(prepared, COST, Objective.VIRGIN_MATERIAL_AVOIDED_T, 2, NO_STEP)
    assert [p.y for p in front.points] == pytest.approx(
        [0.8 * (60 + 60) * 5, 0.8 * (70 + 100) * 5], rel=1e-5
    )


def test_two_that_do_not_compete_are_one_point(prepared: Prepared) -> None:
    front = find_front(prepared, COST, Objective.JOBS, 4, NO_STEP)
    assert len(front.points) == 1
    assert front.points[0].limit is None


def test_limit_of_the_study_stays_beside_that_of_the_front(prepared: Prepared) -> None:
    data = limited(prepared.assembled.instance, GAS, 5.0)
    assert data.horizon_limits.at["kgco2e", "at_most"] == 5.0
    assert limited(data, GAS, 9.0).horizon_limits.at["kgco2e", "at_most"] == 5.0
    assert limited(data, GAS, 2.0).horizon_limits.at["kgco2e", "at_most"] == 2.0
    both = limited(data, Objective.JOBS, 3.0).horizon_limits
    assert both.at["jobs", "at_least"] == 3.0
    assert both.at["jobs", "at_most"] == math.inf
    assert len(prepared.assembled.instance.horizon_limits) == 0


def test_steps_are_equal_and_the_last_lets_rounding_pass() -> None:
    assert limits(10.0, 4.0, 4) == pytest.approx([8, 6, 4], abs=1e-5)
    assert limits(10.0, 4.0, 4)[-1] > 4
    assert limits(4.0, 10.0, 4)[-1] < 10
    assert limits(5.0, 5.0, 4) == []


def test_dominated_points_are_told_from_the_front(front: Front) -> None:
    def point(x: float, y: float) -> Point:
        return Point(x, y, None, x, "optimal", 0.0, front.outcome.plan)

    points = [point(1, 9), point(2, 9), point(2, 5), point(3, 5), point(4, 1), point(4, 1)]
    kept, dropped = undominated(points, COST, GAS)
    assert [(p.x, p.y) for p in kept] == [(1, 9), (2, 5), (4, 1)]
    assert len(dropped) == 3
    kept, dropped = undominated(points, COST, Objective.JOBS)
    assert [(p.x, p.y) for p in kept] == [(1, 9)]
