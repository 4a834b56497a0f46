"""Split an instance into parts that share no decision, so that each is solved alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from siting.solve.arc import past
from siting.solve.mode import shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.instance import Instance

Member = tuple[str, str]
"""Kind (technology, commodity, service, port) and name of what belongs to a part."""

JOINING_ALL = ("budgets", "limits", "horizon_limits")
"""Tables whose rows hold for everything together: with any of them there is one part."""


def independent_parts(data: Instance) -> list[Instance]:
    """Return the parts of `data`, ordered by their first technology.

    Two technologies belong together if a commodity joins them that is collected, whose sinks
    have a limit, or that shares a service or a limited port with another; if they may share a
    site that costs something of its own or whose plot is limited; or if a count or a ban names
    both. A by-product that every sink takes without limit joins nothing else: its flows from
    different technologies add up and do not compete. What has to do with no technology is in the
    first part.
    """
    if any(len(getattr(data, name)) for name in JOINING_ALL):
        return [data]
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
    if len(of_part) <= 1:
        return [data]
    return [part(data, chosen) for chosen in of_part.values()]


def name_of(data: Instance) -> str:
    """Return what a part goes by: all that is collected in it."""
    return " + ".join(data.supply.index.unique("commodity"))


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
    berthed = {(("port", p), ("commodity", k)) for p, k in calling}
    return handled | carried | berthed | neighbours(data)


def neighbours(data: Instance) -> set[tuple[Member, Member]]:
    """Return technologies that share a site with a cost or a limit, a count or a ban."""
    sites = data.sites
    joint = (sites["opening_jpy"] > 0) | np.isfinite(sites["plot_m2"]) | (sites["must_run"] > 0)
    costly = sites.index[joint]
    pairs = data.hubs.index.droplevel("size").unique().to_frame(index=False)
    groups = [rows for _, rows in pairs[pairs["site"].isin(costly)].groupby("site")["technology"]]
    counted = data.counted.index.to_frame(index=False)
    groups += [rows for _, rows in counted.groupby("count")["technology"]]
    banned = [(("technology", a), ("technology", b)) for a, b in data.incompatible.index]
    return set(banned).union(*(tied(names) for names in groups))


def tied(names: Iterable[str]) -> set[tuple[Member, Member]]:
    """Return each of the technologies `names` with the first of them: they belong together."""
    first, *others = sorted(set(names))
    return {(("technology", first), ("technology", other)) for other in others}


def chosen_together(data: Instance) -> set[tuple[Member, Member]]:
    """Return the technologies of each site where some line must run, each with the first."""
    chosen = data.sites.index[data.sites["must_run"] > 0]
    of_site = [data.hubs.loc[[site]].index.unique("technology") for site in chosen]
    return set().union(*(tied(names) for names in of_site))


def joining_commodities(data: Instance) -> set[str]:
    """Return the commodities that make the technologies handling them depend on each other."""
    limited = np.isfinite(data.sinks["demand_t"]) | (data.sinks["contracted_t"] > 0)
    bought = data.sinks.index[limited].unique("commodity")
    inputs = data.recipes.index[data.recipes["input_t_per_t"] > 0].unique("commodity")
    sharing = data.arcs.index[shared(data)].unique("commodity")
    capped = data.disposal_limits.index.unique("commodity")
    names = (bought, inputs, data.supply.index.unique("commodity"), sharing, capped)
    return set().union(*map(set, names))


def part(data: Instance, members: list[Member]) -> Instance:
    """Return the rows of `data` that concern the technologies, services and ports in `members`.

    Its commodities are those the technologies handle, and those of `members` that are supplied
    though no technology handles them: their present treatment costs.
    """
    chosen = {
        kind: pd.Index([name for other, name in members if other == kind], dtype=object)
        for kind in ("technology", "commodity", "service", "port")
    }

    def of(name: str, **names: pd.Index) -> pd.DataFrame:
        table = getattr(data, name)
        for level, known in names.items():
            table = table[table.index.get_level_values(level).isin(known)]
        return table

    recipes = of("recipes", technology=chosen["technology"])
    handled = data.recipes.index.unique("commodity")
    unhandled = data.supply.index.unique("commodity").difference(handled)
    commodities = recipes.index.unique("commodity").union(
        unhandled.intersection(chosen["commodity"])
    )
    near = carried_near(data, commodities, of("hubs", technology=chosen["technology"]))
    tables = {
        name: of(name, commodity=commodities)
        for name in ("commodities", "supply", "baseline", "targets", "regional_targets", "sinks",
                     "site_shares", "disposal_limits")
    }  # fmt: skip
    tables |= {
        name: of(name, technology=chosen["technology"])
        for name in ("hubs", "counted", "incompatible", "orders")
    }
    nodes = pd.Index(
        [*tables["supply"].index.unique("source"), *tables["hubs"].index.unique("site")]
    )
    sites = tables["hubs"].index.unique("site")
    return data.with_tables(
        **tables,
        recipes=recipes,
        arcs=near.arcs,
        services=of("services", service=chosen["service"]),
        stowage=of("stowage", service=chosen["service"], commodity=commodities),
        berths=of("berths", port=chosen["port"]),
        calls=near.calls[near.calls.index.get_level_values("port").isin(chosen["port"])],
        sites=of("sites", site=sites),
        regions=of("regions", node=nodes),
        hub_counts=of("hub_counts", count=tables["counted"].index.unique("count")),
        salvage=of("salvage", asset=pd.Index([*chosen["technology"], *sites])),
    )


def carried_near(data: Instance, commodities: pd.Index, hubs: pd.DataFrame) -> Instance:
    """Return `data` with the arcs of `commodities` between sources, sites of `hubs` and sinks."""
    sites = data.hubs.index.unique("site").difference(hubs.index.unique("site"))
    carried = data.arcs.index.get_level_values("commodity").isin(commodities)
    return data.with_arcs(carried & past(data, sites))
