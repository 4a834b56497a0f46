r"""What hubs cost and what they make.

A technology is one or several facilities in a row; a step that takes :math:`\phi` t per t of the
hub's input is sized to :math:`c = \phi\,q` of the hub's capacity :math:`q`:

* opening :math:`C (c / c_{ref})^a`, at an eco-town times its site-readiness factor, and times the
  factor the study gives the site
* running: fixed O&M share of the opening cost, interest on the prefecture's industrial land
* labour: staff :math:`\propto (c/c_{medium})^{-0.25}` per tonne at the prefecture's wage
* a hub treats its capacity times the utilisation the facility table expects of the first step
* handling per tonne: variable O&M; power and heat are amounts, priced by the region of the site
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import pandas as pd

from siting.assemble.period import first_period
from siting.assemble.place import name_fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siting.assemble.hub.technology import Process
    from siting.config import Config, Fault, Study
    from siting.figures import Figures

SUMMED = (
    "running_jpy_per_yr",
    "labour_jpy_per_yr",
    "jobs",
    "land_m2",
    "handling_jpy_per_t",
    "kwh_per_t",
    "heat_mj_per_t",
    "kgco2e_per_t",
)
"""Columns of a hub that are the sums of those of its steps."""

LABOUR_EXPONENT = -0.25
"""Staff per tonne falls with size by this power (facility table, labour rows)."""


def hub_table(
    figures: Figures, study: Study, offered: dict[str, Process], sites: pd.DataFrame
) -> pd.DataFrame:
    """Return the hubs that may be built, by (site, technology, size).

    Parameters
    ----------
    sites : index site; detail, technologies, sizes, never, opening_factor, electricity_area,
        wage_index, industrial_land_price_jpy_per_m2
    """
    rows = [
        {"site": site, "technology": name, "size": size}
        | hub_row(figures, study, technology, nameplate_t(figures, technology, size), place)
        for site, place in sites.to_dict("index").items()
        if not place["never"]
        for name, technology in offered.items()
        if place["technologies"] is None or name in place["technologies"]
        if technology.sites is None or site in technology.sites
        for size in technology.sizes
        if place["sizes"] is None or size in place["sizes"]
    ]
    index = ["site", "technology", "size"]
    table = pd.DataFrame(rows) if rows else pd.DataFrame(columns=index)
    return table.set_index(index).sort_index()


def nameplate_t(figures: Figures, technology: Process, size: str) -> float:
    """Return what a line of `size` is built for [t/yr]."""
    return figures.amount(f"facility/{next(iter(technology.steps))}/capacity/{size}", "t/yr")


def hub_row(
    figures: Figures, study: Study, technology: Process, capacity_t: float, place: Mapping[Any, Any]
) -> dict[str, float]:
    """Return the columns of one hub of lines built for `capacity_t` [t/yr]."""
    first = next(iter(technology.steps))
    steps = [
        step_costs(figures, study.discount_rate, step, share, capacity_t, place)
        for step, share in technology.steps.items()
    ]
    total = {name: sum(step[name] for step in steps) for name in steps[0]}
    return {
        "capacity_t": capacity_t * figures.amount(f"facility/{first}/expected_utilisation", "1"),
        "max_lines": float(technology.max_lines),
        "life_yr": total["life_jpy_yr"] / total["opening_jpy"],
        "opening_jpy": total["opening_jpy"],
        "annuity_per_yr": total["annuity_jpy"] / total["opening_jpy"],
        "min_utilisation": technology.min_utilisation,
        "earliest_period": earliest_period(figures, study, technology.earliest_key),
        **{name: total[name] for name in SUMMED},
    }


def earliest_period(figures: Figures, study: Study, key: str) -> float:
    """Return the first period in which a line may run, after its permit [year].

    The permit is asked for when the study starts. So the 24 months of most permits leave a first
    period of five years open, and 48 months do not. A plant that stands has its permit.
    """
    lead_yr = figures.amount(key, "yr") if key else 0.0
    return float(first_period(study, study.periods.start + lead_yr))


def step_costs(
    figures: Figures,
    rate: float,
    step: str,
    share: float,
    hub_capacity_t: float,
    place: Mapping[Any, Any],
) -> dict[str, float]:
    """Return what one facility of a hub costs; per tonne means per tonne of the hub's input."""

    def of(name: str, unit: str) -> float:
        return figures.amount(f"facility/{step}/{name}", unit)

    def everywhere(name: str, unit: str) -> float:
        return figures.amount(f"facility/global/{name}", unit)

    capacity_t = share * hub_capacity_t
    larger = capacity_t / of("capex_reference_capacity", "t/yr")
    opening = of("capex_reference", "JPY") * larger ** of("scale_exponent", "1")
    opening *= place["opening_factor"]
    if place["detail"] == "eco_towns":
        opening *= everywhere("site_readiness_eco_town", "1")
    less_staff = (capacity_t / of("capacity/medium", "t/yr")) ** LABOUR_EXPONENT
    persons = of("labour/medium", "person/(t/yr)") * less_staff * capacity_t
    wages = persons * everywhere("new_worker_loaded_cost", "JPY/(person*yr)") * place["wage_index"]
    land_m2 = of("land", "m^2/(t/yr)") * capacity_t
    land = rate * land_m2 * place["industrial_land_price_jpy_per_m2"]
    return {
        "opening_jpy": opening,
        "annuity_jpy": opening * capital_recovery(rate, of("economic_life", "yr")),
        "running_jpy_per_yr": of("fixed_om", "1/yr") * opening + land,
        "labour_jpy_per_yr": wages,
        "jobs": persons,
        "land_m2": land_m2,
        "handling_jpy_per_t": share * of("variable_om", "JPY/t"),
        "kwh_per_t": share * of("electricity", "kWh/t"),
        "heat_mj_per_t": share * of("heat", "MJ/t"),
        "kgco2e_per_t": share * of("process_co2", "kgCO2e/t"),
        "life_jpy_yr": opening * of("economic_life", "yr"),
    }


