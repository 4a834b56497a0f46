"""What arises where and when, what happens to it today, and how much of it must be collected."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import pandas as pd

from siting.assemble.place import prefecture_codes, unknown_keys
from siting.assemble.region import regional
from siting.errors import some

if TYPE_CHECKING:
    from siting.config import Config, Study
    from siting.figures import Figures
    from siting.layers import Layers

INDEX = ["source", "commodity", "period"]

PENALTY = "choices/target/shortfall/penalty"
"""Figure of what a tonne missing to a target costs in the calculation."""


def supply_table(
    config: Config, study: Study, layers: Layers, taken: set[str], made: set[str]
) -> pd.DataFrame:
    """Return supply_t [t/yr] by (source, commodity, period), as the layers have it nationwide.

    Of what some technology takes, all arises in the municipalities that the study gives a growth;
    the rest must be made by another technology, or imported. A municipality where none ever
    arises is no source.

    Raises
    ------
    ConfigError
        If growth names a commodity that does not exist, or lacks one that nothing makes.
    """
    known = [str(k) for k in layers.generation.index.unique("commodity")]
    odd = [name for name in study.growth if name not in known and name not in taken]
    if found := unknown_keys(("growth",), odd, known, "commodity"):
        raise config.faults(found)
    elsewhere = made | set(study.imports)
    commodities = sorted({k for k in taken if k in study.growth or k not in elsewhere})
    if unknown := set(commodities) - set(known):
        message = f"no layer says where {some(unknown)} arises, expected one of {some(known, 20)}."
        raise config.fault(("technologies",), message)
    tables = [commodity_supply(config, study, layers, name) for name in commodities]
    if not tables:
        raise config.fault(("growth",), "nothing arises: no technology takes what growth names.")
    table = pd.concat(tables).sort_index()
    return table[table["supply_t"].groupby(level=["source", "commodity"]).transform("max") > 0]


def towns_in_scope(config: Config, study: Study, layers: Layers) -> pd.Index:
    """Return the municipalities whose waste the study is about."""
    towns = layers.municipalities
    if study.scope is None:
        return towns.index
    names = study.scope.prefectures
    codes = prefecture_codes(config, ("scope", "prefectures"), names, layers)
    return towns.index[towns["pref_code"].isin(codes)]


def commodity_supply(config: Config, study: Study, layers: Layers, name: str) -> pd.DataFrame:
    """Return the supply of one commodity: the national curve spread as it arises, or panels by age.

    A growth scenario is a national curve of tonnes. The year its index refers to is not the year
    of the national figure that `generation` spreads (turbines: 10 kt in 2025, 4.8 kt in 2024), so
    the layer of what arises gives each municipality its share and the curve gives the tonnes.
    """
    if name not in study.growth:
        raise config.fault(("growth",), f"growth has no scenario for '{name}'. Add one.")
    scenario = study.growth[name]
    if scenario == "vintage" and name == "pv_panel":
        wave = layers.pv_waste["supply_t"]
        rows = wave[wave.index.get_level_values("year").isin(study.periods.years)]
        supply = rows.rename_axis(index=["source", "period"]).reset_index()
    else:
        base = layers.generation["supply_t"].xs(name, level="commodity")
        share = base / base.sum()
        national_t = growth_path(config, study, layers, name, scenario, "national_t")
        supply = pd.DataFrame({t: share * national_t[t] for t in study.periods.years})
        supply = supply.rename_axis(index="source", columns="period").stack().rename("supply_t")
        supply = supply.reset_index()
    supply["commodity"] = name
    return supply.set_index(INDEX)[["supply_t"]]


def growth_path(
    config: Config, study: Study, layers: Layers, name: str, scenario: str, column: str
) -> dict[int, float]:
    """Return a `column` of the growth layer by period, linear between the years of the layer.

    Parameters
    ----------
    column : ``national_t`` [t/yr], or ``index_2025`` [-].
    """
    growth = layers.growth[column]
    if (name, scenario) not in growth.index.droplevel("year"):
        known = list(growth.xs(name, level="commodity").index.unique("scenario"))
        known += ["vintage"] if name == "pv_panel" else []
        near = get_close_matches(scenario, known, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        text = f"growth.{name} is '{scenario}', expected one of {known}.{hint}"
        raise config.fault(("growth", name), text)
    path = growth.loc[name, scenario]
    wanted = path.reindex(path.index.union(study.periods.years)).interpolate("index").ffill()
    return {year: float(wanted[year]) for year in study.periods.years}


def baseline_tables(
    figures: Figures, baselines: pd.DataFrame, supply: pd.DataFrame, towns: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the supply with its acquisition cost, and the baseline of every supply.

    Parameters
    ----------
    baselines : rows of the ``baselines`` table
    towns : index code; region, population
    """
    rules = baselines.set_index("commodity")
    parts = [
        priced(figures, rules.loc[name], group, towns)
        for name, group in supply.groupby(level="commodity")
    ]
    both = pd.concat(parts).sort_index()
    return (
        both[["supply_t", "acquisition_jpy_per_t"]],
        both[["cost_jpy_per_t", "kgco2e_per_t"]],
    )


