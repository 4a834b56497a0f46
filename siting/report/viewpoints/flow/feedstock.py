"""Viewpoint 8, feedstock: from where and how far each hub is fed, and who competes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from siting.report.viewpoints.flow.logistics import largest_first
from siting.report.viewpoints.place import import_nodes, weighted_quantile
from siting.report.viewpoints.table import ESTIMATE, Question, Table, Viewpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siting.outcome import Outcome

REACH = 0.9
"""A catchment is where this share of what a hub collects comes from [-]."""

KEYS = ["site", "commodity", "period"]


def feedstock(outcome: Outcome) -> Viewpoint:
    """Return the catchment of each hub, how full hubs run, and where catchments overlap."""
    collected = collected_rows(outcome)
    return Viewpoint(
        8,
        "feedstock",
        [
            Table("catchment", catchment(outcome, collected), total=False),
            Table("utilisation", utilisation(outcome), total=False),
            Table("overlap", overlap(outcome, collected), ESTIMATE, total=False),
        ],
        [Question("supply_risk", "low_supply"), Question("no_imports", "no_imports")],
    )


def collected_rows(outcome: Outcome) -> pd.DataFrame:
    """Return the flows that leave a source: source, site, commodity, period, flow_t, distance."""
    flows = outcome.plan.flows[["flow_t", "distance_km"]].reset_index()
    sources = outcome.instance.supply.index.unique("source")
    flows = flows[flows["origin"].isin(sources)]
    return flows.rename(columns={"origin": "source", "destination": "site"})


def catchment(outcome: Outcome, rows: pd.DataFrame) -> pd.DataFrame:
    """Return by site, commodity and period the sources, mean and 90 % distance, import share."""
    abroad = import_nodes(outcome)
    found = {}
    for key, part in rows.groupby(KEYS):
        tonnes, km = part["flow_t"].to_numpy(float), part["distance_km"].to_numpy(float)
        is_import = part["source"].isin(abroad)
        found[key] = (
            tonnes.sum(),
            part.loc[~is_import, "source"].nunique(),
            float((tonnes * km).sum() / tonnes.sum()),
            weighted_quantile(km, tonnes, REACH),
            float(tonnes[is_import].sum() / tonnes.sum()),
        )
    columns = ["received_t", "sources_count", "mean_km", "reach_km", "import_share"]
    return largest_first(keyed(found, columns, KEYS))


def utilisation(outcome: Outcome) -> pd.DataFrame:
    """Return how full the lines of each site and technology run, by period."""
    keys = ["site", "technology", "period"]
    table = outcome.plan.hubs[["throughput_t", "capacity_t"]].groupby(level=keys).sum()
    use = table["throughput_t"] / table["capacity_t"].replace(0.0, np.nan)
    return largest_first(table.assign(utilisation_share=use))


def overlap(outcome: Outcome, rows: pd.DataFrame) -> pd.DataFrame:
    """Return by site, commodity and period the share it takes from within others' catchments.

    A source lies in the catchment of a site that takes the same commodity if the shortest arc
    between them is no longer than the site's 90 % distance.
    """
    reach_km = catchment(outcome, rows)["reach_km"].rename("reach_km").reset_index()
    within = shortest(outcome, rows).merge(reach_km, on=["site", "commodity"])
    within = within[within["distance_km"] <= within["reach_km"]]
    place = ["source", "commodity", "period"]
    reached = within.groupby(place)["site"].nunique().rename("reached").reset_index()
    own = within[["site", *place]].drop_duplicates().assign(own=1)
    taken = rows.groupby(["site", *place], as_index=False)["flow_t"].sum()
    taken = taken.merge(reached, on=place, how="left").merge(own, on=["site", *place], how="left")
    others = taken["reached"].fillna(0) - taken["own"].fillna(0)
    taken["contested_t"] = taken["flow_t"].where(others > 0, 0.0)
    table = taken.groupby(KEYS)[["contested_t", "flow_t"]].sum()
    table["overlap_share"] = table["contested_t"] / table.pop("flow_t")
    return largest_first(table)


def shortest(outcome: Outcome, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the shortest arc from each source that is collected to each site that collects."""
    arcs = outcome.instance.arcs["distance_km"]
    used = arcs.index.isin(rows["source"].unique(), level="origin")
    used &= arcs.index.isin(rows["site"].unique(), level="destination")
    km = arcs[used].groupby(level=["origin", "destination", "commodity"]).min()
    return km.reset_index().rename(columns={"origin": "source", "destination": "site"})


def keyed(
    found: Mapping[Any, tuple[float, ...]], columns: list[str], keys: list[str]
) -> pd.DataFrame:
    """Return rows by `keys` as a table, which may have none."""
    rows = [(*key, *values) for key, values in found.items()]
    return pd.DataFrame(rows, columns=[*keys, *columns]).set_index(keys).astype(float).sort_index()
