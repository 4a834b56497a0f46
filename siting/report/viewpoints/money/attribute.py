"""Which resource each part of the network's cost and emissions is of.

A part is cut, period by period, by what the tables of the plan say each resource takes of it; the
cut is scaled so that the resources sum to the part. Shared parts follow what they serve: sites
the opening cost of the lines on them, services the transport cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siting.ledger import factors_of
from siting.report.viewpoints.place import areas
from siting.report.viewpoints.trace import of_resources, resource_of

if TYPE_CHECKING:
    from siting.outcome import Outcome

KEYS = ["resource", "period"]

NETWORK_GASES = ("conversion", "transport", "disposal", "market")
"""Emissions of the network and its credit; the present treatment of the rest is not among them."""

KG_PER_T = 1000.0


def cost_by_resource(outcome: Outcome) -> pd.Series:
    """Return the present value of each part of the network's cost by (resource, part) [JPY].

    ``carbon`` is the carbon price on the network's own emissions, its credit included.
    """
    discount_yr = outcome.instance.periods["discount_yr"]
    weights = cost_weights(outcome)
    costs = outcome.plan.costs["cost_jpy_per_yr"].groupby(level=["part", "period"]).sum()
    cut = {
        part: apportioned(costs.xs(part, level="part"), weight)
        for part, weight in weights.items()
        if part in costs.index.unique("part")
    }
    price = outcome.instance.periods["carbon_price_jpy_per_t"]
    gases = kgco2e_by_resource(outcome).groupby(level=KEYS).sum()
    cut["carbon"] = gases.mul(price, level="period") / KG_PER_T
    yearly = pd.concat(cut, names=["part"])
    return yearly.mul(discount_yr, level="period").groupby(level=["resource", "part"]).sum()


def kgco2e_by_resource(outcome: Outcome) -> pd.Series:
    """Return the network's emissions by (part, resource, period) [kgCO2e/yr]."""
    emitted = outcome.plan.kgco2e["kgco2e_per_yr"]
    weights = gas_weights(outcome)
    cut = {
        part: apportioned(emitted.xs(part, level="part"), weights[part]) for part in NETWORK_GASES
    }
    return pd.concat(cut, names=["part"])


def apportioned(total: pd.Series, weight: pd.Series) -> pd.Series:
    """Return `total` by period cut as `weight` (resource, period) is; nothing is lost.

    Where no resource has a weight, the rest is of the resource ``unattributed``.
    """
    sums = weight.groupby(level="period").sum().reindex(total.index, fill_value=0.0)
    has = sums != 0
    scale = (total / sums.where(has)).fillna(0.0)
    cut = weight.mul(scale, level="period").dropna()
    rest = total[~has & (total != 0)]
    if rest.empty:
        return cut
    index = pd.MultiIndex.from_product([["unattributed"], rest.index], names=KEYS)
    return pd.concat([cut, pd.Series(rest.to_numpy(), index=index)])


def cost_weights(outcome: Outcome) -> dict[str, pd.Series]:
    """Return what each resource takes of each part of the cost [JPY/yr]."""
    hubs = hub_amounts(outcome)
    transport = shipped(outcome, outcome.plan.flows["cost_jpy"])
    sources = outcome.plan.sources["collected_t"]
    bought = sources * outcome.instance.supply["acquisition_jpy_per_t"].reindex(sources.index)
    ended = outcome.plan.disposals["disposal_t"]
    fee = outcome.instance.commodities["disposal_jpy_per_t"]
    return {
        **{part: hubs[part] for part in ("opening", "running", "labour", "energy", "handling")},
        "site_opening": hubs["opening"],
        "acquisition": bought.groupby(level=["commodity", "period"]).sum().rename_axis(KEYS),
        "transport": transport,
        "services": transport,
        "disposal": left_sites(outcome, ended.mul(fee, level="commodity")),
        "market": shipped(outcome, sold(outcome, "price_jpy_per_t")),
    }


