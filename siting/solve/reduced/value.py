r"""What prices at the sites prove for the whole: the Lagrangian value over every arc.

With the duals of every row but the balances of the sources, a lane has a value per tonne and each
source is on its own: it sends everything by its cheapest arc, or leaves what it may. So

.. math:: L = \text{rest} + \sum_{ikt} (S - l)\,\min(\min_a g_{at}, g^u_{ikt}) + l\, g^u_{ikt}

is below the cost of every plan, whatever the duals are and whichever arcs the model held; the rest
are the other rows and columns at the side of their limits that costs least.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siting.solve.reduced.collect import cheapest_by
from siting.solve.reduced.weight import objective_weights, with_limits

if TYPE_CHECKING:
    from siting.solve.matrix import Array, Matrix
    from siting.solve.reduced.small import Small
    from siting.solve.reduced.weight import Weights


@dataclass(frozen=True)
class Proof:
    """What duals prove.

    Attributes
    ----------
    bound : no plan of the whole is below it [units of the objective].
    price : (pairs, periods) what a tonne at a source costs at best.
    regret : (arcs, periods) what a tonne on an arc costs more than that.
    """

    bound: float
    price: Array
    regret: Array


def proof(small: Small, duals: Array) -> Proof:
    """Return what the row `duals` of the merged model prove for the whole."""
    found, form = small.found, small.built.form
    duals = signed(form, duals)
    weights = objective_weights(small.merged, small.objective)
    weights = with_limits(weights, small.merged, small.built, duals)
    paid = form.a.T @ duals
    carried = weights.of(found.carried) + lane_values(small, weights, duals, paid)[found.lane]
    best = cheapest_by(found.pair, carried, len(found.pairs))
    leaving = weights.of(found.left) + left_values(small, weights, duals, paid)[found.group]
    price = np.minimum(best, leaving)
    least_t = found.least_left_t
    sent = (found.supply_t - least_t) * price + least_t * leaving
    bound = form.offset + rest(small, form, duals, paid) + float(sent.sum())
    return Proof(bound, price, carried - price[found.pair])


def signed(form: Matrix, duals: Array) -> Array:
    """Return `duals` with none where an open side of the row would make it worthless."""
    open_side = np.where(duals > 0, form.row_lower, form.row_upper)
    return np.where(np.isfinite(open_side), duals, 0.0)


def lane_values(small: Small, weights: Weights, duals: Array, paid: Array) -> Array:
    """Return what `duals` charge for a tonne on each lane, beside its own cost (lanes, periods).

    Parameters
    ----------
    paid : what they pay for a unit of each column.
    """
    form, shape = small.built.form, small.shape
    lane = np.zeros((len(small.found.lanes), small.found.supply_t.shape[1]))
    lane[shape.lane] = (
        form.cost[small.flow]
        - paid[small.flow]
        + duals[small.balance[shape.node]]
        - weights.of(shape.floor)
    )
    return lane


def left_values(small: Small, weights: Weights, duals: Array, paid: Array) -> Array:
    """Return what `duals` charge for a tonne left as today, beside its cost (groups, periods)."""
    form, shape, found = small.built.form, small.shape, small.found
    left = form.cost[small.left] - paid[small.left] + duals[small.balance]
    left = left - weights.of(shape.left_floor)
    by_group = np.zeros((int(found.group.max(initial=-1)) + 1, left.shape[1]))
    by_group[found.group] = left[shape.cluster]
    return by_group


def rest(small: Small, form: Matrix, duals: Array, paid: Array) -> float:
    """Return the part of the Lagrangian value that is not the sources'.

    A column without a limit is limited by all the mass there is: a plan that carries more moves
    mass in circles and is no cheaper.
    """
    rows = np.ones(len(duals), dtype=bool)
    rows[small.balance.ravel()] = False
    side = np.where(duals > 0, form.row_lower, form.row_upper)
    priced = rows & (duals != 0)
    value = float((duals[priced] * side[priced]).sum())
    columns = np.ones(len(paid), dtype=bool)
    columns[small.flow.ravel()] = columns[small.left.ravel()] = False
    reduced = form.cost - paid
    upper = np.where(np.isinf(form.upper), most_mass_t(small), form.upper)
    at = np.where(reduced > 0, form.lower, upper)
    priced = columns & (reduced != 0)
    return value + float((reduced[priced] * at[priced]).sum())


def most_mass_t(small: Small) -> float:
    """Return the most that could flow or be missing anywhere in a year [t/yr]."""
    supplied_t = float(small.found.supply_t.sum(axis=0).max(initial=0.0))
    contracted_t = float(small.merged.sinks["contracted_t"].max() if len(small.merged.sinks) else 0)
    return max(supplied_t, contracted_t)
