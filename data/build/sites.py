"""Ports, stations, eco-towns, recycling ports, example sites and sinks."""

import geopandas as gpd
import numpy as np
import pandas as pd
from files import points, read_source

SHORTEST_DEPTH_MATCH_KM = 15.0  # a port's berths and its registered point may lie this far apart
KM_PER_DEGREE = 111.2
TONNES = "t/y "
# A sink's figure bounds what it takes in only where its unit names the feed.
INTAKE_UNITS = (
    "t/y input",
    "t/y e-scrap",
    "t/y total recycled feed",
    "t/y RPF/tyre fuel (order of magnitude)",
)
PLACE = ["pref_code", "pref_ja", "municipality_ja", "muni_code"]
PROOF = ["source", "confidence", "coord_confidence", "note"]


def located(name: str) -> pd.DataFrame:
    """Return the table `name` with ``muni_code``; wards are already given as their city."""
    towns = read_source("municipalities.csv")
    codes = towns.set_index(["pref", "name"])["code"]
    frame = read_source(name)
    keys = pd.MultiIndex.from_frame(frame[["pref_ja", "municipality_ja"]])
    frame["muni_code"] = codes.reindex(keys).to_numpy()
    lost = frame.loc[frame["muni_code"].isna(), "id"]
    assert lost.empty, f"{name}: municipality of {list(lost)} is not in municipalities.csv"
    return frame.assign(note=frame["note"].fillna(""))


def eco_towns() -> gpd.GeoDataFrame:
    """Return the 26 approved eco-towns, sorted by id."""
    frame = located("eco_towns.csv").rename(columns={"value": "approval_date"})
    site = ["main_site_ja", "approval_date", "facilities_en", "facilities_ja", "resources"]
    return layer(frame, ["id", "name_en", "name_ja", *PLACE, *site, *PROOF])


def recycling_ports() -> gpd.GeoDataFrame:
    """Return the 22 designated recycling ports, sorted by id."""
    frame = located("recycling_ports.csv").rename(columns={"value": "designation_date"})
    frame["port_id"] = frame["name_ja"].map(read_source("ports.csv").set_index("name_ja").port_id)
    port = ["port_id", "port_class_ja", "designation_date", "batch"]
    cargo = ["main_cargo_en", "main_cargo_ja", "berth_depth_m"]
    return layer(frame, ["id", "name_en", "name_ja", *PLACE, *port, *cargo, *PROOF])


def case_study_sites() -> gpd.GeoDataFrame:
    """Return the 31 example sites of the twelve categories, sorted by id."""
    names = {"site_en": "name_en", "site_ja": "name_ja"}
    figures = {"value": "capacity_value", "unit": "capacity_unit", "year": "capacity_year"}
    frame = located("case_study_sites.csv").rename(columns=names | figures)
    frame = as_text(frame, ["capacity_unit", "capacity_year"])
    category = ["category_no", "category_en", "category_ja", "area_ja", "operator"]
    work = ["role", "input_resource", "output_material", *figures.values()]
    columns = ["id", "name_en", "name_ja", *PLACE, *category, *work, "site_identification"]
    return layer(frame, [*columns, *PROOF])


def sinks() -> gpd.GeoDataFrame:
    """Return the 223 sinks, sorted by id; capacities stay empty where none is known."""
    figures = {"value": "capacity_value", "unit": "capacity_unit", "year": "capacity_year"}
    frame = located("demand_sites.csv").rename(columns={"sink_type": "kind"} | figures)
    frame = as_text(frame, ["capacity_unit", "capacity_year"])
    in_tonnes = frame["capacity_unit"].str.startswith(TONNES)
    frame["capacity_t_per_yr"] = frame["capacity_value"].where(in_tonnes)
    frame["capacity_note"] = frame["capacity_unit"].map(capacity_note)
    names = ["id", "kind", "name_en", "name_ja", "operator", *PLACE, "accepts"]
    capacity = [*figures.values(), "capacity_t_per_yr", "capacity_note", "status"]
    return layer(frame, [*names, *capacity, *PROOF])


