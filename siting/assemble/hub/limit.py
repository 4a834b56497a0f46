"""The limits of a study as tables of the instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from models.instance import TABLES
from siting.assemble.place import prefecture_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from siting.config import Config, Study
    from siting.figures import Figures
    from siting.layers import Layers


def limit_tables(
    config: Config,
    study: Study,
    figures: Figures,
    layers: Layers,
    sites: pd.DataFrame,
    hubs: pd.DataFrame,
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.Index]]:
    """Return the tables of what a plan must keep within, and the regions they name.

    Raises
    ------
    ConfigError
        If a limit names a period, site, technology or prefecture that the study does not have.
    """
    limits = study.limits
    check_periods(config, study)
    counted = counted_rows(config, study, layers, sites, hubs)
    penalty = figures.amount("choices/target/shortfall/penalty", "JPY/t")
    targets, regions = regional_rows(config, study, layers, penalty)
    caps = [("kgco2e", year, -np.inf, most) for year, most in limits.kgco2e.items()]
    rows: dict[str, Iterable[tuple[Any, ...]]] = {
        "budgets": limits.budget_jpy.items(),
        "limits": caps,
        "hub_counts": [(count.name, count.at_most) for count in limits.hub_counts],
        "counted": counted,
        "incompatible": limits.incompatible,
        "orders": order_rows(config, study, hubs),
        "site_shares": [
            (k, t, s) for k, s in limits.site_share.items() for t in study.periods.years
        ],
        "disposal_limits": [
            (k, t, most) for k, by in limits.disposal_t.items() for t, most in by.items()
        ],
        "regional_targets": targets,
    }
    return {name: table(name, found) for name, found in rows.items()}, regions


def table(name: str, rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Return `rows` as the table `name` of the instance."""
    spec = TABLES[name]
    frame = pd.DataFrame(list(rows), columns=[*spec.index, *spec.columns])
    return frame.astype(dict.fromkeys(spec.columns, float)).set_index(list(spec.index)).sort_index()


def check_periods(config: Config, study: Study) -> None:
    """Refuse a limit of a year that is no period of the study."""
    by_year: dict[str, dict[int, float]] = {
        "budget_jpy": study.limits.budget_jpy,
        "kgco2e": study.limits.kgco2e,
    }
    by_year |= {f"disposal_t.{k}": by for k, by in study.limits.disposal_t.items()}
    for name, values in by_year.items():
        for year in values:
            if year not in study.periods.years:
                loc: tuple[str | int, ...] = ("limits", *name.split("."), year)
                known = ", ".join(map(str, study.periods.years))
                raise config.fault(loc, f"{year} starts no period, expected one of {known}.")


def counted_rows(
    config: Config, study: Study, layers: Layers, sites: pd.DataFrame, hubs: pd.DataFrame
) -> list[tuple[str, str, str]]:
    """Return the sites and technologies that each count counts."""
    pairs = hubs.index.droplevel("size").unique()
    rows = []
    for number, count in enumerate(study.limits.hub_counts):
        loc = ("limits", "hub_counts", number)
        known_names(config, (*loc, "technologies"), count.technologies, study.technologies)
        known_names(config, (*loc, "sites"), count.sites or [], sites.index)
        inside = sites.index
        if count.prefectures is not None:
            where = (*loc, "prefectures")
            codes = prefecture_codes(config, where, count.prefectures, layers)
            inside = sites.index[sites["pref_code"].isin(codes)]
        chosen = set(inside if count.sites is None else inside.intersection(count.sites))
        rows += [(count.name, h, g) for h, g in pairs if h in chosen and g in count.technologies]
    for number, pair in enumerate(study.limits.incompatible):
        known_names(config, ("limits", "incompatible", number), pair, study.technologies)
    return rows


def order_rows(
    config: Config, study: Study, hubs: pd.DataFrame
) -> list[tuple[str, str, str, int, float, float]]:
    """Return the lines that must or may run from some period on."""
    rows = []
    for number, order in enumerate(study.limits.orders):
        hub = (order.site, order.technology, order.size)
        if hub not in hubs.index:
            known = hubs.index[hubs.index.get_level_values("site") == order.site]
            text = f"no hub {hub}; at {order.site} there are {[h[1:] for h in known][:5]}."
            raise config.fault(("limits", "orders", number), text)
        most = np.inf if order.max_lines is None else float(order.max_lines)
        rows += [
            (*hub, t, float(order.min_lines), most) for t in study.periods.years if t >= order.start
        ]
    return rows


def regional_rows(
    config: Config, study: Study, layers: Layers, penalty: float
) -> tuple[list[tuple[str, str, int, float, float]], dict[str, pd.Index]]:
    """Return the targets of regions, and the municipalities of each region."""
    rows, regions = [], {}
    towns = layers.municipalities
    for number, target in enumerate(study.limits.regional_targets):
        loc = ("limits", "regional_targets", number, "prefectures")
        codes = prefecture_codes(config, loc, target.prefectures, layers)
        regions[target.name] = towns.index[towns["pref_code"].isin(codes)]
        rows += [(target.name, target.commodity, t, s, penalty) for t, s in target.share.items()]
    return rows, regions


def known_names(
    config: Config, loc: tuple[str | int, ...], names: Iterable[str], known: Iterable[str]
) -> None:
    """Refuse a name that the study does not have."""
    all_known = list(known)
    for number, name in enumerate(names):
        if name not in all_known:
            raise config.fault((*loc, number), f"'{name}' is unknown, expected one of {all_known}.")
