"""Viewpoint 6, energy: electricity and heat of the hubs, by site and by tariff area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siting.ledger import factors_of
from siting.report.viewpoints.flow.logistics import largest_first
from siting.report.viewpoints.place import areas
from siting.report.viewpoints.table import ESTIMATE, Question, Table, Viewpoint

if TYPE_CHECKING:
    import pandas as pd

    from siting.outcome import Outcome

FULL_LOAD_H = 4800.0
"""Hours a year a line runs at full load: two shifts of 8 h on 300 days, own choice [h/yr]."""

SPECIAL_KW = 2000.0
"""Above this contracts are at special high voltage [kW]."""

SITE = ["site", "period"]


def energy(outcome: Outcome) -> Viewpoint:
    """Return power, heat, peak and cost by site, and with emissions by tariff area."""
    tables = [
        Table("energy_by_site", by_site(outcome), ESTIMATE),
        Table("energy_by_area", by_area(outcome), ranked=False),
        Table("tariffs", tariffs(outcome), ranked=False, total=False),
    ]
    questions = [Question("renewables"), Question("tariff", "energy")]
    values = {"hours": f"{FULL_LOAD_H:,.0f}", "limit": f"{SPECIAL_KW:,.0f}"}
    return Viewpoint(6, "energy", tables, questions, values)


def by_site(outcome: Outcome) -> pd.DataFrame:
    """Return kwh, heat_mj and energy_jpy a year by site and period, and the peak [kW].

    The peak is the power of a year over the hours at full load; ``special_share`` is the peak
    relative to the limit of special high voltage.
    """
    names = {"kwh": "used_kwh", "heat_mj": "heat_mj", "energy_jpy": "energy_jpy"}
    table = outcome.plan.hubs[[*names]].groupby(level=SITE).sum().rename(columns=names)
    table = table[(table != 0).any(axis=1)]
    table.insert(1, "peak_kw", table["used_kwh"] / FULL_LOAD_H)
    table.insert(2, "special_share", table["peak_kw"] / SPECIAL_KW)
    return largest_first(table)


def by_area(outcome: Outcome) -> pd.DataFrame:
    """Return energy, its cost and its emissions by tariff area and period."""
    table = by_site(outcome)[["used_kwh", "heat_mj", "energy_jpy"]].reset_index()
    table["area"] = table["site"].map(areas(outcome))
    sums = table.groupby(["area", "period"])[["used_kwh", "heat_mj", "energy_jpy"]].sum()
    factors = factors_of(outcome, sums.index)
    sums["energy_kgco2e"] = (
        sums["used_kwh"] * factors["grid_kgco2e_per_kwh"]
        + sums["heat_mj"] * factors["heat_kgco2e_per_mj"]
    )
    return sums


def tariffs(outcome: Outcome) -> pd.DataFrame:
    """Return the tariffs and the grid's factor of the areas in which hubs run."""
    used = set(areas(outcome))
    table = outcome.instance.energy
    table = table[table.index.isin(used, level="region")].rename_axis(["area", "period"])
    columns = ["power_jpy_per_kwh", "heat_jpy_per_mj", "grid_kgco2e_per_kwh"]
    return table[columns].astype(np.float64).sort_index()
