"""Every kind of planted conflict is found, and each repair, applied, leaves a plan."""

import pytest
from planted import PLANTED

from models import Instance
from siting.errors import NoPlanError
from siting.explain import Explanation, explain
from siting.explain.change import applied
from siting.solve import Effort, solve

EFFORT = Effort(gap=0, time_limit_s=20)


@pytest.fixture(scope="module", params=list(PLANTED))
def case(request: pytest.FixtureRequest, toy: Instance) -> tuple[Instance, set[str], Explanation]:
    plant, kinds = PLANTED[request.param]
    data = plant(toy)
    return data, kinds, explain(data, lambda _: None)


def test_planted_conflict_is_found(case: tuple[Instance, set[str], Explanation]) -> None:
    data, kinds, found = case
    with pytest.raises(NoPlanError, match="siting explain"):
        solve(data, EFFORT)
    assert not found.is_feasible
    assert [{limit.kind for limit in clash.limits} for clash in found.clashes] == [kinds]


def test_each_repair_leaves_a_plan_of_the_cost_told(
    case: tuple[Instance, set[str], Explanation],
) -> None:
    data, kinds, found = case
    repairs = found.clashes[0].repairs
    assert {repair.way.limit.kind for repair in repairs} == kinds
    costs = [solve(applied(data, repair.changes), EFFORT).objective_jpy for repair in repairs]
    assert costs == pytest.approx([repair.plan_jpy for repair in repairs], abs=1.0)
    assert costs == sorted(costs)
