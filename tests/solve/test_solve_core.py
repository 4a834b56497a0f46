"""Arcs that flows for known lines want: with them the flows are those of every arc."""

import numpy as np
import pytest
import solve_case

from siting.solve.certified import Lines, cheapest_lines
from siting.solve.core import wanted
from siting.solve.highs import relax
from siting.solve.line import Writer, best_of, built_model, starts
from siting.solve.reduced.collect import collection
from siting.solve.shell.built import appended_model

SEEDS = pytest.mark.parametrize("seed", range(4))
WRITERS = pytest.mark.parametrize("write", [built_model, appended_model])


@SEEDS
@WRITERS
def test_flows_on_the_arcs_that_prices_want_are_those_of_every_arc(
    seed: int, write: Writer
) -> None:
    data = solve_case.random_instance(seed, kinds=2)
    found = collection(data)
    whole = built_model(data)
    (running, *_) = starts(whole, relax(whole.form).x)
    every = best_of(whole, [running])
    first_of_lane = np.unique(found.lane, return_index=True)[1]
    kept = np.ones(len(data.arcs), dtype=bool)
    kept[found.arc] = False
    kept[found.arc[first_of_lane]] = True
    rounds, costs = 0, []
    more = np.ones(1, dtype=bool)
    while more.any():
        core = data.with_arcs(kept)
        lines = cheapest_lines(core, write(core, "cost"), [running], [], False)
        assert isinstance(lines, Lines)
        more = wanted(data, found, lines, "cost")
        assert not (more & kept).any()
        kept |= more
        rounds += 1
        costs.append(lines.answer.objective)
    assert every is not None
    assert rounds > 1
    assert costs[-1] < costs[0]
    assert costs[-1] == pytest.approx(every.objective, rel=1e-6)
