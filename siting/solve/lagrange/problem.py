r"""A part as sites that are each on their own once what links them has a price.

Kept inside the sites are the laws of whole lines: capacity, lines that stay, the site they need,
and the balance of what a technology takes. The prices are those of all other laws. Most stay as a
relaxation left them. Those of a tonne at each source and of the links (``links.py``) are searched
anew, as fractions of lines made them too low.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from siting.solve.lagrange.ground import Ground
from siting.solve.lagrange.knapsack import Knapsacks, knapsacks_of
from siting.solve.lagrange.links import limits_of_links, links_of, surrogates
from siting.solve.lagrange.mass import most_masses
from siting.solve.lagrange.place import places_inside
from siting.solve.lagrange.sites import Sites, sites_of
from siting.solve.reduced.value import lane_values, left_values, most_mass_t, signed
from siting.solve.reduced.weight import objective_weights, with_limits

if TYPE_CHECKING:
    from siting.solve.matrix import Array, Whole
    from siting.solve.reduced.small import Small


@dataclass(frozen=True)
class Problem:
    """Everything the bound needs, in units of the objective.

    Attributes
    ----------
    base : the fixed prices of the rows of the small model; none of those that sites keep.
    reduced : per column of the small model, its cost less what the fixed prices pay.
    links : sparse (columns, links): what the laws whose price is searched hold of each column.
    link_side : what they are paid for; link_low, link_high : the limits of their prices, beyond
        which something free would pay; link_start, link_scale_t : (links,).
    link_names : law and index of each link.
    group : of each pair; left : (groups, periods) a column that has what leaving holds of links.
    other : columns that stand for themselves; other_upper : their limits.
    direct, leaving : (pairs, periods) cheapest way past all sites, and of what is left as today.
    constant : what the fixed prices are paid for.
    """

    sites: Sites
    knapsacks: Knapsacks
    supply_t: Array
    least_left_t: Array
    direct: Array
    leaving: Array
    base: Array
    reduced: Array
    group: Whole
    left: Whole
    links: sparse.csr_array
    link_side: Array
    link_low: Array
    link_high: Array
    link_start: Array
    link_scale_t: Array
    link_names: list[tuple[str, str]]
    other: Whole
    other_upper: Array
    constant: float

    @property
    def ground(self) -> Ground:
        """Return what the plans of sites rest on whatever the prices."""
        return Ground(self.sites.arrays, self.knapsacks.arrays)


def problem_of(small: Small, row_duals: Array) -> Problem:
    """Return the problem of the part behind `small`, its fixed prices from `row_duals`."""
    built, found, data = small.built, small.found, small.merged
    form = built.form
    duals = signed(form, row_duals)
    masses = most_masses(data)
    inside = places_inside(data)
    links, gone = links_of(small, inside, masses, duals)
    base = duals.copy()
    base[gone] = 0.0
    paid = form.a.T @ base
    reduced = form.cost - paid
    weights = with_limits(objective_weights(data, small.objective), data, built, duals)
    carried = weights.of(found.carried) + lane_values(small, weights, base, paid)[found.lane]
    left = left_values(small, weights, base, paid)
    sites = sites_of(small, inside)
    knapsacks, direct = knapsacks_of(small, inside, links.own, masses, carried)
    own = np.zeros(len(form.cost), dtype=bool)
    stated = (sites.use, sites.lines, sites.throughput, knapsacks.item, small.flow, small.left)
    for columns in stated:
        own[columns[columns >= 0]] = True
    other = np.flatnonzero(~own)
    upper = np.where(np.isinf(form.upper), most_mass_t(small), form.upper)
    is_row = np.ones(len(duals), dtype=bool)
    is_row[small.balance.ravel()] = False
    priced = is_row & (base != 0)
    side = np.where(base > 0, form.row_lower, form.row_upper)
    first = np.zeros(int(found.group.max(initial=-1)) + 1, dtype=np.int64)
    first[found.group] = small.shape.cluster
    leaving = weights.of(found.left) + left[found.group]
    links = links.joined(surrogates(small, sites, small.left[first], direct))
    low, high = limits_of_links(links.matrix, reduced, other, form.upper)
    low, high = np.maximum(low, links.low), np.minimum(high, links.high)
    return Problem(
        sites=sites,
        knapsacks=knapsacks,
        supply_t=found.supply_t,
        least_left_t=found.least_left_t,
        direct=direct,
        leaving=leaving,
        base=base,
        reduced=reduced,
        group=found.group,
        left=small.left[first],
        links=links.matrix,
        link_side=links.side,
        link_low=low,
        link_high=high,
        link_start=np.clip(links.start, low, high),
        link_scale_t=np.maximum(links.scale_t, 1e-6),
        link_names=links.names,
        other=other,
        other_upper=upper[other],
        constant=form.offset + float((base[priced] * side[priced]).sum()),
    )
