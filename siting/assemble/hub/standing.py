"""Plants that stand or are being built: hubs whose opening cost is sunk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from models.instance import TABLES
from siting.assemble.hub.facility import hub_row
from siting.errors import ConfigError, some

if TYPE_CHECKING:
    from siting.assemble.hub.technology import Process
    from siting.config import Study
    from siting.figures import Figures

SIZE = "existing"


class Plant(NamedTuple):
    """What stands of one technology at one site."""

    site: str
    technology: str
    capacity_t: float
    from_year: int
    may_close: bool


def standing_hubs(
    figures: Figures,
    study: Study,
    offered: dict[str, Process],
    existing: pd.DataFrame,
    sites: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the hubs that stand, and the orders for those that are being built.

    A plant that starts after the first period is no standing one yet: its line is free to open,
    must run from its period on, and cannot before. Plants of a technology that the study does not
    have, or on a site that it does not have, are left out.

    Parameters
    ----------
    existing : rows of existing.csv, text.
    sites : index site; detail, wage_index, …, and ``points``, the candidates it stands for.
    """
    empty = pd.DataFrame(columns=["site", "technology", "size"]).set_index(
        ["site", "technology", "size"]
    )
    plants = plants_here(offered, existing, sites) if study.existing else []
    rows: list[dict[str, Any]] = []
    orders: list[tuple[Any, ...]] = []
    for plant in plants:
        row = hub_row(
            figures, study, offered[plant.technology], plant.capacity_t, sites.loc[plant.site]
        )
        start = first_period(study, plant.from_year)
        built = start == study.periods.start
        sunk = {"max_lines": 1.0, "opening_jpy": 0.0, "min_utilisation": 0.0}
        rows.append(
            {"site": plant.site, "technology": plant.technology, "size": SIZE, **row, **sunk}
            | {"stands": float(built), "may_close": float(plant.may_close)}
            | {"earliest_period": float(start)}
        )
        if not built and not plant.may_close:
            running = [t for t in study.periods.years if t >= start]
            orders += [(plant.site, plant.technology, SIZE, t, 1.0, 1.0) for t in running]
    table = pd.DataFrame(rows).set_index(empty.index.names) if rows else empty
    spec = TABLES["orders"]
    ordered = pd.DataFrame(orders, columns=[*spec.index, *spec.columns])
    return table, ordered.astype(dict.fromkeys(spec.columns, float)).set_index(list(spec.index))


def plants_here(
    offered: dict[str, Process], existing: pd.DataFrame, sites: pd.DataFrame
) -> list[Plant]:
    """Return the plants of the study, those of one technology at one site together."""
    home = {point: site for site, points in sites["points"].items() for point in points}
    rows = existing[existing["technology"].isin(offered) & existing["site"].isin(home)]
    capacity_t = pd.to_numeric(rows["capacity_t_per_yr"], errors="coerce")
    if odd := list(rows["site"][~(capacity_t > 0)]):
        raise ConfigError(f"existing.csv: capacity_t_per_yr of {some(odd)} is not above 0.")
    table = pd.DataFrame(
        {
            "site": rows["site"].map(home),
            "technology": rows["technology"],
            "capacity_t": capacity_t,
            "from_year": rows["from_year"].astype(int),
            "may_close": rows["may_close"] == "yes",
        }
    )
    how = {"capacity_t": "sum", "from_year": "max", "may_close": "all"}
    plants = table.groupby(["site", "technology"]).agg(how).reset_index()
    return [Plant(*row) for row in plants.itertuples(index=False, name=None)]


def first_period(study: Study, year: int) -> int:
    """Return the first period that starts in or after `year`; the first one for older plants.

    A plant that opens within the first half of a period counts for the whole of it.
    """
    half = study.periods.step_years / 2
    later = [t for t in study.periods.years if t + half > year]
    return later[0] if later else study.periods.end
