"""An instance in which every table has rows and every law has something to say."""

from dataclasses import replace

import pandas as pd
from model_case import SHIP, rows_of, with_column, with_port, with_ship

from models import Instance
from models.spec import TABLES

INF = float("inf")
PLASTIC, OTHER = "plastic_recycling", "other_recycling"
PELLET, WASTE, RESIDUE = "recycled_pellet", "waste_plastic", "residue"


def names_of(name: str, *rows: tuple[str, ...]) -> pd.DataFrame:
    """Return `rows` as the table `name`, which has no columns."""
    return pd.DataFrame(index=pd.MultiIndex.from_tuples(rows, names=list(TABLES[name].index)))


def two_sites(toy: Instance) -> Instance:
    """Return the toy with a port and a ship, a twin K of its site, lanes between them.

    The small lines at H stand. A second technology may run there.
    """
    data = with_port(with_ship(toy, min_lot_t=20), SHIP, 30)
    hubs = data.hubs.assign(
        stands=[0.0, 1.0], may_close=[0.0, 1.0], min_utilisation=0.1, land_m2=[300.0, 200.0],
        heat_mj_per_t=2.0, jobs=[12.0, 8.0], labour_jpy_per_yr=[60_000.0, 40_000.0],
    )  # fmt: skip
    new = hubs.assign(stands=0.0, may_close=0.0)
    lane = pd.DataFrame(
        [(*ends, "truck", PELLET, 10, 1, 100, 1) for ends in (("H", "K"), ("K", "H"), ("K", "J"))]
        + [("A", "K", "truck", WASTE, 30, 1, 1_500, 5)],
        columns=[*data.arcs.index.names, *data.arcs.columns],
    )
    return replace(
        data,
        hubs=pd.concat(
            [
                hubs,
                new.rename(index={PLASTIC: OTHER}, level="technology"),
                new.rename(index={"H": "K"}, level="site"),
            ]
        ),
        recipes=pd.concat([data.recipes, data.recipes.rename(index={PLASTIC: OTHER})]),
        arcs=pd.concat([data.arcs, lane.set_index(list(data.arcs.index.names))]),
    )


def filled(toy: Instance) -> Instance:
    """Return the toy with rows in every table; it has a plan."""
    data = with_column(
        two_sites(toy), "supply", collectable_share=0.95, acquisition_jpy_per_t=100.0
    )
    data = with_column(data, "periods", carbon_price_jpy_per_t=1_000.0)
    data = with_column(
        data, "sinks", contracted_t=30.0, contract_shortfall_jpy_per_t=70_000.0, virgin_t_per_t=0.9
    )
    years = (2025, 2030)
    return replace(
        data,
        sites=rows_of("sites", ("H", 300_000.0, 0.1, 900.0, 1.0),
                      ("K", 200_000.0, 0.1, 600.0, 0.0)),
        regions=names_of("regions", ("shikoku", "H"), ("shikoku", "A"), ("east", "B")),
        energy=rows_of("energy", *(("shikoku", t, 2.0, 1.0, 0.4, 0.05) for t in years)),
        salvage=rows_of("salvage", (OTHER, 2025, 0.9), (OTHER, 2030, 0.5),
                        ("K", 2025, 0.8), ("K", 2030, 0.4)),
        regional_targets=rows_of("regional_targets", ("east", WASTE, 2030, 0.5, 90_000.0)),
        budgets=rows_of("budgets", (2030, 3_000_000.0)),
        hub_counts=rows_of("hub_counts", ("few", 1.0)),
        counted=names_of("counted", ("few", "H", PLASTIC), ("few", "K", PLASTIC)),
        incompatible=names_of("incompatible", (PLASTIC, OTHER)),
        orders=rows_of("orders", ("K", PLASTIC, "large", 2025, 0.0, 1.0)),
        site_shares=rows_of("site_shares", (WASTE, 2025, 1.0)),
        disposal_limits=rows_of("disposal_limits", (RESIDUE, 2030, 100.0)),
        limits=rows_of("limits", ("jobs", 2030, 5.0, INF)),
        horizon_limits=rows_of("horizon_limits", ("kgco2e", -INF, 1e9)),
    )  # fmt: skip
