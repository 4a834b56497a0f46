"""The tables and the GeoTIFF of a screening."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import rasterio

from siting.screening.cell import CRS, cell_of

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from siting.screening import Screened

NOTHING = -1.0
"""Value of the GeoTIFF where there is no land, or no score."""

PLACE = ["lat", "lon", "row", "column", "pref_code", "muni_code", "region"]
SAID = ["name_ja", "name_en", "pref_ja", "muni_code", "detail", "lat", "lon"]
"""Columns of a candidate that say what it is."""


def candidate_table(screened: Screened, sites: pd.DataFrame) -> pd.DataFrame:
    """Return what the screening says of the cell of each of `sites`.

    Returns
    -------
    index site; what the site is; cell, score, passes, excluded_by (criteria, ``;``), and for each
        criterion its value, and its score where it has a weight
    """
    cell = cell_of(screened.grid, sites["lat"], sites["lon"])
    fails = screened.fails.iloc[cell]
    table = sites[SAID].assign(
        cell=cell,
        score=screened.score.iloc[cell].round(4).to_numpy(),
        passes=screened.passes.iloc[cell].to_numpy(),
        excluded_by=[";".join(fails.columns[row]) for row in fails.to_numpy()],
    )
    for name in screened.amounts:
        table[name] = screened.amounts[name].iloc[cell].round(4).to_numpy()
        if name in screened.scores:
            table[f"{name}_score"] = screened.scores[name].iloc[cell].round(4).to_numpy()
    return table.rename_axis("site").sort_values(["score", "detail"], ascending=[False, True])


def cell_table(screened: Screened) -> pd.DataFrame:
    """Return every cell with its values, scores, and what excludes it."""
    return pd.concat(
        [
            screened.grid.cells[PLACE],
            screened.score.astype("float32"),
            screened.passes.rename("passes"),
            screened.amounts.astype("float32"),
            screened.scores.astype("float32").add_suffix("_score"),
            screened.fails.add_suffix("_fails"),
        ],
        axis=1,
    )


def suitability(screened: Screened) -> tuple[np.ndarray, np.ndarray]:
    """Return two bands on the whole grid: the score of what passes, and how many exclude it."""
    score = screened.score.where(screened.passes).fillna(NOTHING).to_numpy()
    count = screened.fails.sum(axis=1).to_numpy(float)
    return screened.grid.full(score, NOTHING), screened.grid.full(count, NOTHING)


def write_suitability(path: Path, screened: Screened) -> None:
    """Write the bands of `suitability` as a GeoTIFF."""
    score, count = suitability(screened)
    profile = {
        "driver": "GTiff",
        "height": score.shape[0],
        "width": score.shape[1],
        "count": 2,
        "dtype": "float32",
        "crs": CRS,
        "transform": screened.grid.transform,
        "nodata": NOTHING,
        "compress": "deflate",
        "predictor": 3,
    }
    with rasterio.open(path, "w", **profile) as raster:
        raster.write(score, 1)
        raster.write(count, 2)
        raster.set_band_description(1, "score of the cells that pass, 0 to 1")
        raster.set_band_description(2, "number of criteria that exclude the cell")
        raster.update_tags(study=screened.study.study)


def screening_record(screened: Screened, sites: pd.DataFrame) -> dict[str, Any]:
    """Return the figures of a screening for ``--json`` and screening.json."""
    used = screened.criteria
    return {
        "study": screened.study.study,
        "cells": len(screened.amounts),
        "cells_that_pass": int(screened.passes.sum()),
        "criteria": json.loads(
            used[["weight", "covered_share", "removed", "removed_alone", "left"]].to_json(
                orient="index", double_precision=6
            )
        ),
        "absent": {
            name: f"{row['layer']}: {row['note']}" for name, row in screened.absent.iterrows()
        },
        "proposed": int((sites["detail"] == "screening").sum()),
    }
