"""The change of a table by which a limit gives way just enough, and the tables with it made."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from models.slack import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from models.instance import Instance
    from models.slack import Limit, Row
    from siting.explain.system import System
    from siting.solve.matrix import Array

DIGITS = 4
"""Digits to which a changed limit is rounded, to the side where it gives way."""

CLOSE = 1e-6
"""What is this close to a rounded number is it [steps]."""

RAISED = (
    "sinks.demand_t", "disposal_limits.max_disposal_t", "services.capacity_t",
    "berths.capacity_t_per_yr", "sites.plot_m2", "budgets.max_opening_jpy",
    "limits.at_most", "horizon_limits.at_most",
)  # fmt: skip
LOWERED = ("sinks.contracted_t", "limits.at_least", "horizon_limits.at_least")


@dataclass(frozen=True)
class Change:
    """One cell of a table to change.

    Attributes
    ----------
    row : index of the row; of ``supply`` the commodity alone, for all rows that say less.
    new : what it should say; None if the row should go.
    """

    table: str
    row: Row
    column: str
    old: float
    new: float | None


def changes_of(system: System, limit: Limit, slacks: Array, x: Array) -> list[Change]:
    """Return the changes by which `limit` gives way by its `slacks`, in the solution `x`."""
    kind, amount = limit.kind, limit.amount
    if kind in RAISED:
        return [changed(limit, limit.rows[0], rounded(amount, slacks.sum(), up=True))]
    if kind in LOWERED:
        return [changed(limit, limit.rows[0], rounded(amount, -slacks.sum(), up=False))]
    if kind in ("hubs.max_lines", "hub_counts.at_most"):
        return [changed(limit, limit.rows[0], amount + whole(slacks.max()))]
    if kind == "incompatible":
        return [changed(limit, limit.rows[0], None)]
    return BY_KIND[kind](system, limit, slacks, x)


def changed(limit: Limit, row: Row, new: float | None, old: float | None = None) -> Change:
    """Return the change of `limit` in one `row`; `old` is what `limit` says if not given."""
    return Change(limit.table, row, limit.column, limit.amount if old is None else old, new)


def whole(steps: float, *, up: bool = True) -> float:
    """Return `steps` rounded up, or down; what is close to a whole number is that."""
    return float(math.ceil(steps - CLOSE) if up else math.floor(steps + CLOSE))


def rounded(old: float, more: float, *, up: bool) -> float:
    """Return `old` + `more` with `DIGITS` digits of the larger of them, not below it if `up`.

    What is rounded down is not above it.
    """
    size = max(abs(old), abs(more))
    step = 10.0 ** (math.floor(math.log10(size)) + 1 - DIGITS)
    return float(np.round(whole((old + more) / step, up=up) * step, 12))


def share(value: float, *, up: bool) -> float:
    """Return a share rounded to four decimals, within 0 and 1."""
    return min(max(whole(value * 1e4, up=up) / 1e4, 0.0), 1.0)


def orders(system: System, limit: Limit, slacks: Array, x: Array) -> list[Change]:
    """Return fewer lines that must run, or more that may."""
    said = system.data.orders[limit.column]
    sign = -1.0 if limit.column == "min_lines" else 1.0
    rows = zip(limit.rows, slacks.tolist(), strict=True)
    return [
        changed(limit, row, max(float(said[row]) + sign * whole(slack), 0.0), float(said[row]))
        for row, slack in rows
        if slack > CLOSE
    ]


def earliest(system: System, limit: Limit, slacks: Array, x: Array) -> list[Change]:
    """Return the first period in which lines run though they are not ready."""
    early = [t for t in system.data.periods.index if t < limit.amount]
    first = min(t for t, slack in zip(early, slacks.tolist(), strict=True) if slack > CLOSE)
    return [changed(limit, limit.rows[0], float(first))]


def closing(system: System, limit: Limit, slacks: Array, x: Array) -> list[Change]:
    """Return that lines that stand may be shut."""
    return [changed(limit, limit.rows[0], 1.0)]


def utilisation(system: System, limit: Limit, slacks: Array, x: Array) -> list[Change]:
    """Return the least use of its lines that the hub reaches in all periods where it runs."""
    m, place = system.m, system.form.column_of
    hub = limit.rows[0]
    capacity_t = float(system.data.hubs.loc[hub, "capacity_t"])
    used = []
    for t in system.data.periods.index:
        lines = x[place[id(m.run_hub[*hub, t])]]
        if lines > CLOSE:
            used.append(x[place[id(m.throughput[*hub, t])]] / (capacity_t * lines))
    return [changed(limit, limit.rows[0], share(min(used, default=0.0), up=False))]


def site_share(system: System, limit: Limit, slacks: Array, x: Array) -> list[Change]:
    """Return the share of all that is collected which the busiest site takes."""
    commodity, period = limit.rows[0]
    left, m = 0.0, system.m
    for i, k in m.SUPPLIES:
        if k == commodity:
            left += x[system.form.column_of[id(m.uncollected[i, k, period])]]
    supply = system.data.supply["supply_t"].xs((commodity, period), level=["commodity", "period"])
    collected_t = float(supply.sum()) - left
    more = slacks.sum() / collected_t if collected_t > 0 else 1.0
    return [changed(limit, limit.rows[0], share(limit.amount + more, up=True))]


def target(system: System, limit: Limit, slacks: Array, x: Array) -> list[Change]:
    """Return the share that can be collected."""
    return [
        changed(limit, limit.rows[0], share(limit.amount - slacks.sum() / limit.scale, up=False))
    ]


def collectable(system: System, limit: Limit, slacks: Array, x: Array) -> list[Change]:
    """Return the share to be collected at most that suffices at every source."""
    rows = system.data.supply.loc[list(limit.rows)]
    needed = rows["collectable_share"].to_numpy(float) + slacks / rows["supply_t"].to_numpy(float)
    commodity = limit.rows[0][1]
    return [changed(limit, (commodity,), share(float(needed[slacks > CLOSE].max()), up=True))]


BY_KIND: dict[str, Callable[[System, Limit, Array, Array], list[Change]]] = {
    "orders.min_lines": orders,
    "orders.max_lines": orders,
    "hubs.earliest_period": earliest,
    "hubs.may_close": closing,
    "hubs.min_utilisation": utilisation,
    "site_shares.max_share": site_share,
    "targets.min_collected_share": target,
    "regional_targets.min_collected_share": target,
    "supply.collectable_share": collectable,
}


def applied(data: Instance, changes: Iterable[Change]) -> Instance:
    """Return `data` with `changes` made."""
    tables: dict[str, pd.DataFrame] = {}
    for change in changes:
        table = tables.get(change.table, getattr(data, change.table))
        tables[change.table] = changed_table(table, change)
    return replace(data, **tables)


def changed_table(table: pd.DataFrame, change: Change) -> pd.DataFrame:
    """Return `table` with `change` made."""
    if change.table == "supply":
        column = table[change.column].astype(float)
        own = table.index.get_level_values("commodity") == change.row[0]
        return table.assign(**{change.column: column.where(~own, column.clip(lower=change.new))})
    row = key_of(change.row)
    is_row = np.fromiter((index == row for index in table.index), bool, len(table))
    if change.new is None:
        return table[~is_row]
    column = table[change.column].astype(float).mask(is_row, change.new)
    return table.assign(**{change.column: column})
