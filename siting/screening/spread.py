"""The choice of sites to propose: which cells compete, what each can serve, which are near."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from siting.network.road import on_sphere
from siting.screening.cell import KM_PER_DEGREE

if TYPE_CHECKING:
    from siting.config_screening import Spread
    from siting.layers import Layers
    from siting.screening import Screened

TILES = 2
"""Tiles to a spacing: of each tile the best cell competes."""

COLUMNS = [
    "name_ja", "name_en", "pref_code", "pref_ja", "muni_code", "confidence", "source",
    "region", "cell", "score", "reach_share",
]  # fmt: skip


class Contest(NamedTuple):
    """What one region's choice is made from.

    Attributes
    ----------
    worth : index (code of a municipality in reach, cell): its supply share times the score.
    near : pairs of cells nearer than the spacing.
    """

    worth: pd.Series
    near: list[tuple[int, int]]


def contest(screened: Screened, region: str, supply: pd.DataFrame, spread: Spread) -> Contest:
    """Return the cells that compete in `region` and what they are worth.

    Parameters
    ----------
    supply : index code; share of the supply, lat, lon, region.
    """
    cells = rivals(screened, region, spread)
    towns = supply[(supply["region"] == region) & (supply["share"] > 0)]
    places = on_sphere(cells["lat"].to_numpy(), cells["lon"].to_numpy())
    tree = KDTree(places)
    pairs = tree.query_pairs(spread.spacing_km, output_type="ndarray") if len(cells) else []
    number = cells.index.to_numpy()
    near = [(int(min(p)), int(max(p))) for p in (number[pair] for pair in pairs)]
    halls = on_sphere(towns["lat"].to_numpy(), towns["lon"].to_numpy())
    reach = tree.query_ball_point(halls, spread.reach_km) if len(cells) and len(towns) else []
    rows = [
        (code, int(number[h]), share * cells["score"].iloc[h])
        for code, share, own in zip(towns.index, towns["share"], reach, strict=True)
        for h in own
    ]
    table = pd.DataFrame(rows, columns=["source", "cell", "worth"])
    return Contest(table.set_index(["source", "cell"])["worth"], near)


def rivals(screened: Screened, region: str, spread: Spread) -> pd.DataFrame:
    """Return the best cell of each tile of `region` among those that pass, with its score."""
    cells = screened.grid.cells.assign(score=screened.score)
    cells = cells[screened.passes & (cells["region"] == region) & cells["score"].notna()]
    side_km = spread.spacing_km / TILES
    north = np.floor(cells["lat"] * KM_PER_DEGREE / side_km)
    wide = np.cos(np.radians((north + 0.5) * side_km / KM_PER_DEGREE))
    east = np.floor(cells["lon"] * KM_PER_DEGREE * wide / side_km)
    best = cells.assign(north=north, east=east).sort_values(
        ["score", "row", "column"], ascending=[False, True, True]
    )
    return best.drop_duplicates(["north", "east"]).sort_index()


def proposed_sites(
    screened: Screened, layers: Layers, chosen: dict[str, list[int]], supply: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Return the `chosen` cells by region as points with names, as a layer of candidates.

    Returns
    -------
    index id; the columns of ``COLUMNS``: reach_share is the share of the study's supply whose
        municipal halls lie in reach of the cell [-]
    """
    numbers = [cell for region in sorted(chosen) for cell in chosen[region]]
    cells = screened.grid.cells.loc[numbers]
    towns = layers.municipalities.loc[cells["muni_code"]]
    order = cells.groupby("muni_code").cumcount() + 1
    again = cells["muni_code"].duplicated(keep=False)
    suffix = [f" {n}" if more else "" for n, more in zip(order, again, strict=True)]
    halls = KDTree(on_sphere(supply["lat"].to_numpy(), supply["lon"].to_numpy()))
    reach_km = screened.study.screening.spread.reach_km
    reach = (
        halls.query_ball_point(
            on_sphere(cells["lat"].to_numpy(), cells["lon"].to_numpy()), reach_km
        )
        if len(cells)
        else []
    )
    table = pd.DataFrame(
        {
            "id": [f"SP{number:06d}" for number in numbers],
            "name_ja": [f"{n}{s}(適地)" for n, s in zip(towns["name_ja"], suffix, strict=True)],
            "name_en": [
                f"{n}{s} (screened)" for n, s in zip(towns["name_en"], suffix, strict=True)
            ],
            "pref_code": cells["pref_code"].to_numpy(),
            "pref_ja": towns["pref_ja"].to_numpy(),
            "muni_code": cells["muni_code"].to_numpy(),
            "confidence": "estimate",
            "source": "screening",
            "region": cells["region"].to_numpy(),
            "cell": numbers,
            "score": screened.score.loc[numbers].to_numpy(),
            "reach_share": [float(supply["share"].iloc[own].sum()) for own in reach],
        }
    )
    points = gpd.points_from_xy(cells["lon"], cells["lat"])
    return gpd.GeoDataFrame(table, geometry=points, crs="EPSG:4326").set_index("id").sort_index()
