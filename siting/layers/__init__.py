"""Layers: files of a data folder -> checked, sorted, frozen tables."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd

from siting.errors import MissingLayerError, tried
from siting.layers import spec
from siting.layers.catalog import REBUILD, checksum, read_catalog
from siting.layers.folder import data_folder
from siting.layers.read import read_layer, read_table

READ = (
    spec.MUNICIPALITIES,
    spec.PREFECTURES,
    spec.PORTS,
    spec.ECO_TOWNS,
    spec.RECYCLING_PORTS,
    spec.CASE_STUDY_SITES,
    spec.SINKS,
    spec.RAIL_STATIONS,
    spec.RAIL_DISTANCE,
    spec.SEA_DISTANCE,
    spec.PORT_SERVICES,
    spec.OVERSEAS_PORTS,
    spec.OVERSEAS_DISTANCE,
    spec.GENERATION,
    spec.GROWTH,
    spec.PV_WASTE,
)
"""The vector layers and tables; each is a field of ``Layers``."""

__all__ = ["Layers", "data_folder", "read_layers"]


@dataclass(frozen=True)
class Layers:
    """All layers of one folder; the index of each is its key, geometries are in EPSG:4326."""

    folder: Path
    """Where the layers were read from; the rasters and the road graph lie there too."""
    municipalities: gpd.GeoDataFrame
    """code: population, areas [ha], land price, PV [kW], road access [km]; point of the hall."""
    prefectures: gpd.GeoDataFrame
    """pref_code: region, electricity_area, capital, land price, wage_index; main land mass."""
    ports: gpd.GeoDataFrame
    """port_id: port_class, recycling_port (0 or 1), cargo_mt, berth_depth_m."""
    eco_towns: gpd.GeoDataFrame
    """id: place, resources, facilities."""
    recycling_ports: gpd.GeoDataFrame
    """id: place, port_id, main cargo, berth_depth_m."""
    case_study_sites: gpd.GeoDataFrame
    """id: place, category_no, role, input_resource, output_material."""
    sinks: gpd.GeoDataFrame
    """id: kind, accepts (separated by ``;``), capacity_t_per_yr, capacity_note."""
    rail_stations: gpd.GeoDataFrame
    """station_id: name_ja."""
    rail_distance: pd.DataFrame
    """(origin, destination): distance_km; each pair of stations once, origin < destination."""
    sea_distance: pd.DataFrame
    """(origin, destination): distance_km; each pair of ports once, origin < destination."""
    port_services: pd.DataFrame
    """(port_id, service): service is ro_ro, container_feeder or container_international."""
    overseas_ports: pd.DataFrame
    """overseas_id: name, country, lat, lon."""
    overseas_distance: pd.DataFrame
    """(port_id, overseas_id): distance_km from each port with international container lines."""
    generation: pd.DataFrame
    """(code, commodity): supply_t [t/yr] in 2025, key."""
    growth: pd.DataFrame
    """(commodity, scenario, year): index_2025, national_t [t/yr]."""
    pv_waste: pd.DataFrame
    """(code, year): supply_t [t/yr]."""
    sha256: dict[str, str]
    """File name: checksum of the file as read, the rasters and the road graph included."""
    screening: gpd.GeoDataFrame | None = None
    """id: place, region, score; sites that a study's screening proposes, none before it."""


def read_layers(folder: Path) -> Layers:
    """Return all layers of `folder`.

    Raises
    ------
    MissingLayerError
        If files of the catalogue are missing; all are named.
    LayerError
        If files break their specification; the faults of all are told.
    """
    sha256 = checksums(folder)
    frames = tried(
        partial(read_table if one.geometry is None else read_layer, folder, one) for one in READ
    )
    tables = {one.name: frame for one, frame in zip(READ, frames, strict=True)}
    return Layers(folder=folder, sha256=sha256, **tables)


def checksums(folder: Path) -> dict[str, str]:
    """Return the checksum of every catalogued file, or raise naming all that are missing."""
    files = sorted(entry.file for entry in read_catalog(folder).layers)
    if absent := [name for name in files if not (folder / name).is_file()]:
        found = [f"{name} not found, expected by the catalogue. {REBUILD}" for name in absent]
        raise MissingLayerError.of_file(folder, found)
    return {name: checksum(folder / name) for name in files}
