"""Where the nodes of a plan lie, and what comes from abroad or goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.report.words import REGION_OF, REGIONS

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from siting.outcome import Outcome

OVERSEAS, UNKNOWN = "overseas", "unknown_region"

ORDER = (*REGIONS, UNKNOWN, OVERSEAS)
"""Regions from north to south, then the rest."""

UNNAMED = "no_area"
"""Stands for the tariff area of a site that lies in none."""

EXPORT = "export"
"""What the detail of a sink overseas says."""


def import_nodes(outcome: Outcome) -> set[str]:
    """Return the sources that stand for an import."""
    supply = outcome.instance.supply
    return set(supply.index[supply["counts_to_target"] == 0].unique("source"))


def overseas_sinks(outcome: Outcome) -> set[str]:
    """Return the sinks that lie overseas."""
    return set(outcome.places.index[outcome.places["detail"] == EXPORT])


def regions(nodes: pd.Series, outcome: Outcome) -> pd.Series:
    """Return the region of each of `nodes`; imports and buyers overseas are ``overseas``."""
    region = nodes.map(outcome.places["pref_ja"]).map(REGION_OF).fillna(UNKNOWN)
    abroad = import_nodes(outcome) | overseas_sinks(outcome)
    return region.where(~nodes.isin(abroad), OVERSEAS)


def prefectures(nodes: pd.Series, outcome: Outcome) -> pd.Series:
    """Return the prefecture of each of `nodes`, empty where none is known."""
    return nodes.map(outcome.places["pref_ja"]).fillna("")


def areas(outcome: Outcome) -> pd.Series:
    """Return the tariff area of each site of the plan: its region that has rows of energy."""
    priced = set(outcome.instance.energy.index.unique("region"))
    pairs = outcome.instance.regions.index.to_frame(index=False)
    pairs = pairs[pairs["region"].isin(priced)]
    area = pairs.drop_duplicates("node").set_index("node")["region"].astype(object)
    sites = outcome.plan.hubs.index.unique("site")
    return area.reindex(sites).fillna(UNNAMED)


def weighted_quantile(
    values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], share: float
) -> float:
    """Return the least value that `share` of the weight does not exceed."""
    if not weights.sum() > 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    row = int(np.searchsorted(reached, share * reached[-1] * (1 - 1e-12)))
    return float(values[order][min(row, len(values) - 1)])
