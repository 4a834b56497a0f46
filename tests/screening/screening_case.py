"""Rasters and catalogues that the tests of screening write by hand."""

from pathlib import Path

import numpy as np
import rasterio
import yaml

from siting.layers.catalog import checksum

STUDY = """\
study: shikoku
title_ja: 四国
title_en: Shikoku
periods: {start: 2030, end: 2030, step_years: 5}
discount_rate: 0.05
carbon_price: none
growth: {pv_panel: base}
technologies: [pv_recycling]
scope: {prefectures: [香川県, 徳島県, 愛媛県, 高知県]}
candidates:
  from: [eco_towns]
  only: [愛媛県, 香川県, 高知県]
screening:
  prefectures: [香川県, 徳島県, Ehime, Kochi]
"""


def at_corner(west: float, north: float, size: float) -> rasterio.Affine:
    """Return where the pixels of a raster lie, by its north-western corner."""
    return rasterio.Affine(size, 0.0, west, 0.0, -size, north)


def write_raster(path: Path, values: np.ndarray, transform: rasterio.Affine, crs: str) -> Path:
    """Write `values` as a GeoTIFF; -9 is no value."""
    profile = {"driver": "GTiff", "height": values.shape[0], "width": values.shape[1], "count": 1}
    profile |= {"dtype": "float64", "crs": crs, "transform": transform, "nodata": -9.0}
    with rasterio.open(path, "w", **profile) as raster:
        raster.write(values, 1)
    return path


def write_catalog(folder: Path, *entries: tuple[str, str, str, str]) -> None:
    """Write a catalogue of (name, file, kind, CRS) for the files in `folder`."""
    rest = {"title_ja": "試験", "title_en": "Test", "rows": 1, "source": "test", "url": ""}
    rest |= {"licence": "CC0", "vintage": "2024"}
    rows = [
        {"name": name, "file": file, "kind": kind, "crs": crs, "sha256": checksum(folder / file)}
        | rest
        for name, file, kind, crs in entries
    ]
    (folder / "catalog.yaml").write_text(yaml.safe_dump({"layers": rows}), encoding="utf-8")
