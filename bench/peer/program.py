"""The mixed-integer program of a member, in the numbers that every tool starts from.

Minimise the freight of flows ``x``, what is left ``u``, lines ``y`` and sites ``e`` in use, all
discounted, in millions of JPY, subject to

* supply: flows of a source and what is left of it are what arises;
* capacity: what a site treats of a resource is within its lines' capacity;
* lines and sites, once in use, stay; a line needs its site.

The strong form adds for every arc and period: a flow is within its source's supply where a line
runs, else 0. The model of ``models/`` has two columns more for each process of a site (what it
treats, what it disposes of), which any presolve takes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bench.family import JPY_PER_UNIT, LEFT_JPY_PER_T

if TYPE_CHECKING:
    from bench.family import Array, Member, Whole


@dataclass(frozen=True)
class Program:
    """Shapes and costs; a arc, i source, r resource, t period, h site, s size."""

    drawn: Member

    @cached_property
    def arcs(self) -> int:
        """Return the number of arcs."""
        return len(self.drawn.origin)

    @cached_property
    def shape(self) -> tuple[int, int, int, int, int]:
        """Return the number of sources, resources, periods, sites and sizes."""
        return *self.drawn.supply_t.shape, *self.drawn.line_jpy_per_yr.shape[::2]

    @cached_property
    def weight(self) -> Array:
        """Return what a JPY a year counts in each period, in units of the objective."""
        return self.drawn.discount_yr / JPY_PER_UNIT

    @cached_property
    def flow_cost(self) -> Array:
        """Return the cost of a tonne a year, (a, t)."""
        return np.outer(self.drawn.freight_jpy_per_t, self.weight)

    @cached_property
    def left_cost(self) -> Array:
        """Return the cost of a tonne a year left, (t,)."""
        return LEFT_JPY_PER_T * self.weight

    @cached_property
    def line_cost(self) -> Array:
        """Return the cost of a line, (h, r, s, t)."""
        return self.drawn.line_jpy_per_yr[..., None] * self.weight

    @cached_property
    def site_cost(self) -> Array:
        """Return the cost of a site, (h, t)."""
        return np.outer(self.drawn.site_jpy_per_yr, self.weight)

    @cached_property
    def by_supply(self) -> Whole:
        """Return the number of the (source, resource) of each arc."""
        return self.drawn.origin * self.shape[1] + self.drawn.resource

    @cached_property
    def by_process(self) -> Whole:
        """Return the number of the (site, resource) of each arc."""
        return self.drawn.site * self.shape[1] + self.drawn.resource

    @cached_property
    def most_t(self) -> Array:
        """Return the most that each arc carries, (a, t) [t/yr]."""
        return self.drawn.supply_t.reshape(-1, self.shape[2])[self.by_supply]
