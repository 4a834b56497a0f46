"""What would have to change for a site to cost no more than the plan without it.

Each change alone, the flows of the plan with the site as they are: then its cost falls by just so
much. As flows may follow, less may do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from models.instance import Instance
    from models.plan import Plan
    from siting.scenarios.why.regret import Regret

SUBSIDY, PRICE, TRANSPORT = "subsidy", "price", "transport"


@dataclass(frozen=True)
class Change:
    """One change that would do.

    Attributes
    ----------
    kind : SUBSIDY, PRICE or TRANSPORT.
    item : product whose price it is.
    needed : by what: JPY once (present value), or JPY/t.
    share : of what is there now: of the investment, the price, the transport cost; over 1 for a
        subsidy, or a cut of transport, means that even all of it does not do.
    km : what the cut of transport is in distance, per tonne (0 for others).
    """

    kind: str
    needed: float
    share: float
    item: str = ""
    km: float = 0.0


def changes(data: Instance, found: Plan, site: str, regret: Regret) -> list[Change]:
    """Return what would pay for what `site` costs in the plan `found` with it forced in."""
    lacking = regret.found_jpy
    if not lacking > 0:
        return []
    every = [*subsidy(data, found, site, lacking), *prices(data, found, site, lacking)]
    return [*every, *transport(data, found, site, lacking)]


def subsidy(data: Instance, found: Plan, site: str, lacking: float) -> list[Change]:
    """Return what of the investment at the site would have to be paid by others."""
    paid = invested_jpy(data, found, site)
    return [Change(SUBSIDY, lacking, lacking / paid)] if paid > 0 else []


def invested_jpy(data: Instance, found: Plan, site: str) -> float:
    """Return what opening lines, and the site, costs in the plan [JPY, present value]."""
    from siting.solve.force import opening

    discount_yr, paid = data.periods["discount_yr"], data.salvage["paid_share"].to_dict()
    lines = found.hubs.loc[[site]] if site in found.hubs.index.unique("site") else found.hubs[:0]
    total = 0.0
    for (h, g, s, t), row in lines.iterrows():
        hub = data.hubs.loc[(h, g, s)]
        if not hub["stands"]:
            count = row["opened_lines" if (g, t) in paid else "lines"]
            total += opening(hub, paid.get((g, t)), discount_yr[t]) * count
    if site in data.sites.index and len(found.sites) and site in found.sites.index.unique("site"):
        own = data.sites.loc[site]
        for (_, t), row in found.sites.loc[[site]].iterrows():
            count = row["opened" if (site, t) in paid else "used"]
            total += opening(own, paid.get((site, t)), discount_yr[t]) * count
    return float(total)


def prices(data: Instance, found: Plan, site: str, lacking: float) -> list[Change]:
    """Return by how much the product that the site sells most of would have to be dearer."""
    rows = flows_at(data, found, site, "origin")
    rows = rows[rows["destination"].isin(data.sinks.index.unique("sink"))]
    if not len(rows):
        return []
    key = pd.MultiIndex.from_frame(rows[["destination", "commodity", "period"]])
    price = data.sinks["price_jpy_per_t"].reindex(key).to_numpy(float)
    rows = rows.assign(sales=price * rows["whole_t"]).loc[price > 0]
    if not len(rows):
        return []
    by_product = rows.groupby("commodity")[["sales", "whole_t"]].sum()
    item = str(by_product["sales"].idxmax())
    sales, tonnes = by_product.loc[item]
    return [Change(PRICE, lacking / tonnes, lacking / sales, item)]


def transport(data: Instance, found: Plan, site: str, lacking: float) -> list[Change]:
    """Return by how much carrying to and from the site would have to be cheaper, or shorter."""
    ends = [flows_at(data, found, site, end) for end in ("destination", "origin")]
    rows = pd.concat(ends)
    cost, tonnes = float(rows["whole_jpy"].sum()), float(ends[0]["whole_t"].sum())
    tkm = float((rows["whole_t"] * rows["distance_km"]).sum())
    if cost <= 0 or tonnes <= 0:
        return []
    km = lacking / (cost / tkm) / tonnes if tkm > 0 else 0.0
    return [Change(TRANSPORT, lacking / tonnes, lacking / cost, km=km)]


def flows_at(data: Instance, found: Plan, site: str, end: str) -> pd.DataFrame:
    """Return the flows that end at, or leave, `site`, with whole_t and whole_jpy over the horizon.

    Each year counts by its discount factor.
    """
    rows = found.flows[found.flows.index.get_level_values(end) == site].reset_index()
    weight = data.periods["discount_yr"].reindex(rows["period"]).to_numpy(float)
    return rows.assign(whole_t=rows["flow_t"] * weight, whole_jpy=rows["cost_jpy"] * weight)
