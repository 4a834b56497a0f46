"""Candidate sites that the plan leaves out, each with what speaks against it."""

from typing import Any

import numpy as np
import pandas as pd

from siting.maps.key import Keys, short
from siting.outcome import Outcome

KM_PER_DEG = 111.2
"""Length of a degree of latitude [km]."""

NO_TECHNOLOGY, UNBUILT, THIN, SERVED = "no_technology", "unbuilt", "thin", "served"
"""Why a candidate is left out: nothing may stand there; the plan builds nowhere; too little supply
lies nearer to it than to an open hub to fill its smallest line; enough does, but the plan costs
less without it."""


def candidates(outcome: Outcome) -> list[str]:
    """Return the sites where the plan builds nothing."""
    plan, places = outcome.plan, outcome.places
    offered = {*outcome.instance.hubs.index.unique("site"), *places.index[places["kind"] == "site"]}
    return sorted(offered - open_sites(plan.hubs))


def open_sites(hubs: pd.DataFrame) -> set[str]:
    """Return the sites with a line in any period."""
    return set(hubs.index[hubs["lines"] > 0].unique("site"))


def candidate_rows(outcome: Outcome, keys: Keys) -> list[list[Any]]:
    """Return [place, reason, nearest open site, distance, supply nearer, smallest line, regret].

    The distance is in km as the crow flies, the supply that of the last period for which the
    candidate is nearer than every open site, the line that of its smallest capacity, both t/yr.
    A candidate where nothing may stand, or of a plan without hubs, has only its reason. The regret
    is there if it is known: what a plan with the candidate costs more, at least and at most, and
    by the plans found [JPY].
    """
    left_out = candidates(outcome)
    is_open = sorted(open_sites(outcome.plan.hubs))
    smallest_t = outcome.instance.hubs["capacity_t"].groupby(level="site").min()
    gaps_km = distances_km(outcome.places, left_out, is_open)
    nearer_t = supply_nearer_t(outcome, left_out, is_open)
    rows: list[list[Any]] = []
    for number, site in enumerate(left_out):
        known = site in smallest_t.index
        row = [keys.nodes[site], NO_TECHNOLOGY if not known else UNBUILT]
        if known and is_open:
            nearest = int(gaps_km[number].argmin())
            figures = [gaps_km[number, nearest], nearer_t[number], smallest_t[site]]
            row[1] = THIN if nearer_t[number] < smallest_t[site] else SERVED
            row += [keys.nodes[is_open[nearest]], *short(np.array(figures), 3)]
            row += regret(outcome, site)
        rows.append(row)
    return rows


def regret(outcome: Outcome, site: str) -> list[list[float]]:
    """Return [[at least, at most, by the plans found]] of `site`, nothing where it is not known."""
    known = outcome.regrets
    if known is None or site not in known.index:
        return []
    figures = known.loc[site, ["low_jpy", "high_jpy", "found_jpy"]].astype(float)
    return [short(figures.to_numpy(), 3)] if np.isfinite(figures).all() else []


def supply_nearer_t(outcome: Outcome, sites: list[str], is_open: list[str]) -> np.ndarray:
    """Return the supply of the last period that lies nearer to each site than to an open one.

    Only what a technology of the site takes counts [t/yr].
    """
    supply_t = outcome.plan.sources["supply_t"]
    last = supply_t.xs(max(outcome.instance.periods.index), level="period")
    sources = sorted(set(last.index.get_level_values("source")))
    wide = last.unstack("commodity").reindex(sources).fillna(0.0)
    to_open = distances_km(outcome.places, sources, is_open).min(axis=1, initial=np.inf)
    nearer = distances_km(outcome.places, sources, sites) < to_open[:, None]
    taken = taken_by_site(outcome)
    return np.array(
        [
            float(
                wide.loc[nearer[:, n], wide.columns.isin(taken.get(site, set()))].to_numpy().sum()
            )
            for n, site in enumerate(sites)
        ]
    )


def taken_by_site(outcome: Outcome) -> dict[str, set[str]]:
    """Return the commodities that the technologies offered at each site take."""
    taken = outcome.instance.recipes["input_t_per_t"]
    by_technology = taken[taken > 0].reset_index().groupby("technology")["commodity"].agg(set)
    pairs = outcome.instance.hubs.index.droplevel("size").unique()
    found: dict[str, set[str]] = {}
    for site, technology in pairs:
        found.setdefault(str(site), set()).update(by_technology.get(technology, set()))
    return found


def distances_km(places: pd.DataFrame, rows: list[str], columns: list[str]) -> np.ndarray:
    """Return the distances as the crow flies; straight lines on a plane suffice inside Japan."""
    spots = [places[["lat", "lon"]].reindex(nodes).to_numpy(float) for nodes in (rows, columns)]
    lat = spots[0][:, None, 0], spots[1][None, :, 0]
    lon = spots[0][:, None, 1], spots[1][None, :, 1]
    flat = np.cos(np.radians((lat[0] + lat[1]) / 2))
    gaps: np.ndarray = KM_PER_DEG * np.hypot(lat[0] - lat[1], (lon[0] - lon[1]) * flat)
    return gaps
