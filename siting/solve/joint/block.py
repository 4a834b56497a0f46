"""Blocks: the technologies that live on the same waste, with what is theirs alone.

Blocks of one part share the opening cost and plot of sites, the demand of sinks, and sell each
other what they make. Everything else is of one block: its sources, targets, counts and chains.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from siting.solve.group import linked_members
from siting.solve.part import JOINING_ALL, labels, name_of, part

if TYPE_CHECKING:
    import pandas as pd

    from models.instance import Instance
    from siting.solve.part import Member


@dataclass(frozen=True, eq=False)
class Block:
    """One block of a part.

    Attributes
    ----------
    data : its rows of the part, without what other blocks take or send.
    sells : what it makes and other blocks take; buys : what it takes and other blocks make.
    """

    data: Instance
    sells: frozenset[str]
    buys: frozenset[str]

    @cached_property
    def name(self) -> str:
        """Return what is collected for it."""
        return name_of(self.data)

    @cached_property
    def technologies(self) -> frozenset[str]:
        """Return its technologies."""
        return frozenset(self.data.hubs.index.unique("technology"))

    @cached_property
    def today(self) -> float:
        """Return what the present treatment of all it lives on costs, as a measure [JPY]."""
        yearly = self.data.supply["supply_t"] * self.data.baseline["cost_jpy_per_t"]
        return float(yearly.abs().groupby(level="period").sum() @ self.data.periods["discount_yr"])

    @cached_property
    def largest_m2(self) -> float:
        """Return the land of its largest line [m2]."""
        return float(self.data.hubs["land_m2"].max())


def blocks_of(data: Instance) -> list[Block]:
    """Return the blocks of `data`, sellers before buyers, otherwise the largest lines first.

    What is large fits on few plots; what is small fits where land is left.

    One block where limits hold for everything together. Blocks that sell to each other both ways
    are one.
    """
    whole = Block(data, frozenset(), frozenset())
    if any(len(getattr(data, name)) for name in JOINING_ALL):
        return [whole]
    members, links = linked_members(data)
    links |= sharing_limits(data)
    label = with_cycles_joined(data, members, labels(members, links))
    numbers = list(dict.fromkeys(label["technology", g] for g in technologies(data)))
    if len(numbers) == 1:
        return [whole]
    home = homes(data, label, numbers)
    found = [block(data, [m for m in members if label[m] == n], n, home) for n in numbers]
    found = [own for own in found if len(own.data.supply) or own.buys]
    found.sort(key=lambda own: -own.largest_m2)
    return [own for wave in waves(found) for own in wave]


def technologies(data: Instance) -> pd.Index:
    """Return the technologies, by name."""
    return data.recipes.index.unique("technology").sort_values()


def sharing_limits(data: Instance) -> set[tuple[Member, Member]]:
    """Return what a contract, a cap on disposal or a berth joins: it cannot be split."""
    promised = data.sinks.index[data.sinks["contracted_t"] > 0].unique("commodity")
    names = set(promised) | set(data.disposal_limits.index.unique("commodity"))
    links = {(("technology", g), ("commodity", k)) for g, k in data.recipes.index if k in names}
    calling = data.calls.index.droplevel(["origin", "destination", "mode"]).unique()
    at_ports = {(("port", p), ("commodity", k)) for p, k in calling}
    called = {k for _, k in calling}
    handled = {(("technology", g), ("commodity", k)) for g, k in data.recipes.index if k in called}
    return links | at_ports | handled


def with_cycles_joined(
    data: Instance, members: list[Member], label: dict[Member, int]
) -> dict[Member, int]:
    """Return `label` with one number for blocks that sell to each other both ways."""
    sales = {
        (label["technology", g], label["commodity", k])
        for g, k in data.recipes.index[data.recipes["yield_t_per_t"] > 0]
        if k in taken(data.recipes)
    }
    count = max(label.values()) + 1
    ends = np.array(sorted(sales), dtype=int).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends)), ends.T), shape=(count, count))
    number = connected_components(graph, directed=True, connection="strong")[1]
    return {member: int(number[label[member]]) for member in members}


def taken(recipes: pd.DataFrame) -> set[str]:
    """Return the commodities that technologies take."""
    return set(recipes.index[recipes["input_t_per_t"] > 0].unique("commodity"))


def made(recipes: pd.DataFrame) -> set[str]:
    """Return the commodities that technologies make."""
    return set(recipes.index[recipes["yield_t_per_t"] > 0].unique("commodity"))


def homes(data: Instance, label: dict[Member, int], numbers: list[int]) -> dict[str, int]:
    """Return the block of each commodity that is collected: who takes or makes it, or the first."""
    handling = {k: label["technology", g] for g, k in reversed(data.recipes.index.tolist())}
    first = dict.fromkeys(data.supply.index.unique("commodity"), numbers[0])
    taking = {k: label["commodity", k] for k in first if label["commodity", k] in numbers}
    return first | {k: n for k, n in handling.items() if k in first} | taking


def block(data: Instance, members: list[Member], number: int, home: dict[str, int]) -> Block:
    """Return the block of `members`."""
    own = part(data, [*members, *(("commodity", k) for k, n in home.items() if n == number)])
    takes, makes = taken(own.recipes), made(own.recipes)
    others = data.recipes[~data.recipes.index.isin(own.recipes.index)]
    foreign = [k for k, n in home.items() if n != number]
    tables = {
        name: table[~table.index.get_level_values("commodity").isin(foreign)]
        for name in ("supply", "baseline", "targets", "regional_targets", "site_shares")
        for table in [getattr(own, name)]
    }
    index = own.arcs.index
    carried = index.get_level_values("commodity")
    collected = index.get_level_values("origin").isin(data.supply.index.unique("source"))
    sites = own.hubs.index.unique("site")
    sent = index.get_level_values("origin").isin(sites)
    delivered = index.get_level_values("destination").isin(sites)
    useless = collected & carried.isin(foreign)
    useless |= (sent & ~carried.isin(makes)) | (delivered & ~carried.isin(takes))
    kept = own.with_arcs(~useless).with_tables(**tables)
    return Block(
        kept,
        sells=frozenset((makes - takes) & taken(others)),
        buys=frozenset(takes & made(others)),
    )


def waves(found: list[Block]) -> list[list[Block]]:
    """Return `found` in waves: nobody buys from its own or a later one. Else as they are."""
    ordered: list[list[Block]] = []
    waiting = list(found)
    while waiting:
        ready = [
            own for own in waiting
            if not any(own.buys & other.sells for other in waiting if other is not own)
        ]  # fmt: skip
        ordered.append(ready)
        waiting = [own for own in waiting if own not in ready]
    return ordered
