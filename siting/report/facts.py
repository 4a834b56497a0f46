"""Facts a reader asks for, each computed once from the plan and its instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.carriage import carried
from siting.report.words import REGION_OF, REGIONS

if TYPE_CHECKING:
    from models.plan import Plan
    from siting.outcome import Outcome

NETWORK_PARTS = (
    "opening", "site_opening", "running", "labour", "handling", "energy", "transport",
    "services", "disposal", "acquisition",
)  # fmt: skip
"""What the network itself costs, before sales, the present treatment of the rest and penalties."""

MISSED_SHARE = 1e-6
"""A shortfall below this share of supply is the solver's rounding [-]."""

MODES = ["kind", "leg_mode", "vehicle", "commodity", "stage", "period"]

HUB = ["site", "technology", "size"]


@dataclass(frozen=True)
class Sureness:
    """How much cheaper another plan could at most be.

    Attributes
    ----------
    distance_jpy : objective minus bound [JPY].
    of_objective : the same relative to the objective [-].
    of_network : the same relative to the network's own gross cost [-]; NaN without a network.
    """

    distance_jpy: float
    of_objective: float
    of_network: float


def sureness(plan: Plan) -> Sureness:
    """Return the distance between the plan and the bound, in three measures."""
    distance_jpy = max(plan.objective_jpy - plan.bound_jpy, 0.0)
    network_jpy = network_cost_jpy(plan)
    of_network = distance_jpy / network_jpy if network_jpy > 0 else float("nan")
    return Sureness(distance_jpy, plan.gap, of_network)


def cost_jpy(plan: Plan) -> pd.Series:
    """Return the present value of each (block, part) [JPY]; they sum to the objective."""
    return plan.costs["present_value_jpy"].groupby(level=["block", "part"]).sum()


def part_cost_jpy(plan: Plan) -> dict[str, float]:
    """Return the present value of each part of the cost [JPY]."""
    return {str(part): float(value) for (_, part), value in cost_jpy(plan).items()}


def network_cost_jpy(plan: Plan) -> float:
    """Return what the network itself costs before sales, as a present value [JPY]."""
    parts = part_cost_jpy(plan)
    return sum(parts.get(part, 0.0) for part in NETWORK_PARTS)


def investment_jpy(plan: Plan) -> float:
    """Return the opening cost of all lines and sites, undiscounted [JPY]."""
    return float(plan.hubs["opening_jpy"].sum() + plan.sites["opening_jpy"].sum())


def investment(outcome: Outcome) -> pd.Series:
    """Return the opening cost by (region, period), undiscounted, regions from north [JPY]."""
    opened = [outcome.plan.hubs["opening_jpy"], outcome.plan.sites["opening_jpy"]]
    tables = [table.reset_index()[["site", "period", "opening_jpy"]] for table in opened]
    paid = pd.concat([table for table in tables if len(table)] or tables[:1])
    paid = paid[paid["opening_jpy"] > 0]
    pref = paid["site"].astype(object).map(outcome.places["pref_ja"].to_dict())
    region = pref.map(REGION_OF).fillna("unknown_region")
    sums = paid.assign(region=region).groupby(["region", "period"])["opening_jpy"].sum()
    rank = {region: n for n, region in enumerate((*REGIONS, "unknown_region"))}
    return sums.sort_index(key=lambda keys: keys.map(rank) if keys.name == "region" else keys)


def periods(outcome: Outcome) -> list[int]:
    """Return the periods in order."""
    return [int(t) for t in sorted(outcome.instance.periods.index)]


def at(table: pd.DataFrame, period: int) -> pd.DataFrame:
    """Return the rows of `table` in `period`."""
    return table[table.index.get_level_values("period") == period]


def built(plan: Plan) -> pd.DataFrame:
    """Return the hubs with at least one line, by (site, technology, size, period)."""
    return plan.hubs[plan.hubs["lines"] > 0]


@dataclass(frozen=True)
class Extent:
    """How much stands in one period: sites, hubs, lines, capacity and throughput [t/yr]."""

    sites: int
    hubs: int
    lines: int
    capacity_t: float
    throughput_t: float


def extent(plan: Plan, period: int) -> Extent:
    """Return what stands in `period`."""
    rows = at(built(plan), period)
    return Extent(
        sites=rows.index.get_level_values("site").nunique(),
        hubs=len(rows.index.droplevel(["size", "period"]).unique()),
        lines=int(rows["lines"].sum()),
        capacity_t=float(rows["capacity_t"].sum()),
        throughput_t=float(rows["throughput_t"].sum()),
    )


