"""From what distance on which vehicle is the cheaper, and how often a bulk ship would sail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from siting.report.modes.curves import Curve, break_even
from siting.report.modes.facts.lot import is_rare
from siting.report.modes.names import names_of
from siting.report.modes.words import heads, label
from siting.report.number import MASS, plain, scale
from siting.report.paper.section import Grid, Section
from siting.text import word

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from siting.report.modes.facts.finding import Findings
    from siting.text import Language

MOST_CHARTS = 8
MOST_CROSSINGS = 24
MOST_LOTS = 25
GRID_KM = np.arange(50.0, 1501.0, 50.0)
"""Where curves are compared [km]."""


def curve_section(found: Findings, language: Language) -> Section:
    """Say from what distance on rail or ship is cheaper, for the goods that matter most."""
    forms = main_forms(found)
    crossings = found.comparison.crossings.reset_index()
    crossings = crossings[is_of(crossings, forms)]
    charts = [form_chart(found, form, crossings, language) for form in forms]
    listed = crossings[is_drawn(found, crossings, forms, language)]
    grid = [crossing_grid(listed, language)] if len(listed) else []
    remark = label("curve_remark", language)
    return Section(label("curve_heading", language), charts=charts, grids=grid, remark=remark)


def is_of(table: pd.DataFrame, forms: list[tuple[str, str]]) -> npt.NDArray[np.bool_]:
    """Return which rows are of one of `forms`, pairs of a commodity and a form."""
    pairs = zip(table["commodity"], table["form"], strict=True)
    return np.fromiter((pair in forms for pair in pairs), dtype=bool, count=len(table))


def is_drawn(
    found: Findings, crossings: pd.DataFrame, forms: list[tuple[str, str]], language: Language
) -> npt.NDArray[np.bool_]:
    """Return which rows are of two vehicles on the chart of their form."""
    on_chart = {form: set(curves_of(rows_of(found, form), language)) for form in forms}
    names = crossings[["commodity", "form", "vehicle", "other"]].itertuples(index=False)
    return np.fromiter(({v, o} <= on_chart[k, f] for k, f, v, o in names), dtype=bool)


def rows_of(found: Findings, form: tuple[str, str]) -> pd.DataFrame:
    """Return the points of the curves of one commodity in one form."""
    return found.comparison.curves.xs(form, level=("commodity", "form")).reset_index()


def main_forms(found: Findings) -> list[tuple[str, str]]:
    """Return the commodities and forms to draw: those whose carriage costs most come first."""
    cost_jpy = found.lanes.table.groupby("commodity")["cost_jpy"].sum()
    known = found.comparison.curves.index.droplevel(["vehicle", "distance_km"]).unique()
    ranked = sorted(known, key=lambda pair: (-cost_jpy.get(pair[0], 0.0), pair))
    return [(str(commodity), str(form)) for commodity, form in ranked[:MOST_CHARTS]]


def curves_of(table: pd.DataFrame, language: Language) -> dict[str, Curve]:
    """Return vehicle to its curve, of the rows of one commodity and form."""
    found = {}
    rows = table[np.isfinite(table["cost_jpy_per_t"])].sort_values("distance_km")
    for vehicle, points in rows.groupby("vehicle", sort=True):
        found[str(vehicle)] = Curve(
            name=word(str(vehicle), language),
            mode=str(points["mode"].iloc[0]),
            km=list(points["distance_km"]),
            jpy_per_t=list(points["cost_jpy_per_t"]),
        )
    return cheapest_of_family(found)


def cheapest_of_family(curves: dict[str, Curve]) -> dict[str, Curve]:
    """Return the vehicles that are at some distance the cheapest of their family.

    A family are the trucks, the trains, the chassis, the coastal containers, the bulk ships, and
    the bulk ships from quay to quay.
    """
    least: dict[tuple[str, bool], npt.NDArray[np.float64]] = {}
    for vehicle, curve in curves.items():
        own = np.array([curve.at(km) for km in GRID_KM])
        kin = family(vehicle, curve)
        least[kin] = np.minimum(least.get(kin, own), own)
    return {
        vehicle: curve
        for vehicle, curve in curves.items()
        if (np.array([curve.at(km) for km in GRID_KM]) <= least[family(vehicle, curve)]).any()
    }


def family(vehicle: str, curve: Curve) -> tuple[str, bool]:
    """Return what a vehicle competes with on the chart."""
    name = "truck" if curve.mode == "truck" else vehicle.split("_", maxsplit=1)[0]
    return name, ":" in vehicle


def form_chart(
    found: Findings, form: tuple[str, str], crossings: pd.DataFrame, language: Language
) -> str:
    """Return the chart of one commodity in one form."""
    curves = curves_of(rows_of(found, form), language)
    own = crossings[is_of(crossings, [form])]
    own = own[own["vehicle"].isin(curves) & own["other"].isin(curves)]
    met = [
        (km, curves[other].at(km))
        for other, km in zip(own["other"], own["distance_km"], strict=True)
        if np.isfinite(km)
    ]
    title = f"{word(form[0], language)} ({word(form[1], language)})"
    axes = (label("jpy_axis", language), label("km_axis", language))
    return break_even(title, list(curves.values()), met, axes)


def crossing_grid(crossings: pd.DataFrame, language: Language) -> Grid:
    """Return from what distance on the other vehicle is the cheaper."""
    rows = [
        [
            word(row["commodity"], language),
            word(row["form"], language),
            word(row["vehicle"], language),
            word(row["other"], language),
            plain(row["distance_km"], 0, language),
        ]
        for row in crossings.head(MOST_CROSSINGS).to_dict("records")
    ]
    return Grid("", heads("commodity form vehicle other_vehicle from_km", language), rows, names=4)


def lot_section(found: Findings, language: Language) -> Section:
    """Say how often a bulk ship would sail between each pair of ports."""
    title, lots = label("lot_heading", language), found.lots
    if lots.empty:
        return Section(title)
    names, unit = names_of(found.outcome, language), scale(MASS, lots["flow_t"], language)
    rare = is_rare(lots)
    rows: list[list[str]] = []
    for key, row in lots.head(MOST_LOTS).iterrows():
        start, end, commodity, vehicle = key
        rows.append(
            [
                f"{names.place(start)} → {names.place(end)}",
                word(commodity, language),
                word(vehicle, language),
                unit.text(row["flow_t"]),
                *sailing_cells(row, bool(rare[key]), language),
            ]
        )
    head = heads("ports commodity vehicle tonnes lot sailings days", language)
    head[3] += f" [{unit.unit}]"
    key = "lot_remark" if lots["lot_t"].notna().any() else "lot_unknown"
    return Section(
        title, grids=[Grid("", head, rows, names=3, style="calls")], remark=label(key, language)
    )


def sailing_cells(row: Any, is_flagged: bool, language: Language) -> list[str]:
    """Return the lot, the sailings a year and the days between them, starred if too many."""
    days = plain(row["days_between"], 0, language)
    return [
        plain(row["lot_t"], 0, language),
        plain(row["sailings_per_yr"], 1, language),
        f"{days} *" if is_flagged else days,
    ]
