"""Split an instance into parts that share no decision, so that each is solved alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from siting.solve.mode import shared

if TYPE_CHECKING:
    from models.instance import Instance

Member = tuple[str, str]
"""Kind (technology, commodity, service, port) and name of what belongs to a part."""


def independent_parts(data: Instance) -> list[Instance]:
    """Return the parts of `data`, ordered by their first technology.

    Two technologies belong together if a commodity joins them that is collected, whose sinks
    have a limit, or that shares a service or a limited port with another. A by-product that
    every sink takes without limit joins nothing else: its flows from different technologies add
    up and do not compete. What has to do with no technology is in the first part.
    """
    technologies = data.recipes.index.unique("technology").sort_values()
    tables = {"commodity": data.commodities, "service": data.services, "port": data.berths}
    members = [("technology", name) for name in technologies]
    members += [(kind, name) for kind, table in tables.items() for name in table.index]
    label = labels(members, joining_links(data))
    numbers = dict.fromkeys(label["technology", name] for name in technologies)
    first = next(iter(numbers), 0)
    of_part: dict[int, list[Member]] = {number: [] for number in numbers}
    for member in members:
        of_part.get(label[member], of_part.get(first, [])).append(member)
    return [part(data, chosen) for chosen in of_part.values()]


def labels(members: list[Member], links: set[tuple[Member, Member]]) -> dict[Member, int]:
    """Return for each of `members` a number that all have in common that `links` connect."""
    place = {member: position for position, member in enumerate(members)}
    ends = np.array([(place[a], place[b]) for a, b in links], dtype=int).reshape(-1, 2)
    joint = coo_array((np.ones(len(ends)), ends.T), shape=(len(members), len(members)))
    number = connected_components(joint, directed=False)[1]
    return dict(zip(members, number.tolist(), strict=True))


def joining_links(data: Instance) -> set[tuple[Member, Member]]:
    """Return technologies with the joining commodities they handle, and these with their limits."""
    joining = joining_commodities(data)
    handled = {(("technology", g), ("commodity", k)) for g, k in data.recipes.index if k in joining}
    riding = data.arcs.index.droplevel(["origin", "destination"]).unique()
    calling = data.calls.index.droplevel(["origin", "destination", "mode"]).unique()
    carried = {(("service", v), ("commodity", k)) for v, k in riding if v in data.services.index}
    return handled | carried | {(("port", p), ("commodity", k)) for p, k in calling}


def joining_commodities(data: Instance) -> set[str]:
    """Return the commodities that make the technologies handling them depend on each other."""
    limited = data.sinks.index[np.isfinite(data.sinks["demand_t"])].unique("commodity")
    inputs = data.recipes.index[data.recipes["input_t_per_t"] > 0].unique("commodity")
    sharing = data.arcs.index[shared(data)].unique("commodity")
    return set(limited) | set(inputs) | set(data.supply.index.unique("commodity")) | set(sharing)


def part(data: Instance, members: list[Member]) -> Instance:
    """Return the rows of `data` that concern the technologies, services and ports in `members`.

    Its commodities are those the technologies handle, and those of `members` that are supplied
    though no technology handles them: their present treatment costs.
    """
    chosen = {
        kind: pd.Index([name for other, name in members if other == kind], dtype=object)
        for kind in ("technology", "commodity", "service", "port")
    }

    def of(table: pd.DataFrame, **names: pd.Index) -> pd.DataFrame:
        for level, known in names.items():
            table = table[table.index.get_level_values(level).isin(known)]
        return table

    recipes = of(data.recipes, technology=chosen["technology"])
    handled = data.recipes.index.unique("commodity")
    unhandled = data.supply.index.unique("commodity").difference(handled)
    commodities = recipes.index.unique("commodity").union(
        unhandled.intersection(chosen["commodity"])
    )
    hubs = of(data.hubs, technology=chosen["technology"])
    sites = data.hubs.index.unique("site").difference(hubs.index.unique("site"))
    ends = [data.arcs.index.get_level_values(level) for level in ("origin", "destination")]
    carried = data.arcs.index.get_level_values("commodity").isin(commodities)
    near = data.with_arcs(carried & ~ends[0].isin(sites) & ~ends[1].isin(sites))
    return replace(
        data,
        commodities=of(data.commodities, commodity=commodities),
        supply=of(data.supply, commodity=commodities),
        baseline=of(data.baseline, commodity=commodities),
        targets=of(data.targets, commodity=commodities),
        recipes=recipes,
        hubs=hubs,
        sinks=of(data.sinks, commodity=commodities),
        arcs=near.arcs,
        services=of(data.services, service=chosen["service"]),
        stowage=of(data.stowage, service=chosen["service"], commodity=commodities),
        berths=of(data.berths, port=chosen["port"]),
        calls=of(near.calls, port=chosen["port"]),
    )
