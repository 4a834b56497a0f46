"""What each site costs, earns and emits in a year: the plan's totals, cut by site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from siting.outcome import Outcome

SITE = ["site", "period"]
HUB = ["site", "technology", "size"]
KG_PER_T = 1000.0
CARRIED = ["flow_t", "cost_jpy", "kgco2e"]

COST_PARTS = (
    "acquisition", "transport_in", "opening", "site_opening", "running", "labour", "handling",
    "energy", "disposal", "transport_out", "emissions", "market",
)  # fmt: skip
"""Parts of a site's yearly cost, in the order in which a tonne meets them; sales are negative."""

GAS_PARTS = ("transport_in", "conversion", "disposal", "transport_out", "market")
"""Parts of a site's yearly emissions; what its products displace is negative."""


def site_costs(outcome: Outcome, gases: pd.DataFrame) -> pd.DataFrame:
    """Return what each site costs by (site, period), one column for each of ``COST_PARTS``.

    A flow between two sites counts where it arrives. So every part sums over the sites to that
    of the plan; the carbon price is that on the site's own emissions [JPY/yr].

    Parameters
    ----------
    gases : as ``site_gases`` returns them.
    """
    hubs, data = hub_rows(outcome), outcome.instance
    price_jpy_per_t = data.periods["carbon_price_jpy_per_t"]
    emitted = gases.sum(axis=1)
    arriving, leaving = flows_in(outcome), flows_to_sinks(outcome)
    return table(
        {
            "acquisition": by_site(arriving, arriving["acquisition_jpy"]),
            "transport_in": by_site(arriving, arriving["cost_jpy"]),
            "opening": by_site(hubs, opening_jpy_per_yr(outcome, hubs)),
            "site_opening": site_opening_jpy_per_yr(outcome),
            "running": by_site(hubs, hubs["running_jpy_per_yr"] * hubs["lines"]),
            "labour": by_site(hubs, hubs["labour_jpy"]),
            "handling": by_site(hubs, hubs["handling_jpy_per_t"] * hubs["throughput_t"]),
            "energy": by_site(hubs, hubs["energy_jpy"]),
            "disposal": disposed(outcome, "disposal_jpy_per_t"),
            "transport_out": by_site(leaving, leaving["cost_jpy"]),
            "emissions": emitted.mul(price_jpy_per_t, level="period") / KG_PER_T,
            "market": by_site(leaving, -leaving["price_jpy_per_t"] * leaving["flow_t"]),
        },
        COST_PARTS,
    )


def site_gases(outcome: Outcome) -> pd.DataFrame:
    """Return what each site emits by (site, period), a column for each part [kgCO2e/yr]."""
    hubs, arriving, leaving = hub_rows(outcome), flows_in(outcome), flows_to_sinks(outcome)
    factors = site_factors(outcome, hubs)
    direct = hubs["kgco2e_per_t"] * hubs["throughput_t"]
    power = hubs["kwh"] * factors["grid_kgco2e_per_kwh"]
    heat = hubs["heat_mj"] * factors["heat_kgco2e_per_mj"]
    return table(
        {
            "transport_in": by_site(arriving, arriving["kgco2e"]),
            "conversion": by_site(hubs, direct + power + heat),
            "disposal": disposed(outcome, "disposal_kgco2e_per_t"),
            "transport_out": by_site(leaving, leaving["kgco2e"]),
            "market": by_site(leaving, -leaving["credit_kgco2e_per_t"] * leaving["flow_t"]),
        },
        GAS_PARTS,
    )


def table(parts: dict[str, pd.Series], order: tuple[str, ...]) -> pd.DataFrame:
    """Return `parts`, each by site and period, as columns in that order."""
    filled = [series.rename(part) for part, series in parts.items() if len(series)]
    if not filled:
        index = pd.MultiIndex.from_arrays([[], []], names=SITE)
        return pd.DataFrame(index=index, columns=list(order), dtype=float)
    wide = pd.concat(filled, axis=1).rename_axis(SITE)
    return wide.reindex(columns=list(order)).fillna(0.0).sort_index()


