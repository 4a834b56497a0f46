"""The lines of the page: legs of one kind between the same two places added up."""

from typing import Any

import pandas as pd

from siting.carriage import ARC, terminals
from siting.maps.key import Keys, by_period, short_rows
from siting.maps.words import names
from siting.outcome import Outcome

LINE = ["from_node", "to_node", "leg_mode", "commodity"]


def flow_rows(
    outcome: Outcome, legs: pd.DataFrame, flow_t: pd.Series, keys: Keys, top: int
) -> dict[str, Any]:
    """Return the flows drawn, and for the others their number and tonnes.

    Of each commodity and period the `top` largest of `flow_t`, the ``added`` `legs`, are drawn.

    ``flows`` is [from, to, mode, commodity, tonnes]; ``others`` has for each commodity the
    number of flows and the tonnes of each period; ``via`` has for each hub and terminal the
    flows elsewhere on the chains that reach it, ``services`` for a flow its scheduled
    services, both by the flow's place in the list.
    """
    groups = flow_t.groupby(level=["commodity", "period"])
    drawn = groups.rank(method="first", ascending=False) <= top
    rest = flow_t[~drawn].groupby(level=["commodity", "period"])
    wide = by_period(flow_t[drawn], keys)
    others = [
        by_period(part, keys).reindex(list(keys.commodities), fill_value=0.0)
        for part in (rest.size(), rest.sum())
    ]
    numbered = numbers_of(legs, wide)
    return {
        "flows": [
            [keys.nodes[i], keys.nodes[j], keys.modes[m], keys.commodities[k], row]
            for (i, j, m, k), row in zip(wide.index, short_rows(wide), strict=True)
        ],
        "others": [list(pair) for pair in zip(*map(short_rows, others), strict=True)],
        "via": {
            str(keys.nodes[node]): lines for node, lines in via(outcome, legs, numbered).items()
        },
        "services": services(numbered),
    }


def added(legs: pd.DataFrame) -> pd.Series:
    """Return the tonnes of each line and period; what does not leave its place is no line."""
    away = legs[legs["from_node"] != legs["to_node"]]
    return away.groupby([*LINE, "period"])["flow_t"].sum()


def numbers_of(legs: pd.DataFrame, wide: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct legs of each arc with the number of their line, -1 if not drawn."""
    found = legs[[*ARC, *LINE[:3], "kind"]].drop_duplicates()
    index = pd.MultiIndex.from_frame(found[LINE])
    return found.assign(number=wide.index.get_indexer(index))


def via(outcome: Outcome, legs: pd.DataFrame, numbered: pd.DataFrame) -> dict[str, list[int]]:
    """Return for each hub and terminal the lines of its chains that do not touch it."""
    chains = numbered[numbered.duplicated(ARC, keep=False)]
    reached = pd.concat(
        [chains[[*ARC, end]].rename(columns={end: "node"}) for end in ("from_node", "to_node")]
    ).drop_duplicates()
    reached = reached[reached["node"].isin(answering(outcome, legs))]
    used = reached.merge(chains[chains["number"] >= 0], on=ARC)
    used = used[(used["node"] != used["from_node"]) & (used["node"] != used["to_node"])]
    groups = used.drop_duplicates(["node", "number"]).groupby("node")["number"]
    return {str(node): sorted(int(n) for n in numbers) for node, numbers in groups}


def services(numbered: pd.DataFrame) -> dict[str, list[list[str]]]:
    """Return the names of the scheduled services on each line; a mode is ``ship:NAME`` there."""
    is_named = numbered["mode"].astype(str).str.contains(":", regex=False)
    named = numbered[is_named & (numbered["kind"] == "line")]
    named = named.assign(service=named["mode"].astype(str).str.replace("^[^:]*:", "", regex=True))
    groups = named[named["number"] >= 0].groupby("number")["service"]
    return {str(n): [names(name) for name in sorted(set(part))] for n, part in groups}


def answering(outcome: Outcome, legs: pd.DataFrame) -> set[str]:
    """Return the places a reader can choose: sites with hubs, ports and stations in use."""
    return {*outcome.plan.hubs.index.unique("site"), *terminals(outcome, legs).index}


def site_sums(
    outcome: Outcome, legs: pd.DataFrame, line_t: pd.Series, keys: Keys
) -> dict[str, dict[str, list[float]]]:
    """Return for each hub and terminal the number of its lines of `line_t`, drawn or not.

    Hubs also have the tonnes, tkm and cost of all their flows, from door to door.
    """
    sites = outcome.plan.hubs.index.unique("site")
    flows = outcome.plan.flows
    chosen = answering(outcome, legs)
    sums_by_site: dict[str, dict[str, list[float]]] = {}
    for end, level, name in (("to_node", "destination", "in"), ("from_node", "origin", "out")):
        groups = flows[flows.index.get_level_values(level).isin(sites)].groupby(
            level=[level, "period"]
        )
        at_place = line_t[line_t.index.get_level_values(end).isin(chosen)]
        columns = {
            f"{name}_n": at_place.groupby(level=[end, "period"]).size(),
            **{
                f"{name}_{column}": groups[column].sum() for column in ("flow_t", "tkm", "cost_jpy")
            },
        }
        for column, series in columns.items():
            wide = by_period(series, keys)
            for place, row in zip(wide.index, short_rows(wide, 5), strict=True):
                sums_by_site.setdefault(str(keys.nodes[place]), {})[column] = row
    return sums_by_site
