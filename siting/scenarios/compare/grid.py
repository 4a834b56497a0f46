"""The tables of what differs, as sections of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.report.charts import waterfall
from siting.report.number import GAS, MASS, MONEY, NONE, scale
from siting.report.paper.section import Chart, Grid, Section
from siting.report.words import gas_label, mode_label
from siting.scenarios.compare.answer import end_names, names
from siting.scenarios.compare.difference import NOISE
from siting.scenarios.compare.words import block_name, said
from siting.text import word

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from siting.report.number import Scale
    from siting.scenarios.compare.difference import Difference
    from siting.text import Language

MOST_HUBS, MOST_LANES = 40, 12
"""Rows shown; the tables beside the page have all."""


def sections(found: Difference, language: Language) -> list[Section]:
    """Return hubs, cost, emissions, flows and tonnes collected that differ."""
    made = (hub_section, cost_section, gas_section, flow_section, collected_section)
    return [part for part in (make(found, language) for make in made) if not part.is_empty]


def hub_section(found: Difference, language: Language) -> Section:
    """Show which hubs come, go and change, those whose capacity changes most first."""
    table = found.changes[found.changes["change"] != "same"]
    order = table["capacity_t_change"].abs().sort_values(ascending=False, kind="stable").index
    table = table.loc[order]
    unit = scale(MASS, [*table["capacity_t_a"], *table["capacity_t_b"]], language)
    known = names(found, language)
    rows = [
        [
            known.get(str(site), str(site)),
            said(f"kind_{row['change']}", language),
            word(str(technology), language),
            f"{row['lines_a']:.0f}→{row['lines_b']:.0f}",
            *amounts(row, "capacity_t", unit),
            f"{year(row['first_period_a'])}→{year(row['first_period_b'])}",
        ]
        for (site, technology), row in table.head(MOST_HUBS).iterrows()
    ]
    if len(table) > MOST_HUBS:
        rows.append([said("rest", language, count=len(table) - MOST_HUBS), *[""] * 7])
    keys = [said(k, language) for k in ("site", "change", "technology", "lines")]
    head = [*keys, *three(f"{said('capacity', language)} [{unit.unit}]", language)]
    grid = Grid("", [*head, said("from", language)], rows, names=3, style="wide changes")
    title = said("sites_heading", language)
    return Section(title, grids=[grid] if rows else [], files=["sites.csv"])


def three(name: str, language: Language) -> list[str]:
    """Return the heads of an amount in A, in B, and of its change."""
    return [f"A {name}", "B", said("difference", language)]


def amounts(row: pd.Series, name: str, unit: Scale) -> list[str]:
    """Return an amount in A, in B, and its change with its sign."""
    change = row[f"{name}_change"]
    text = unit.text(change)
    return [unit.text(row[f"{name}_a"]), unit.text(row[f"{name}_b"]),
            f"+{text}" if change > 0 and any(c in "123456789" for c in text) else text]  # fmt: skip


def year(value: float) -> str:
    """Return a year, or a dash where there is none."""
    return f"{value:.0f}" if value == value else NONE  # noqa: PLR0124 NaN


def cost_section(found: Difference, language: Language) -> Section:
    """Show how the cost of A turns into that of B, block by block."""
    blocks = found.costs.groupby(level="block", sort=False).sum()
    unit = scale(MONEY, [found.a.cost_jpy, found.b.cost_jpy], language)
    moved = blocks["jpy_change"]
    steps = [("A", found.a.cost_jpy)]
    steps += [(block_name(str(k), language), float(v)) for k, v in moved.items() if abs(v) >= 1.0]
    title = f"{said('cost_chart', language)} [{unit.unit}]"
    grid = beside_grid(blocks, "jpy", "block", lambda k: block_name(k, language), unit)
    return Section(
        said("cost_heading", language),
        charts=[Chart(title, waterfall(title, unit, steps, "B"))],
        grids=[grid],
        files=["costs.csv"],
    )


def beside_grid(
    table: pd.DataFrame, name: str, key: str, named: Callable[[str], str], unit: Scale
) -> Grid:
    """Return an amount in both plans by one key, with its sum."""
    language = unit.language
    rows = [
        [named(str(index)), *amounts(row, name, unit)]
        for index, row in table.iterrows()
        if row[[f"{name}_a", f"{name}_b"]].abs().sum() > 0
    ]
    head = [said(key, language), *three(f"[{unit.unit}]", language)]
    total = [said("total", language), *amounts(table.sum(), name, unit)]
    return Grid("", head, rows, total=total)


def gas_section(found: Difference, language: Language) -> Section:
    """Show the emissions of both plans by part."""
    table = found.kgco2e
    unit = scale(GAS, [*table["kgco2e_a"], *table["kgco2e_b"]], language)
    grid = beside_grid(table, "kgco2e", "part", lambda k: gas_label(k, language), unit)
    return Section(said("gas_heading", language), grids=[grid], files=["kgco2e.csv"])


def flow_section(found: Difference, language: Language) -> Section:
    """Show what is carried by commodity and mode, and the lanes that change most."""
    sums = found.lanes.groupby(level=["commodity", "mode"]).sum()
    sums = sums[sums["flow_t_change"].abs() > NOISE]
    order = sums["flow_t_change"].abs().sort_values(ascending=False, kind="stable").index
    sums = sums.loc[order]
    unit = mass(sums, language)
    rows = [
        [word(str(k), language), mode_label(str(m), language), *amounts(row, "flow_t", unit)]
        for (k, m), row in sums.head(MOST_LANES).iterrows()
    ]
    keys = [said(k, language) for k in ("commodity", "mode")]
    grid = Grid("", [*keys, *three(f"[{unit.unit}]", language)], rows, names=2)
    change = found.lanes["flow_t_change"]
    more = lane_grid(found, found.lanes[change > NOISE], "up", language)
    less = lane_grid(found, found.lanes[change < -NOISE], "down", language)
    grids = [each for each in (grid, more, less) if each.rows]
    return Section(said("flow_heading", language), grids=grids, files=["flows.csv", "lanes.csv"])


def mass(table: pd.DataFrame, language: Language) -> Scale:
    """Return the unit that suits the tonnes of both plans."""
    return scale(MASS, [*table["flow_t_a"], *table["flow_t_b"]], language)


def lane_grid(found: Difference, lanes: pd.DataFrame, key: str, language: Language) -> Grid:
    """Return the lanes that change most."""
    unit = mass(lanes.head(MOST_LANES), language)
    ends = end_names(found, language)
    rows = [
        [
            f"{ends.get(start, start)}→{ends.get(end, end)}",
            word(str(commodity), language),
            mode_label(str(mode), language),
            *amounts(row, "flow_t", unit),
        ]
        for (start, end, commodity, mode), row in lanes.head(MOST_LANES).iterrows()
    ]
    if len(lanes) > MOST_LANES:
        rows.append([said("rest", language, count=f"{len(lanes) - MOST_LANES:,}"), *[""] * 5])
    keys = [said(k, language) for k in ("lane", "commodity", "mode")]
    head = [*keys, *three(f"[{unit.unit}]", language)]
    return Grid(said(key, language), head, rows, names=3)


def collected_section(found: Difference, language: Language) -> Section:
    """Show what is collected by commodity and period."""
    table = found.collected
    unit = scale(MASS, [*table["collected_t_a"], *table["collected_t_b"]], language)
    rows = [
        [word(str(commodity), language), str(period), *amounts(row, "collected_t", unit)]
        for (commodity, period), row in table.iterrows()
    ]
    keys = [said(k, language) for k in ("commodity", "period")]
    grid = Grid("", [*keys, *three(f"[{unit.unit}]", language)], rows, names=2)
    title = said("collected_heading", language)
    return Section(title, grids=[grid] if rows else [], files=["collected.csv"])
