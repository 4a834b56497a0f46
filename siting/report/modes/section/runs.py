"""The runs side by side, and what carries the goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.report import facts
from siting.report.modes.answer import at_least
from siting.report.modes.charts import share_rows
from siting.report.modes.facts.run import (
    KINDS,
    is_within_gaps,
    shares,
    some_periods,
)
from siting.report.modes.names import names_of
from siting.report.modes.words import ENERGY, HOURS, heads, label, run_name
from siting.report.number import GAS, HAULAGE, MASS, MONEY, NONE, full, percent, scale
from siting.report.paper.section import Grid, Section
from siting.report.words import mode_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from siting.report.modes.facts.finding import Findings
    from siting.report.number import Scale, Units
    from siting.text import Language

MOST_NAMES = 12
"""Sites named per run that differ from trucks alone; modes_runs.csv has all."""


def runs_section(found: Findings, language: Language) -> Section:
    """Say what the plan costs and takes with each set of modes."""
    return Section(
        title=label("runs_heading", language),
        grids=[runs_grid(found, language)],
        remark=label("runs_remark", language),
        lists=[(label("hubs_differ", language), hub_changes(found, language))],
    )


def runs_grid(found: Findings, language: Language) -> Grid:
    """Return one column per run, one row per measure."""
    runs = found.runs
    money = scale(MONEY, runs["cost_jpy"], language)
    head = [label("measure", language), *(run_name(str(run), language) for run in runs.index)]
    rows = [
        amount_row("cost", runs["cost_jpy"], money),
        difference_row("saving", runs["saving_jpy"], MONEY, language),
        difference_row("saving_yr", runs["saving_jpy_per_yr"], MONEY, language),
        saving_ranges(found, language),
        difference_row("same_hubs", runs["same_hubs_jpy"], MONEY, language),
        [label("gap", language), *(gap_cell(run, language) for _, run in runs.iterrows())],
        amount_row("transport_cost", runs["transport_jpy"], money),
        *yearly_rows(runs, language),
        *share_cells(runs, language),
        hub_row(found, language),
    ]
    return Grid("", head, rows, style="runs")


def yearly_rows(runs: pd.DataFrame, language: Language) -> list[list[str]]:
    """Return the rows of the mean year: emissions, t·km, drivers, energy, each with its change."""
    gas = scale(GAS, runs["kgco2e"], language)
    tkm = total_tkm(runs)
    return [
        amount_row("gases", runs["kgco2e"], gas),
        amount_row("transport_gases", runs["transport_kgco2e"], gas),
        amount_row("tkm", tkm, scale(HAULAGE, tkm, language)),
        amount_row("driver", runs["driver_h"], scale(HOURS, runs["driver_h"], language)),
        amount_row("energy", runs["mj"], scale(ENERGY, runs["mj"], language)),
    ]


def total_tkm(runs: pd.DataFrame) -> pd.Series:
    """Return the t·km of all modes [tkm/yr]."""
    return runs[[f"{kind}_tkm" for kind in KINDS]].sum(axis=1)


def amount_row(key: str, values: Iterable[float], unit: Scale) -> list[str]:
    """Return the name of a measure with its unit, and its values."""
    return [f"{label(key, unit.language)} [{unit.unit}]", *(unit.text(v) for v in values)]


def difference_row(
    key: str,
    savings: pd.Series,
    units: dict[Language, Units],
    language: Language,
) -> list[str]:
    """Return how much more each run costs than trucks alone; none for that run itself."""
    unit = scale(units, savings.fillna(0.0), language)
    cells = [NONE if n == 0 or np.isnan(v) else unit.text(-v) for n, v in enumerate(savings)]
    return [f"{label(key, language)} [{unit.unit}]", *cells]


def saving_ranges(found: Findings, language: Language) -> list[str]:
    """Return between what limits each saving is proven to lie."""
    cells = []
    for name, run in found.runs.iterrows():
        if name == found.base:
            cells.append(NONE)
        elif is_within_gaps(found.runs, str(name), found.base):
            cells.append(label("within_gap", language))
        else:
            least = at_least(run["least_saving_jpy"], language)
            most = full(MONEY, run["most_saving_jpy"], language, up=True)
            cells.append(label("sure_saving", language).format(least=least, most=most))
    return [label("saving_range", language), *cells]


def gap_cell(run: pd.Series, language: Language) -> str:
    """Return how far the plan of a run may be from the cheapest, in words."""
    if not run["gap_jpy"]:
        return label("cheapest", language)
    return full(MONEY, run["gap_jpy"], language, up=True)


def share_cells(runs: pd.DataFrame, language: Language) -> list[list[str]]:
    """Return the rows of the modal split."""
    rows = []
    for unit in ("tkm", "t"):
        split = [shares(run, unit) for _, run in runs.iterrows()]
        for kind in KINDS[1:]:
            name = f"{label(f'share_{unit}', language)}: {mode_label(kind, language)}"
            rows.append([name, *(percent(share[kind]) for share in split)])
    return rows


def hub_row(found: Findings, language: Language) -> list[str]:
    """Return how many sites and lines stand in the last period."""
    last = facts.periods(found.outcome)[-1]
    cells = [f"{run['sites']:,} / {run['lines']:,}" for _, run in found.runs.iterrows()]
    return [label("hubs_last", language).format(last=last), *cells]


def hub_changes(found: Findings, language: Language) -> list[str]:
    """Return by run the names of the sites that trucks alone would, or would not, have."""
    names = names_of(found.outcome, language)
    said = []
    for name, run in found.runs.iterrows():
        changes = [
            f"{label(key, language)} ({len(nodes)}) {listed(nodes, names.place)}"
            for key, nodes in (("added", run["added_sites"]), ("dropped", run["dropped_sites"]))
            if nodes
        ]
        if changes:
            said.append(f"{run_name(str(name), language)}: {'; '.join(changes)}")
    return said or [label("hubs_same", language)]


def listed(nodes: list[str], named: Callable[[str], str]) -> str:
    """Return some names and how many more there are."""
    more = f" +{len(nodes) - MOST_NAMES}" if len(nodes) > MOST_NAMES else ""
    return " · ".join(named(node) for node in nodes[:MOST_NAMES]) + more


def split_section(found: Findings, language: Language) -> Section:
    """Say what carries the goods, by run in the last period and year by year."""
    last = facts.periods(found.outcome)[-1]
    names = {kind: mode_label(kind, language) for kind in KINDS}
    charts = []
    for unit in ("tkm", "t"):
        title = label(f"split_{unit}_chart", language).format(last=last)
        rows = [(run_name(r, language), shares(y.loc[last], unit)) for r, y in found.yearly.items()]
        charts.append(share_rows(title, rows, names, f"{unit}-{language}-"))
    return Section(
        title=label("split_heading", language),
        charts=charts,
        grids=[split_grid(found.yearly[found.widest], run_name(found.widest, language), language)],
        remark=label("split_remark", language),
    )


def split_grid(yearly: pd.DataFrame, run: str, language: Language) -> Grid:
    """Return the modal split of one run over the periods."""
    tkm = total_tkm(yearly)
    t_unit = scale(MASS, yearly[[f"{kind}_t" for kind in KINDS]].sum(axis=1), language)
    tkm_unit = scale(HAULAGE, tkm, language)
    h_unit = scale(HOURS, yearly["driver_h"], language)
    rows = []
    for period in some_periods(list(yearly.index)):
        year = yearly.loc[period]
        by_t, by_tkm = shares(year, "t"), shares(year, "tkm")
        rows.append(
            [
                str(period),
                t_unit.text(sum(year[f"{kind}_t"] for kind in KINDS)),
                *(percent(by_t[kind]) for kind in KINDS),
                tkm_unit.text(tkm[period]),
                *(percent(by_tkm[kind]) for kind in KINDS),
                h_unit.text(year["driver_h"]),
            ]
        )
    names = [mode_label(kind, language) for kind in KINDS]
    head = [
        *heads("period carried", language),
        *(f"{name} t" for name in names),
        label("hauled", language),
        *(f"{name} tkm" for name in names),
        label("driver_short", language),
    ]
    units = ", ".join(unit.unit for unit in (t_unit, tkm_unit, h_unit))
    return Grid(f"{run} [{units}]", head, rows, style="wide")
