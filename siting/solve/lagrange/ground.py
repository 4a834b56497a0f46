"""What the plans of sites are made from and written to: arrays that compiled code can take."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from siting.solve.matrix import Array, Whole

Flags = npt.NDArray[np.bool_]


class SiteArrays(NamedTuple):
    """Sites, technologies and hubs, in order; first places are (n + 1,).

    Attributes
    ----------
    site_tech, tech_hub : first place of the technologies of each site, and hubs of each technology.
    is_costly : per site, whether opening it costs something of its own.
    knapsack, input : per technology, what it takes from (-1: nothing limits it) and its share.
    capacity, stands : per hub, t/yr of a line; most, least : (hubs, periods) [lines].
    """

    site_tech: Whole
    is_costly: Flags
    tech_hub: Whole
    knapsack: Whole
    input: Array
    capacity: Array
    stands: Flags
    most: Array
    least: Array


class SackArrays(NamedTuple):
    """What may be taken at each site, from sources (slots) and from sites (items).

    Attributes
    ----------
    slot_first, item_first : first place of each knapsack's slots and items, (n + 1,).
    slot_most, item_most : (…, periods) [t/yr]; total : the most all items of a knapsack come to.
    """

    slot_first: Whole
    slot_most: Array
    item_first: Whole
    item_most: Array
    total: Array


class Ground(NamedTuple):
    """What the plans of sites rest on whatever the prices."""

    sites: SiteArrays
    sacks: SackArrays


class Costs(NamedTuple):
    """What being open, a line, and a tonne costs at the prices, each (n, periods)."""

    site: Array
    line: Array
    unit: Array
    slot: Array
    item: Array


class Plans(NamedTuple):
    """What the sites do, each (n, periods): lines, mass treated, mass taken.

    ``looked`` is (1,): how many line counts were looked at for it, of all sizes and periods.
    """

    lines: Array
    throughput: Array
    slot_flow: Array
    item_flow: Array
    looked: Whole


class Offers(NamedTuple):
    """What a technology may take in each period (periods, offers), cheapest first.

    ``mass`` and ``cost`` start with 0: place n is what the first n offers come to, by throughput.
    ``top`` is how many line counts of each size are worth a look, none included.
    """

    slope: Array
    mass: Array
    cost: Array
    label: Whole
    number: Whole
    top: Whole


def plans_for(costs: Costs) -> Plans:
    """Return plans of nothing, to write into."""
    return Plans(
        lines=np.zeros_like(costs.line),
        throughput=np.zeros_like(costs.unit),
        slot_flow=np.zeros_like(costs.slot),
        item_flow=np.zeros_like(costs.item),
        looked=np.zeros(1, dtype=np.int64),
    )
