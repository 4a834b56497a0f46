"""What each layer must look like, and every way in which a file can depart from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Self

import pandas as pd

from siting.config_number import meant, number_hint
from siting.errors import some

CRS = "EPSG:4326"
EPSG = 4326
LAT, LON = (20.0, 46.0), (122.0, 154.0)
"""Where Japan is [degree]."""

SIGNED = {"lat", "lon", "capital_lat", "capital_lon"}
"""Columns of numbers that may be below zero."""

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
    {"station_id": TEXT, **NAMED, **PROOF},
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


class Flaw(str):
    """What is wrong with a file, and the first cell of it that is: its column and row, from 0."""

    column: str
    row: int | None

    @classmethod
    def at(cls, text: str, column: str, rows: "pd.Index[Any]") -> Self:
        """Return the flaw that `text` tells of the cells of `column` in `rows`."""
        flaw = cls(text)
        flaw.column, flaw.row = column, int(rows[0]) if len(rows) else None
        return flaw


def faults(frame: Any, spec: LayerSpec) -> list[str]:
    """Return every way `frame` departs from `spec`; an empty list means none.

    Each fault says what was found, what was expected and what to do.
    """
    found = [] if spec.geometry is None else geometry_faults(frame, spec)
    if missing := set(spec.columns) - set(frame.columns):
        return [
            *found,
            f"columns {some(missing)} are missing, expected them. {nearest(missing, frame)}",
        ]
    found += [fault for column in spec.codes for fault in code_faults(frame[column], spec)]
    found += [fault for column in spec.columns for fault in value_faults(frame[column], spec)]
    if (twice := frame.duplicated(list(spec.key))).any():
        keys = frame.loc[twice, list(spec.key)].astype("str").agg("/".join, axis=1)
        text = f"key {some(set(keys))} stands twice, expected once. Drop the copies."
        found.append(Flaw.at(text, spec.key[0], frame.index[twice]))
    return found


def nearest(missing: set[str], frame: Any) -> str:
    """Return which columns of `frame` may be the `missing` ones, else what to do."""
    near = {name: get_close_matches(name, list(frame.columns), n=1) for name in sorted(missing)}
    hints = [f"Is '{found[0]}' meant to be '{name}'?" for name, found in near.items() if found]
    return " ".join(hints) or "Add them."


def geometry_faults(frame: Any, spec: LayerSpec) -> list[str]:
    """Return the faults of CRS, of geometry type and of place."""
    if frame.crs is None:
        return [
            f"it has no CRS, expected {CRS}; none is assumed. "
            f"Write it into the file: ogr2ogr -a_srs {CRS} new.gpkg {spec.file}."
        ]
    if (odd := frame.geom_type != spec.geometry).any():
        rows = some(frame.index[odd])
        return [
            *crs_faults(frame, spec),
            f"rows {rows} are not of type {spec.geometry}, expected it. Redraw them.",
        ]
    return crs_faults(frame, spec) or place_faults(frame)


def crs_faults(frame: Any, spec: LayerSpec) -> list[str]:
    """Return the fault of a CRS that is another."""
    if frame.crs.to_epsg() == EPSG:
        return []
    return [
        f"CRS is {frame.crs.to_string()}, expected {CRS}. "
        f"Reproject the file: ogr2ogr -t_srs {CRS} new.gpkg {spec.file}."
    ]


def place_faults(frame: Any) -> list[str]:
    """Return the fault of shapes that do not lie in Japan."""
    bounds = frame.geometry.bounds
    lon, lat = bounds[["minx", "maxx"]], bounds[["miny", "maxy"]]
    out = ~(lon.stack().between(*LON) & lat.stack().between(*LAT).to_numpy()).groupby(level=0).all()
    if not out.any():
        return []
    swapped = (lon[out].stack().between(*LAT).all()) and (lat[out].stack().between(*LON).all())
    hint = "Their lat and lon look swapped." if swapped else "Correct their coordinates."
    return [f"rows {some(frame.index[out])} do not lie in Japan, expected it. {hint}"]


def code_faults(column: "pd.Series[Any]", spec: LayerSpec) -> list[str]:
    """Return the fault of a column of codes whose leading zero was lost."""
    name, digits = str(column.name), CODE_DIGITS[str(column.name)]
    text = column.dropna().astype("str")
    odd = text[~text.str.fullmatch(rf"[0-9]{{{digits}}}")]
    if odd.empty:
        return []
    hint = f"Store {name} as text; spreadsheets turn '01100' into 1100."
    wide = [code for code in sorted(set(odd)) if meant(code) != code]
    hint = f"Its digits are full-width: write '{meant(wide[0])}'." if wide else hint
    said = f"{name} is {some(set(odd))}, expected {digits} digits with leading zeros. {hint}"
    return [Flaw.at(said, name, odd.index)]


def value_faults(column: "pd.Series[Any]", spec: LayerSpec) -> list[str]:
    """Return the faults of the values of one column: not numbers, below zero, or empty."""
    name = str(column.name)
    numeric = spec.columns[name] != TEXT
    values = pd.to_numeric(column, errors="coerce") if numeric else column
    words = column[values.isna() & column.notna()]
    found: list[str] = []
    if len(words):
        hint = number_hint(str(words.iloc[0]), "").strip() or "Correct the cells."
        text = f"{name} is {some(set(words))}, expected numbers. {hint}"
        found.append(Flaw.at(text, name, words.index))
    if numeric and (below := values[values < 0]).size and name not in SIGNED:
        text = f"{name} is {some(set(below))}, expected 0 or more. Correct the cells."
        found.append(Flaw.at(text, name, below.index))
    if name not in spec.may_be_empty and (gaps := column.index[column.isna()]).size:
        text = f"{name} is empty in rows {some(gaps)}, expected a value. Fill the cells."
        found.append(Flaw.at(text, name, gaps))
    return found
