"""Whether what one layer names is there in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siting.errors import Located, some
from siting.file_place import cell_places
from siting.layers import READ
from siting.layers.read import csv

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

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
    known = {str(key) for key in getattr(layers, other).index}
    strange = sorted(set(names_in(getattr(layers, name), column)) - known)
    if not strange:
        return None
    spec = next(one for one in READ if one.name == name)
    path = layers.folder / spec.file
    text = f"{column} is {some(strange)}, but the layer '{other}' has none of that id."
    text = f"{text} Correct it, or add a row there."
    if spec.geometry is not None:
        return Located(str(path), 0, 0, text)
    row = row_of(path, column, set(strange))
    (place,) = cell_places(path, [(row, column)])
    return Located(str(path), *place, text)


def names_in(table: pd.DataFrame, column: str) -> list[str]:
    """Return what stands in a `column` of a layer, or in a level of its index."""
    if column in table.index.names:
        return [str(name) for name in table.index.unique(column)]
    return [str(name) for name in table[column].unique()]


def row_of(path: Path, column: str, strange: set[str]) -> int:
    """Return the first data row, from 0, of the file at `path` with any of `strange` there."""
    return int(csv(path)[column].astype(str).isin(strange).to_numpy().argmax())
