"""Viewpoint 11, environment: emissions with the credit named, disposal avoided, cost per tCO2e.

The credit for displaced virgin material is by substitution and counted once, at the sink.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.carriage import ARC, carried, moving
from siting.report import facts
from siting.report.viewpoints.money.attribute import kgco2e_by_resource
from siting.report.viewpoints.money.data import paid_jpy
from siting.report.viewpoints.table import Question, Table, Viewpoint
from siting.report.viewpoints.trace import of_resources

if TYPE_CHECKING:
    from siting.outcome import Outcome

KG_PER_T = 1000.0

KEYS = ["resource", "period"]


def environment(outcome: Outcome) -> Viewpoint:
    """Return emissions by part and by resource, what a tCO2e costs, and other effects."""
    tables = [
        Table("emissions", emissions(outcome), spread="period", across=False, ranked=False),
        Table("emissions_by_resource", by_resource(outcome), ranked=False),
        Table("abatement", abatement(outcome), ranked=False, total=False),
        Table("disposal_avoided", disposal_avoided(outcome), ranked=False),
        Table("heavy_vehicles", heavy_vehicles(outcome), ranked=False),
        Table("virgin_avoided", virgin_avoided(outcome), ranked=False, total=False),
    ]
    return Viewpoint(11, "environment", tables, [Question("front", command="pareto")])


def emissions(outcome: Outcome) -> pd.DataFrame:
    """Return what is emitted by part and period [kgCO2e/yr]; the credit is negative."""
    table = outcome.plan.kgco2e.rename(columns={"kgco2e_per_yr": "emitted_kgco2e"})
    return table.rename_axis(["gas_part", "period"])


def by_resource(outcome: Outcome) -> pd.DataFrame:
    """Return by resource and period the network's emissions before the credit, and the credit."""
    gases = kgco2e_by_resource(outcome)
    is_credit = gases.index.get_level_values("part") == "market"
    gross = gases[~is_credit].groupby(level=KEYS).sum()
    credit = gases[is_credit].groupby(level=KEYS).sum()
    table = pd.DataFrame({"gross_kgco2e": gross, "credit_kgco2e": credit}).fillna(0.0)
    table = table.assign(net_kgco2e=table.sum(axis=1))
    return table[(table != 0).any(axis=1)].rename_axis(KEYS)


def abatement(outcome: Outcome) -> pd.DataFrame:
    """Return what is saved against collecting nothing, and what a tonne saved costs.

    Costs are present values without the carbon price and without penalties; tonnes are those of
    the horizon, undiscounted. A negative cost is a gain.
    """
    parts = paid_jpy(outcome)
    plan_jpy = sum(parts.values()) - parts.get("emissions", 0.0)
    extra_jpy = plan_jpy - nothing_collected_jpy(outcome)
    saved_kg = facts.kgco2e_saved(outcome)
    per_t = extra_jpy / (saved_kg / KG_PER_T) if saved_kg > 0 else float("nan")
    row = {"extra_jpy": extra_jpy, "saved_kgco2e": saved_kg, "cost_jpy_per_tco2e": per_t}
    return pd.DataFrame([row], index=pd.Index(["nothing_collected"], name="against"))


def nothing_collected_jpy(outcome: Outcome) -> float:
    """Return the present value of treating all supply as today [JPY]."""
    cost = outcome.instance.supply["supply_t"] * outcome.instance.baseline["cost_jpy_per_t"]
    discounted = cost.mul(outcome.instance.periods["discount_yr"], level="period")
    return float(discounted.sum())


def disposal_avoided(outcome: Outcome) -> pd.DataFrame:
    """Return by resource and period what leaves its present treatment, and what is disposed.

    What is imported leaves no treatment here, so its part of the disposal is left out.
    """
    by_resource = ["commodity", "period"]
    every = outcome.plan.sources["collected_t"].groupby(level=by_resource).sum().rename_axis(KEYS)
    home = outcome.plan.sources[~outcome.imported]["collected_t"]
    collected = home.groupby(level=by_resource).sum().rename_axis(KEYS)
    ended = outcome.plan.disposals["disposal_t"].rename("amount").reset_index()
    disposed = of_resources(ended, outcome).groupby(KEYS)["amount"].sum()
    at_home = collected.reindex(every.index, fill_value=0.0) / every.replace(0.0, np.nan)
    disposed = disposed * at_home.reindex(disposed.index).fillna(1.0)
    table = pd.DataFrame({"collected_t": collected, "disposed_t": disposed}).fillna(0.0)
    table = table[(table > 0).any(axis=1)].rename_axis(KEYS)
    return table.assign(avoided_t=table["collected_t"] - table["disposed_t"])


def heavy_vehicles(outcome: Outcome) -> pd.DataFrame:
    """Return the loaded kilometres of trucks by vehicle and period [vehicle-km/yr].

    A truck carries the load its lines have; a vehicle without a known load has no number.
    """
    rows = moving(carried(outcome))
    rows = rows[rows["leg_mode"] == "truck"].merge(
        outcome.legs["lot_t"].rename("lot_t").reset_index(), on=[*ARC, "leg"], how="left"
    )
    lot_t = rows["lot_t"].astype(float).where(rows["lot_t"] > 0)
    usual_t = lot_t.groupby(rows["vehicle"]).transform("mean")
    rows["truck_vehicle_km"] = rows["tkm"] / lot_t.fillna(usual_t)
    groups = rows.groupby(["vehicle", "period"])
    table = groups[["flow_t", "tkm"]].sum().rename(columns={"tkm": "haul_tkm"})
    kilometres = groups["truck_vehicle_km"].sum(min_count=1)
    return table.assign(truck_vehicle_km=kilometres)[["haul_tkm", "truck_vehicle_km"]]


def virgin_avoided(outcome: Outcome) -> pd.DataFrame:
    """Return the virgin material displaced by period [t/yr]."""
    amounts = outcome.plan.quantities["amount"]
    found = amounts[amounts.index.get_level_values("quantity") == "virgin_material_avoided_t"]
    table = found.droplevel("quantity").astype(np.float64).rename("virgin_avoided_t").to_frame()
    return table[table["virgin_avoided_t"] != 0]
