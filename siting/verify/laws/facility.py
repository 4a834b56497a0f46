"""Lines, sites and what may stand together: the laws without flows, and their costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from siting.verify.model import Model
    from siting.verify.table import Array, Tables, Whole


def add_lines(model: Model, data: Tables) -> None:
    """Add ``run_hub``, its laws and what lines cost and employ."""
    hubs = data["hubs"]
    stands = hubs["stands"].to_numpy() > 0
    least, most = line_limits(data)
    model.add_variable("run_hub", hubs.index, most, least, is_whole=True)
    add_order(model, "open_hub_stays_open", "run_hub", np.flatnonzero(~stands), 1.0)
    add_order(model, "closed_hub_stays_closed", "run_hub", np.flatnonzero(stands), -1.0)
    new = np.flatnonzero(~stands)
    yearly = data.column("hubs", "annuity_per_yr") * data.column("hubs", "opening_jpy")
    add_opening(model, data, ("cost_jpy:opening", "run_hub"), new,
                (hubs.index.get_level_values("technology")[new], yearly[new]),
                data.column("hubs", "opening_jpy")[new])  # fmt: skip
    for quantity, column in (
        ("cost_jpy:running", "running_jpy_per_yr"),
        ("cost_jpy:labour", "labour_jpy_per_yr"),
        ("jobs", "jobs"),
    ):
        model.add_amount(quantity, "run_hub", data.column("hubs", column))


def line_limits(data: Tables) -> tuple[Array, Array]:
    """Return the fewest and the most lines of each hub in each period.

    Lines that may not close run on, as far as no order has shut them before.
    """
    hubs = data["hubs"]
    lines, stands = data.column("hubs", "max_lines"), data.column("hubs", "stands") > 0
    early = np.array([data.periods]) < data.column("hubs", "earliest_period")
    most = np.minimum(lines, data.wide("orders", "max_lines", hubs.index, np.inf))
    most = np.where(early & ~stands, 0.0, most)
    stays = stands & (data.column("hubs", "may_close") == 0)
    held = np.minimum.accumulate(np.minimum(np.where(stays, lines, 0.0), most), axis=1)
    return np.maximum(held, data.wide("orders", "min_lines", hubs.index)), most


def add_order(model: Model, law: str, variable: str, column: Whole, sign: float) -> None:
    """Add that a number never falls from period to period, or never rises (`sign` -1)."""
    keys = model.variables[variable].keys[column]
    upper = model.wide(0.0, len(keys))
    upper[:, 0] = np.inf
    row = np.arange(len(keys))
    model.add_law(law, keys, upper)
    model.add(law, row, variable, column, -sign)
    model.add(law, row, variable, column, sign, lag=1)


def add_opening(
    model: Model,
    data: Tables,
    of: tuple[str, str],
    column: Whole,
    yearly: tuple[pd.Index, Array],
    opening_jpy: Array,
) -> None:
    """Add the opening cost: by the year, or once less what is left where salvage says so."""
    quantity, variable = of
    asset, annuity_jpy = yearly
    is_once = asset.isin(data.keys("salvage"))[:, None]
    paid = data.wide("salvage", "paid_share", pd.Index(asset))
    discount_yr = data.by_period("periods", "discount_yr")
    once = np.divide(paid * opening_jpy, discount_yr, where=discount_yr > 0, out=0 * paid)
    model.add_amount(quantity, variable, np.where(is_once, once, annuity_jpy), column)
    model.add_amount(quantity, variable, np.where(is_once, -once, 0.0), column, lag=1)
    model.add("opening_within_budget", 0 * column, variable, column, opening_jpy)
    model.add("opening_within_budget", 0 * column, variable, column, -opening_jpy, lag=1)


def add_sites(model: Model, data: Tables) -> None:
    """Add ``use_site``, its laws and cost, and the plots."""
    hubs, sites = data["hubs"], data["sites"]
    at = hubs.index.get_level_values("site")
    is_new = hubs["stands"].to_numpy() == 0
    costly = sites.index[(sites["opening_jpy"] > 0) & sites.index.isin(at[is_new])]
    model.add_variable("use_site", costly, 1.0, is_whole=True)
    every = np.arange(len(costly))
    site = sites.loc[costly]
    opening_jpy = site["opening_jpy"].to_numpy()[:, None]
    yearly = opening_jpy * site["annuity_per_yr"].to_numpy()[:, None]
    add_opening(
        model, data, ("cost_jpy:site_opening", "use_site"), every, (costly, yearly), opening_jpy
    )
    add_order(model, "site_stays_open", "use_site", every, 1.0)
    asking = np.flatnonzero(is_new & at.isin(costly))
    model.add_law("hub_needs_site", hubs.index[asking], 0.0)
    add_switch(model, "hub_needs_site", asking, "use_site", costly.get_indexer(at[asking]), data)
    bounded = sites.index[np.isfinite(sites["plot_m2"])]
    model.add_law("land_within_plot", bounded, sites.loc[bounded, ["plot_m2"]].to_numpy())
    model.add("land_within_plot", bounded.get_indexer(at), "run_hub", np.arange(len(hubs)),
              data.column("hubs", "land_m2"))  # fmt: skip
    chosen = sites.index[sites["must_run"] > 0]
    least = model.wide(-np.inf, len(chosen))
    least[:, -1] = 1.0
    model.add_law("chosen_site_runs", chosen, lower=least)
    model.add("chosen_site_runs", chosen.get_indexer(at), "run_hub", np.arange(len(hubs)), 1.0)


def add_switch(
    model: Model, law: str, hub: Whole, variable: str, column: Whole, data: Tables
) -> None:
    """Add that lines run only where their switch is on."""
    row = np.arange(len(hub))
    model.add(law, row, "run_hub", hub, 1.0)
    model.add(law, row, variable, column, -data.column("hubs", "max_lines")[hub])


def add_presences(model: Model, data: Tables) -> None:
    """Add ``has_hub`` where a count or a ban names it, the counts and the bans."""
    hubs = data["hubs"]
    pairs = pd.MultiIndex.from_frame(hubs.index.droplevel("size").unique().to_frame(index=False))
    counted = data["counted"].index.to_frame(index=False)
    counted = counted[pd.MultiIndex.from_frame(counted[["site", "technology"]]).isin(pairs)]
    bans = data["incompatible"].index.to_frame(index=False)
    bans = bans.merge(pairs.to_frame(index=False), on="technology")[["site", "technology", "other"]]
    bans = bans[pd.MultiIndex.from_frame(bans[["site", "other"]]).isin(pairs)]
    other = bans[["site", "other"]].set_axis(["site", "technology"], axis=1)
    named = pd.concat([counted[["site", "technology"]], bans[["site", "technology"]], other])
    present = pd.MultiIndex.from_frame(named.drop_duplicates())
    model.add_variable("has_hub", present, 1.0, is_whole=True)

    own = present.get_indexer(hubs.index.droplevel("size"))
    asking = np.flatnonzero(own >= 0)
    model.add_law("running_hub_is_present", hubs.index[asking], 0.0)
    add_switch(model, "running_hub_is_present", asking, "has_hub", own[asking], data)
    counts = pd.Index(counted["count"].unique())
    model.add_law(
        "sites_within_count", counts, data["hub_counts"].reindex(counts)[["at_most"]].to_numpy()
    )
    column = present.get_indexer(pd.MultiIndex.from_frame(counted[["site", "technology"]]))
    model.add("sites_within_count", counts.get_indexer(counted["count"]), "has_hub", column, 1.0)
    model.add_law("technologies_apart", pd.MultiIndex.from_frame(bans), 1.0)
    row = np.arange(len(bans))
    for names in (bans[["site", "technology"]], other):
        column = present.get_indexer(pd.MultiIndex.from_frame(names))
        model.add("technologies_apart", row, "has_hub", column, 1.0)
