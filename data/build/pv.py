"""Solar panels at the end of their life, by municipality and year.

Capacity installed each year, by prefecture, leaves service by a Weibull law; a
prefecture's waste is spread over its municipalities by their capacity of 2023.
"""

import numpy as np
import pandas as pd
from files import read_source

FIRST_YEAR, LAST_YEAR = 2025, 2055

WEIBULL_SHAPE = 5.38  # IEA-PVPS T12-06 (2016), regular loss
WEIBULL_SCALE_YR = 28.0  # growth.csv, fit_cohort
DC_PER_AC = 1.2  # the FIT list counts AC output, panels are DC; growth.csv, fit_cohort

# Panel mass falls with efficiency: 75 t/MW-DC of 2012 less 1.2 a year (unit_facts.csv) down
# to 52 (growth.csv, fit_cohort), reached in 2031; older panels count as those of 2012.
HEAVY_T_PER_MW, LIGHT_T_PER_MW = 75.0, 52.0
HEAVY_UNTIL, LIGHT_FROM = 2012, 2031

# The FIT list starts at the end of 2014 and holds what moved into the scheme from before.
# That stock is dated by the national additions of IEA-PVPS Japan [MW-DC]; 2009 stands for
# all the earlier years too (2.1 GW).
EARLY_ADDITIONS_MW = {2009: 2627, 2010: 991, 2011: 1296, 2012: 1718, 2013: 6968, 2014: 9740}
LISTED = range(2014, 2024)

NEW_MW_PER_YR = 4500  # growth.csv, fit_cohort; AC
NEW_YEARS = range(2024, 2036)
RECENT_FROM = 2018  # new capacity goes where it went from the end of this year on

# The first year from which the published curves agree in kind; before it they are tiny.
CHECKED_FROM = 2035
CURVES = ("low_nedo", "base", "high_moe2016")
MILESTONES_KT = {2035: 250, 2042: 466}  # MOE study of fiscal 2023


def installed_mw() -> pd.DataFrame:
    """Return capacity [MW-AC] by prefecture (rows) and year of installation (columns)."""
    listed = read_source("pv_kw_by_prefecture_year.csv")
    stock = listed.pivot_table(index="pref_code", columns="year", values="installed_kw_end_of_year")
    stock_mw = stock[list(LISTED)] / 1000
    early = pd.Series(EARLY_ADDITIONS_MW) / sum(EARLY_ADDITIONS_MW.values())
    before = pd.DataFrame(np.outer(stock_mw[2014], early), stock_mw.index, early.index)
    recent = stock_mw[LISTED[-1]] - stock_mw[RECENT_FROM]
    share = recent / recent.sum()
    new = pd.DataFrame(dict.fromkeys(NEW_YEARS, share * NEW_MW_PER_YR))
    return pd.concat([before, stock_mw.diff(axis=1).iloc[:, 1:], new], axis=1)


def panel_t_per_mw(year: int) -> float:
    """Return the panel mass [t/MW-DC] of capacity installed in `year`."""
    ends = (HEAVY_UNTIL, LIGHT_FROM)
    return float(np.interp(year, ends, (HEAVY_T_PER_MW, LIGHT_T_PER_MW)))


def share_retired(age_yr: float) -> float:
    """Return the share of a vintage that has left service at `age_yr`."""
    return float(1 - np.exp(-((max(age_yr, 0.0) / WEIBULL_SCALE_YR) ** WEIBULL_SHAPE)))


def share_leaving(age_yr: int) -> float:
    """Return the share that leaves in the year of `age_yr`; a vintage starts at mid-year."""
    return share_retired(age_yr + 0.5) - share_retired(age_yr - 0.5)


def retired_t() -> pd.DataFrame:
    """Return panels leaving service [t/yr] by prefecture (rows) and year (columns)."""
    installed = installed_mw()
    vintages = [int(year) for year in installed.columns]
    mass_t = installed * DC_PER_AC * np.array([panel_t_per_mw(year) for year in vintages])
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    leaving = [[share_leaving(year - vintage) for year in years] for vintage in vintages]
    return pd.DataFrame(mass_t.to_numpy() @ np.array(leaving), installed.index, list(years))


def pv_waste() -> pd.DataFrame:
    """Return panels at their end [t/yr] by municipality and year."""
    towns = read_source("municipalities.csv").sort_values("code").set_index("code")
    pv_kw, pref_code = towns["pv_kw_2023"], towns["pref_code"]
    within = pv_kw / pv_kw.groupby(pref_code).transform("sum")
    waste = retired_t().loc[pref_code].set_axis(towns.index).mul(within, axis=0)
    rows = waste.rename_axis(columns="year").stack().rename("supply_t").round(4).reset_index()
    rows = rows.sort_values(["code", "year"], ignore_index=True)
    return rows.assign(source="FIT vintages x Weibull life", confidence="estimate")


def published_kt() -> pd.DataFrame:
    """Return the published curves [kt/yr] by year, straight lines between their points."""
    growth = read_source("growth.csv").query("resource == 'pv_panel'")
    curves = growth.pivot_table(index="year", columns="scenario", values="value")
    years = range(int(curves.index.min()), int(curves.index.max()) + 1)
    return curves.reindex(years).interpolate(method="index")


def wave(table: pd.DataFrame) -> pd.DataFrame:
    """Compare the national wave [kt/yr] with the published curves, by year."""
    built = table.groupby("year")["supply_t"].sum() / 1000
    curves = published_kt()
    frame = pd.DataFrame({"built_kt": built}).join(curves, how="inner")
    frame["lowest_kt"] = curves[list(CURVES)].min(axis=1)
    frame["highest_kt"] = curves[list(CURVES)].max(axis=1)
    frame["from_base_pct"] = 100 * (frame["built_kt"] / frame["base"] - 1)
    frame["moe_fy2023_kt"] = pd.Series(MILESTONES_KT)
    frame["from_moe_pct"] = 100 * (frame["built_kt"] / frame["moe_fy2023_kt"] - 1)
    return frame


def checked_years() -> list[int]:
    """Return the years in which the wave must lie among the published curves."""
    return sorted({*range(CHECKED_FROM, 2051, 5), *MILESTONES_KT})


def check(table: pd.DataFrame) -> None:
    """Stop the build if the wave leaves the range of the published curves."""
    frame = wave(table).loc[checked_years()]
    inside = frame["built_kt"].between(frame["lowest_kt"], frame["highest_kt"])
    assert inside.all(), f"PV wave outside the published curves:\n{frame[~inside]}"