def by_site(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    """Return `values` of `rows` added up by site and period."""
    return values.groupby([rows["site"], rows["period"]]).sum().rename_axis(SITE)


def hub_rows(outcome: Outcome) -> pd.DataFrame:
    """Return the hubs with lines, a row each, with the parameters of their lines."""
    amounts = ["lines", "throughput_t", "opening_jpy", "labour_jpy", "kwh", "heat_mj", "energy_jpy"]
    built = outcome.plan.hubs.reindex(columns=amounts).fillna(0.0)
    built = built[built["lines"] > 0].reset_index()
    params = [
        "opening_jpy", "annuity_per_yr", "running_jpy_per_yr", "handling_jpy_per_t",
        "kgco2e_per_t", "stands",
    ]  # fmt: skip
    own = outcome.instance.hubs.reindex(columns=params).fillna(0.0)
    own = own.rename(columns={"opening_jpy": "line_jpy"})
    return built.merge(own.reset_index(), on=HUB, how="left")


def opening_jpy_per_yr(outcome: Outcome, hubs: pd.DataFrame) -> pd.Series:
    """Return what opening costs in a year: the annuity, or all at once where salvage says so."""
    annuity = hubs["annuity_per_yr"] * hubs["line_jpy"] * hubs["lines"] * (hubs["stands"] == 0)
    share = paid_share(outcome, hubs["technology"], hubs["period"])
    return annuity.where(share.isna(), share * hubs["opening_jpy"])


def site_opening_jpy_per_yr(outcome: Outcome) -> pd.Series:
    """Return what the site itself costs to open, by the year."""
    rows = outcome.plan.sites.reset_index()
    own = outcome.instance.sites.reindex(columns=["opening_jpy", "annuity_per_yr"])
    annuity = rows["site"].map(own["opening_jpy"] * own["annuity_per_yr"]).astype(float)
    yearly = annuity * rows["used"].astype(float)
    share = paid_share(outcome, rows["site"], rows["period"])
    return by_site(rows, yearly.where(share.isna(), share * rows["opening_jpy"]))


def paid_share(outcome: Outcome, asset: pd.Series, period: pd.Series) -> pd.Series:
    """Return the share of the opening paid at once, by the year; NaN where annuities are paid."""
    known = outcome.instance.salvage["paid_share"]
    index = pd.MultiIndex.from_arrays([asset, period])
    share = pd.Series(known.reindex(index).to_numpy(float), asset.index)
    return share / period.map(outcome.instance.periods["discount_yr"])


def flows_in(outcome: Outcome) -> pd.DataFrame:
    """Return the flows that arrive at sites, with what was paid to obtain them."""
    rows = outcome.plan.flows[CARRIED].reset_index()
    rows = rows[rows["destination"].isin(outcome.instance.hubs.index.unique("site"))]
    price = outcome.instance.supply["acquisition_jpy_per_t"]
    index = pd.MultiIndex.from_frame(rows[["origin", "commodity", "period"]])
    per_t = price.reindex(index).fillna(0.0).to_numpy(float)
    return rows.assign(site=rows["destination"], acquisition_jpy=rows["flow_t"] * per_t)


def flows_to_sinks(outcome: Outcome) -> pd.DataFrame:
    """Return the flows from sites to sinks, with the price and the credit of a tonne."""
    rows = outcome.plan.flows[CARRIED].reset_index()
    sites = outcome.instance.hubs.index.unique("site")
    rows = rows[rows["origin"].isin(sites) & ~rows["destination"].isin(sites)]
    index = pd.MultiIndex.from_frame(rows[["destination", "commodity", "period"]])
    per_t = outcome.instance.sinks[["price_jpy_per_t", "credit_kgco2e_per_t"]].reindex(index)
    columns = {name: per_t[name].fillna(0.0).to_numpy(float) for name in per_t}
    return rows.assign(site=rows["origin"], **columns)


def disposed(outcome: Outcome, per_t: str) -> pd.Series:
    """Return what is disposed of at each site times a figure of its commodity."""
    rows = outcome.plan.disposals.reset_index()
    figure = rows["commodity"].map(outcome.instance.commodities[per_t]).astype(float)
    return by_site(rows, rows["disposal_t"].astype(float) * figure)


def site_factors(outcome: Outcome, hubs: pd.DataFrame) -> pd.DataFrame:
    """Return the emission factors of power and heat of each row of `hubs`."""
    priced = set(outcome.instance.energy.index.unique("region"))
    region = {node: region for region, node in outcome.instance.regions.index if region in priced}
    index = pd.MultiIndex.from_arrays([hubs["site"].map(region), hubs["period"]])
    return factors_of(outcome, index).set_axis(hubs.index)


def factors_of(outcome: Outcome, index: pd.MultiIndex) -> pd.DataFrame:
    """Return the emission factors of each (area, period); the nation's where an area has none."""
    own = outcome.instance.energy[["grid_kgco2e_per_kwh", "heat_kgco2e_per_mj"]]
    found = own.rename_axis(index.names).reindex(index).astype(float)
    national = outcome.instance.periods["grid_kgco2e_per_kwh"]
    grid = national.reindex(index.get_level_values(1)).set_axis(index)
    own_grid = found["grid_kgco2e_per_kwh"]
    found["grid_kgco2e_per_kwh"] = own_grid.where(own_grid.notna(), grid.to_numpy(float))
    return found.fillna(0.0)
