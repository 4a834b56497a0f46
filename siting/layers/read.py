"""The one door for layers: a file is read, checked against its specification, and sorted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataLayerError, DataSourceError

from siting.errors import LayerError, Located, MissingLayerError
from siting.file_place import cell_places, unread_place
from siting.layers.spec import CODE_DIGITS, Flaw, LayerSpec, faults

UNREADABLE = (
    DataSourceError,
    DataLayerError,
    pd.errors.ParserError,
    pd.errors.EmptyDataError,
    UnicodeDecodeError,
)
"""What the readers raise for a file that is not what its name says."""


def read_layer(folder: Path, spec: LayerSpec) -> gpd.GeoDataFrame:
    """Return the layer `spec` in EPSG:4326, its key as index, sorted.

    Raises
    ------
    MissingLayerError
        If the file is not there.
    LayerError
        If it cannot be read or breaks `spec`; all its faults are named.
    """
    return checked(folder / spec.file, spec, gpd.read_file)


def read_table(folder: Path, spec: LayerSpec) -> pd.DataFrame:
    """Return the table `spec`, its key as index, sorted; raises as `read_layer` does."""
    table: pd.DataFrame = checked(folder / spec.file, spec, csv)
    return table


def csv(path: Path) -> pd.DataFrame:
    """Return the CSV file at `path`, codes as text."""
    return pd.read_csv(path, dtype=dict.fromkeys(CODE_DIGITS, "str"))


def checked(path: Path, spec: LayerSpec, read: Callable[[Path], Any]) -> Any:
    """Return the file at `path` as `spec` wants it, or raise with all its faults."""
    if not path.is_file():
        msg = f"{path}: not found, expected the layer '{spec.name}'. Run `python data/build`."
        raise MissingLayerError(msg)
    try:
        frame = read(path)
    except UNREADABLE as error:
        reason = " ".join(str(error).split())
        text = f"cannot be read ({reason}), expected a {path.suffix} file. Fetch it again."
        if isinstance(error, UnicodeDecodeError):
            text = "the file is not UTF-8 here. Save it as UTF-8."
        raise LayerError.of([Located(str(path), *unread_place(path, error), text)]) from None
    if found := faults(frame, spec):
        raise LayerError.of([located(path, fault) for fault in found])
    typed = frame.astype(dict(spec.columns))
    return typed.set_index(list(spec.key)).sort_index()


def located(path: Path, flaw: str) -> Located:
    """Return the place of the first cell of a table that a `flaw` is about."""
    if path.suffix != ".csv" or not isinstance(flaw, Flaw) or flaw.row is None:
        return Located(str(path), 0, 0, flaw)
    (place,) = cell_places(path, [(flaw.row, flaw.column)])
    return Located(str(path), *place, flaw)
