"""The limits on what is collected, carried, treated and sold, with their slacks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pyomo.environ as pyo

from models.slack import Limit, Row, new_slack, softened

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from models.instance import Instance

LEAST_SCALE = 1e-3
"""Smallest scale of a slack, for limits that are nothing."""


def flow_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return the limits on amounts: each has one slack for all the laws it stands in."""
    found = [*utilisation_limits(m, data), *collection_limits(m, data)]
    found += column_limits(m, "disposal_within_limit", data.disposal_limits, "max_disposal_t")
    found += column_limits(m, "demand_within_sink", data.sinks, "demand_t")
    found += column_limits(m, "service_carries_flow", data.services, "capacity_t", by_period)
    found += column_limits(m, "berth_within_capacity", data.berths, "capacity_t_per_yr", by_period)
    shares = column_limits(m, "share_of_one_site", data.site_shares, "max_share", lambda i: i[1:])
    total_t = data.supply["supply_t"].groupby(level=["commodity", "period"]).sum()
    found += [rescaled(limit, float(total_t[limit.rows[0]])) for limit in shares]
    return found + quantity_limits(m, data)


def by_period(index: Row) -> Row:
    """Return `index` without the period: a limit that is the same in each of them."""
    return index[:-1]


def same(index: Row) -> Row:
    """Return `index`, that of the row of the table."""
    return index


def column_limits(
    m: pyo.ConcreteModel,
    law: str,
    table: pd.DataFrame,
    column: str,
    row_of: Callable[[Row], Row] = same,
) -> list[Limit]:
    """Return the limits in `column`, which the constraints called `law` state.

    Parameters
    ----------
    row_of : index of a constraint to the row of `table` it is of.
    """
    laws: dict[Row, list[Any]] = {}
    for index, constraint in m.component(law).items():
        laws.setdefault(row_of(index), []).append(constraint)
    name = {
        "disposal_within_limit": "disposal_limits", "demand_within_sink": "sinks",
        "service_carries_flow": "services", "berth_within_capacity": "berths",
        "share_of_one_site": "site_shares",
    }[law]  # fmt: skip
    amounts = table[column].astype(float)
    found = []
    for row, constraints in laws.items():
        amount = float(amounts[row if len(row) > 1 else row[0]])
        slack = softened(m, constraints)
        found.append(Limit(name, column, (row,), amount, max(amount, LEAST_SCALE), (slack,)))
    return found


def rescaled(limit: Limit, scale: float) -> Limit:
    """Return `limit` with another scale."""
    return Limit(
        limit.table, limit.column, limit.rows, limit.amount, max(scale, LEAST_SCALE), limit.slacks
    )


def utilisation_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return the least use of the lines of each hub; their slack is in t/yr."""
    laws: dict[Row, list[Any]] = {}
    for index, law in m.throughput_above_minimum.items():
        laws.setdefault(index[:-1], []).append(law)
    columns = data.hubs[["min_utilisation", "capacity_t"]].astype(float)
    found = []
    for hub, constraints in laws.items():
        share, capacity_t = columns.loc[hub]
        slack = softened(m, constraints)
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
            key = tuple(row) if len(row) > 1 else row[0]
            amount = float(values[key][side])
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
