"""Layers by name: the study's own catalogue first, then the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from pyogrio.errors import DataSourceError

from siting.errors import LayerError, listed
from siting.layers.catalog import Entry, entry_faults, read_catalog
from siting.layers.folder import CATALOG
from siting.layers.read import csv
from siting.layers.where import matching

if TYPE_CHECKING:
    from pathlib import Path

    from siting.config import Config, Study
    from siting.layers import Layers


@dataclass(frozen=True)
class Library:
    """Where each layer that a criterion may name lies.

    Attributes
    ----------
    layers : the shipped layers, read and checked.
    entries : name to its folder and its entry in the catalogue there.
    brought : names of the layers that the study brings.
    """

    layers: Layers
    entries: dict[str, tuple[Path, Entry]]
    brought: frozenset[str]

    @classmethod
    def of(cls, config: Config, study: Study, layers: Layers) -> Library:
        """Return the layers of `study`.

        Raises
        ------
        ConfigError
            If its folder of layers has no catalogue.
        LayerError
            If a layer it brings is missing, changed, or in another CRS than catalogued.
        """
        shipped = {
            entry.name: (layers.folder, entry) for entry in read_catalog(layers.folder).layers
        }
        if study.screening.layers is None:
            return cls(layers, shipped, frozenset())
        folder = config.path.parent / study.screening.layers
        if not (folder / CATALOG).is_file():
            text = f"there is no {CATALOG} in {folder}, expected the catalogue of your layers."
            raise config.fault(
                ("screening", "layers"), f"{text} Write one like data/gis/{CATALOG}."
            )
        own = {entry.name: (folder, entry) for entry in read_catalog(folder).layers}
        if found := [
            fault for place, entry in own.values() for fault in entry_faults(place, entry)
        ]:
            raise LayerError(listed(folder, found))
        return cls(layers, shipped | own, frozenset(own))

    def holds(self, name: str | None) -> bool:
        """Return whether there is a layer called `name`."""
        return name in self.entries

    def path(self, name: str, kind: str) -> Path:
        """Return the file of the layer `name`, which must be of `kind`."""
        folder, entry = self.entries[name]
        if entry.kind != kind:
            text = f"layer '{name}' is a {entry.kind}, and the measure needs a {kind}."
            raise LayerError(f"{folder / CATALOG}: {text} Choose another measure.")
        return folder / entry.file

    def kind(self, name: str) -> str:
        """Return what the layer `name` is: vector, raster, graph or table."""
        return self.entries[name][1].kind

    def credit(self, name: str) -> str:
        """Return whose the layer `name` is, and on what terms; empty for a shipped one."""
        entry = self.entries[name][1]
        return f"{entry.source} ({entry.licence})" if name in self.brought else ""

    def covers(self, name: str) -> list[str]:
        """Return the prefectures that the layer `name` says it speaks of; empty if it does not."""
        return list(self.entries[name][1].covers)

    def features(self, name: str, where: Any = None) -> gpd.GeoDataFrame:
        """Return the features of the vector layer `name` that match `where`, in EPSG:4326."""
        if name not in self.brought:
            return matching(getattr(self.layers, name), where, name)
        path = self.path(name, "vector")
        try:
            frame = gpd.read_file(path)
        except DataSourceError as error:
            raise LayerError(f"{path}: cannot be read ({error}). Fetch it again.") from None
        if frame.crs is None:
            text = "it has no CRS, and none is assumed. Write it into the file"
            raise LayerError(f"{path}: {text}: ogr2ogr -a_srs EPSG:6668 new.gpkg {path.name}.")
        return matching(frame.to_crs("EPSG:4326"), where, str(path))

    def municipal_table(self, name: str) -> pd.DataFrame:
        """Return the figures by municipality of the layer `name`, index the JIS code.

        Raises
        ------
        LayerError
            If a layer that is brought has no column of codes, or a code twice.
        """
        if name not in self.brought:
            return self.layers.municipalities
        is_table = self.kind(name) == "table"
        table = csv(self.path(name, "table")) if is_table else self.features(name)
        if "code" not in table or table["code"].duplicated().any():
            text = "no column 'code' with every municipality once, expected one."
            raise LayerError(f"{name}: {text} Bring such a table.")
        return pd.DataFrame(table).set_index("code")
