"""Whether what limits a plan leaves one: sites, orders, contracts, limits, ways out of supply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.line import impossible_hubs, line_limits
from models.table import some

if TYPE_CHECKING:
    from models.instance import Instance


def broken_sites(data: Instance) -> list[str]:
    """Return what is wrong with hubs that stand or share a site, and with regions."""
    found = []
    hubs = data.hubs
    flags = hubs[["stands", "may_close"]].astype(float)
    if odd := list(hubs.index[~flags.isin([0.0, 1.0]).all(axis=1)]):
        found.append(f"hubs: stands or may_close at {some(odd)} is neither 0 nor 1")
    if odd := list(data.sites.index[~data.sites["must_run"].astype(float).isin([0.0, 1.0])]):
        found.append(f"sites: must_run at {some(odd)} is neither 0 nor 1")
    if odd := list(data.sites.index[data.sites["must_run"] > 0].difference(may_run_at_last(data))):
        found.append(f"sites: must_run at {some(odd)}, where no line may run in the last period")
    site = hubs.index.get_level_values("site")
    costly = site.isin(data.sites.index[data.sites["opening_jpy"] > 0])
    named = hubs.index.droplevel("size").isin(data.counted.index.droplevel("count"))
    apart = hubs.index.get_level_values("technology").isin(np.ravel([*data.incompatible.index]))
    bounded = costly | named | apart | (hubs["stands"] > 0).to_numpy()
    if odd := list(hubs.index[bounded & np.isinf(hubs["max_lines"].astype(float))]):
        found.append(
            f"hubs: max_lines at {some(odd)} is endless; give a number where the hub stands, "
            "its site costs or a count or ban names it"
        )
    kept = hubs[(hubs["stands"] > 0) & (hubs["may_close"] == 0)]
    land_m2 = (kept["land_m2"] * kept["max_lines"]).groupby(level="site").sum()
    plot_m2 = data.sites["plot_m2"].reindex(land_m2.index)
    if odd := list(land_m2.index[land_m2 > plot_m2]):
        found.append(f"sites: lines that stand at {some(odd)} need more land than its plot_m2")
    return found + twice_priced(data)


def may_run_at_last(data: Instance) -> set[str]:
    """Return the sites where a line may run in the last period."""
    last = data.periods.index[-1]
    return {hub[0] for hub, (_, most) in line_limits(data).items() if hub[-1] == last and most >= 1}


def twice_priced(data: Instance) -> list[str]:
    """Return the sites that lie in more than one region with tariffs."""
    nodes = [n for r, n in data.regions.index if r in data.energy.index.unique("region")]
    sites = set(data.hubs.index.unique("site"))
    if odd := {node for node in nodes if node in sites and nodes.count(node) > 1}:
        return [f"regions: {some(odd)} in two regions with tariffs"]
    return []


def broken_limits(data: Instance) -> list[str]:
    """Return the orders, bans, limits and contracts that nothing can keep."""
    found = []
    hubs = data.orders.index.droplevel("period")
    if unknown := set(hubs[~hubs.isin(data.hubs.index)]):
        found.append(f"orders: {some(unknown)} is no hub")
    if len(data.orders) and (odd := impossible_hubs(data)):
        found.append(
            f"orders: min_lines at {some(odd)} is above what max_lines, earliest_period, "
            "or an order of another period leaves"
        )
    if alone := [g for g, other in data.incompatible.index if g == other]:
        found.append(f"incompatible: {some(alone)} cannot be apart from itself")
    for name in ("limits", "horizon_limits"):
        table = getattr(data, name).astype(float)
        endless = (table["at_least"] == np.inf) | (table["at_most"] == -np.inf)
        if rows := list(table.index[endless | (table["at_least"] > table["at_most"])]):
            found.append(f"{name}: at_least of {some(rows)} is above at_most, or beyond any amount")
    return found + broken_contracts(data)


def broken_contracts(data: Instance) -> list[str]:
    """Return the contracts no plan can keep, and supply counted in one period and not in another.

    What counts to a target is a claim on a source and commodity, not on a period.
    """
    found = []
    sinks = data.sinks
    hard = np.isinf(sinks["contract_shortfall_jpy_per_t"].astype(float))
    if odd := list(sinks.index[hard & (sinks["contracted_t"] > sinks["demand_t"])]):
        found.append(
            f"sinks: contracted_t at {some(odd)} is above demand_t; it can never be met. "
            "Give contract_shortfall_jpy_per_t a price"
        )
    counts = data.supply["counts_to_target"].groupby(level=["source", "commodity"]).nunique()
    if odd := list(counts.index[counts > 1]):
        found.append(f"supply: counts_to_target of {some(odd)} differs between periods")
    return found


def untreated(data: Instance) -> list[str]:
    """Return supply that has no way out, and fees for what nothing else would treat."""
    rows = data.supply.index
    if rows.equals(data.baseline.index):
        return []
    found = []
    lacking = rows[~rows.isin(data.baseline.index)].droplevel("period").unique()
    leaving = data.arcs.index.droplevel(["destination", "mode"]).unique()
    if odd := list(lacking[~lacking.isin(leaving)]):
        found.append(f"supply: {some(odd)} has no way out: no arc and no baseline")
    fees = data.sinks.index[data.sinks["price_jpy_per_t"] < 0].unique("commodity")
    if bare := set(lacking.get_level_values("commodity")) & set(fees):
        found.append(f"sinks: a fee is asked for {some(bare)}, which has no baseline to compare")
    return found