def collection(outcome: Outcome, *levels: str) -> pd.DataFrame:
    """Return supply_t, collected_t, uncollected_t [t/yr] by `levels` and collected_share [-].

    Imports are left out: they are no part of what arises.
    """
    columns = ["supply_t", "collected_t", "uncollected_t"]
    home = outcome.plan.sources[~outcome.imported]
    sums = home[columns].groupby(level=list(levels)).sum()
    return sums.assign(collected_share=sums["collected_t"] / sums["supply_t"].replace(0.0, np.nan))


def missed(plan: Plan) -> pd.DataFrame:
    """Return the targets the plan does not reach."""
    targets = plan.targets
    return targets[targets["shortfall_t"] > MISSED_SHARE * targets["supply_t"]]


def capped(outcome: Outcome) -> pd.Series:
    """Return where the fee only repeats the penalty for missing the target: it is no price."""
    penalty = outcome.instance.targets["shortfall_jpy_per_t"].reindex(outcome.plan.targets.index)
    is_missed = outcome.plan.targets.index.isin(missed(outcome.plan).index)
    return (outcome.plan.targets["fee_jpy_per_t"] >= penalty * (1 - 1e-6)) | is_missed


def kgco2e(outcome: Outcome) -> pd.Series:
    """Return the emissions of each part over the horizon, undiscounted [kgCO2e]."""
    yearly = outcome.plan.kgco2e["kgco2e_per_yr"]
    return (yearly * years(outcome, yearly.index)).groupby(level="part").sum()


def kgco2e_nothing_collected(outcome: Outcome) -> pd.Series:
    """Return by period what all supply would emit in its present treatment [kgCO2e/yr]."""
    tables = outcome.instance
    emitted = tables.supply["supply_t"] * tables.baseline["kgco2e_per_t"]
    return emitted.groupby(level="period").sum().reindex(periods(outcome), fill_value=0.0)


def kgco2e_saved(outcome: Outcome) -> float:
    """Return the emissions saved over the horizon against collecting nothing [kgCO2e]."""
    baseline = kgco2e_nothing_collected(outcome)
    before = (baseline * outcome.instance.periods["years"].reindex(baseline.index)).sum()
    return float(before - kgco2e(outcome).sum())


def years(outcome: Outcome, index: pd.Index) -> np.ndarray:
    """Return the length of the period of each row of `index` [yr]."""
    found = outcome.instance.periods["years"].reindex(index.get_level_values("period"))
    return np.asarray(found, dtype=float)


def jpy_per_collected_t(outcome: Outcome, jpy: float) -> float:
    """Return a present value per tonne collected or imported, tonnes discounted alike [JPY/t]."""
    collected = outcome.plan.sources["collected_t"].groupby(level="period").sum()
    weight = outcome.instance.periods["discount_yr"].reindex(collected.index)
    tonnes = float((collected * weight).sum())
    return jpy / tonnes if tonnes > 0 else float("nan")


def modes(outcome: Outcome) -> pd.DataFrame:
    """Return the legs of all flows by kind, mode, vehicle, commodity, stage and period.

    The stage of a flow that leaves a source is ``collection``, else ``delivery``. Columns:
    flow_t [t/yr], tkm [tkm/yr], mean_km [km], cost_jpy [JPY/yr], kgco2e [kgCO2e/yr],
    mj [MJ/yr], driver_h [h/yr]; the last two are NaN where a leg does not say them. Money,
    emissions, energy and work sum to those of all flows; tonnes count once on every leg.
    """
    rows = carried(outcome)
    sources = outcome.instance.supply.index.unique("source")
    rows["stage"] = np.where(rows["origin"].isin(sources), "collection", "delivery")
    amounts = ["flow_t", "tkm", "cost_jpy", "kgco2e", "mj", "driver_h"]
    table = rows.groupby(MODES)[amounts].sum(skipna=False)
    table.insert(2, "mean_km", mean_km(table))
    return table


def mean_km(table: pd.DataFrame) -> pd.Series:
    """Return the mean distance a tonne travels [km]."""
    return table["tkm"] / table["flow_t"].replace(0.0, np.nan)


def names(nodes: pd.Series, column: str, outcome: Outcome) -> pd.Series:
    """Return the name of each of `nodes`, or the node itself where it has none."""
    found = nodes.map(outcome.places[column])
    return found.where(found.notna() & (found != ""), nodes)
