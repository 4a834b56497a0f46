"""Read files of 国土数値情報: archives with GeoJSON, shapefiles or GML, or one such file alone."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyogrio

from siting.errors import LayerError, some
from siting.layers.official.jpgis import is_jpgis, read_jpgis
from siting.layers.read import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from siting.layers.official import Dataset

FORMATS = (".geojson", ".shp", ".gml", ".xml")
"""Endings of the files that are read, the first there is of them: all hold the same features."""

BESIDE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""Endings of the files that make a shapefile."""

NO_DATA = re.compile(r"^(KS-META|meta|fmdid|\.)", re.IGNORECASE)
"""Beginning of the names of files that describe the others."""


def read_features(paths: Iterable[Path], dataset: Dataset) -> gpd.GeoDataFrame:
    """Return all features of the files at `paths`, in the CRS of the first.

    Raises
    ------
    LayerError
        If a file cannot be read, or holds nothing of `dataset`.
    """
    frames = [frame for path in paths for frame in frames_of(path, dataset)]
    crs = frames[0].crs
    return gpd.GeoDataFrame(pd.concat([one.to_crs(crs) for one in frames], ignore_index=True))


def frames_of(path: Path, dataset: Dataset) -> list[gpd.GeoDataFrame]:
    """Return the features of each file of the archive at `path`, or of the file itself."""
    if path.suffix.lower() != ".zip":
        return [read_file(path, dataset, str(path))]
    try:
        with tempfile.TemporaryDirectory() as folder, opened(path) as archive:
            files = extracted(archive, chosen(archive, dataset.member), Path(folder))
            if not files:
                inside = some({name.name for name in members(archive).values()})
                text = f"holds nothing of {dataset.name}, but {inside}."
                raise LayerError.of_file(path, [f"{text} {fitting(dataset)}"])
            return [read_file(file, dataset, f"{path}/{name}") for name, file in files.items()]
    except zipfile.BadZipFile:
        raise LayerError.of_file(
            path, ["is no zip archive, expected one. Fetch it again."]
        ) from None


def fitting(dataset: Dataset) -> str:
    """Return which file to bring instead."""
    return f"Bring the file of {dataset.page}." if dataset.page else "Bring another file."


def opened(path: Path) -> zipfile.ZipFile:
    """Return the archive at `path`; names that are not marked as UTF-8 are Shift JIS."""
    try:
        return zipfile.ZipFile(path, metadata_encoding="cp932")
    except UnicodeDecodeError:
        return zipfile.ZipFile(path)


def members(archive: zipfile.ZipFile) -> dict[str, PurePosixPath]:
    """Return each file of `archive` to its path, whichever way its slashes lean."""
    names = [one.filename for one in archive.infolist() if not one.is_dir()]
    return {name: PurePosixPath(name.replace("\\", "/")) for name in names}


def chosen(archive: zipfile.ZipFile, pattern: str) -> list[str]:
    """Return the files of `archive` to read: of one format, and of two encodings that in UTF-8."""
    named = {
        name: path
        for name, path in members(archive).items()
        if not NO_DATA.search(path.name) and re.search(pattern, str(path))
    }
    for ending in FORMATS:
        found = {name: path for name, path in named.items() if path.suffix.lower() == ending}
        if found:
            order = sorted(found, key=lambda name: ("UTF-8" not in name.upper(), name))
            firsts = {found[name].stem: name for name in reversed(order)}
            return sorted(firsts.values())
    return []


def extracted(archive: zipfile.ZipFile, names: Iterable[str], folder: Path) -> dict[str, Path]:
    """Write the files called `names` into `folder`, each beside what belongs to it.

    Returns
    -------
    Name of the file in the archive to where it lies.
    """
    paths = members(archive)
    files = {}
    for number, name in enumerate(names):
        path, home = paths[name], folder / str(number)
        home.mkdir()
        for other, beside in paths.items():
            same = (beside.parent, beside.stem) == (path.parent, path.stem)
            if other == name or (same and beside.suffix.lower() in BESIDE):
                (home / f"data{beside.suffix.lower()}").write_bytes(archive.read(other))
        files[path.name] = home / f"data{path.suffix.lower()}"
    return files


def read_file(path: Path, dataset: Dataset, place: str) -> gpd.GeoDataFrame:
    """Return the features of one file, called `place`, in its own CRS, else in that of `dataset`.

    Raises
    ------
    LayerError
        If it cannot be read, has no shapes, or no CRS is known.
    """
    if path.suffix.lower() in {".gml", ".xml"} and is_jpgis(path):
        return read_jpgis(path, dataset, place)
    encoded = path.suffix.lower() != ".shp" or path.with_suffix(".cpg").exists()
    options = {} if encoded else {"encoding": dataset.encoding}
    try:
        frame = pyogrio.read_dataframe(path, **options)
    except UNREADABLE as error:
        reason = " ".join(str(error).split()).replace(str(path), path.name)
        raise LayerError.of_file(place, [f"cannot be read ({reason}). Fetch it again."]) from None
    if not isinstance(frame, gpd.GeoDataFrame):
        raise LayerError.of_file(place, ["has no shapes, expected features. Bring another file."])
    if frame.crs is None and not dataset.crs:
        text = "it has no CRS, and none is assumed. Name it: --crs EPSG:6668."
        raise LayerError.of_file(place, [text])
    return frame.set_crs(dataset.crs) if frame.crs is None else frame
