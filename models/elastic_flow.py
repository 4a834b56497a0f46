"""The limits on what is collected, carried, treated and sold, with their slacks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pyomo.environ as pyo

from models.slack import EACH, NO_PERIOD, Limit, key_of, new_slack, softened, softened_rows

if TYPE_CHECKING:
    from models.instance import Instance

LEAST_SCALE = 1e-3
"""Smallest scale of a slack, for limits that are nothing."""


COLUMNS = {
    "disposal_within_limit": ("disposal_limits", "max_disposal_t", EACH),
    "demand_within_sink": ("sinks", "demand_t", EACH),
    "service_carries_flow": ("services", "capacity_t", NO_PERIOD),
    "berth_within_capacity": ("berths", "capacity_t_per_yr", NO_PERIOD),
    "share_of_one_site": ("site_shares", "max_share", slice(1, None)),
}
"""Constraint to the table and column it states, and the part of its index that is the row."""


def flow_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return the limits on amounts: each has one slack for all the laws it stands in."""
    found = [*utilisation_limits(m, data), *collection_limits(m, data)]
    for law in COLUMNS:
        found += column_limits(m, data, law)
    return found + quantity_limits(m, data)


def column_limits(m: pyo.ConcreteModel, data: Instance, law: str) -> list[Limit]:
    """Return the limits of a column of `COLUMNS`, which the constraints called `law` state.

    The slack of a share is in t/yr: its scale is what arises.
    """
    table, column, part = COLUMNS[law]
    amounts = getattr(data, table)[column].astype(float)
    scales = amounts
    if law == "share_of_one_site":
        scales = data.supply["supply_t"].groupby(level=["commodity", "period"]).sum()
    found = []
    for row, slack in softened_rows(m, m.component(law), part):
        amount, scale = (float(values[key_of(row)]) for values in (amounts, scales))
        found.append(Limit(table, column, (row,), amount, max(scale, LEAST_SCALE), (slack,)))
    return found


def utilisation_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return the least use of the lines of each hub; their slack is in t/yr."""
    columns = data.hubs[["min_utilisation", "capacity_t"]].astype(float)
    found = []
    for hub, slack in softened_rows(m, m.throughput_above_minimum, NO_PERIOD):
        share, capacity_t = columns.loc[hub]
        found.append(Limit("hubs", "min_utilisation", (hub,), share, capacity_t, (slack,)))
    return found


def collection_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return the share of each commodity that can be collected; one slack for each source."""
    supply = data.supply[["supply_t", "collectable_share"]].astype(float)
    partly = supply[(supply["collectable_share"] < 1) & (supply["supply_t"] > 0)]
    m.collection_gives_way = pyo.ConstraintList()
    found = []
    for _, rows in partly.groupby(level="commodity", sort=True):
        slacks = []
        for index, supply_t, share in rows.itertuples(name=None):
            slack = new_slack(m)
            left = m.uncollected[index]
            left.setlb(0.0)
            m.collection_gives_way.add(left + slack >= (1 - share) * supply_t)
            slacks.append(slack)
        amount, scale = float(rows["collectable_share"].min()), float(rows["supply_t"].sum())
        found.append(
            Limit("supply", "collectable_share", tuple(rows.index), amount, scale, tuple(slacks))
        )
    return found


def quantity_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return the limits on cost, emissions, virgin material avoided and jobs."""
    found = []
    for table, laws in (
        ("limits", m.quantity_within_limit),
        ("horizon_limits", m.horizon_within_limit),
    ):
        values = getattr(data, table).to_dict("index")
        for (*row, side), law in laws.items():
            amount = float(values[key_of(tuple(row))][side])
            slack = softened(m, [law])
            scale = max(abs(amount), LEAST_SCALE)
            is_jobs = row[0] == "jobs"
            found.append(
                Limit(table, side, (tuple(row),), amount, scale, (slack,), is_about_lines=is_jobs)
            )
    return found


def missable_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return targets and contracts; those with a finite price are soft."""
    supply = data.supply
    counted_t = supply["supply_t"] * supply["counts_to_target"]
    total_t = counted_t.groupby(level=["commodity", "period"]).sum()
    shares = {
        "targets": (m.shortfall, data.targets),
        "regional_targets": (m.regional_shortfall, data.regional_targets),
    }
    found = [
        Limit(name, "min_collected_share", (row,), float(table["min_collected_share"][row]),
              max(float(total_t.get(row[-2:], 0.0)), LEAST_SCALE), (missing[row],), is_soft=True)
        for name, (missing, table) in shares.items()
        for row in missing
    ]  # fmt: skip
    for row, missing in m.contract_shortfall.items():
        amount = float(data.sinks["contracted_t"][row])
        is_soft = not math.isinf(data.sinks["contract_shortfall_jpy_per_t"][row])
        found.append(
            Limit("sinks", "contracted_t", (row,), amount, amount, (missing,), amount, is_soft)
        )
    return found
