r"""The model of merged sources, and what it costs so that no plan of the whole costs less.

Let :math:`\pi_{it}` be any price of a tonne at source i. A plan pays :math:`\sum_a c_{at} x_{at}`,
which is :math:`\sum_i \pi_{it} S_{it} + \sum_a (c_{at} - \pi_{it}) x_{at}`, what is left as today
counted among the arcs. Merge sources and let their lane cost the least of its members'
:math:`c_{at} - \pi_{it}`: every plan of the whole on these lanes is then a plan of the merged model
that costs no more there. So its duals prove at least as much as the prices :math:`\pi` came with:
relaxations priced one after the other never lose ground.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.reduced.collect import Amounts, cheapest_by
from siting.solve.reduced.merge import near
from siting.solve.reduced.table import merged_instance
from siting.solve.reduced.weight import objective_weights
from siting.solve.shell.built import appended_model

if TYPE_CHECKING:
    from models.instance import Instance
    from siting.solve.line import Built, Writer
    from siting.solve.matrix import Array, Matrix, Whole
    from siting.solve.reduced.collect import Collection


LITTLE_T = 1e-6
"""A source that sends nothing in a period weighs this much in means [t/yr]."""


@dataclass(frozen=True)
class Shape:
    """Which arc of the merged model stands for which arcs of the whole.

    Attributes
    ----------
    cluster : of each pair of the collection.
    node, lane : cluster and lane of each merged arc.
    place : of each collecting arc of the whole its merged arc, -1 where it is left out.
    floor : the least cost and emissions of the arcs that a merged arc stands for, (arcs, 1).
    left_floor : the same of what is left as today, (clusters, periods).
    """

    cluster: Whole
    node: Whole
    lane: Whole
    place: Whole
    floor: Amounts
    left_floor: Amounts

    @property
    def clusters(self) -> int:
        """Return how many clusters there are."""
        return int(self.cluster.max(initial=-1)) + 1


@dataclass(frozen=True)
class Small:
    """The merged model, compiled.

    Attributes
    ----------
    merged : instance with clusters for sources.
    built : its model.
    flow : (merged arcs, periods), left : (clusters, periods) columns.
    balance : (clusters, periods) row of each cluster's balance.
    """

    found: Collection
    shape: Shape
    merged: Instance
    built: Built
    objective: str
    flow: Whole
    left: Whole
    balance: Whole

    def priced(self, price: Array) -> Matrix:
        """Return the matrix whose optimum bounds the whole, for `price` (pairs, periods)."""
        found, form, shape = self.found, self.built.form, self.shape
        weights = objective_weights(self.merged, self.objective)
        carried = weights.of(found.carried) - price[found.pair]
        kept = shape.place >= 0
        least = cheapest_by(shape.place[kept], carried[kept], len(shape.node))
        left = cheapest_by(shape.cluster, weights.of(found.left) - price, shape.clusters)
        cost = form.cost.copy()
        cost[self.flow] += least - weights.of(shape.floor)
        cost[self.left] += left - weights.of(shape.left_floor)
        offset = form.offset + float((price * found.supply_t).sum())
        return replace(form, cost=cost, offset=offset)

    def typical(self) -> Matrix:
        """Return the matrix with merged arcs at the mean cost of what they stand for.

        It proves nothing, but its plans cost about what they cost on the whole: members of a
        cluster prefer different lanes, and the least of each would make all of them cheap.
        """
        found, form, shape = self.found, self.built.form, self.shape
        weights = objective_weights(self.merged, self.objective)
        kept = shape.place >= 0
        tonnes = np.maximum(found.supply_t, LITTLE_T)
        carried = weights.of(found.carried)[kept]
        mean = mean_by(shape.place[kept], carried, tonnes[found.pair[kept]], len(shape.node))
        left = mean_by(shape.cluster, weights.of(found.left), tonnes, shape.clusters)
        cost, upper = form.cost.copy(), form.upper.copy()
        cost[self.flow] += mean - weights.of(shape.floor)
        cost[self.left] += left - weights.of(shape.left_floor)
        upper[self.flow] = np.minimum(upper[self.flow], self.most_t())
        return replace(form, cost=cost, upper=upper)

    def most_t(self) -> Array:
        """Return what the members that have each merged arc send at most, (merged arcs, periods).

        Infinite where all members have it: their balance says it.
        """
        found, shape = self.found, self.shape
        kept = shape.place >= 0
        members = np.unique(np.c_[shape.place[kept], found.pair[kept]], axis=0)
        most = np.zeros((len(shape.node), found.supply_t.shape[1]))
        np.add.at(most, members[:, 0], found.supply_t[members[:, 1]])
        size = np.bincount(shape.cluster, minlength=shape.clusters)
        having = np.bincount(members[:, 0], minlength=len(shape.node))
        most[having == size[shape.node]] = np.inf
        return most


def mean_by(place: Whole, amounts: Array, tonnes: Array, size: int) -> Array:
    """Return the mean of `amounts` (arcs, periods) at each `place`, weighted by `tonnes`."""
    total, weight = np.zeros((2, size, amounts.shape[1]))
    np.add.at(total, place, amounts * tonnes)
    np.add.at(weight, place, tonnes)
    return np.asarray(total / np.where(weight > 0, weight, 1.0))


def small_model(
    data: Instance,
    found: Collection,
    shape: Shape,
    objective: str = "cost",
    write: Writer = appended_model,
) -> Small:
    """Return the model of `data` with its sources merged as `shape` says."""
    merged = merged_instance(data, found, shape)
    built = write(merged, objective)
    nodes = merged.supply.index.droplevel("period").unique()
    return Small(
        found,
        shape,
        merged,
        built,
        objective,
        flow=built.flow_places(merged)[: len(shape.node)],
        left=built.left_places(nodes),
        balance=built.supply_rows(nodes),
    )


def shape_of(
    found: Collection,
    cluster: Whole,
    regret: Array,
    per_cluster: int,
    before: Shape | None = None,
) -> Shape:
    """Return the arcs of the merged model: the best lanes of each cluster.

    Parameters
    ----------
    regret : (arcs, periods) what a tonne on an arc costs more than the best its source has.
    before : of the same clusters; its lanes stay.
    """
    lanes, clusters = len(found.lanes), int(cluster.max(initial=-1)) + 1
    own = cluster[found.pair] * lanes + found.lane
    kept = near(clusters, cheapest_by(own, regret, clusters * lanes), per_cluster).ravel()
    if before is not None:
        kept[before.node * lanes + before.lane] = True
    used = kept[own]
    codes, places = np.unique(own[used], return_inverse=True)
    place = np.full(len(own), -1, dtype=np.int64)
    place[used] = places
    carried = (found.carried.cost_jpy_per_t, found.carried.kgco2e_per_t)
    left = (found.left.cost_jpy_per_t, found.left.kgco2e_per_t)
    return Shape(
        cluster,
        codes // lanes,
        codes % lanes,
        place,
        Amounts(*(cheapest_by(places, amounts[used], len(codes)) for amounts in carried)),
        Amounts(*(cheapest_by(cluster, amounts, clusters) for amounts in left)),
    )
