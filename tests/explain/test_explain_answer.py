"""Conflicts that overlap, targets that are missed, limits that bind, and merged sources."""

from dataclasses import replace

import numpy as np
import pytest
from filled_case import INF, filled
from model_case import rows_of, with_column, with_port
from planted import budget, plot

from models import Instance
from siting.explain import answer, explain
from siting.explain.binding import ANEW, MARGIN, Binding
from siting.explain.change import applied
from siting.explain.merged import merged
from siting.explain.system import system_of
from siting.solve import Effort, solve

EFFORT = Effort(gap=0, time_limit_s=20)


def found(data: Instance) -> answer.Explanation:
    return explain(data, lambda _: None)


def bound(data: Instance, kind: str) -> Binding:
    return next(b for b in found(data).binding if b.limit.kind == kind)


@pytest.fixture
def cramped(toy: Instance) -> Instance:
    """Return the toy where one small line of 70 t is all there can be: 20 t short of its target."""
    return with_column(toy, "hubs", max_lines=[0.0, 1.0], capacity_t=[60.0, 70.0])


def test_limits_that_do_not_give_way_are_those_of_the_model(toy: Instance) -> None:
    for data in (toy, filled(toy)):
        system = system_of(data)
        plan = system.cheapest(system.hard)
        assert plan is not None
        assert plan.objective == pytest.approx(solve(data, EFFORT).objective_jpy)


def test_order_against_budget_and_plot_is_two_conflicts_with_one_limit_in_common(
    toy: Instance,
) -> None:
    data = replace(plot(toy), budgets=budget(toy).budgets)
    clashes = found(data).clashes
    kinds = [{limit.kind for limit in clash.limits} for clash in clashes]
    assert kinds == [
        {"orders.min_lines", "budgets.max_opening_jpy"}, {"orders.min_lines", "sites.plot_m2"}
    ]  # fmt: skip
    first = next(r for r in clashes[0].repairs if r.way.limit.table == "budgets")
    assert [way.limit.kind for way in first.beside] == ["sites.plot_m2"]
    plan = solve(applied(data, first.changes), EFFORT)
    assert plan.objective_jpy == pytest.approx(first.plan_jpy)


def test_target_that_cannot_be_met_is_in_conflict_with_the_room(cramped: Instance) -> None:
    (miss,) = found(cramped).missed
    assert miss.shortfall_t == pytest.approx(20.0)
    assert miss.penalty_jpy == pytest.approx(20 * 200_000 * 4)
    assert miss.clash is not None
    kinds = {limit.kind for limit in miss.clash.limits}
    assert kinds == {"targets.min_collected_share", "hubs.max_lines"}
    for repair in miss.clash.repairs:
        repaired = applied(cramped, repair.changes)
        missing = solve(repaired, EFFORT).targets["shortfall_t"]
        assert missing.max() == pytest.approx(0.0, abs=1e-6)
    shares = [c.new for r in miss.clash.repairs for c in r.changes if c.table == "targets"]
    assert shares == [pytest.approx(0.7)]


def test_target_that_costs_more_than_its_penalty_is_said_to(toy: Instance) -> None:
    data = with_column(toy, "targets", shortfall_jpy_per_t=100.0)
    (miss,) = found(data).missed
    assert miss.clash is None
    held = solve(toy, EFFORT).objective_jpy
    free = solve(data, EFFORT).objective_jpy
    assert miss.extra_jpy == pytest.approx(held - (free - miss.penalty_jpy))
    assert miss.extra_jpy > miss.penalty_jpy


def test_room_for_a_line_is_worth_what_the_plan_costs_less_with_it(cramped: Instance) -> None:
    told = bound(cramped, "hubs.max_lines")
    assert told.basis == ANEW
    hub = told.limit.rows[0]
    more = cramped.hubs["max_lines"] + (cramped.hubs.index == hub)
    roomier = with_column(cramped, "hubs", max_lines=more)
    saved = solve(cramped, EFFORT).objective_jpy - solve(roomier, EFFORT).objective_jpy
    assert told.worth_jpy == pytest.approx(saved)


def test_berth_is_worth_what_another_tonne_through_it_saves(toy: Instance) -> None:
    data = with_port(toy, "truck", 20.0)
    told = bound(data, "berths.capacity_t_per_yr")
    wider = replace(data, berths=rows_of("berths", ("P", 21.0)))
    saved = solve(data, EFFORT).objective_jpy - solve(wider, EFFORT).objective_jpy
    assert (told.basis, told.step) == (MARGIN, 1.0)
    assert told.worth_jpy == pytest.approx(saved)


def test_large_instance_is_judged_with_merged_sources(
    toy: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "LARGEST_WHOLE", 1)
    monkeypatch.setattr(answer, "CLUSTERS", 1)
    told = found(budget(toy))
    assert (told.sources, told.nodes, told.relaxed) == (2, 1, True)
    (clash,) = told.clashes
    assert {limit.kind for limit in clash.limits} == {
        "orders.min_lines", "budgets.max_opening_jpy"
    }  # fmt: skip


def test_conflict_of_whole_lines_alone_is_found_in_a_large_instance(
    toy: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "LARGEST_WHOLE", 1)
    large = toy.hubs.index.get_level_values("size") == "large"
    data = replace(
        toy,
        hubs=toy.hubs.assign(max_lines=np.where(large, 1.0, 0.0), land_m2=300.0),
        sites=rows_of("sites", ("H", 0.0, 0.1, 200.0)),
        sinks=toy.sinks.assign(contracted_t=[40.0, 0.0]),
    )
    told = found(data)  # half a large line would fit on the plot, and would do
    (clash,) = told.clashes
    assert {limit.kind for limit in clash.limits} == {"sites.plot_m2", "sinks.contracted_t"}


def test_cluster_costs_the_mean_of_its_members(toy: Instance) -> None:
    small = merged(toy, 1)
    arc = small.arcs.xs("H", level="destination").iloc[0]
    tonnes = {"A": 120, "B": 50}
    expected = (tonnes["A"] * 1000 + tonnes["B"] * 8000) / 170
    assert arc["cost_jpy_per_t"] == pytest.approx(expected)
    left = small.baseline["cost_jpy_per_t"]
    assert left.to_numpy() == pytest.approx([5000.0, 5000.0])


def test_repair_of_a_large_instance_pays_for_its_site(
    toy: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "LARGEST_WHOLE", 1)
    data = replace(
        toy,
        sites=rows_of("sites", ("H", 2_000_000.0, 0.1, INF)),
        budgets=rows_of("budgets", (2025, 1_000.0)),
        sinks=toy.sinks.assign(contracted_t=[40.0, 0.0]),
    )
    (clash,) = found(data).clashes
    raised = next(r for r in clash.repairs if r.way.limit.table == "budgets")
    # 50 t by 5/16 of a line of each size, and 5/32 of the site, which has room for two of each.
    least_jpy = 5 / 16 * (1_500_000 + 1_000_000) + 5 / 32 * 2_000_000
    assert raised.changes[0].new == pytest.approx(least_jpy, rel=5e-4)
    assert raised.changes[0].new >= least_jpy
