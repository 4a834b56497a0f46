"""Put a layer into the user's own folder: the file, then the catalogue that names it, in one step.

The file has a name of its own for every content, so that the catalogue, which is replaced whole,
always names whole files: what breaks off in between leaves the folder as it was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import rasterio
import yaml
from rasterio.shutil import copy as copy_raster

from siting.errors import LayerError
from siting.layers.catalog import Entry, checksum, read_catalog
from siting.layers.folder import CATALOG
from siting.layers.official.mesh import NO_VALUE, Raster
from siting.writing import write_whole

if TYPE_CHECKING:
    from siting.layers.brought.download import Original

Kind = Literal["vector", "raster", "table"]

HEADER = "# Written by `siting layers fetch` and `siting layers import`; remarks here are lost.\n"

ENDINGS: dict[Kind, str] = {"vector": "gpkg", "raster": "tif", "table": "csv"}

WRITTEN = "2025-01-01T00:00:00Z"
"""Time of writing in a GeoPackage, fixed so that the same features give the same bytes."""


@dataclass(frozen=True)
class Said:
    """What is said of a layer: whose it is, of when, under which terms."""

    title_ja: str
    title_en: str
    source: str
    url: str
    licence: str
    vintage: str


@dataclass(frozen=True)
class Brought:
    """A layer that was read and checked, not yet written.

    Attributes
    ----------
    content : features, a table, a raster, or the file of one that is taken over.
    bounds : west, south, east, north of it [degree]; none for a table.
    originals : the files it was made of.
    absent : addresses where the publisher has no file.
    covers : codes of the prefectures that it speaks of; empty if that is not known.
    """

    name: str
    content: gpd.GeoDataFrame | pd.DataFrame | Raster | Path
    said: Said
    originals: tuple[Original, ...]
    bounds: tuple[float, float, float, float] | None = None
    absent: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """Return what the layer is."""
        if isinstance(self.content, gpd.GeoDataFrame):
            return "vector"
        return "table" if isinstance(self.content, pd.DataFrame) else "raster"

    @property
    def columns(self) -> list[str]:
        """Return the names of its columns; none of a raster."""
        return [] if isinstance(self.content, (Raster, Path)) else list(self.content.columns)


def register(brought: Brought, folder: Path) -> Entry:
    """Write `brought` into `folder`, and its entry into the catalogue there, replacing an earlier.

    Raises
    ------
    LayerError
        If the catalogue there is broken, or the layer cannot be written; nothing is changed then.
    """
    earlier = read_catalog(folder).layers if (folder / CATALOG).is_file() else ()
    files = {one.file for one in earlier}
    was_there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix=f".{brought.name}-", dir=folder))
    written: list[Path] = []
    try:
        draft = home / f"{brought.name}.{ENDINGS[brought.kind]}"
        entry = entry_of(brought, draft, *write_content(brought, draft))
        if entry.file not in files:
            written.append(folder / entry.file)
        os.replace(draft, folder / entry.file)
        entries = [*(one for one in earlier if one.name != entry.name), entry]
        write_catalog(folder, entries)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(home, ignore_errors=True)
        if not was_there and not (folder / CATALOG).exists():
            shutil.rmtree(folder, ignore_errors=True)
    for old in files - {one.file for one in entries}:
        (folder / old).unlink(missing_ok=True)
    return entry


def write_catalog(folder: Path, entries: list[Entry]) -> None:
    """Write the catalogue of `folder`, whole."""
    rows = [entry.model_dump(mode="json", exclude_defaults=True) for entry in entries]
    text = yaml.safe_dump({"layers": rows}, allow_unicode=True, sort_keys=False, width=100)
    write_whole(folder / CATALOG, HEADER + text)


def entry_of(brought: Brought, draft: Path, rows: int, crs: str | None) -> Entry:
    """Return the entry of what was written to `draft`."""
    sha256 = checksum(draft)
    return Entry(
        name=brought.name,
        file=f"{brought.name}-{sha256[:8]}{draft.suffix}",
        kind=brought.kind,
        **asdict(brought.said),
        rows=rows,
        crs=crs,
        sha256=sha256,
        covers=brought.covers,
        originals={one.url or one.path.name: one.sha256 for one in brought.originals},
    )


def write_content(brought: Brought, path: Path) -> tuple[int, str | None]:
    """Write the content of `brought` to `path`; return its rows and its CRS."""
    content: Any = brought.content
    if isinstance(content, gpd.GeoDataFrame):
        return write_features(content, path, brought.name), str(content.crs)
    if isinstance(content, pd.DataFrame):
        path.write_text(content.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
        return len(content), None
    if isinstance(content, Raster):
        write_raster(content, path)
    else:
        copy_raster(content, path, driver="GTiff", compress="deflate")
    with rasterio.open(path) as raster:
        return int(np.count_nonzero(raster.read_masks(1))), str(raster.crs)


def write_features(frame: gpd.GeoDataFrame, path: Path, name: str) -> int:
    """Write `frame` as the one layer of a GeoPackage; return the number of features."""
    earlier = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN})
    try:
        pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG")
    except (ValueError, RuntimeError) as error:
        text = f"its columns do not fit into a GeoPackage ({' '.join(str(error).split())})."
        raise LayerError.of_file(name, [f"{text} Rename or drop them."]) from None
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": earlier})
    return len(frame)


def write_raster(raster: Raster, path: Path) -> None:
    """Write `raster` as a GeoTIFF."""
    height, width = raster.pixels.shape
    profile = {"driver": "GTiff", "height": height, "width": width, "count": 1}
    profile |= {"dtype": "float32", "crs": raster.crs, "transform": raster.transform}
    with rasterio.open(path, "w", nodata=NO_VALUE, compress="deflate", **profile) as file:
        file.write(raster.pixels, 1)
