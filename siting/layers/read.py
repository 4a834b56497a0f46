"""The one door for layers: a file is read, checked against its specification, and sorted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataSourceError

from siting.errors import LayerError, MissingLayerError, listed
from siting.layers.spec import CODE_DIGITS, LayerSpec, faults


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
    except (DataSourceError, pd.errors.ParserError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read ({error}), expected a {path.suffix} file. Fetch it again."
        raise LayerError(msg) from None
    if found := faults(frame, spec):
        raise LayerError(listed(path, found))
    typed = frame.astype(dict(spec.columns))
    return typed.set_index(list(spec.key)).sort_index()
