"""How firm the choice of modes is: close calls, and the carbon price that shifts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.report import facts
from siting.report.modes.charts import TOP_JPY, price_steps
from siting.report.modes.names import names_of
from siting.report.modes.words import heads, label, mode_name
from siting.report.number import MASS, full, percent, plain, scale
from siting.report.paper.section import Grid, Section

if TYPE_CHECKING:
    import pandas as pd

    from siting.report.modes.facts.finding import Findings
    from siting.text import Language

SHOWN = 15
"""Rows of each table on the page; modes_lanes.csv has all."""


def close_section(found: Findings, language: Language) -> Section:
    """Say on which lanes another mode costs nearly the same."""
    title, close = label("close_heading", language), found.close
    if close.empty:
        return Section(title, lists=[("", [label("no_close", language)])])
    tonnes, total = float(close["flow_t"].sum()), float(found.lanes.table["flow_t"].sum())
    remark = label("close_remark", language).format(
        lanes=f"{len(close):,}",
        tonnes=full(MASS, tonnes, language),
        share=percent(tonnes / total if total else np.nan, 0),
    )
    return Section(title, grids=[close_grid(found, language)], remark=remark)


def close_grid(found: Findings, language: Language) -> Grid:
    """Return the close calls that carry most."""
    names, rows = names_of(found.outcome, language), []
    unit = scale(MASS, found.close["flow_t"], language)
    for lane, row in found.close.head(SHOWN).iterrows():
        rows.append(
            [
                names.lane(found.lanes.table.loc[lane]),
                mode_name(row["chosen"], language),
                mode_name(row["other"], language),
                unit.text(row["flow_t"]),
                plain(row["extra_jpy_per_t"], 0, language),
                percent(row["extra_share"]),
            ]
        )
    head = heads("lane chosen other tonnes extra extra_share", language)
    head[3] += f" [{unit.unit}]"
    return Grid("", head, rows, names=3, style="calls")


def shift_section(found: Findings, language: Language) -> Section:
    """Say at what carbon price the lanes go over to a mode that emits less."""
    title = label("shift_heading", language)
    if found.shifts.empty:
        return Section(title, lists=[("", [label("no_shift", language)])])
    last = facts.periods(found.outcome)[-1]
    price = float(found.outcome.instance.periods.loc[last, "carbon_price_jpy_per_t"])
    late = found.shifts[found.shifts["shift_jpy_per_tco2"] > price]
    remark = label("shift_remark", language).format(
        last=last,
        price=plain(price, 0, language),
        late=f"{len(late):,}",
        early=f"{len(found.shifts) - len(late):,}",
    )
    return Section(
        title,
        charts=[shift_chart(found, language)],
        grids=[shift_grid(found, late, language)] if len(late) else [],
        remark=remark,
    )


def shift_chart(found: Findings, language: Language) -> str:
    """Return the tonnes that have gone over at each carbon price."""
    shifts = found.shifts
    within = shifts[shifts["shift_jpy_per_tco2"] <= TOP_JPY]
    unit = scale(MASS, [within["flow_t"].sum()], language)
    steps = zip(shifts["shift_jpy_per_tco2"], shifts["flow_t"] / unit.factor, strict=True)
    prices = found.outcome.instance.periods["carbon_price_jpy_per_t"].sort_index()
    marks = [(str(period), float(price)) for period, price in prices.items()]
    per_yr = "年" if language == "ja" else "yr"
    axes = (f"{unit.unit}/{per_yr}", label("price_axis", language))
    title = f"{label('shift_chart', language)} ({facts.periods(found.outcome)[-1]})"
    return price_steps(title, list(steps), marks, axes)


def shift_grid(found: Findings, late: pd.DataFrame, language: Language) -> Grid:
    """Return the lanes of `late` that go over first."""
    names, rows = names_of(found.outcome, language), []
    unit = scale(MASS, late["flow_t"].head(SHOWN), language)
    for lane, row in late.head(SHOWN).iterrows():
        rows.append(
            [
                names.lane(found.lanes.table.loc[lane]),
                mode_name(row["chosen"], language),
                mode_name(row["other"], language),
                unit.text(row["flow_t"]),
                plain(row["extra_jpy_per_t"], 0, language),
                plain(row["less_kgco2e_per_t"], 1, language),
                plain(row["shift_jpy_per_tco2"], 0, language),
            ]
        )
    head = heads("lane chosen shifted tonnes extra less_gas price", language)
    head[3] += f" [{unit.unit}]"
    return Grid("", head, rows, names=3, style="calls")
