"""Prices of every tonne from relaxations of a part with its sources merged, and their proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.finding import Duals
from siting.solve.highs import relax
from siting.solve.reduced.collect import cheapest_by
from siting.solve.reduced.merge import clusters
from siting.solve.reduced.small import shape_of, small_model
from siting.solve.reduced.value import proof
from siting.solve.reduced.weight import objective_weights
from siting.solve.shell.built import appended_model

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.solve.effort import Effort, Progress
    from siting.solve.line import Writer
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.collect import Collection
    from siting.solve.reduced.small import Shape, Small
    from siting.solve.reduced.value import Proof
    from siting.solve.start import Prices as Named

MOST_ROUNDS = 4

CLOSE = 2e-3
"""Prices are good enough when they prove this share less than the relaxation they come from."""


@dataclass(frozen=True)
class Relaxing:
    """How relaxations are made.

    Attributes
    ----------
    alone : sources that one has one by one; where there are more they are merged to about
        `merged` clusters, of all groups of sources together.
    write : how models are written.
    """

    alone: int = 2500
    merged: int = 1500
    write: Writer = appended_model


WHOLE = Relaxing()


@dataclass(frozen=True)
class Prices:
    """Prices of the rows of `small`, and what they prove for every source and arc."""

    small: Small
    proof: Proof
    duals: Duals


def prices_at(small: Small, named: Named) -> Prices:
    """Return the prices `named` of the rows of `small`, and what they prove."""
    duals = Duals(small.built, named.rows(small.built))
    return Prices(small, proof(small, duals.of_rows), duals)


def best_prices(
    data: Instance,
    found: Collection,
    effort: Effort,
    progress: Progress,
    objective: str,
    way: Relaxing = WHOLE,
) -> Prices:
    """Return the prices that prove most, of a few rounds of relaxations.

    Lanes that a round's prices make good join those that the model has; sources are merged anew
    once, when the first round's prices say which of them are alike.

    Parameters
    ----------
    way : how many sources the relaxation has, and how its models are written.
    """
    weights = objective_weights(data, objective)
    carried = weights.of(found.carried)
    price = cheapest_by(found.pair, carried, len(found.pairs))
    regret = carried - price[found.pair]
    price = np.minimum(price, weights.of(found.left))
    best: Prices | None = None
    shape: Shape | None = None
    for number in range(MOST_ROUNDS):
        if number <= 1:
            cluster = relaxation_clusters(found, regret, way)
            is_same = shape is not None and len(found.pairs) <= way.alone
            shape = shape if is_same else None
        shape = shape_of(found, cluster, regret, effort.arcs_per_source, shape)
        progress(f"building the model, {len(shape.node):,} of {len(data.arcs):,} arcs")
        small = small_model(data, found, shape, objective, way.write)
        form = small.priced(price)
        rows, columns = form.a.shape
        progress(f"relaxation, {columns:,} columns, {rows:,} rows")
        answer = relax(form)
        proven = proof(small, answer.duals)
        progress(f"relaxation {answer.objective:,.0f}, proven for every arc {proven.bound:,.0f}")
        if best is None or proven.bound > best.proof.bound:
            duals = Duals(small.built, answer.duals)
            best = Prices(small, proven, duals)
        if answer.objective - best.proof.bound <= CLOSE * abs(answer.objective):
            break
        price, regret = best.proof.price, proven.regret
    assert best is not None
    return best


def relaxation_clusters(found: Collection, regret: Array, way: Relaxing) -> Whole:
    """Return sources one by one, or merged to a number of clusters where they are many."""
    count = len(found.pairs)
    if count <= way.alone:
        return np.arange(count, dtype=np.int64)
    groups = int(found.group.max()) + 1
    return clusters(found, regret, max(way.merged // groups, 1))
