"""Every kind of planted conflict is found, and each repair, applied, leaves a plan."""

import pytest
from planted import FACTS, PLANTED

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
    assert not any(repair.beside for repair in repairs)
    costs = [solve(applied(data, repair.changes), EFFORT).objective_jpy for repair in repairs]
    assert costs == pytest.approx([repair.plan_jpy for repair in repairs], abs=1.0)
    assert costs == sorted(costs)


@pytest.mark.parametrize("name", list(FACTS))
def test_limit_on_amounts_gives_way_to_what_can_be(toy: Instance, name: str) -> None:
    plant, kinds = FACTS[name]
    (clash,) = explain(plant(toy), lambda _: None).clashes
    assert {limit.kind for limit in clash.limits} == kinds
    assert {repair.way.limit.kind for repair in clash.repairs} == kinds