def capital_recovery(rate: float, years: float) -> float:
    """Return the yearly payment per JPY borrowed over `years` at `rate` [1/yr]."""
    if rate == 0:
        return 1 / years
    growth = (1 + rate) ** years
    return float(rate * growth / (growth - 1))


def recipe_table(
    config: Config, offered: dict[str, Process], material_flow: pd.DataFrame
) -> pd.DataFrame:
    """Return input and yields by (technology, commodity) [t/t].

    Raises
    ------
    ConfigError
        For every recipe that is unknown or does not take what its technology says.
    """
    faults = [recipe_faults(name, tech, material_flow) for name, tech in offered.items()]
    if found := list(chain.from_iterable(faults)):
        raise config.faults(found)
    columns = ["technology", "commodity", "input_t_per_t", "yield_t_per_t"]
    rows = [recipe(name, tech, material_flow) for name, tech in offered.items()]
    table = pd.DataFrame(list(chain.from_iterable(rows)), columns=columns)
    return table.groupby(["technology", "commodity"]).sum().sort_index()


def recipe_faults(name: str, technology: Process, material_flow: pd.DataFrame) -> list[Fault]:
    """Return what is wrong with the recipe of one technology."""
    processes = material_flow["process_id"]
    loc = ("technologies", name, "recipe")
    if fault := name_fault(technology.recipe, sorted(processes.unique()), "process"):
        return [(loc, f"technologies.{name}.recipe: {fault}")]
    inputs = set(material_flow["input"][processes == technology.recipe])
    if technology.input in inputs:
        return []
    text = f"technologies.{name}.input is {technology.input}, but {technology.recipe} takes "
    return [(loc, f"{text}{', '.join(sorted(inputs))}.")]


def recipe(
    name: str, technology: Process, material_flow: pd.DataFrame
) -> list[tuple[str, str, float, float]]:
    """Return the rows of one technology."""
    is_own = (material_flow["process_id"] == technology.recipe) & (
        material_flow["input"] == technology.input
    )
    taken = material_flow[is_own]
    made = taken["output"].replace(technology.outputs)
    yields = zip(made, taken["value"].astype(float), strict=True)
    return [(name, technology.input, 1.0, 0.0)] + [(name, k, 0.0, share) for k, share in yields]
