"""What runs is carried from model to model, and always leads to a plan."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from solve_case import EXACT, best

from models import Instance
from siting.solve import solve
from siting.solve.highs import relax
from siting.solve.line import (
    Built,
    best_of,
    built_model,
    carried,
    is_service,
    known_lines,
    lines_of,
    starts,
    with_best_services,
    with_full_lots,
    without_services,
)
from siting.solve.matrix import JPY_PER_UNIT, Array, Matrix, with_lines

Draw = Callable[..., Instance]


def built(data: Instance) -> Built:
    return built_model(data)


def meets_every_row(form: Matrix, x: Array) -> bool:
    load = form.a @ x
    return bool((load >= form.row_lower - 1e-5).all() and (load <= form.row_upper + 1e-5).all())


def test_what_runs_reads_back_the_same(shared_instance: Draw) -> None:
    model = built(shared_instance(0))
    x = np.where(model.form.is_integer, np.arange(len(model.form.columns)), 0.0)
    np.testing.assert_array_equal(model.values(model.running(x)), x)
    assert sum(is_service(index) for index in model.running(x)) == len(model.m.run_service)


def test_what_is_not_named_does_not_run(shared_instance: Draw) -> None:
    assert not built(shared_instance(0)).values({}).any()


def test_hub_of_a_smaller_model_runs_in_the_larger(shared_instance: Draw) -> None:
    data = shared_instance(1)
    small, large = (built(d) for d in (data.with_arcs(np.arange(len(data.arcs)) % 2 == 0), data))
    running = dict.fromkeys(small.columns(), 1.0)
    assert large.running(large.values(running)) == running


def test_full_lots_are_carried_as_they_are(shared_instance: Draw) -> None:
    model = built(shared_instance(0))
    found = best(model.form)
    running = model.running(found.x)
    assert any(is_service(index) and value for index, value in running.items())
    answer = carried(model, running)
    assert answer.objective == pytest.approx(found.objective, rel=1e-6)
    assert model.running(answer.x) == pytest.approx(running)


def test_service_that_cannot_fill_its_lot_is_switched_off(shared_instance: Draw) -> None:
    model = built(shared_instance(0))
    lines = {("run_hub", *index): float(v.ub) for index, v in model.m.run_hub.items()}
    first = min(t for _, t in model.m.run_service)
    idle = lines | {("run_service", *index): 1.0 for index in model.m.run_service}
    # No line stands in the first period, so nothing is carried and no lot is full.
    idle |= {index: 0.0 for index in lines if index[-1] == first}
    answer = carried(model, idle)
    ran = model.running(answer.x)
    assert not any(ran["run_service", v, t] for v, t in model.m.run_service if t == first)
    assert meets_every_row(model.form, answer.x)
    assert all(ran[index] == idle[index] for index in lines)


def test_nothing_runs_where_no_lot_can_be_filled(shared_instance: Draw) -> None:
    model = built(shared_instance(2))
    answer = carried(model, {("run_service", *index): 1.0 for index in model.m.run_service})
    assert not answer.x[model.form.is_integer].any()
    none = relax(with_lines(model.form, np.zeros(len(model.form.columns))))
    assert answer.objective == pytest.approx(none.objective)


def test_only_services_with_an_unfilled_lot_are_switched_off(shared_instance: Draw) -> None:
    model = built(shared_instance(0))
    running = model.running(best(model.form).x)
    assert with_full_lots(model, running) == running
    without_lines = {index: value * is_service(index) for index, value in running.items()}
    assert not any(
        is_service(index) and round(v) for index, v in with_full_lots(model, without_lines).items()
    )


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_every_start_leads_to_a_plan(shared_instance: Draw, seed: int) -> None:
    model = built(shared_instance(seed))
    relaxed = relax(model.form)
    choices = starts(model, relaxed.x)
    plans = [carried(model, running) for running in choices]
    assert all(meets_every_row(model.form, plan.x) for plan in plans)
    assert all((plan.x[model.form.is_integer] % 1 == 0).all() for plan in plans)
    found = best_of(model, choices)
    assert found.objective == min(plan.objective for plan in plans) >= relaxed.objective


def test_without_services_lines_are_rounded_up_and_nothing_else(random_instance: Draw) -> None:
    model = built(random_instance(0))
    relaxed = relax(model.form).x
    (up,) = starts(model, relaxed)
    assert up == {i: np.ceil(v - 1e-6) for i, v in model.running(relaxed).items()}


def test_known_table_keeps_lines_within_limits_and_open(toy: Instance) -> None:
    names = ["site", "technology", "size", "period"]
    rows = [("H", "plastic_recycling", "large", 2025), ("X", "plastic_recycling", "large", 2030)]
    hubs = pd.DataFrame({"lines": [9, 9]}, index=pd.MultiIndex.from_tuples(rows, names=names))
    running = lines_of(built(toy), hubs)
    large = {index[-1]: v for index, v in running.items() if index[3] == "large"}
    assert large == {2025: 2, 2030: 2}
    assert not any(v for index, v in running.items() if index[3] == "small")


def test_known_plan_brings_its_services(shared_instance: Draw) -> None:
    data = shared_instance(0)
    plan, model = solve(data, EXACT), built(data)
    ((whole,),) = known_lines(model, [plan], 0, 5)
    services = {i[1:]: v for i, v in whole.items() if is_service(i)}
    assert services == plan.services["running"].to_dict()
    assert carried(model, whole).objective * JPY_PER_UNIT == pytest.approx(plan.objective_jpy)


def test_known_lines_are_given_the_best_services(shared_instance: Draw) -> None:
    data = shared_instance(0)
    plan, model = solve(data, EXACT), built(data)
    ((none, chosen),) = known_lines(model, [plan.hubs], 0, 20)
    assert without_services(chosen) == pytest.approx(none)
    assert chosen == pytest.approx(with_best_services(model, none, 0, 20))
    costs = [carried(model, running).objective * JPY_PER_UNIT for running in (chosen, none)]
    assert costs[0] == pytest.approx(plan.objective_jpy, rel=1e-6)
    assert costs[0] < costs[1]


def test_known_lines_without_services_are_one_choice(random_instance: Draw) -> None:
    data = random_instance(0)
    plan = solve(replace(data, targets=data.targets.iloc[:0]), EXACT)
    assert list(map(len, known_lines(built(data), [plan.hubs, plan], 0, 5))) == [1, 1]
