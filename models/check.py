"""Whether the tables of an instance fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.check_limit import broken_limits, broken_sites, untreated
from models.spec import QUANTITIES
from models.table import some

if TYPE_CHECKING:
    from models.instance import Instance

SERVICE_MARK = ":"
"""A mode with this mark rides a scheduled service of that name: ``ship:NAME``."""


def contradictions(data: Instance) -> list[str]:
    """Return every way the tables of `data` contradict each other; an empty list means none.

    Arcs and periods are looked at only where every name is known.
    """
    found = [
        *unknown_names(data),
        *broken_laws(data),
        *broken_services(data),
        *broken_sites(data),
        *broken_limits(data),
        *untreated(data),
    ]
    return found or [*misplaced_arcs(data), *missing_periods(data)]


def unknown_names(data: Instance) -> list[str]:
    """Return the names used in one table that the table they belong to does not have."""
    commodities, periods = set(data.commodities.index), set(data.periods.index)
    technologies = set(data.recipes.index.unique("technology"))
    sources = set(data.supply.index.unique("source"))
    sites, sinks = set(data.hubs.index.unique("site")), set(data.sinks.index.unique("sink"))
    claims = [
        ("supply", "commodity", commodities),
        ("supply", "period", periods),
        ("targets", "commodity", commodities),
        ("targets", "period", periods),
        ("recipes", "commodity", commodities),
        ("hubs", "technology", technologies),
        ("sinks", "commodity", commodities),
        ("sinks", "period", periods),
        ("arcs", "commodity", commodities),
        ("arcs", "origin", sources | sites),
        ("arcs", "destination", sites | sinks),
        ("stowage", "service", set(data.services.index)),
        ("stowage", "commodity", commodities),
        ("calls", "port", set(data.berths.index)),
        ("sites", "site", sites),
        ("regions", "node", sources | sites | sinks),
        ("energy", "period", periods),
        ("salvage", "asset", technologies | sites),
        ("salvage", "period", periods),
        ("regional_targets", "region", set(data.regions.index.unique("region"))),
        ("regional_targets", "commodity", commodities),
        ("regional_targets", "period", periods),
        ("budgets", "period", periods),
        ("counted", "count", set(data.hub_counts.index)),
        ("counted", "site", sites),
        ("counted", "technology", technologies),
        ("incompatible", "technology", technologies),
        ("incompatible", "other", technologies),
        ("orders", "period", periods),
        ("site_shares", "commodity", commodities),
        ("site_shares", "period", periods),
        ("disposal_limits", "commodity", commodities),
        ("disposal_limits", "period", periods),
        ("limits", "quantity", set(QUANTITIES)),
        ("limits", "period", periods),
        ("horizon_limits", "quantity", set(QUANTITIES)),
    ]
    found = []
    for name, level, known in claims:
        if odd := set(getattr(data, name).index.unique(level)) - known:
            found.append(f"{name}: {level} {some(odd)} is unknown")
    return found


def broken_laws(data: Instance) -> list[str]:
    """Return the laws across tables that do not hold."""
    found = []
    if not data.supply.index.equals(data.baseline.index):
        found.append("baseline: rows differ from those of supply; each supply needs one")
    mass = data.recipes.groupby("technology")[["input_t_per_t", "yield_t_per_t"]].sum()
    if open_ := list(mass.index[(mass["input_t_per_t"] - mass["yield_t_per_t"]).abs() > 1e-6]):
        found.append(f"recipes: mass in and out differ for {some(open_)}; add the residue or loss")
    if odd := list(mass.index[(mass["input_t_per_t"] - 1).abs() > 1e-9]):
        found.append(f"recipes: inputs of {some(odd)} do not sum to 1 t per t of throughput")
    lines = data.hubs["max_lines"]
    if odd := list(lines.index[np.isfinite(lines) & (lines != lines.round())]):
        found.append(f"hubs: max_lines at {some(odd)} is no whole number")
    nodes = [data.supply.index.unique("source"), data.hubs.index.unique("site"),
             data.sinks.index.unique("sink")]  # fmt: skip
    shared = pd.Index(np.concatenate([np.asarray(n, dtype=object) for n in nodes]))
    if shared.has_duplicates:
        found.append(f"nodes {some(shared[shared.duplicated()])} stand for two kinds; rename one")
    return found


def broken_services(data: Instance) -> list[str]:
    """Return what is wrong with scheduled services and with calls at ports."""
    services = data.services[["capacity_t", "min_lot_t"]].astype(float)
    found = []
    modes = data.arcs.index.unique("mode")
    named = [mode for mode in modes if SERVICE_MARK in mode and mode not in services.index]
    if named:
        found.append(
            f"arcs: mode {some(named)} is no known service; give services a row for it, "
            f"or name a mode without '{SERVICE_MARK}'"
        )
    if odd := [name for name in services.index if SERVICE_MARK not in name]:
        found.append(f"services: {some(odd)} names no mode; write it as ship{SERVICE_MARK}NAME")
    capacity_t = services["capacity_t"]
    if odd := list(services.index[(capacity_t == 0) | np.isinf(capacity_t)]):
        found.append(f"services: capacity_t of {some(odd)} is not above 0 and finite")
    if odd := list(services.index[services["min_lot_t"] > capacity_t]):
        found.append(f"services: min_lot_t of {some(odd)} is above capacity_t; it can never run")
    endless = np.isinf(data.berths["capacity_t_per_yr"].astype(float))
    if odd := list(data.berths.index[endless]):
        found.append(f"berths: capacity_t_per_yr of {some(odd)} is not finite; leave the row out")
    called = data.calls.index.droplevel("port")
    if len(called) and (unknown := set(called[data.arcs.index.get_indexer(called) < 0])):
        found.append(f"calls: arc {some(unknown)} is unknown")
    return found


def misplaced_arcs(data: Instance) -> list[str]:
    """Return the arcs whose commodity an end node does not have: mass would appear or vanish."""
    handled = data.hubs.index.droplevel("size").to_frame(index=False)
    handled = handled.merge(data.recipes.index.to_frame(index=False), on="technology")
    stocks = pd.MultiIndex.from_frame(handled[["site", "commodity"]])
    leaving = stocks.append(data.supply.index.droplevel("period"))
    arriving = stocks.append(data.sinks.index.droplevel("period"))
    found = []
    for end, known in (("origin", leaving), ("destination", arriving)):
        other = {"origin": "destination", "destination": "origin"}[end]
        pairs = data.arcs.index.droplevel([other, "mode"])
        if odd := set(pairs[~pairs.isin(known)]):
            found.append(f"arcs: {end} does not handle its commodity: {some(odd)}")
    return found


def missing_periods(data: Instance) -> list[str]:
    """Return the tables that lack a period for some of their rows, and periods out of order."""
    found = []
    for name in ("supply", "sinks", "energy", "salvage"):
        table = getattr(data, name)
        count = table.groupby(level=[n for n in table.index.names if n != "period"]).size()
        if odd := list(count.index[count != len(data.periods)]):
            found.append(f"{name}: {some(odd)} lack a period; each period needs a row")
    if len(data.salvage) and (data.periods["discount_yr"] <= 0).any():
        found.append("periods: discount_yr is 0, but salvage is paid at it; give it a value")
    if not data.periods.index.is_monotonic_increasing:
        found.append("periods: not in time order; sort them")
    return found
