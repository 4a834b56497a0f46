"""Plants that stand or are being built: hubs whose opening cost is sunk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from models.instance import TABLES
from siting.assemble.hub.facility import hub_row
from siting.assemble.period import first_period
from siting.assemble.place import sites_by_point
from siting.errors import ConfigError, some

if TYPE_CHECKING:
    from siting.assemble.hub.technology import Process
    from siting.config import Study
    from siting.figures import Figures

SIZE = "existing"
"""Size of a plant that stands; a second one of its technology on the site is ``existing_2``."""

LEVELS = list(TABLES["hubs"].index)


OWN = ["site", "technology", "capacity_t_per_yr", "from_year", "may_close"]


class Plant(NamedTuple):
    """A plant of one technology at one site; `start` is the first period it runs in."""

    site: str
    technology: str
    start: int
    may_close: bool
    capacity_t: float


def standing_hubs(
    figures: Figures,
    study: Study,
    offered: dict[str, Process],
    existing: pd.DataFrame,
    sites: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the hubs that stand, and the orders for those that are being built.

    A plant treats the capacity of its row and costs what the facility table says of a plant of
    that size, its opening aside. One that starts after the first period is no standing one yet:
    its line is free to open, runs from its period on unless it may be given up, and not before.
    Plants of a technology that the study does not have, or on a site that it does not have, are
    left out.

    Parameters
    ----------
    existing : rows of existing.csv, text.
    sites : index site; detail, wage_index, …, points, the candidates a site stands for, and
        existing_t_per_yr, the plants that the study itself says stand there.
    """
    own = pd.DataFrame(own_plants(study, sites), columns=OWN)
    listed = existing if study.existing else existing.iloc[:0]
    plants = plants_here(study, offered, pd.concat([listed, own], ignore_index=True), sites)
    sizes = sizes_of(plants)
    rows = [
        dict(zip(LEVELS, (plant.site, plant.technology, size), strict=True))
        | plant_row(figures, study, offered[plant.technology], plant, sites.loc[plant.site])
        for plant, size in zip(plants, sizes, strict=True)
    ]
    orders = [
        (plant.site, plant.technology, size, period, 1.0, 1.0)
        for plant, size in zip(plants, sizes, strict=True)
        if plant.start > study.periods.start and not plant.may_close
        for period in study.periods.years
        if period >= plant.start
    ]
    spec = TABLES["orders"]
    ordered = pd.DataFrame(orders, columns=[*spec.index, *spec.columns])
    ordered = ordered.astype(dict.fromkeys(spec.columns, float)).set_index(list(spec.index))
    hubs = pd.DataFrame(rows) if rows else pd.DataFrame(columns=LEVELS)
    return hubs.set_index(LEVELS), ordered


def own_plants(study: Study, sites: pd.DataFrame) -> list[tuple[str, str, float, int, str]]:
    """Return the plants that the study itself says stand at its sites, as rows of existing.csv."""
    return [
        (str(site), technology, capacity_t, study.periods.start, "yes")
        for site, plants in sites["existing_t_per_yr"].items()
        for technology, capacity_t in plants.items()
    ]


def plant_row(
    figures: Figures, study: Study, technology: Process, plant: Plant, place: pd.Series
) -> dict[str, float]:
    """Return the columns of the hub that `plant` is."""
    built = hub_row(figures, study, technology, plant.capacity_t, place)
    return built | {
        "capacity_t": plant.capacity_t,
        "max_lines": 1.0,
        "opening_jpy": 0.0,
        "min_utilisation": 0.0,
        "stands": float(plant.start == study.periods.start),
        "may_close": float(plant.may_close),
        "earliest_period": float(plant.start),
    }


def plants_here(
    study: Study, offered: dict[str, Process], existing: pd.DataFrame, sites: pd.DataFrame
) -> list[Plant]:
    """Return the plants of the study; those at one site that differ in nothing else are one.

    Raises
    ------
    ConfigError
        If a capacity or a year is no number above 0.
    """
    home = sites_by_point(sites)
    rows = existing[existing["technology"].isin(offered) & existing["site"].isin(home)]
    numbers = rows[["capacity_t_per_yr", "from_year"]].apply(pd.to_numeric, errors="coerce")
    if odd := list(rows["site"][~(numbers > 0).all(axis=1)]):
        text = f"existing.csv: capacity_t_per_yr or from_year of {some(odd)} is no number above 0."
        raise ConfigError(f"{text} Correct the row.")
    columns = {
        "site": rows["site"].map(home),
        "technology": rows["technology"],
        "start": [first_period(study, year) for year in numbers["from_year"]],
        "may_close": rows["may_close"] == "yes",
        "capacity_t": numbers["capacity_t_per_yr"].astype(float),
    }
    table = pd.DataFrame(columns)
    table = table[table["start"] <= study.periods.end]
    plants = table.groupby(list(columns)[:-1], as_index=False).sum()
    return [Plant(*row) for row in plants.itertuples(index=False, name=None)]


def sizes_of(plants: list[Plant]) -> list[str]:
    """Return the size that each plant is called by on its site."""
    seen: dict[tuple[str, str], int] = {}
    sizes = []
    for plant in plants:
        pair = (plant.site, plant.technology)
        seen[pair] = seen.get(pair, 0) + 1
        sizes.append(SIZE if seen[pair] == 1 else f"{SIZE}_{seen[pair]}")
    return sizes


def plant_sites(hubs: pd.DataFrame) -> pd.Index:
    """Return the sites where a plant stands or is being built."""
    is_plant = hubs.index.get_level_values("size").str.startswith(SIZE)
    return hubs.index[is_plant].unique("site")
