"""What each layer must look like, and every way in which a file can depart from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from siting.errors import some

CRS = "EPSG:4326"
EPSG = 4326
CODE_DIGITS = {"code": 5, "muni_code": 5, "pref_code": 2}

TEXT, REAL, WHOLE = "str", "float64", "int64"
PROOF = {"source": TEXT, "confidence": TEXT}
NAMED = {"name_ja": TEXT, "name_en": TEXT}
PLACE = {"pref_code": TEXT, "pref_ja": TEXT, "municipality_ja": TEXT, "muni_code": TEXT}


@dataclass(frozen=True)
class LayerSpec:
    """Name, geometry type (none for a table), key and columns of one layer."""

    name: str
    geometry: str | None
    key: tuple[str, ...]
    columns: Mapping[str, str]
    """Column name to dtype, the key's columns included."""
    may_be_empty: frozenset[str] = frozenset()
    """Columns that may lack a value, because it is not known."""

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.name}.{'csv' if self.geometry is None else 'gpkg'}"

    @property
    def codes(self) -> list[str]:
        """Return the columns that hold JIS codes."""
        return [column for column in self.columns if column in CODE_DIGITS]


MUNICIPALITIES = LayerSpec(
    "municipalities",
    "Point",
    ("code",),
    {"code": TEXT, "pref_code": TEXT, "pref_ja": TEXT, **NAMED, "name_kana": TEXT, "kind": TEXT}
    | {"population": WHOLE, "households": WHOLE, "area_ha": REAL, "habitable_ha": REAL}
    | {"building_land_ha": REAL, "farmland_ha": REAL, "land_price_jpy_per_m2": REAL}
    | {"elec_demand_mwh": REAL, "electricity_area": TEXT, "pv_kw": REAL}
    | {"access_mode": TEXT, "road_access_km": REAL, **PROOF},
)
PREFECTURES = LayerSpec(
    "prefectures",
    "Polygon",
    ("pref_code",),
    {"pref_code": TEXT, **NAMED, "region": TEXT, "electricity_area": TEXT, "capital_ja": TEXT}
    | {"capital_lat": REAL, "capital_lon": REAL, "population": WHOLE}
    | {"industrial_land_price_jpy_per_m2": REAL, "wage_index": REAL, **PROOF},
)
PORTS = LayerSpec(
    "ports",
    "Point",
    ("port_id",),
    {"port_id": TEXT, **NAMED, **PLACE, "port_class": TEXT, "recycling_port": WHOLE}
    | {"cargo_mt": REAL, "berth_depth_m": REAL, "sea_snap_km": REAL, **PROOF},
    frozenset({"cargo_mt", "berth_depth_m"}),
)
ECO_TOWNS = LayerSpec(
    "eco_towns",
    "Point",
    ("id",),
    {"id": TEXT, **NAMED, **PLACE, "resources": TEXT, **PROOF, "coord_confidence": TEXT},
)
RECYCLING_PORTS = LayerSpec(
    "recycling_ports",
    "Point",
    ("id",),
    {"id": TEXT, **NAMED, **PLACE, "port_id": TEXT, "main_cargo_en": TEXT, "main_cargo_ja": TEXT}
    | {"berth_depth_m": REAL, **PROOF, "coord_confidence": TEXT},
)
CASE_STUDY_SITES = LayerSpec(
    "case_study_sites",
    "Point",
    ("id",),
    {"id": TEXT, **NAMED, **PLACE, "category_no": WHOLE, "role": TEXT, "input_resource": TEXT}
    | {"output_material": TEXT, **PROOF, "coord_confidence": TEXT},
)
SINKS = LayerSpec(
    "sinks",
    "Point",
    ("id",),
    {"id": TEXT, "kind": TEXT, **NAMED, "operator": TEXT, **PLACE, "accepts": TEXT}
    | {"capacity_value": REAL, "capacity_unit": TEXT, "capacity_t_per_yr": REAL}
    | {"capacity_note": TEXT, **PROOF, "coord_confidence": TEXT},
    frozenset({"capacity_value", "capacity_t_per_yr"}),
)
RAIL_STATIONS = LayerSpec(
    "rail_stations",
    "Point",
    ("station_id",),
    {"station_id": TEXT, "name_ja": TEXT, **PROOF},
)
PAIR = {"origin": TEXT, "destination": TEXT, "distance_km": REAL, **PROOF}
RAIL_DISTANCE = LayerSpec("rail_distance", None, ("origin", "destination"), PAIR)
SEA_DISTANCE = LayerSpec("sea_distance", None, ("origin", "destination"), PAIR)
PORT_SERVICES = LayerSpec(
    "port_services",
    None,
    ("port_id", "service"),
    {"port_id": TEXT, "service": TEXT, **PROOF},
)
OVERSEAS_PORTS = LayerSpec(
    "overseas_ports",
    None,
    ("overseas_id",),
    {"overseas_id": TEXT, **NAMED, "country_ja": TEXT, "country_en": TEXT, "lat": REAL}
    | {"lon": REAL, **PROOF},
)
OVERSEAS_DISTANCE = LayerSpec(
    "overseas_distance",
    None,
    ("port_id", "overseas_id"),
    {"port_id": TEXT, "overseas_id": TEXT, "distance_km": REAL, **PROOF},
)
GENERATION = LayerSpec(
    "generation",
    None,
    ("code", "commodity"),
    {"code": TEXT, "commodity": TEXT, "supply_t": REAL, "key": TEXT, **PROOF},
)
GROWTH = LayerSpec(
    "growth",
    None,
    ("commodity", "scenario", "year"),
    {"commodity": TEXT, "scenario": TEXT, "year": WHOLE, "index_2025": REAL}
    | {"national_t": REAL, **PROOF},
)
PV_WASTE = LayerSpec(
    "pv_waste",
    None,
    ("code", "year"),
    {"code": TEXT, "year": WHOLE, "supply_t": REAL, **PROOF},
)


