"""What a period is worth today, and the carbon price and grid of its years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from siting.config import Config, Study
    from siting.figures import Figures

GRID = {
    2022: "emissions/grid/Japan_average/ef",
    2030: "emissions/grid/Japan_average_2030/ef",
    2040: "emissions/grid/Japan_average_2040/ef",
}
"""Year to the grid factor known for it; between them it is linear, after them constant."""


def period_table(config: Config, study: Study, figures: Figures) -> pd.DataFrame:
    """Return years, discount_yr, carbon price and grid factor by period.

    The discount factors of a period's years are summed, the first year of the study counting 1.
    Prices and factors are those of the middle of the period.
    """
    step = study.periods.step_years
    prices = carbon_path(config, study, figures)
    grid = {year: figures.amount(key, "kgCO2e/kWh") for year, key in GRID.items()}
    rows = {}
    for start in study.periods.years:
        age = np.arange(step) + start - study.periods.start
        middle = start + step / 2
        rows[start] = {
            "years": float(step),
            "discount_yr": float(((1 + study.discount_rate) ** -age.astype(float)).sum()),
            "carbon_price_jpy_per_t": at(prices, middle),
            "grid_kgco2e_per_kwh": at(grid, middle),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("period")


def carbon_path(config: Config, study: Study, figures: Figures) -> dict[int, float]:
    """Return year to carbon price of the study's scenario [JPY/t]."""
    if study.carbon_price == "none":
        return {study.periods.start: 0.0}
    prefix = f"prices/carbon/{study.carbon_price}/"
    keys = [key for key in figures.table.index if key.startswith(prefix)]
    years = {int(found[1]): key for key in keys if (found := re.search(r"price_(\d{4})$", key))}
    if not years:
        message = f"carbon_price is '{study.carbon_price}', which has no rows price_<year>."
        hint = figures.hint(f"{prefix}price_2030").replace("prices/carbon/", "").split("/")[0]
        raise config.fault(("carbon_price",), f"{message}{hint}{chr(39) + '?' if hint else ''}")
    return {year: figures.amount(key, "JPY/tCO2e") for year, key in years.items()}


def at(points: dict[int, float], year: float) -> float:
    """Return the value at `year`, linear between `points` and constant outside them."""
    known = sorted(points)
    return float(np.interp(year, known, [points[y] for y in known]))


def first_period(study: Study, year: float) -> int:
    """Return the first period that what is ready in `year` runs in; one past the end if none is.

    A period stands for all its years: it is open to what is ready before its middle.
    """
    half = study.periods.step_years / 2
    later = [start for start in study.periods.years if start + half > year]
    return later[0] if later else study.periods.end + study.periods.step_years
