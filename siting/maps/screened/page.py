"""candidates.html: one file with the map of scores and the tables, Japanese and English."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from folium.raster_layers import ImageOverlay

from siting.maps.drawing import Drawing, Parts
from siting.maps.extent import first_view
from siting.maps.offline import LeanMap, SelfContainedFigure, Verbatim
from siting.maps.outline import STEP_DEG, prefecture_rings
from siting.maps.page import asset_text
from siting.maps.screened.words import KINDS, WORDS
from siting.screening.output import NOTHING, suitability
from siting.writing import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from siting.screening import Screened

RAMP = ((68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37))
"""Colours from score 0 to 1, legible without red and green (viridis)."""

EXCLUDED = (150, 150, 150, 110)
"""Colour of land that a criterion excludes."""

OPAQUE = 205
DIGITS = 3
"""Significant digits of a value shown."""


def asset(name: str) -> str:
    """Return one of the page's own files."""
    return files("siting.maps.screened").joinpath("assets", name).read_text(encoding="utf-8")


def page_html(screened: Screened, candidates: pd.DataFrame, outlines: gpd.GeoDataFrame) -> str:
    """Return the page; the same screening gives the same bytes.

    Parameters
    ----------
    candidates : as ``screening.output.candidate_table`` gives them.
    """
    study = screened.study
    figure = SelfContainedFigure(title=f"{study.title_ja} {WORDS['title'][0]}")
    top = asset("head.html").replace("NOSCRIPT", WORDS["noscript"][0])
    figure.html.add_child(Verbatim(top), "page_head")
    places = screened.grid.cells[["lat", "lon"]].assign(kind="cell")
    view = first_view(places)
    leaflet = LeanMap(location=[36.0, 138.0], tiles=None, zoom_start=5)
    leaflet.options.update(zoom_snap=0.25, min_zoom=4, max_zoom=13, attribution_control=False)
    leaflet._id = "screening"  # Folium's own is random, and the page must not be
    image = ImageOverlay(on_mercator(score_image(screened), bounds(screened)), bounds(screened))
    image._id = "scores"
    leaflet.add_child(image, "scores")
    script = "\n".join([asset_text("element.js"), asset_text("line.js"), asset("page.js")])
    parts = Parts("screening", asset("page.css"), asset("body.html"), script)
    data = page_data(screened, candidates, outlines, view)
    leaflet.add_child(Drawing(parts, data), "drawing")
    figure.add_child(leaflet, "map")
    page: str = figure.render()
    return page


def write_page(
    path: Path, screened: Screened, candidates: pd.DataFrame, outlines: gpd.GeoDataFrame
) -> None:
    """Write the page to `path`, whole or not at all."""
    write_whole(path, page_html(screened, candidates, outlines))


def bounds(screened: Screened) -> list[list[float]]:
    """Return the south-west and north-east corner of the part of the grid that is drawn."""
    (top, bottom), (left, right) = frame(screened)
    at = screened.grid.transform
    south, north = at.f + bottom * at.e, at.f + top * at.e
    return [
        [round(float(south), 6), round(float(at.c + left * at.a), 6)],
        [round(float(north), 6), round(float(at.c + right * at.a), 6)],
    ]


def frame(screened: Screened) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the rows and columns of the grid between which there is land."""
    cells = screened.grid.cells
    return (
        (int(cells["row"].min()), int(cells["row"].max()) + 1),
        (int(cells["column"].min()), int(cells["column"].max()) + 1),
    )


def score_image(screened: Screened) -> np.ndarray:
    """Return the scores as red, green, blue and opacity, excluded land grey, sea clear."""
    (top, bottom), (left, right) = frame(screened)
    score, count = (band[top:bottom, left:right] for band in suitability(screened))
    stops = np.linspace(0, 1, len(RAMP))
    image = np.zeros((*score.shape, 4), dtype=np.uint8)
    for channel in range(3):
        image[..., channel] = np.interp(score, stops, [colour[channel] for colour in RAMP])
    image[..., 3] = np.where(score != NOTHING, OPAQUE, 0)
    image[count > 0] = EXCLUDED
    return image


def on_mercator(image: np.ndarray, corners: list[list[float]]) -> np.ndarray:
    """Return an image of rows of equal latitude with rows of equal height on a Mercator map."""
    (south, _), (north, _) = corners
    top, bottom = (np.arctanh(np.sin(np.radians(lat))) for lat in (north, south))
    height = round(len(image) * np.degrees(top - bottom) / (north - south))
    middle = top - (np.arange(height) + 0.5) / height * (top - bottom)
    lat = np.degrees(np.arcsin(np.tanh(middle)))
    row = (north - lat) / (north - south) * len(image)
    return np.asarray(image[np.clip(row.astype(int), 0, len(image) - 1)])


def page_data(
    screened: Screened,
    candidates: pd.DataFrame,
    outlines: gpd.GeoDataFrame,
    view: list[list[float]],
) -> dict[str, Any]:
    """Return what the page shows, in text, whole numbers and short decimals."""
    names = [*screened.criteria.index]
    study = screened.study
    return {
        "title": [study.title_ja, study.title_en],
        "words": {key: list(pair) for key, pair in sorted(WORDS.items())},
        "kinds": {key: list(pair) for key, pair in sorted(KINDS.items())},
        "ramp": [list(colour) for colour in RAMP],
        "view": view,
        "step_deg": STEP_DEG,
        "outlines": prefecture_rings(outlines),
        "cells": len(screened.amounts),
        "passing": int(screened.passes.sum()),
        "criteria": [criterion_row(name, row) for name, row in screened.criteria.iterrows()],
        "absent": [
            [[row["title_ja"], row["title_en"]], row["layer"], row["note"]]
            for _, row in screened.absent.iterrows()
        ],
        "rules": [
            [
                [row["criterion_ja"], row["criterion_en"]],
                row["value"],
                row["unit"],
                row["source"],
                row["confidence"],
            ]
            for _, row in screened.rules.iterrows()
        ],
        "sites": [site_row(str(site), row, names) for site, row in candidates.iterrows()],
    }


def criterion_row(name: str, row: pd.Series) -> dict[str, Any]:
    """Return one criterion as the page shows it."""
    numbers = ("exclude_below", "exclude_above", "worst", "best", "weight", "covered_share")
    counts = ("removed", "removed_alone", "left")
    return {
        "key": name,
        "title": [row["title_ja"], row["title_en"]],
        "unit": "" if row["unit"] in {None, "1"} else row["unit"],
        "source": row["source"],
        "confidence": row["confidence"],
        **{key: short(row[key]) for key in numbers},
        **{key: int(row[key]) for key in counts},
    }


def site_row(site: str, row: pd.Series, names: list[str]) -> dict[str, Any]:
    """Return one candidate as the page shows it."""
    return {
        "id": site,
        "name": [row["name_ja"], row["name_en"]],
        "pref": row["pref_ja"],
        "kind": row["detail"],
        "lat": round(float(row["lat"]), 4),
        "lon": round(float(row["lon"]), 4),
        "score": short(row["score"] * 100),
        "passes": bool(row["passes"]),
        "excluded_by": [name for name in row["excluded_by"].split(";") if name],
        "values": [short(row[name]) for name in names],
        "scores": [short(row.get(f"{name}_score")) for name in names],
    }


def short(value: Any) -> float | None:
    """Return a number with few digits, or nothing where it is not known."""
    if value is None or pd.isna(value):
        return None
    return float(f"{float(value):.{DIGITS}g}")