def faults(frame: Any, spec: LayerSpec) -> list[str]:
    """Return every way `frame` departs from `spec`; an empty list means none.

    Each fault says what was found, what was expected and what to do.
    """
    found = [] if spec.geometry is None else geometry_faults(frame, spec)
    if missing := set(spec.columns) - set(frame.columns):
        return [*found, f"columns {some(missing)} are missing, expected them. Add them."]
    found += [fault for column in spec.codes for fault in code_faults(frame[column], spec)]
    found += [fault for column in spec.columns for fault in value_faults(frame[column], spec)]
    if (twice := frame.duplicated(list(spec.key))).any():
        keys = frame.loc[twice, list(spec.key)].astype("str").agg("/".join, axis=1)
        found.append(f"key {some(set(keys))} stands twice, expected once. Drop the copies.")
    return found


def geometry_faults(frame: Any, spec: LayerSpec) -> list[str]:
    """Return the faults of CRS and geometry type."""
    found = []
    if frame.crs is None:
        found.append(
            f"it has no CRS, expected {CRS}; none is assumed. "
            f"Write it into the file: ogr2ogr -a_srs {CRS} new.gpkg {spec.file}."
        )
    elif frame.crs.to_epsg() != EPSG:
        found.append(
            f"CRS is {frame.crs.to_string()}, expected {CRS}. "
            f"Reproject the file: ogr2ogr -t_srs {CRS} new.gpkg {spec.file}."
        )
    if (odd := frame.geom_type != spec.geometry).any():
        rows = some(frame.index[odd])
        found.append(f"rows {rows} are not of type {spec.geometry}, expected it. Redraw them.")
    return found


def code_faults(column: "pd.Series[Any]", spec: LayerSpec) -> list[str]:
    """Return the fault of a column of codes whose leading zero was lost."""
    name, digits = str(column.name), CODE_DIGITS[str(column.name)]
    text = column.astype("str")
    odd = text[~text.str.fullmatch(rf"\d{{{digits}}}")]
    if odd.empty:
        return []
    hint = f"Store {name} as text; spreadsheets turn '01100' into 1100."
    return [f"{name} is {some(set(odd))}, expected {digits} digits with leading zeros. {hint}"]


def value_faults(column: "pd.Series[Any]", spec: LayerSpec) -> list[str]:
    """Return the faults of the values of one column: not numbers, or empty."""
    name = str(column.name)
    numeric = spec.columns[name] != TEXT
    values = pd.to_numeric(column, errors="coerce") if numeric else column
    words = set(column[values.isna() & column.notna()])
    found = []
    if words:
        found.append(f"{name} is {some(words)}, expected numbers. Correct the cells.")
    if name not in spec.may_be_empty and (gaps := column.index[column.isna()]).size:
        found.append(f"{name} is empty in rows {some(gaps)}, expected a value. Fill the cells.")
    return found
