"""The value of a criterion in every cell, and whether its layer reaches there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from siting.errors import LayerError, some
from siting.network.road import find_roads
from siting.screening.raster import zone_values
from siting.screening.vector import covered_share, distance_km, highest, within_bounds

if TYPE_CHECKING:
    from siting.config_screening import Criterion
    from siting.screening.cell import Grid
    from siting.screening.library import Library

    Array = npt.NDArray[np.float64]

LEAST_COVERED = 0.95
"""Share of the cells that a layer must reach; rasters end at a coast of their own [-]."""


@dataclass(frozen=True)
class Measured:
    """Values of one criterion; NaN where the layer does not reach.

    Attributes
    ----------
    covered : share of the cells with a value [-].
    """

    amounts: Array
    covered: float


def measured(criterion: Criterion, grid: Grid, library: Library) -> Measured:
    """Return the values of `criterion` on `grid`.

    Raises
    ------
    LayerError
        If the layer is not of the kind the measure needs, or reaches too few cells and the study
        does not say what to do there.
    """
    values = values_of(criterion, grid, library)
    covered = float(np.isfinite(values).mean())
    if covered < LEAST_COVERED and (criterion.uncovered or "refuse") == "refuse":
        raise LayerError(coverage_fault(criterion, grid, values, covered, library))
    return Measured(values, covered)


def values_of(criterion: Criterion, grid: Grid, library: Library) -> Array:
    """Return the values as the measure says."""
    name, measure = str(criterion.layer), criterion.measure
    if measure == "distance":
        return distance_km(grid, shapes_of(name, criterion, library))
    if measure == "municipality":
        return municipal(criterion, grid, library)
    if measure == "prefecture":
        inside = library.features("prefectures", criterion.where).index
        return np.asarray(grid.cells["pref_code"].isin(inside), dtype=float)
    if measure == "share" or library.kind(name) == "vector":
        return area_values(criterion, grid, library)
    path = library.path(name, "raster")
    return zone_values(path, grid, str(measure), criterion.within_km)


def area_values(criterion: Criterion, grid: Grid, library: Library) -> Array:
    """Return what the areas of a layer cover, or their highest value; NaN where it says nothing.

    It speaks of the prefectures that its entry names, else of the frame around all its areas.
    """
    name = str(criterion.layer)
    path = library.path(name, "vector")
    if criterion.measure not in {"share", "highest"}:
        text = f"{path}: {criterion.measure} needs a raster, and this is areas."
        raise LayerError(f"{text} Choose share, highest or distance.")
    areas = library.features(name, criterion.where)
    shapes = areas.geometry.to_numpy()
    if criterion.measure == "share":
        values = covered_share(grid, shapes)
    else:
        values = highest(grid, areas, criterion.column, str(path))
    if covers := library.covers(name):
        reached = grid.cells["pref_code"].isin(covers).to_numpy() | (values > 0)
    else:
        reached = within_bounds(grid, library.features(name).geometry.to_numpy())
    return np.where(reached, values, np.nan)


def shapes_of(name: str, criterion: Criterion, library: Library) -> npt.NDArray[np.object_]:
    """Return the features to measure the distance to: of a layer, or the roads of a graph."""
    if library.kind(name) != "graph":
        return np.asarray(library.features(name, criterion.where).geometry.to_numpy())
    roads = find_roads(library.path(name, "graph"))
    u, v = roads.u[~roads.is_ferry], roads.v[~roads.is_ferry]
    ends = np.stack([np.column_stack([roads.lon[n], roads.lat[n]]) for n in (u, v)], axis=1)
    return np.asarray(shapely.linestrings(ends))


def municipal(criterion: Criterion, grid: Grid, library: Library) -> Array:
    """Return the figure of the municipality that each cell belongs to."""
    towns = library.municipal_table(str(criterion.layer))
    columns = [name for name in (criterion.column, criterion.per) if name]
    if unknown := [name for name in columns if name not in towns.columns]:
        known = some(towns.select_dtypes("number").columns, limit=20)
        raise LayerError(f"{criterion.layer}: no column {some(unknown)}, expected one of {known}.")
    figure = towns[columns[0]].astype(float)
    if criterion.per:
        figure = figure / towns[criterion.per].astype(float)
    return np.asarray(grid.cells["muni_code"].map(figure), dtype=float)


def coverage_fault(
    criterion: Criterion, grid: Grid, values: Array, covered: float, library: Library
) -> str:
    """Return the message on a layer that reaches too few cells."""
    bare = pd.Series(~np.isfinite(values)).groupby(grid.cells["pref_code"].to_numpy()).mean()
    names = library.layers.prefectures["name_ja"]
    empty = [str(names[code]) for code in bare.index[bare > 0.5]]
    where = f" and hardly any of {', '.join(empty[:5])}" if empty else ""
    more = f" (+{len(empty) - 5} more)" if len(empty) > 5 else ""
    return (
        f"layer '{criterion.layer}' covers {covered:.0%} of the land that is screened{where}{more}"
        ". Bring the rest, restrict screening.prefectures, or say uncovered: neutral or exclude."
    )
