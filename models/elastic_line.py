"""The limits on what is built, with their slacks: lines, plots, budgets, counts, bans."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pyomo.environ as pyo

from models.slack import NO_PERIOD, Limit, Row, new_slack, softened, softened_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.instance import Instance


def line_count_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return the limits on the lines of each hub, stated as rows instead of bounds."""
    for variable in m.run_hub.values():
        variable.setlb(0.0)
        variable.setub(None)
    m.lines_give_way = pyo.ConstraintList()
    columns = data.hubs[["max_lines", "stands", "may_close", "earliest_period"]]
    found = []
    for hub, row in zip(data.hubs.index, columns.to_numpy(float).tolist(), strict=True):
        most, stands, may_close, earliest = row
        periods = list(data.periods.index)
        early = [] if stands else [t for t in periods if t < earliest]
        kept = lines_kept(data, hub, most) if stands and not may_close else {}
        found += limits_by_period(m, "earliest_period", hub, earliest, dict.fromkeys(early, 0.0))
        found += limits_by_period(m, "may_close", hub, 0.0, kept)
        if stands or not math.isinf(most):
            found += room_limit(m, hub, most, periods, stands=bool(stands))
    return found + order_limits(m, data)


def lines_kept(data: Instance, hub: Row, lines: float) -> dict[Any, float]:
    """Return how many of the `lines` that stand run on in each period: those no order has shut."""
    shut, kept = data.orders["max_lines"], {}
    for t in data.periods.index:
        lines = min(lines, float(shut.get((*hub, t), math.inf)))
        kept[t] = lines
    return {t: lines for t, lines in kept.items() if lines > 0}


def limits_by_period(
    m: pyo.ConcreteModel, column: str, hub: Row, amount: float, lines: dict[Any, float]
) -> list[Limit]:
    """Return the limit of `hub` that it runs at least, or for the earliest period at most, `lines`.

    Each period has its own slack: the line may be there earlier, or be shut, from one of them on.
    """
    slacks = []
    for t, count in lines.items():
        slack = new_slack(m)
        run = m.run_hub[*hub, t]
        is_least = column == "may_close"
        m.lines_give_way.add(run + slack >= count if is_least else run - slack <= count)
        slacks.append(slack)
    return [of_lines("hubs", column, [hub], amount, slacks)] if slacks else []


def room_limit(
    m: pyo.ConcreteModel, hub: Row, most: float, periods: Sequence[Any], *, stands: bool
) -> list[Limit]:
    """Return the limit on the lines of `hub`; lines that stand are a fact."""
    slack = 0.0 if stands else new_slack(m)
    for t in periods:
        m.lines_give_way.add(m.run_hub[*hub, t] - slack <= most)
    return [] if stands else [of_lines("hubs", "max_lines", [hub], most, [slack])]


def keep_sites_whole(m: pyo.ConcreteModel, limits: list[Limit]) -> None:
    """State that lines within their limit open as much of the site as without room for more.

    Where there is room for more lines, a fraction of a site would bear more of them, and the
    relaxation would pay less for the site.
    """
    m.sites_stay_whole = pyo.ConstraintList()
    for limit in limits:
        if limit.kind != "hubs.max_lines":
            continue
        (h, g, s), (slack,) = limit.rows[0], limit.slacks
        for t in m.PERIODS:
            run = m.run_hub[h, g, s, t]
            if h in m.COSTLY_SITES:
                m.sites_stay_whole.add(run - limit.amount * m.use_site[h, t] - slack <= 0)
            if (h, g) in m.PRESENCES:
                m.sites_stay_whole.add(run - limit.amount * m.has_hub[h, g, t] - slack <= 0)


def order_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return the fewest and the most lines ordered of each hub."""
    found = []
    for column, sign, idle in (("min_lines", 1.0, 0.0), ("max_lines", -1.0, math.inf)):
        orders = data.orders[column].astype(float)
        orders = orders[orders != idle]
        for _, said in orders.groupby(level=["site", "technology", "size"], sort=True):
            slacks = [new_slack(m) for _ in said]
            for (index, lines), slack in zip(said.items(), slacks, strict=True):
                m.lines_give_way.add(sign * m.run_hub[index] + slack >= sign * lines)
            found.append(of_lines("orders", column, list(said.index), float(said.iloc[0]), slacks))
    return found


def of_lines(
    table: str, column: str, rows: list[Row], amount: float, slacks: Sequence[Any]
) -> Limit:
    """Return a limit on lines; a line in all its periods counts 1."""
    scale = float(len(slacks))
    return Limit(table, column, tuple(rows), amount, scale, tuple(slacks), is_about_lines=True)


def site_limits(m: pyo.ConcreteModel, data: Instance) -> list[Limit]:
    """Return plots, budgets, counts of sites and technologies that may not share a site."""
    least_jpy = float(data.hubs["opening_jpy"].min())
    plot_m2, budget_jpy = data.sites["plot_m2"], data.budgets["max_opening_jpy"]
    found = [
        Limit("sites", "plot_m2", ((h,),), a := float(plot_m2[h]), max(a, 1.0), (slack,),
              is_about_lines=True)
        for (h,), slack in softened_rows(m, m.land_within_plot, NO_PERIOD)
    ] + [
        Limit("budgets", "max_opening_jpy", ((t,),), a := float(budget_jpy[t]),
              max(a, least_jpy, 1.0), (softened(m, [law]),), is_about_lines=True)
        for t, law in m.opening_within_budget.items()
    ]  # fmt: skip
    for (c,), slack in softened_rows(m, m.sites_within_count, NO_PERIOD):
        at_most = float(data.hub_counts["at_most"][c])
        found.append(
            Limit("hub_counts", "at_most", ((c,),), at_most, 1.0, (slack,), is_about_lines=True)
        )
    for pair, slack in softened_rows(m, m.technologies_apart, slice(1, 3)):
        found.append(
            Limit("incompatible", "", (pair,), 1.0, 1.0, (slack,), 1.0, is_about_lines=True)
        )
    return found
