r"""What the hubs of a site share: its own opening cost, its plot, the tariffs of its region.

With ``finance: salvage`` what is opened in period t is paid at once, less what is left of it at the
end of the horizon: the share paid is :math:`1 - v\,(1+r)^{-(T-t)}` with :math:`v = \max(0,
1 - (T-t)/L)` the straight-line value left of a life L, and T the end of the horizon, all discounted
to the start of the study. With ``annuity`` the annuity is paid in every year run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.instance import TABLES
from siting.assemble.hub.facility import capital_recovery
from siting.assemble.hub.standing import plant_sites
from siting.assemble.period import GRID, at

if TYPE_CHECKING:
    from siting.config import Study
    from siting.figures import Figures

SHARED_COST, SHARED_LIFE = "choices/site/opening/shared", "choices/site/life/shared"


def shared_tables(
    figures: Figures,
    study: Study,
    sites: pd.DataFrame,
    hubs: pd.DataFrame,
    regions: dict[str, pd.Index],
) -> dict[str, pd.DataFrame]:
    """Return the tables of the instance on what hubs share.

    Parameters
    ----------
    sites : index site; detail, electricity_area: those where a hub may run.
    hubs : (site, technology, size); life_yr
    regions : members of the regions that a limit names; electricity areas come to them.
    """
    area = sites["electricity_area"]
    members = {str(name): rows.index for name, rows in area.groupby(area)}
    lives = hubs["life_yr"].groupby(level="technology").mean()
    return {
        "sites": shared_site_table(figures, study, sites, plant_sites(hubs)),
        "energy": energy_table(figures, study, list(members)),
        "regions": region_table(regions | members),
        "salvage": salvage_table(figures, study, lives.to_dict(), sites.index),
    }


def shared_site_table(
    figures: Figures, study: Study, sites: pd.DataFrame, standing: pd.Index
) -> pd.DataFrame:
    """Return opening cost, annuity and plot by site.

    Parameters
    ----------
    sites : index site; detail, plot_m2, opening_factor
    standing : sites where a plant stands or is being built: they are open already.
    """
    cost_jpy = figures.amount(SHARED_COST, "JPY")
    annuity = capital_recovery(study.discount_rate, figures.amount(SHARED_LIFE, "yr"))
    keys = {kind: plot_key(figures, kind) for kind in sites["detail"].unique()}
    plots = {kind: figures.amount(key, "m^2") for kind, key in keys.items()}
    table = pd.DataFrame(
        {
            "opening_jpy": np.where(
                sites.index.isin(standing), 0.0, cost_jpy * sites["opening_factor"]
            ),
            "annuity_per_yr": annuity,
            "plot_m2": sites["plot_m2"].fillna(sites["detail"].map(plots)).astype(float),
        },
        index=sites.index.rename("site"),
    )
    return table.sort_index()


def plot_key(figures: Figures, kind: str) -> str:
    """Return the key of the plot of a site of `kind`; as one the study adds where none is."""
    key = f"choices/site/plot/{kind}"
    return key if key in figures else "choices/site/plot/study"


def energy_table(figures: Figures, study: Study, areas: list[str]) -> pd.DataFrame:
    """Return tariffs and emission factors by (region, period); a region is an electricity area.

    The factor of an area moves as the national one does; tariffs stay, in real terms.
    """
    national = {year: figures.amount(key, "kgCO2e/kWh") for year, key in GRID.items()}
    today = national[min(national)]
    heat_jpy = figures.amount("facility/global/heat_price_ref", "JPY/MJ")
    heat_kgco2e = figures.amount("emissions/carrier/heat_city_gas/ef", "kgCO2e/MJ")
    rows = []
    for area in sorted(areas):
        power = figures.amount(f"emissions/power_price/{area}_HV/{area}/price", "JPY/kWh")
        factor = figures.amount(f"emissions/grid/{area}_EPCO/{area}/ef", "kgCO2e/kWh")
        for year in study.periods.years:
            middle = year + study.periods.step_years / 2
            grid = factor * at(national, middle) / today
            rows.append((area, year, power, heat_jpy, grid, heat_kgco2e))
    spec = TABLES["energy"]
    table = pd.DataFrame(rows, columns=[*spec.index, *spec.columns])
    return table.set_index(list(spec.index))


def region_table(groups: dict[str, pd.Index]) -> pd.DataFrame:
    """Return the members of each region."""
    rows = [(region, node) for region, nodes in groups.items() for node in nodes]
    return pd.DataFrame(rows, columns=["region", "node"]).set_index(["region", "node"]).sort_index()


def salvage_table(
    figures: Figures, study: Study, lives: dict[str, float], sites: pd.Index
) -> pd.DataFrame:
    """Return the share of opening cost paid by (asset, period); no rows where annuities are.

    Parameters
    ----------
    lives : technology to its mean economic life [yr].
    """
    spec = TABLES["salvage"]
    rows = []
    if study.finance == "salvage":
        site_life = figures.amount(SHARED_LIFE, "yr")
        all_lives = lives | dict.fromkeys(sites, site_life)
        end = study.periods.end + study.periods.step_years
        for asset, life in sorted(all_lives.items()):
            for year in study.periods.years:
                age = (1 + study.discount_rate) ** -float(year - study.periods.start)
                rows.append((asset, year, age * paid_share(study.discount_rate, life, end - year)))
    table = pd.DataFrame(rows, columns=[*spec.index, *spec.columns])
    return table.astype({"paid_share": float}).set_index(list(spec.index))


def paid_share(rate: float, life_yr: float, used_yr: float) -> float:
    """Return the share of an opening cost not given back at the horizon, valued when opened [-]."""
    left = max(0.0, 1 - used_yr / life_yr)
    return float(1 - left * (1 + rate) ** -used_yr)
