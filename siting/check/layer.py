"""Whether what one layer names is there in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siting.errors import Located, some
from siting.file_place import cell_places
from siting.layers import READ
from siting.layers.read import csv

if TYPE_CHECKING:
    from pathlib import Path

    from siting.layers import Layers

REFERENCES = (
    ("municipalities", "pref_code", "prefectures"),
    ("ports", "muni_code", "municipalities"),
    ("eco_towns", "muni_code", "municipalities"),
    ("recycling_ports", "muni_code", "municipalities"),
    ("recycling_ports", "port_id", "ports"),
    ("case_study_sites", "muni_code", "municipalities"),
    ("sinks", "muni_code", "municipalities"),
    ("generation", "code", "municipalities"),
    ("pv_waste", "code", "municipalities"),
    ("port_services", "port_id", "ports"),
    ("rail_distance", "origin", "rail_stations"),
    ("rail_distance", "destination", "rail_stations"),
    ("sea_distance", "origin", "ports"),
    ("sea_distance", "destination", "ports"),
    ("overseas_distance", "port_id", "ports"),
    ("overseas_distance", "overseas_id", "overseas_ports"),
)
"""Layer, column of it, and the layer that must have what stands there."""


def reference_faults(layers: Layers) -> list[Located]:
    """Return a fault for each column that names what another layer does not have."""
    found = [reference_fault(layers, *reference) for reference in REFERENCES]
    return [fault for fault in found if fault]


def reference_fault(layers: Layers, name: str, column: str, other: str) -> Located | None:
    """Return what is wrong with the `column` of the layer `name`, if anything is."""
    named = column_of(getattr(layers, name), column)
    rows = np.flatnonzero(~named.isin(getattr(layers, other).index))
    if not len(rows):
        return None
    spec = next(one for one in READ if one.name == name)
    path = layers.folder / spec.file
    strange = set(named.iloc[rows])
    text = f"{column} is {some(strange)}, but the layer '{other}' has none of that id."
    text = f"{text} Correct it, or add a row there."
    if spec.geometry is not None:
        return Located(str(path), 0, 0, text)
    row = row_of(path, column, str(named.iloc[rows[0]]))
    (place,) = cell_places(path, [(row, column)])
    return Located(str(path), *place, text)


def column_of(table: pd.DataFrame, column: str) -> pd.Series:
    """Return a `column` of a layer, or a level of its index, as text."""
    if column in table.index.names:
        return pd.Series(table.index.get_level_values(column), dtype=str)
    return table[column].astype(str)


def row_of(path: Path, column: str, value: str) -> int:
    """Return the first data row, from 0, of the file at `path` with `value` in `column`."""
    cells = csv(path)[column].astype(str)
    return int(np.flatnonzero(cells == value)[0])
