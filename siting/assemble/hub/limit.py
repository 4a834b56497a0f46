"""The limits of a study as tables of the instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from models.instance import TABLES
from siting.assemble.hub.limit_fault import hub_of, limit_faults, sources_in
from siting.errors import some

if TYPE_CHECKING:
    from collections.abc import Iterable

    from siting.assemble.hub.limit_fault import Known
    from siting.config import Config, Fault, Study
    from siting.config_model import HubCount, Limits

    Row = tuple[Any, ...]


def limit_tables(
    config: Config, study: Study, known: Known, penalty_jpy_per_t: float
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.Index]]:
    """Return the tables of what a plan must keep within, and the sources of the regions they name.

    Parameters
    ----------
    penalty_jpy_per_t : price of a tonne missing to the target of a region.

    Raises
    ------
    ConfigError
        With every period, site, technology, commodity or prefecture that a limit names and the
        study does not have.
    """
    limits = study.limits
    if found := limit_faults(limits, known):
        raise config.faults(found)
    rows: dict[str, Iterable[Row]] = {
        "budgets": limits.budget_jpy.items(),
        "limits": [("kgco2e", year, -np.inf, most) for year, most in limits.kgco2e.items()],
        "hub_counts": [(count.name, count.at_most) for count in limits.hub_counts],
        "counted": [row for count in limits.hub_counts for row in counted_rows(count, known)],
        "incompatible": limits.incompatible,
        "orders": order_rows(limits, known),
        "site_shares": [
            (k, t, share) for k, share in limits.site_share.items() for t in known.periods
        ],
        "disposal_limits": [
            (k, t, most) for k, by_year in limits.disposal_t.items() for t, most in by_year.items()
        ],
        "regional_targets": [
            (target.name, target.commodity, t, share, penalty_jpy_per_t)
            for target in limits.regional_targets
            for t, share in target.share.items()
        ],
    }
    return {name: table(name, found) for name, found in rows.items()}, regions_of(limits, known)


def table(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Return `rows` as the table `name` of the instance."""
    spec = TABLES[name]
    frame = pd.DataFrame(list(rows), columns=[*spec.index, *spec.columns])
    return frame.astype(dict.fromkeys(spec.columns, float)).set_index(list(spec.index)).sort_index()


def counted_rows(count: HubCount, known: Known) -> list[Row]:
    """Return the sites and technologies that `count` counts: those where there is such a hub."""
    counted = set(known.sites.index)
    if count.sites is not None:
        counted &= {known.home[site] for site in count.sites}
    if count.prefectures is not None:
        inside = known.sites["pref_code"].isin(known.codes(count.prefectures))
        counted &= set(known.sites.index[inside])
    pairs = known.hubs.droplevel("size").unique()
    return [(count.name, h, g) for h, g in pairs if h in counted and g in count.technologies]


def order_rows(limits: Limits, known: Known) -> list[Row]:
    """Return the lines that must or may run, by hub and period; a later order takes over."""
    rows: dict[Row, Row] = {}
    for order in sorted(limits.orders, key=lambda order: order.start):
        most = np.inf if order.max_lines is None else float(order.max_lines)
        for period in known.periods:
            if period >= order.start:
                rows[*hub_of(order, known), period] = (float(order.min_lines), most)
    return [(*hub, *lines) for hub, lines in rows.items()]


def must_orders(
    config: Config, study: Study, sites: pd.DataFrame, hubs: pd.DataFrame
) -> pd.DataFrame:
    """Return the lines that sites must have by their own terms, as orders.

    Raises
    ------
    ConfigError
        For every line that its site cannot have.
    """
    rows: dict[Row, Row] = {}
    found: list[Fault] = []
    for site, place in sites.iterrows():
        here = hubs.index[hubs.index.get_level_values("site") == site].droplevel("site")
        for number, must in enumerate(place["must_open"]):
            hub, start = (must.technology, must.size), must.start or study.periods.start
            periods = [period for period in study.periods.years if period >= start]
            if hub not in here or not periods:
                has = some(" ".join(own) for own in here) or "nothing"
                text = f"'{site}' must have {hub[0]}, {hub[1]}, from {start}, but can have {has}"
                found.append(((*place["loc"], "must_open", number), f"{text}. Correct it."))
            rows |= {(site, *hub, period): (float(must.lines), np.inf) for period in periods}
    if found:
        raise config.faults(found)
    return table("orders", [(*key, *lines) for key, lines in rows.items()])


def regions_of(limits: Limits, known: Known) -> dict[str, pd.Index]:
    """Return the sources in each region that has a target."""
    found: dict[str, pd.Index] = {}
    for target in limits.regional_targets:
        here = sources_in(known, target.commodity, known.codes(target.prefectures))
        found[target.name] = found.get(target.name, here).union(here)
    return found