def gas_weights(outcome: Outcome) -> dict[str, pd.Series]:
    """Return what each resource takes of each part of the emissions [kgCO2e/yr]."""
    ended = outcome.plan.disposals["disposal_t"]
    factor = outcome.instance.commodities["disposal_kgco2e_per_t"]
    return {
        "conversion": hub_amounts(outcome)["conversion"],
        "transport": shipped(outcome, outcome.plan.flows["kgco2e"]),
        "disposal": left_sites(outcome, ended.mul(factor, level="commodity")),
        "market": shipped(outcome, sold(outcome, "credit_kgco2e_per_t")),
    }


def hub_amounts(outcome: Outcome) -> pd.DataFrame:
    """Return what the hubs of each resource take by period: cost [JPY/yr], gases [kgCO2e/yr]."""
    plan = outcome.plan.hubs
    hub = outcome.instance.hubs.reindex(plan.index.droplevel("period")).set_index(plan.index)
    annuity = plan["lines"] * hub["opening_jpy"] * hub["annuity_per_yr"] * (1 - hub["stands"])
    keys = plan.index.to_frame()
    area = pd.MultiIndex.from_arrays([keys["site"].map(areas(outcome)), keys["period"]])
    factors = factors_of(outcome, area.set_names(["area", "period"])).set_index(plan.index)
    paid_once = plan["opening_jpy"] * (1 - hub["stands"])
    direct = plan["throughput_t"] * hub["kgco2e_per_t"]
    amounts = pd.DataFrame(
        {
            "opening": paid_once if len(outcome.instance.salvage) else annuity,
            "running": plan["lines"] * hub["running_jpy_per_yr"],
            "labour": plan["labour_jpy"],
            "energy": plan["energy_jpy"],
            "handling": plan["throughput_t"] * hub["handling_jpy_per_t"],
            "conversion": direct
            + plan["kwh"] * factors["grid_kgco2e_per_kwh"]
            + plan["heat_mj"] * factors["heat_kgco2e_per_mj"],
        }
    ).astype(float)
    technology = amounts.index.get_level_values("technology")
    resource = technology.map(resource_of(outcome)).rename("resource")
    return amounts.groupby([resource, amounts.index.get_level_values("period")]).sum()


def shipped(outcome: Outcome, amount: pd.Series) -> pd.Series:
    """Return `amount` of each flow by the resource that it is of."""
    rows = amount.rename("amount").reset_index()
    sources = outcome.instance.supply.index.unique("source")
    raw = rows[rows["origin"].isin(sources)].groupby(["commodity", "period"])["amount"].sum()
    made = of_resources(
        rows[~rows["origin"].isin(sources)].rename(columns={"origin": "site"}), outcome
    )
    both = [raw.rename_axis(KEYS), made.groupby(KEYS)["amount"].sum()]
    return pd.concat(both).groupby(level=KEYS).sum()


def left_sites(outcome: Outcome, amount: pd.Series) -> pd.Series:
    """Return `amount` (site, commodity, period) by the resource that it is of."""
    rows = of_resources(amount.rename("amount").reset_index(), outcome)
    return rows.groupby(KEYS)["amount"].sum()


def sold(outcome: Outcome, per_t: str) -> pd.Series:
    """Return what each flow to a sink brings there by the sink's column `per_t`; else 0."""
    flows = outcome.plan.flows["flow_t"]
    keys = flows.index.droplevel(["origin", "mode"])
    found = outcome.instance.sinks[per_t].reindex(keys.set_names(["sink", "commodity", "period"]))
    return flows * found.fillna(0.0).to_numpy(float)


def discounted_t(outcome: Outcome, tonnes: pd.Series) -> pd.Series:
    """Return yearly `tonnes` (key, period) over the horizon, discounted like money, by key [t]."""
    weighted = tonnes.mul(outcome.instance.periods["discount_yr"], level="period")
    return weighted.groupby(level=0).sum()


def sold_t(outcome: Outcome) -> float:
    """Return the recycled material sold over the horizon, discounted like money [t]."""
    taken = outcome.plan.sinks["inflow_t"]
    return float(taken.mul(outcome.instance.periods["discount_yr"], level="period").sum())
