"""The catalogue of the layers: what each file is, whose it is, and whether it is unchanged."""

import hashlib
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from siting.errors import LayerError, MissingDataError, listed, some
from siting.layers.folder import CATALOG

REBUILD = "Run `python data/build`, or fetch the file again."


class Entry(BaseModel):
    """One file of the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    name: str
    """Name of the layer, the file name without its ending."""
    file: str
    """File name, relative to the catalogue."""
    kind: Literal["vector", "table", "graph", "raster"]
    """How the file is read."""
    title_ja: str
    """Title in Japanese."""
    title_en: str
    """Title in English."""
    rows: int = Field(gt=0)
    """Features, rows, directed edges, or cells with a value."""
    crs: str | None
    """Coordinate reference system; none for a table."""
    source: str
    """Who made the data, and what was derived from it."""
    url: str
    """Where the source is found; empty if it is many pages."""
    licence: str
    """Licence of the data, which is not that of the code."""
    vintage: str
    """Year or years the data speak of."""
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    """Checksum of the file as shipped."""
    covers: tuple[str, ...] = ()
    """Codes of the prefectures that it speaks of; if none is said, the frame around what is in it
    is taken for it."""
    originals: dict[str, str] = Field(default={})
    """Address or name of each file that it was made of, where it was brought, to its checksum."""


class Catalog(BaseModel):
    """All files of a data folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    layers: tuple[Entry, ...]


def read_catalog(folder: Path) -> Catalog:
    """Return the catalogue of `folder`.

    Raises
    ------
    MissingDataError
        If there is none.
    LayerError
        If it is not YAML, or an entry lacks a field; all faults are named.
    """
    path = folder / CATALOG
    if not path.is_file():
        msg = f"{path}: not found, expected the catalogue of the layers. {REBUILD}"
        raise MissingDataError(msg)
    try:
        return Catalog.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        msg = f"{path}: is not YAML ({error}). {REBUILD}"
        raise LayerError(msg) from None
    except ValidationError as error:
        found = [
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}. {REBUILD}" for one in error.errors()
        ]
        raise LayerError(listed(path, found)) from None


def find_layer(catalog: Catalog, name: str) -> Entry:
    """Return the entry called `name`, or raise `LayerError` with the names there are."""
    for entry in catalog.layers:
        if entry.name == name:
            return entry
    known = some((entry.name for entry in catalog.layers), limit=len(catalog.layers))
    msg = f"{CATALOG}: no layer '{name}', expected one of {known}. Correct the name."
    raise LayerError(msg)


def checksum(path: Path) -> str:
    """Return the SHA-256 of the file at `path`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stale(folder: Path, entry: Entry) -> bool:
    """Return whether the file differs from the one catalogued."""
    return checksum(folder / entry.file) != entry.sha256


def check(folder: Path) -> list[str]:
    """Return every fault of the files in `folder`; an empty list means none."""
    return [fault for entry in read_catalog(folder).layers for fault in entry_faults(folder, entry)]


def entry_faults(folder: Path, entry: Entry) -> list[str]:
    """Return the faults of one file: missing, changed, or in another CRS."""
    if not (folder / entry.file).is_file():
        return [f"{entry.file}: not found, expected the {entry.kind} '{entry.name}'. {REBUILD}"]
    found = []
    if stale(folder, entry):
        found.append(
            f"{entry.file}: sha256 starts with {checksum(folder / entry.file)[:12]}, "
            f"expected {entry.sha256[:12]}. {REBUILD}"
        )
    if (crs := file_crs(folder / entry.file, entry.kind)) not in {None, entry.crs}:
        found.append(f"{entry.file}: CRS is {crs}, expected {entry.crs}. Reproject the file.")
    return found


def file_crs(path: Path, kind: str) -> str | None:
    """Return the CRS written in a vector or raster file; none for the other kinds."""
    if kind == "vector":
        import pyogrio

        return str(pyogrio.read_info(path)["crs"])
    if kind == "raster":
        import rasterio

        with rasterio.open(path) as raster:
            return str(raster.crs)
    return None
