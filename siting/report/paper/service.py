"""Which scheduled services the plan runs, and how full the limited ports are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report import facts
from siting.report.number import MASS, MONEY, NONE, percent, scale
from siting.report.paper.section import Grid
from siting.report.words import label, mode_label
from siting.text import word

if TYPE_CHECKING:
    from siting.outcome import Outcome
    from siting.text import Language

RUNS = 0.5
"""A service runs where ``running`` is above this: it is 0 or 1."""


def service_grid(outcome: Outcome, language: Language) -> Grid:
    """Return one row per service: when it runs, how full it is, what it costs a year."""
    table = outcome.plan.services
    money, mass = (
        scale(u, table[c], language) for u, c in ((MONEY, "cost_jpy"), (MASS, "carried_t"))
    )
    rows = []
    for service, group in table.groupby(level="service"):
        on = group[group["running"] > RUNS].droplevel("service")
        if on.empty:
            rows.append(
                [mode_label(str(service), language), word("never_runs", language), *[NONE] * 3]
            )
            continue
        last = on.iloc[-1]
        rows.append(
            [
                mode_label(str(service), language),
                word("period_list", language).join(str(t) for t in on.index),
                mass.text(last["carried_t"]),
                percent(last["carried_t"] / last["capacity_t"]),
                money.text(last["cost_jpy"]),
            ]
        )
    head = [
        word("service", language),
        word("runs_in", language),
        f"{label('hold_used', language)} [{mass.unit}]",
        word("fill", language),
        f"{label('cost_per_yr', language)} [{money.unit}]",
    ]
    return Grid(word("services_heading", language), head, rows)


def berth_grid(outcome: Outcome, language: Language) -> Grid:
    """Return one row per port with a limit: what it handles in the last period."""
    last = facts.periods(outcome)[-1]
    table = facts.at(outcome.plan.berths, last).droplevel("period")
    mass = scale(MASS, table["capacity_t_per_yr"], language)
    names = facts.names(table.index.to_series(), f"name_{language}", outcome)
    rows = [
        [
            str(names[port]),
            mass.text(row["handled_t"]),
            mass.text(row["capacity_t_per_yr"]),
            percent(row["handled_t"] / row["capacity_t_per_yr"]),
        ]
        for port, row in table.iterrows()
    ]
    head = [
        label("port", language),
        f"{label('handled', language)} [{mass.unit}]",
        f"{label('berth_limit', language)} [{mass.unit}]",
        word("fill", language),
    ]
    return Grid(word("berths_heading", language), head, rows)