def priced(
    figures: Figures, rule: pd.Series, supply: pd.DataFrame, towns: pd.DataFrame
) -> pd.DataFrame:
    """Return one commodity's supply with what it costs today and what collecting it costs.

    Where households have a fate and a price of their own, a municipality has the mean of theirs
    and of what business pays: which of the two is collected first is not modelled.
    """
    source = supply.index.get_level_values("source")
    regions = towns["region"]
    cost = regional(figures, rule["cost_key"], "JPY/t", regions)
    acquisition = regional(figures, rule["acquisition_key"], "JPY/t", regions)
    acquired = source.map(acquisition).to_numpy(float)
    if rule["acquisition_share_key"]:
        share = figures.amount(rule["acquisition_share_key"], "1")
        acquired = acquired * household_share(supply, towns["population"], share)
    kgco2e = figures.amount(rule["kgco2e_key"], "kgCO2e/t") if rule["kgco2e_key"] else 0.0
    if rule.get("household_share_key"):
        share = figures.amount(rule["household_share_key"], "1")
        at_home = household_share(supply, towns["population"], share)
        collected = figures.amount(rule["household_acquisition_key"], "JPY/t")
        burnt = figures.amount(rule["household_kgco2e_key"], "kgCO2e/t")
        acquired = at_home * collected + (1 - at_home) * acquired
        kgco2e = at_home * burnt + (1 - at_home) * kgco2e
    return supply.assign(
        acquisition_jpy_per_t=acquired,
        cost_jpy_per_t=source.map(cost).to_numpy(float),
        kgco2e_per_t=kgco2e,
    )


def household_share(supply: pd.DataFrame, population: pd.Series, share: float) -> pd.Series:
    """Return the part of each supply that arises in households, `share` of it nationwide [-]."""
    people = supply.index.get_level_values("source").map(population).to_numpy(float)
    total = supply["supply_t"].groupby(level="period").transform("sum")
    households_t = share * total * people / population.sum()
    return (households_t / supply["supply_t"].where(supply["supply_t"] > 0)).fillna(0).clip(0, 1)


def target_table(figures: Figures, targets: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    """Return the targets of the commodities that arise, and the penalty for missing them.

    Parameters
    ----------
    supply : (source, commodity, period); counts_to_target
    """
    counted = supply.index[supply["counts_to_target"] > 0].droplevel("source")
    wanted = targets.assign(period=targets["period"].astype(int))
    wanted = wanted.set_index(["commodity", "period"])[["min_collected_share"]].astype(float)
    held = wanted[wanted.index.isin(counted)].sort_index()
    return held.assign(shortfall_jpy_per_t=figures.amount(PENALTY, "JPY/t"))
