"""What travels by which mode, what that takes, and which terminals handle most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.carriage import carried, handled_t, moving, terminals
from siting.report import facts
from siting.report.charts import split_bars
from siting.report.number import (
    ENERGY,
    GAS,
    HAULAGE,
    MASS,
    MONEY,
    NONE,
    WORK,
    percent,
    plain,
    scale,
)
from siting.report.paper.section import Chart, Grid, Section, heads
from siting.report.paper.service import berth_grid, service_grid
from siting.report.words import REGION_OF, label, mode_label, region_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from siting.outcome import Outcome
    from siting.report.number import Scale
    from siting.text import Language

LAYERS = {"truck": 0, "rail": 5, "ship": 2}
"""Mode to its colour and hatch in the charts, the colours of the map; in the order shown."""

SPARE_LAYER = 7
KINDS = ("preparation", "haul", "handling", "line")
UNITS = {"flow_t": MASS, "tkm": HAULAGE, "mj": ENERGY, "driver_h": WORK,
         "cost_jpy": MONEY, "kgco2e": GAS}  # fmt: skip

HEADS = {"flow_t": "flow", "cost_jpy": "cost_per_yr", "mj": "energy_per_yr",
         "driver_h": "work_per_yr", "kgco2e": "gases_per_yr"}  # fmt: skip
"""Column to the key of its words, where they differ."""

TAKEN = ("cost_jpy", "mj", "driver_h", "kgco2e")

MOST_TERMINALS = 5
"""Terminals named of each kind."""


def transport_section(outcome: Outcome, language: Language) -> Section:
    """Say what travels how in the last period, what it takes, and over which terminals."""
    last = facts.periods(outcome)[-1]
    table = facts.at(facts.modes(outcome), last)
    title = label("transport_heading", language)
    if table.empty:
        return Section(title)
    travelling = table[table.index.get_level_values("kind").isin(["haul", "line"])]
    tonnes = float(facts.at(outcome.plan.flows, last)["flow_t"].sum())
    modes = sorted(travelling.index.unique("leg_mode"), key=order)
    grids = [mode_grid(travelling, tonnes, language), leg_grid(table, language)]
    limited = {"services": outcome.plan.services, "berths": outcome.plan.berths}
    closing = [
        terminal_grid(outcome, last, language),
        service_grid(outcome, language),
        berth_grid(outcome, language),
    ]
    return Section(
        title,
        charts=[split_chart(travelling, modes, language)],
        grids=[*grids, *(grid for grid in closing if grid.rows)],
        remark=remark(modes, last, language),
        files=["modes.csv", "terminals.csv", *(f"{k}.csv" for k, t in limited.items() if len(t))],
    )


def layer(mode: str) -> int:
    """Return the colour and hatch of a mode."""
    return LAYERS.get(mode, SPARE_LAYER)


def order(mode: str) -> tuple[int, str]:
    """Return where a mode stands among the others."""
    known = [*LAYERS]
    return (known.index(mode) if mode in LAYERS else len(known), mode)


def remark(modes: list[str], last: int, language: Language) -> str:
    """Say how to read the figures, and whether one mode carries all."""
    said = [label("transport_remark", language).format(last=last)]
    if len(modes) == 1:
        mode = mode_label(modes[0], language)
        said.append(label("only_mode_remark", language).format(mode=mode))
    else:
        said.append(label("chains_remark", language))
    return ("" if language == "ja" else " ").join(said)


def split_chart(travelling: pd.DataFrame, modes: list[str], language: Language) -> Chart:
    """Return the shares of the modes in t·km over all legs and in tonnes of the lines."""
    lines = travelling.xs("line", level="kind")
    rows = {
        label("split_tkm", language): shares(travelling["tkm"], modes),
        label("split_t", language): shares(lines["flow_t"], modes),
    }
    named = {mode_label(mode, language): layer(mode) for mode in modes}
    title = label("split_chart", language)
    return Chart(title, split_bars(title, rows, named, f"m{language}"))


def shares(amounts: pd.Series, modes: list[str]) -> list[float]:
    """Return the share of each of `modes` in `amounts` [-]."""
    sums = amounts.groupby(level="leg_mode").sum().reindex(modes, fill_value=0.0)
    total = float(sums.sum())
    return [float(share) / total if total else 0.0 for share in sums]


def scales(table: pd.DataFrame, columns: Iterable[str], language: Language) -> dict[str, Scale]:
    """Return the unit for each of `columns` that suits its sum."""
    return {name: scale(UNITS[name], [table[name].sum()], language) for name in columns}


def mode_grid(travelling: pd.DataFrame, tonnes: float, language: Language) -> Grid:
    """Return what moves by mode and stage; the total counts each of the `tonnes` once."""
    table = travelling[["flow_t", "tkm"]].groupby(level=["leg_mode", "stage"]).sum()
    units = scales(table, ["flow_t", "tkm"], language)

    def figures(flow_t: float, tkm: float) -> list[str]:
        km = plain(tkm / flow_t, 0, language) if flow_t else NONE
        return [units["flow_t"].text(flow_t), units["tkm"].text(tkm), km]

    rows = [
        [mode_label(mode, language), label(stage, language), *figures(*table.loc[(mode, stage)])]
        for mode, stage in sorted(table.index, key=lambda key: (order(key[0]), key[1]))
    ]
    total = [label("total", language), "", *figures(tonnes, float(table["tkm"].sum()))]
    head = headed("mode stage flow_t tkm mean_km", units, language)
    return Grid(label("by_mode", language), head, rows, 2, total, style="modes")


def leg_grid(table: pd.DataFrame, language: Language) -> Grid:
    """Return what each kind of leg takes; it sums to all transport, unknown where a part is."""
    sums = table[[*TAKEN]].groupby(level=["kind", "leg_mode"]).sum(skipna=False)
    units = scales(sums, TAKEN, language)
    total = sums.sum(skipna=False)

    def figures(row: pd.Series) -> list[str]:
        cost, *others = (unit.text(row[name]) for name, unit in units.items())
        share = row["cost_jpy"] / total["cost_jpy"] if total["cost_jpy"] else float("nan")
        return [cost, percent(share), *others]

    rows = [
        [leg_label(kind, mode, language), *figures(sums.loc[(kind, mode)])]
        for kind, mode in sorted(sums.index, key=lambda key: (KINDS.index(key[0]), order(key[1])))
    ]
    head = headed("step cost_jpy share_of_cost mj driver_h kgco2e", units, language)
    total_row = [label("total", language), *figures(total)]
    return Grid(label("by_leg", language), head, rows, 1, total_row, style="modes")


def headed(keys: str, units: dict[str, Scale], language: Language) -> list[str]:
    """Return the heads of the columns named in `keys`, with their units."""
    named = [label(HEADS.get(key, key), language) for key in keys.split()]
    shown = [f" [{units[key].unit}]" if key in units else "" for key in keys.split()]
    return [name + unit for name, unit in zip(named, shown, strict=True)]


def leg_label(kind: str, mode: str, language: Language) -> str:
    """Return the words for a kind of leg; a line by truck runs from door to door."""
    key = "leg_door" if (kind, mode) == ("line", "truck") else f"leg_{kind}"
    return label(key, language).format(mode=mode_label(mode, language))


def terminal_grid(outcome: Outcome, period: int, language: Language) -> Grid:
    """Return the ports and the stations that handle most in `period` [t/yr]."""
    legs = moving(carried(outcome))
    legs = legs[legs["period"] == period]
    tonnes = handled_t(outcome, legs).groupby(level="node").sum()
    tonnes = tonnes.sort_values(ascending=False, kind="stable")
    kind = terminals(outcome, legs).reindex(tonnes.index)
    top = tonnes.groupby(kind).head(MOST_TERMINALS)
    unit = scale(MASS, top, language)
    named = facts.names(top.index.to_series(), f"name_{language}", outcome)
    rows = [
        [label(kind[node], language), str(named[node]), area(outcome, node, language), unit.text(t)]
        for each in sorted(set(kind))
        for node, t in top[kind.reindex(top.index) == each].items()
    ]
    head = heads("terminal_kind terminal area handled_per_yr", language)
    head[-1] += f" [{unit.unit}]"
    return Grid(label("top_terminals", language), head, rows, 3)


def area(outcome: Outcome, node: str, language: Language) -> str:
    """Return the prefecture of a place, or its region in English."""
    pref = str(outcome.places["pref_ja"].get(node) or "")
    return pref if language == "ja" else region_label(REGION_OF.get(pref, ""), language)
