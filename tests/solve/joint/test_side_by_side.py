"""Blocks in waves and in processes of their own."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest
from solve_case import EXACT, optimum_jpy, reselling_instance, trading_instance

from siting.solve import solve
from siting.solve.joint import joint as joint_module
from siting.solve.joint.block import Block, blocks_of, waves
from siting.solve.joint.joint import Joint
from siting.solve.line import Known
from siting.solve.side_by_side import side_by_side

JOINT = replace(EXACT, strategy="joint")


def test_results_come_in_the_order_of_their_tasks() -> None:
    tasks = [partial(pow, 2, n) for n in (9, 3, 5)]
    for workers in (1, 2):
        assert list(side_by_side(tasks, workers)) == [512, 8, 32]


def test_nobody_buys_from_another_block_of_a_wave() -> None:
    for data in (trading_instance(1), reselling_instance(4)):
        blocks = blocks_of(data)
        found = waves(blocks)
        assert [block for wave in found for block in wave] == blocks
        assert len(found) > 1
        for wave in found:
            assert not any(a.buys & b.sells for a in wave for b in wave)


def test_processes_find_what_one_process_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    data = trading_instance(1)
    plan = solve(data, JOINT)
    monkeypatch.setattr(joint_module, "LARGE", 0)
    again = solve(data, JOINT)
    assert again.objective_jpy == pytest.approx(plan.objective_jpy, rel=1e-9)
    assert again.bound_jpy == pytest.approx(plan.bound_jpy, rel=1e-9)
    pd.testing.assert_frame_equal(again.hubs, plan.hubs)


def test_blocks_planned_before_the_key_was_pressed_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data, planned = trading_instance(1), []
    plan_of = Joint.plan

    def until_pressed(self: Joint, block: Block, known: Sequence[Known]) -> None:
        if planned:
            raise KeyboardInterrupt
        plan_of(self, block, known)
        planned.append(block.name)

    monkeypatch.setattr(Joint, "plan", until_pressed)
    plan = solve(data, JOINT)
    exact = optimum_jpy(data)
    assert len(planned) == 1
    assert plan.status == "limit"
    assert plan.bound_jpy <= exact + 1
    assert plan.objective_jpy >= exact - 1
    planned.append("before any")
    with pytest.raises(KeyboardInterrupt):
        solve(data, JOINT)
