"""The covering model finds what trying all choices finds."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from siting.solve.cover import covering_sites


def best_by_trying(worth, near, most):
    table = worth.unstack(fill_value=0.0)
    choices = [c for n in range(1, most + 1) for c in combinations(table.columns, n)]
    allowed = [c for c in choices if not any(set(pair) <= set(c) for pair in near)]
    return max(float(table[list(choice)].max(axis=1).sum()) for choice in allowed)


@pytest.mark.parametrize("seed", range(4))
def test_best_choice_is_that_of_trying_all(seed):
    draw = np.random.default_rng(seed)
    pairs = [(f"t{i}", h) for i in range(8) for h in range(7) if draw.random() < 0.5]
    index = pd.MultiIndex.from_tuples(pairs, names=["source", "cell"])
    worth = pd.Series(draw.random(len(pairs)), index)
    near = [(0, 1), (2, 5), (3, 4)]
    found = covering_sites(worth, near, 3)
    assert found.worth == pytest.approx(best_by_trying(worth, near, 3), rel=1e-4)
    assert found.bound == pytest.approx(found.worth, rel=2e-4)
    assert len(found.sites) <= 3
    assert not any(set(pair) <= set(found.sites) for pair in near)


def test_source_counts_at_its_best_site_once():
    index = pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 2)])
    found = covering_sites(pd.Series([5.0, 4.0, 3.0], index), [], 2)
    assert (found.sites, found.worth) == ([1, 2], pytest.approx(8.0))
    assert covering_sites(pd.Series([5.0, 4.0, 3.0], index), [], 1).sites == [2]


def test_no_worth_in_reach_is_no_site():
    index = pd.MultiIndex.from_tuples([], names=["source", "cell"])
    assert covering_sites(pd.Series([], index=index, dtype=float), [], 3).sites == []