def capacity_note(unit: str) -> str:
    """Say what a sink's capacity bounds, from its `unit`."""
    if not unit:
        return "capacity unknown"
    if unit.startswith(INTAKE_UNITS):
        return f"intake limit: {unit.removeprefix(TONNES)}"
    if unit.startswith(TONNES):
        return f"output, not an intake limit: {unit.removeprefix(TONNES)}"
    return f"not in tonnes per year: {unit}"


def ports() -> gpd.GeoDataFrame:
    """Return the 154 ports, sorted by id; berth depth is known for recycling ports only."""
    frame = read_source("ports.csv")
    depth = read_source("recycling_ports.csv").set_index("name_ja")
    check_same_place(frame.set_index("name_ja").loc[depth.index], depth)
    table = frame.assign(
        name_en=frame["name"],
        pref_code=frame["muni_code"].str[:2],
        pref_ja=frame["pref"],
        municipality_ja=frame["muni"],
        cargo_mt=frame["cargo_mt_approx"],
        berth_depth_m=frame["name_ja"].map(depth["berth_depth_m"]),
        confidence=np.where(frame["source"] == "compiled", "compiled", "published"),
    )
    figures = ["port_class", "recycling_port", "cargo_mt", "berth_depth_m", "sea_snap_km"]
    columns = ["port_id", "name_en", "name_ja", *PLACE, *figures, "source", "confidence"]
    return layer(table, columns)


def check_same_place(ports: pd.DataFrame, designated: pd.DataFrame) -> None:
    """Refuse two ports of one name that lie too far apart to be one."""
    north_km = (ports["lat"] - designated["lat"]) * KM_PER_DEGREE
    east_km = (ports["lon"] - designated["lon"]) * KM_PER_DEGREE * 0.81
    apart = np.hypot(north_km, east_km)
    far = apart[apart > SHORTEST_DEPTH_MATCH_KM]
    assert far.empty, f"ports of one name but two places: {far.round(1).to_dict()} km"


def rail_stations() -> gpd.GeoDataFrame:
    """Return the 98 freight stations; the id is the row of the source table."""
    frame = read_source("freight_stations.csv")
    frame["station_id"] = [f"RS{row:02d}" for row in range(1, len(frame) + 1)]
    return layer(
        frame.assign(confidence="compiled"), ["station_id", "name_ja", "name_en", *PROOF[:2]]
    )


def rail_distance() -> pd.DataFrame:
    """Return the track distance [km] between each two stations, once per pair."""
    station = rail_stations().set_index("name_ja")["station_id"]
    matrix = read_source("rail_distance_km_matrix.csv.gz").set_index("name_ja")
    named = matrix.rename(index=station, columns=station)
    return pairs(named, "GSI rail lines, shortest path x 1.08")


def sea_distance() -> pd.DataFrame:
    """Return the sailing distance [km] between each two ports, once per pair."""
    matrix = read_source("sea_distance_km_matrix.csv.gz").set_index("port_id")
    return pairs(matrix, "shortest path over water on a 2.5 km grid, within 5 %")


def pairs(matrix: pd.DataFrame, source: str) -> pd.DataFrame:
    """Return the upper half of a symmetric distance `matrix` as rows."""
    matrix = matrix.sort_index().sort_index(axis=1)
    origin, destination = np.triu_indices(len(matrix), k=1)
    columns = {
        "origin": matrix.index[origin],
        "destination": matrix.columns[destination],
        "distance_km": matrix.to_numpy()[origin, destination],
    }
    return pd.DataFrame(columns).assign(source=source, confidence="estimate")


def as_text(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return `frame` with `columns` as strings, empty where nothing is known."""
    texts = {name: frame[name].astype("str").fillna("") for name in columns}
    return frame.assign(**{name: text.str.removesuffix(".0") for name, text in texts.items()})


def layer(frame: pd.DataFrame, columns: list[str]) -> gpd.GeoDataFrame:
    """Return `columns` of `frame` as points, sorted by the first of them."""
    chosen = frame[[*columns, "lat", "lon"]].sort_values(columns[0], ignore_index=True)
    return points(chosen)
