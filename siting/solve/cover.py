r"""Which sites cover the most worth, at most so many and none too near another.

A maximal covering model in which a source counts at the best site that covers it:

| symbol | name | meaning |
|---|---|---|
| :math:`x_h` | ``chosen[h]`` | whether site h is chosen |
| :math:`y_{ih}` | ``served[i, h]`` | share of source i that counts at site h |
| :math:`w_{ih}` | ``worth[i, h]`` | what i counts for at h: its supply times the score of h |

maximise :math:`\sum_{ih} w_{ih} y_{ih}` with :math:`\sum_h y_{ih} \le 1`,
:math:`y_{ih} \le x_h`, :math:`\sum_h x_h \le n` and :math:`x_h + x_k \le 1` for near pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyomo.environ as pyo

from siting.solve.highs import WHOLE, search
from siting.solve.matrix import load, matrix

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

GAP = 1e-4
"""Stop when the bound is no further above the best choice [-]."""

TIME_LIMIT_S = 60.0
"""Longest search of one region [s]."""


class Covering(NamedTuple):
    """The sites chosen, the worth they cover, and a worth that none can exceed."""

    sites: list[int]
    worth: float
    bound: float


def covering_sites(worth: pd.Series, near: Iterable[tuple[int, int]], most: int) -> Covering:
    """Return at most `most` sites that cover the most worth, no two of them `near`.

    Parameters
    ----------
    worth : index source, site: pairs in reach; all at least 0.
    """
    positive = worth[worth > 0]
    if positive.empty:
        return Covering([], 0.0, 0.0)
    scale = float(positive.max())
    m = covering_model(positive / scale, near, most)
    form = matrix(m, "jobs")
    found = search(form, None, GAP, TIME_LIMIT_S, lambda *_: None, by_clock=True)
    load(form, found.x)
    sites = [int(h) for h in m.SITES if pyo.value(m.chosen[h]) > 1 - WHOLE]
    return Covering(sites, -found.objective * scale, -found.bound * scale)


def covering_model(
    worth: pd.Series, near: Iterable[tuple[int, int]], most: int
) -> pyo.ConcreteModel:
    """Return the model of the module's docstring."""
    value = {(i, h): w for (i, h), w in worth.items()}
    sites_of: dict[str, list[int]] = {}
    for i, h in value:
        sites_of.setdefault(i, []).append(h)
    m = pyo.ConcreteModel()
    m.SITES = pyo.Set(initialize=sorted({h for _, h in value}))
    m.SOURCES = pyo.Set(initialize=sorted(sites_of))
    m.PAIRS = pyo.Set(initialize=sorted(value))
    m.NEAR = pyo.Set(initialize=sorted(p for p in near if p[0] in m.SITES and p[1] in m.SITES))
    m.chosen = pyo.Var(m.SITES, domain=pyo.Binary)
    m.served = pyo.Var(m.PAIRS, bounds=(0, 1))

    m.source_counts_once = pyo.Constraint(
        m.SOURCES, rule=lambda m, i: sum(m.served[i, h] for h in sites_of[i]) <= 1
    )
    m.served_by_a_chosen_site = pyo.Constraint(
        m.PAIRS, rule=lambda m, i, h: m.served[i, h] <= m.chosen[h]
    )
    m.near_sites_exclude_each_other = pyo.Constraint(
        m.NEAR, rule=lambda m, h, k: m.chosen[h] + m.chosen[k] <= 1
    )
    m.at_most_so_many = pyo.Constraint(expr=pyo.quicksum(m.chosen.values()) <= most)
    m.uncovered_worth = pyo.Objective(
        expr=-pyo.quicksum(value[pair] * m.served[pair] for pair in m.PAIRS)
    )
    return m
