r"""What hubs cost and what they make.

A technology is one or several facilities in a row; a step that takes :math:`\phi` t per t of the
hub's input is sized to :math:`c = \phi\,q` of the hub's capacity :math:`q`:

* opening :math:`C (c / c_{ref})^a`, at an eco-town times its site-readiness factor
* running: fixed O&M share of the opening cost, staff :math:`\propto (c/c_{medium})^{-0.25}` per
  tonne at the prefecture's wage, interest on the prefecture's industrial land
* a hub treats its capacity times the utilisation the facility table expects of the first step
* handling per tonne: variable O&M, power at the area's high-voltage price, heat
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd

from siting.errors import ConfigError

if TYPE_CHECKING:
    from siting.config import Study, Technology
    from siting.figures import Figures

LABOUR_EXPONENT = -0.25
"""Staff per tonne falls with size by this power (facility table, labour rows)."""


def hub_table(figures: Figures, study: Study, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the hubs that may run, by (site, technology, size).

    Parameters
    ----------
    sites : index site; detail, technologies, electricity_area, wage_index,
        industrial_land_price_jpy_per_m2
    """
    rows = [
        {"site": site, "technology": name, "size": size}
        | hub_row(figures, study, technology, size, place)
        for site, place in sites.iterrows()
        for name, technology in study.technologies.items()
        if place["technologies"] is None or name in place["technologies"]
        for size in technology.sizes
    ]
    return pd.DataFrame(rows).set_index(["site", "technology", "size"]).sort_index()


def hub_row(
    figures: Figures, study: Study, technology: Technology, size: str, place: pd.Series
) -> dict[str, float]:
    """Return the columns of one hub."""
    first = next(iter(technology.steps))
    capacity_t = figures.amount(f"facility/{first}/capacity/{size}", "t/yr")
    steps = [
        step_costs(figures, study.discount_rate, step, share, capacity_t, place)
        for step, share in technology.steps.items()
    ]
    total = pd.DataFrame(steps).sum()
    return {
        "capacity_t": capacity_t * figures.amount(f"facility/{first}/expected_utilisation", "1"),
        "max_lines": float(technology.max_lines),
        "opening_jpy": total["opening_jpy"],
        "annuity_per_yr": total["annuity_jpy"] / total["opening_jpy"],
        "running_jpy_per_yr": total["running_jpy_per_yr"],
        "handling_jpy_per_t": total["handling_jpy_per_t"],
        "kwh_per_t": total["kwh_per_t"],
        "kgco2e_per_t": total["kgco2e_per_t"],
    }


def step_costs(
    figures: Figures, rate: float, step: str, share: float, hub_capacity_t: float, place: pd.Series
) -> dict[str, float]:
    """Return what one facility of a hub costs; per tonne means per tonne of the hub's input."""

    def of(name: str, unit: str) -> float:
        return figures.amount(f"facility/{step}/{name}", unit)

    def everywhere(name: str, unit: str) -> float:
        return figures.amount(f"facility/global/{name}", unit)

    capacity_t = share * hub_capacity_t
    larger = capacity_t / of("capex_reference_capacity", "t/yr")
    opening = of("capex_reference", "JPY") * larger ** of("scale_exponent", "1")
    if place["detail"] == "eco_towns":
        opening *= everywhere("site_readiness_eco_town", "1")
    less_staff = (capacity_t / of("capacity/medium", "t/yr")) ** LABOUR_EXPONENT
    persons = of("labour/medium", "person/(t/yr)") * less_staff * capacity_t
    wages = persons * everywhere("new_worker_loaded_cost", "JPY/(person*yr)") * place["wage_index"]
    land_m2 = of("land", "m^2/(t/yr)") * capacity_t
    kwh_per_t, heat_mj_per_t = of("electricity", "kWh/t"), of("heat", "MJ/t")
    power = kwh_per_t * power_price(figures, place["electricity_area"])
    heat = heat_mj_per_t * everywhere("heat_price_ref", "JPY/MJ")
    burnt = heat_mj_per_t * figures.amount("emissions/carrier/heat_city_gas/ef", "kgCO2e/MJ")
    land = rate * land_m2 * place["industrial_land_price_jpy_per_m2"]
    return {
        "opening_jpy": opening,
        "annuity_jpy": opening * capital_recovery(rate, of("economic_life", "yr")),
        "running_jpy_per_yr": of("fixed_om", "1/yr") * opening + wages + land,
        "handling_jpy_per_t": share * (of("variable_om", "JPY/t") + power + heat),
        "kwh_per_t": share * kwh_per_t,
        "kgco2e_per_t": share * (of("process_co2", "kgCO2e/t") + burnt),
    }


def power_price(figures: Figures, area: str) -> float:
    """Return the high-voltage power price of a supply area [JPY/kWh]."""
    return figures.amount(f"emissions/power_price/{area}_HV/{area}/price", "JPY/kWh")


def capital_recovery(rate: float, years: float) -> float:
    """Return the yearly payment per JPY borrowed over `years` at `rate` [1/yr]."""
    if rate == 0:
        return 1 / years
    growth = (1 + rate) ** years
    return float(rate * growth / (growth - 1))


def recipe_table(study: Study, material_flow: pd.DataFrame) -> pd.DataFrame:
    """Return input and yields by (technology, commodity) [t/t].

    Raises
    ------
    ConfigError
        If a recipe is unknown or does not take what the technology says.
    """
    columns = ["technology", "commodity", "input_t_per_t", "yield_t_per_t"]
    rows = [recipe(name, tech, material_flow) for name, tech in study.technologies.items()]
    table = pd.DataFrame(list(chain.from_iterable(rows)), columns=columns)
    return table.groupby(["technology", "commodity"]).sum().sort_index()


def recipe(
    name: str, technology: Technology, material_flow: pd.DataFrame
) -> list[tuple[str, str, float, float]]:
    """Return the rows of one technology."""
    process = material_flow[material_flow["process_id"] == technology.recipe]
    if process.empty:
        known = ", ".join(sorted(material_flow["process_id"].unique()))
        msg = f"technologies.{name}.recipe is {technology.recipe}, expected one of {known}."
        raise ConfigError(msg)
    if technology.input not in set(process["input"]):
        msg = f"technologies.{name}.input is {technology.input}, but {technology.recipe} takes "
        raise ConfigError(f"{msg}{', '.join(sorted(set(process['input'])))}.")
    taken = process[process["input"] == technology.input]
    made = taken["output"].replace(technology.outputs)
    yields = zip(made, taken["value"].astype(float), strict=True)
    return [(name, technology.input, 1.0, 0.0)] + [(name, k, 0.0, share) for k, share in yields]
