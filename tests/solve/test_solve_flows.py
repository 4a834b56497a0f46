"""Flows for known lines: on few arcs at first, in the end those of every arc."""

import numpy as np
import pytest
import solve_case

from siting.solve.flows import Program, with_few
from siting.solve.highs import relax
from siting.solve.line import best_of, built_model, starts
from siting.solve.matrix import with_lines
from siting.solve.reduced.collect import collection
from siting.solve.shell.built import appended_model

SEEDS = pytest.mark.parametrize("seed", range(4))


def program(seed: int) -> tuple[Program, float]:
    """Return a program with one arc of each lane for a relaxation's lines, and its first cost."""
    data = solve_case.random_instance(seed, kinds=2)
    found, whole = collection(data), appended_model(data)
    has = np.ones(len(data.arcs), dtype=bool)
    has[found.arc] = False
    has[found.arc[np.unique(found.lane, return_index=True)[1]]] = True
    few = with_few(data, whole, has)[1]
    first = best_of(few, starts(few, relax(few.form).x))
    assert first is not None
    return Program(data, whole, has, first), first.objective


@SEEDS
def test_flows_are_those_of_every_arc(seed: int) -> None:
    held, first = program(seed)
    before = held.has.sum()
    found = held.best([], 0.0, lambda _: None)
    few = with_few(held.data, held.whole, held.has)[1]
    written = built_model(held.data)
    every = best_of(written, [few.running(found.x)])
    assert every is not None
    assert held.has.sum() > before
    assert found.objective < first
    assert found.objective == pytest.approx(every.objective, rel=1e-6)


@SEEDS
def test_the_answer_is_one_to_the_model_of_the_arcs_there_are(seed: int) -> None:
    held, _ = program(seed)
    found = held.best([], 1.0, lambda _: None)
    core, few = with_few(held.data, held.whole, held.has)
    cost = float(few.form.cost @ found.x) + few.form.offset
    again = relax(with_lines(few.form, found.x))
    assert len(core.arcs) == held.has.sum()
    assert found.objective == pytest.approx(cost)
    assert found.objective == pytest.approx(again.objective)
    assert few.flow_t(core, found.x).min() >= -1e-6


@SEEDS
def test_moves_make_flows_no_dearer(seed: int) -> None:
    still, moved = program(seed)[0], program(seed)[0]
    assert (
        moved.best([], 1.0, lambda _: None).objective
        <= still.best([], 0.0, lambda _: None).objective
    )


@SEEDS
def test_the_cheapest_of_several_lines_is_held(seed: int) -> None:
    """On the arcs there are at first another may seem cheaper."""
    held, other = program(seed)[0], program(seed)[0]
    written = built_model(held.data)
    choices = starts(written, relax(written.form).x)
    none = dict.fromkeys(choices[0], 0.0)
    costs = [best_of(written, [one]) for one in (*choices, none)]
    least = min(answer.objective for answer in costs if answer is not None)
    least = min(least, other.best([], 0.0, lambda _: None).objective)
    found = held.best([none, *choices, none], 0.0, lambda _: None)
    assert found.objective == pytest.approx(least, rel=1e-6)
